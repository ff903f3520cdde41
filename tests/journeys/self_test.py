"""The demo's self-test: the real application, service and libVLC do the main job once.

`python -m tests.journeys.self_test`; exit code 0 only if every step was seen to work.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from player_app.environment import protect
from tests.journeys.hooked_service import hooked_service

LEADER = "Picture Start"
OTHERS = ("Four Hundred and Fifty Complaints", LEADER)


def main() -> int:
    begun = time.monotonic()
    argparse.ArgumentParser(description=__doc__).parse_args()
    environment = protect()

    # after `protect`, which must come before anything that could load libVLC
    from player_app.ui.application import make_application  # noqa: PLC0415
    from tests.journeys import main_job  # noqa: PLC0415
    from tests.journeys.visit import Steps, visit  # noqa: PLC0415

    application = make_application(sys.argv[:1])
    steps = Steps()
    with tempfile.TemporaryDirectory() as folder, hooked_service() as service:
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
    application.quit()
    print(f"The main job works; {time.monotonic() - begun:.1f} s in all.")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
