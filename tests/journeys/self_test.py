"""The demo's self-test: the real application, service and libVLC do the main job once.

`python -m tests.journeys.self_test`; exit code 0 only if every step was seen to work.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from player_app.environment import protect
from tests.journeys.hooked_service import hooked_service
from tests.journeys.steps import Steps

if TYPE_CHECKING:
    from player_app.environment import Environment

LEADER = "Picture Start"
OTHERS = ("Four Hundred and Fifty Complaints", LEADER)

BREAKS = {
    "captcha": "/v1/captcha",
    "checkout": "/v1/checkouts",
    "film": "/media/",
}
"""What `--break` has the service fail: the addresses that begin so."""


def main() -> int:
    begun = time.monotonic()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--break", dest="broken", choices=BREAKS, help="have the service fail this, to see it told"
    )
    broken = parser.parse_args().broken
    environment = protect()

    # after `protect`, which must come before anything that could load libVLC
    from player_app.ui.application import make_application  # noqa: PLC0415

    application = make_application(sys.argv[:1])
    steps = Steps()
    try:
        _do(environment, steps, None if broken is None else BREAKS[broken])
    except (AssertionError, TimeoutError) as failure:
        print(f"BROKEN after «{steps.last}»: {failure}")  # noqa: T201
        return 1
    application.quit()
    print(f"The main job works; {time.monotonic() - begun:.1f} s in all.")  # noqa: T201
    return 0


def _do(environment: Environment, steps: Steps, broken: str | None) -> None:
    from tests.journeys import main_job  # noqa: PLC0415 - after `protect`
    from tests.journeys.visit import visit  # noqa: PLC0415 - after `protect`

    with tempfile.TemporaryDirectory() as folder, hooked_service(broken) as service:
        steps.done(f"the bundled service answers at {service.address}")
        with visit(service.address, Path(folder) / "rosa", environment) as rosa:
            rosa.screen.until(lambda: rosa.screen.shows("posterCard"), "home with films", 30.0)
            steps.done("home shows the catalogue")
            main_job.register(rosa, service, "rosa", steps)
            main_job.open_film(rosa, LEADER, steps)
            main_job.rent(rosa, steps)
            main_job.play(rosa, steps, marked=True)
            main_job.hear(rosa, steps)
            main_job.seek(rosa, 0.5, steps)
            main_job.pause(rosa, steps)
            main_job.leave(rosa, steps)
            main_job.see_the_clock(rosa, steps)
        steps.done("the player ended")
        with visit(service.address, Path(folder) / "noor", environment) as noor:
            noor.screen.until(lambda: noor.screen.shows("posterCard"), "home with films", 30.0)
            main_job.register(noor, service, "noor", steps)
            main_job.open_film(noor, OTHERS[0], steps)
            main_job.subscribe(noor, steps)
            for title in OTHERS:
                main_job.open_film(noor, title, steps)
                main_job.play(noor, steps, marked=title == LEADER)
                main_job.leave(noor, steps)
        steps.done("the player ended")


if __name__ == "__main__":
    sys.exit(main())
