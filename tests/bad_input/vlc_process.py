"""The real application in a process of its own, over whatever libVLC there is, told what to do.

`python -m tests.bad_input.vlc_process PROFILE SERVICE FILM`; it says in a line of JSON what the
viewer reads in place of the film. The line that it then waits for is `close`, where the action is
to end it, or `retry`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from player_app.environment import protect

PLACE_MS = 10_000


def main(profile: str, service: str, slug: str) -> None:
    protect()

    # after `protect`, which must come before anything that could load libVLC
    from PySide6.QtCore import QTimer  # noqa: PLC0415

    from player_app import log  # noqa: PLC0415
    from player_app.storage.paths import open_paths  # noqa: PLC0415
    from player_app.ui.application import make_application  # noqa: PLC0415
    from tests.bad_input.screened import Screened  # noqa: PLC0415
    from tests.fakes.keyring import FileKeyring  # noqa: PLC0415

    application = make_application(sys.argv[:1])
    paths = open_paths(Path(profile))
    log.set_up(paths.logs)
    screen = Screened(paths, FileKeyring(paths.folder / "secrets"), paths.folder / "programs")
    screen.start(service)
    screen.until(lambda: screen.shows("filmRow"), "the films", 20.0)
    screen.sign_in()
    film = screen.film(slug)
    screen.left_at(film.id, PLACE_MS)
    film_id = screen.open_film(slug)
    screen.click("filmAction")
    screen.until(lambda: screen.shows("playerCard"), "the player to say why not", 20.0)
    card = screen.item("playerCard")
    offered = [screen.offers("playerCard", f"playerCard{each}") for each in ("Action", "Back")]
    _say(title=card.property("title"), text=card.property("text"), offered=offered)

    def act() -> None:
        screen.click("playerCardAction")

    if sys.stdin.readline().strip() == "close":
        QTimer.singleShot(0, act)
        code = application.exec()
    else:
        act()
        screen.plays()
        code = 0
    place = screen.place_in(film_id)
    screen.stop()
    _say(code=code, place_ms=place.position_ms if place else 0, behind=screen.app.left_behind())


def _say(**facts: object) -> None:
    print(json.dumps(facts), flush=True)  # noqa: T201 - the test reads this


if __name__ == "__main__":
    main(*sys.argv[1:])
