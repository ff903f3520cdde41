"""The real application in a process of its own, which takes a film along and plays it so.

`python -m tests.secrecy.taking_process PROFILE SERVICE FILM` with the password as the first line of
its input. After that each line is `take` (rent the film and take it offline, then ask nobody
anything any more, also after a restart), `check` (the travel check), `play`, `secrets` or `quit`.
Without a SERVICE it starts from what is on this computer.
"""

from __future__ import annotations

import contextlib
import json
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from player_app.environment import protect
from tests.secrecy.watching_process import EMAIL, lines_coming, rented

if TYPE_CHECKING:
    from player_app.app import App
    from tests.journeys.screen import Screen

PLAYED_MS = 2_500
PATIENCE_S = 60


def main(profile: str, service: str, slug: str) -> None:
    environment = protect()

    # after `protect`, which must come before anything that could load libVLC
    from player_app import log  # noqa: PLC0415
    from player_app.app import App, Wanted, leave  # noqa: PLC0415
    from player_app.storage.paths import open_paths  # noqa: PLC0415
    from player_app.ui.application import make_application  # noqa: PLC0415
    from tests.journeys.screen import Screen  # noqa: PLC0415

    application = make_application(sys.argv[:1])
    paths = open_paths(Path(profile))
    log.set_up(paths.logs)
    app = App(paths, environment, engine_options=("--aout=dummy",))
    screen = Screen(app.window.root)
    lines = lines_coming()
    password = lines.pop(0)
    app.start(Wanted(service=service, trusted=bool(service)))
    screen.until(lambda: screen.shows("posterCard"), "home with films", PATIENCE_S)
    if service:
        app.desk.sign_in(EMAIL, password, None)
        app.viewer.is_now(app.connection.account)
    screen.until(lambda: app.viewer.account is not None, "the viewer", PATIENCE_S)
    film = app.browse.film_by_slug(slug)
    assert film is not None
    does: dict[str, Callable[[], object]] = {
        "take": lambda: take(app, screen, slug),
        "check": lambda: check(app, screen),
        "play": lambda: play(app, screen, film.id),
        "secrets": lambda: secrets(app, film.id),
    }
    while True:
        screen.until(lambda: lines, "a word", 2 * PATIENCE_S)
        word = lines.pop(0)
        if word == "quit":
            break
        print(json.dumps(does[word]()), flush=True)  # noqa: T201 - the test reads this
    app.stop()
    application.quit()
    leave(app)


def take(app: App, screen: Screen, slug: str) -> int:
    """How many bytes came, all of the film's."""
    from player_app.core.download import DownloadState  # noqa: PLC0415 - after `protect`

    film_id = rented(app, slug)
    offline = app._offline
    offline.begin(lambda: None)
    choice = offline.downloads.choices(film_id)[0]
    offline.downloads.start(film_id, choice.quality)

    def is_here() -> bool:
        download = offline.downloads.of(film_id)
        return download is not None and download.state is DownloadState.COMPLETE

    screen.until(is_here, "the film to be here", PATIENCE_S)
    offline.reach.choose(True)
    return choice.bytes


def check(app: App, screen: Screen) -> list[str]:
    """What stands in the way of each film until tomorrow; nothing where its picture was seen."""
    found: list[str] = []
    until_then = int(time.time()) + 86_400

    def work() -> None:
        findings = app._offline.trying.travel_check.check(
            until_then, lambda _title, _done, _whole: None, threading.Event()
        )
        found.extend(str(each.clocks.obstacle) for each in findings)

    checking = threading.Thread(target=work, name="travel")
    checking.start()
    screen.until(lambda: not checking.is_alive(), "the travel check", PATIENCE_S)
    return found


def play(app: App, screen: Screen, film_id: str) -> int:
    """Where it is, in milliseconds, once it has played a while, with its captions and previews."""
    from player_app.ui.navigation import Place  # noqa: PLC0415 - after `protect`

    def position() -> int:
        return int(app.player.property("positionMs"))

    app.navigation.go(Place("player", film_id))
    screen.until(lambda: position() > PLAYED_MS, "the film to play", PATIENCE_S)
    playing = app.player._playback
    assert playing is not None
    assert all(playing.cues(each) for each in playing.captions)
    assert playing.preview(position()) is not None
    return position()


def secrets(app: App, film_id: str) -> dict[str, str]:
    """By name, in hex: this device's, the sign-in's, those of the kept licence, the session's."""
    kept = {name: value for name, value in app._foundation.secrets._memory.items() if value}
    sign_in = json.loads(kept["sign-in"])
    permit = app._offline.licensing.kept.kept(film_id)
    assert permit is not None
    key = app.desk.device_key()
    found = {
        "device secret": app.desk.secret(),
        "device key": key.private["d"].encode(),
        **{f"sign-in {name}": sign_in[name].encode() for name in ("refresh", "access")},
        "media grant": permit.media_address.split("/media/")[1].split("/")[0].encode(),
        **{f"content key {name}": key for name, key in permit.licence.keys.items()},
    }
    with contextlib.suppress(AttributeError):
        session = app._playback.watch._playing._leading.source.session  # type: ignore[union-attr]
        found["session token"] = session.token.encode()
    return {name: value.hex() for name, value in found.items()}


if __name__ == "__main__":
    main(*sys.argv[1:])
