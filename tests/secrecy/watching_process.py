"""The real application in a process of its own, which rents a film, plays it and tells its secrets.

`python -m tests.secrecy.watching_process PROFILE SERVICE FILM` with the password as the first line
of its input. After that each line is `secrets`, `position` or `quit`.
"""

from __future__ import annotations

import json
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from player_app.environment import protect

if TYPE_CHECKING:
    from player_app.app import App

EMAIL = "viewer@example.org"


def main(profile: str, service: str, slug: str) -> None:
    environment = protect()

    # after `protect`, which must come before anything that could load libVLC
    from player_app import log  # noqa: PLC0415
    from player_app.app import App, Wanted, leave  # noqa: PLC0415
    from player_app.storage.paths import open_paths  # noqa: PLC0415
    from player_app.ui.application import make_application  # noqa: PLC0415
    from player_app.ui.navigation import Place  # noqa: PLC0415
    from tests.journeys.screen import Screen  # noqa: PLC0415

    application = make_application(sys.argv[:1])
    paths = open_paths(Path(profile))
    log.set_up(paths.logs)
    app = App(paths, environment, engine_options=("--aout=dummy",))
    screen = Screen(app.window.root)
    lines = lines_coming()
    password = lines.pop(0)
    app.start(Wanted(service=service, trusted=True))
    screen.until(lambda: screen.shows("posterCard"), "home with films", 30)
    if app.desk.who() is None:
        app.desk.sign_in(EMAIL, password, None)
    film = rented(app, slug)

    def position() -> int:
        return int(app.player.property("positionMs"))

    app.navigation.go(Place("player", film))

    screen.until(lambda: position() > 0, "the film to play", 30)
    print("playing", flush=True)  # noqa: T201 - the test reads this
    while True:
        screen.until(lambda: lines, "a word", 120)
        match lines.pop(0):
            case "secrets":
                print(json.dumps(_secrets(app, film)), flush=True)  # noqa: T201 - and this
            case "position":
                print(position(), flush=True)  # noqa: T201 - and this
            case _:
                break
    app.stop()
    application.quit()
    leave(app)


def lines_coming() -> list[str]:
    """What comes in, as it comes in; the first line is there."""
    came = [sys.stdin.readline().rstrip("\n")]

    def read() -> None:
        came.extend(line.strip() for line in sys.stdin)

    threading.Thread(target=read, name="words", daemon=True).start()
    return came


def rented(app: App, slug: str) -> str:
    from player_app.reference_service.visitor import pay  # noqa: PLC0415 - slow to import

    film = app.browse.film_by_slug(slug)
    assert film is not None
    if not app.browse.film(film.id).right.may_play:
        checkouts = app._library.checkouts
        offer = next(each.id for each in film.offers if each.kind == "rental")
        pending = checkouts.begin(film.id, offer)
        pay(pending.address or "")
        checkouts.wait(pending, threading.Event())
    return film.id


def _secrets(app: App, film: str) -> dict[str, str]:
    """By name, in hex."""
    kept = {name: value for name, value in app._foundation.secrets._memory.items() if value}
    permit = app._offline.licensing.streams.permit(film)
    session = app._playback.watch._playing._leading.source.session  # type: ignore[union-attr]
    sign_in = json.loads(kept["sign-in"])
    found = {
        "device secret": app.desk.secret(),
        "device key": app.desk.device_key().private["d"].encode(),
        "refresh token": sign_in["refresh"].encode(),
        "access token": sign_in["access"].encode(),
        "session token": session.token.encode(),
        "media grant": permit.media_address.split("/media/")[1].split("/")[0].encode(),
        **{f"content key {name}": key for name, key in permit.licence.keys.items()},
    }
    return {name: value.hex() for name, value in found.items()}


if __name__ == "__main__":
    main(*sys.argv[1:])
