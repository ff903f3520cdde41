"""The real application in a process of its own, until its standard input ends."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from player_app.environment import protect


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="where the profile is made, and what was opened")
    wanted = parser.parse_args()
    environment = protect()

    # after `protect`, which must come before anything that could load libVLC
    from PySide6.QtCore import QSocketNotifier  # noqa: PLC0415

    from player_app.ui.application import make_application  # noqa: PLC0415
    from tests.journeys.visit import visit  # noqa: PLC0415

    application = make_application(sys.argv[:1])
    told_to_end = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    told_to_end.activated.connect(application.quit)
    with visit("", wanted.folder, environment) as made:
        made.app.window.root.requestActivate()  # no window manager gives it the keys
        application.exec()


if __name__ == "__main__":
    main()
