"""The real application in a process of its own: it goes from film to film, and says what it holds.

`python -m tests.endurance.changing_process PROFILE SERVICE CHANGES` with the password as the first
line of its input. Each change is told by a line: a JSON list of the process's own memory in bytes,
its threads and its open files.
"""

from __future__ import annotations

import gc
import json
import re
import sys
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING

from player_app.environment import protect

if TYPE_CHECKING:
    from player_app.app import App
    from tests.journeys.screen import Screen

EMAIL = "viewer@example.org"
PATIENCE_S = 30


def main(profile: str, service: str, changes: str) -> None:
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
    app.start(Wanted(service=service, trusted=True))
    screen.until(lambda: screen.shows("posterCard"), "home with films", PATIENCE_S)
    app.desk.sign_in(EMAIL, sys.stdin.readline().rstrip("\n"), None)
    app.browse.refresh()
    app.viewer.is_now(app.connection.account)
    cards = app.browse.home().rows[-1].cards
    films = [each.film.id for each in cards if each.film.streams]
    seen = Seen()
    app.surface.shown.connect(seen.one_more)
    for film_id in islice(cycle(films), int(changes)):
        see(app, screen, film_id, seen)
        print(json.dumps(held()), flush=True)  # noqa: T201 - the test reads this
    app.stop()
    application.quit()
    leave(app)


class Seen:
    """How many pictures of films were shown."""

    pictures = 0

    def one_more(self) -> None:
        self.pictures += 1


def see(app: App, screen: Screen, film_id: str, seen: Seen) -> None:
    """Open its page, play it until pictures move, and go back to its page and home."""
    from PySide6.QtCore import QCoreApplication, QEvent  # noqa: PLC0415 - after `protect`

    from player_app.ui.navigation import HOME, Place  # noqa: PLC0415 - after `protect`

    app.navigation.go(Place("film", film_id))
    before = seen.pictures
    app.navigation.go(Place("player", film_id))
    screen.until(lambda: seen.pictures > before + 3, "the film to move", PATIENCE_S)
    playback = app.player._playback
    assert playback is not None
    app.player.leave()
    screen.until(lambda: playback.join(0.0), "the film to end", PATIENCE_S)
    app.navigation.start_over(HOME)
    # which a loop of Qt's own does by itself
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def held() -> tuple[int, int, int]:
    """What this process has for itself of memory, in bytes; its threads; its open files."""
    gc.collect()
    status = Path("/proc/self/status").read_text(encoding="ascii")
    anonymous = re.search(r"RssAnon:\s+(\d+) kB", status)
    assert anonymous is not None
    tasks = len(list(Path("/proc/self/task").iterdir()))
    return int(anonymous[1]) * 1024, tasks, len(list(Path("/proc/self/fd").iterdir()))


if __name__ == "__main__":
    main(*sys.argv[1:])
