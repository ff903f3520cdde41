"""One stage of the offline self-test: the player in a process of its own, from start to end."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from player_app import log
from player_app.environment import protect
from player_app.storage.paths import open_paths
from tests.journeys.hooked_service import Hooks
from tests.journeys.steps import Steps


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stage")
    parser.add_argument("who", help="whose player it is")
    parser.add_argument("folder", type=Path, help="what lasts from stage to stage lies here")
    parser.add_argument("address", help="the service's")
    parser.add_argument("--pipes", type=int, nargs=2, help="to the service, and from it")
    wanted = parser.parse_args()
    environment = protect()

    # after `protect`, which must come before anything that could load libVLC
    from player_app.ui.application import make_application  # noqa: PLC0415
    from tests.journeys.offline_stages import STAGES, Stage  # noqa: PLC0415
    from tests.journeys.visit import visit  # noqa: PLC0415

    application = make_application(sys.argv[:1])
    steps = Steps()
    folder = wanted.folder / wanted.who
    is_known = folder.exists()
    log.set_up(open_paths(folder / "profile").logs)
    try:
        with visit("" if is_known else wanted.address, folder, environment) as player:
            service = _asked_through(*wanted.pipes) if wanted.pipes else None
            STAGES[wanted.stage](Stage(player, wanted.who, wanted.address, service, steps))
    except (AssertionError, TimeoutError) as failure:
        print(f"BROKEN in «{wanted.stage}» after «{steps.last}»: {failure}")  # noqa: T201
        return 1
    steps.done("the player ended")
    application.quit()
    return 0


def _asked_through(questions: int, answers: int) -> Hooks:
    return Hooks(
        open(questions, "w", encoding="utf-8", closefd=False),
        open(answers, encoding="utf-8", closefd=False),
    )


if __name__ == "__main__":
    sys.exit(main())
