"""The real application in a process of its own, told what its viewer does, line by line.

`python -m tests.faults.viewer_process PROFILE SERVICE` with the password as the first line of its
input; then a JSON list a line, of a name and its arguments. Each is answered by a line, but for
`quit`: that is answered when the event loop has ended, before the rest of the application has.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from player_app.environment import protect

if TYPE_CHECKING:
    from player_app.app import App
    from tests.faults.watchdog import Watchdog

EMAIL = "viewer@example.org"
LOOK_MS = 10
WATCHED_FOR_S = 0.5
"""So long after an act the event loop is still watched, however soon it was done."""

HERE_MS, SEGMENT_MS = 700, 1_000
"""A picture of so much after a place is one of that place; how long the film's segments are."""


class Viewer:
    """What the viewer may do. Lives on the Qt thread; `answer` is told what came of it."""

    def __init__(self, app: App, answer: Callable[[Any], None]) -> None:
        self._app = app
        self._answer = answer
        self._watchdog: Watchdog | None = None
        self._waits: tuple[Callable[[], object], Callable[[], None]] | None = None

    def look(self) -> None:
        """Answer if what was waited for has happened."""
        if self._waits is not None and self._waits[0]():
            (_happened, told), self._waits = self._waits, None
            told()

    def play(self, slug: str, from_ms: int) -> None:
        """Answered when the film plays, and a picture of that place is shown."""
        film_id = self._id(slug)
        self._app._library.positions.keep(film_id, from_ms)
        self._go(film_id)

        def there() -> bool:
            state = self._state()
            return state is not None and state.phase == "playing" and self._shows(from_ms)

        self._when(there, lambda: self._answer(None))

    def stall(self) -> None:
        """Answered when the film stands still."""
        self._when(lambda: self._state().phase == "stalled", lambda: self._answer(None))

    def watch(self) -> None:
        """The event loop is watched from now on, until an act is done."""
        from tests.faults.watchdog import Watchdog  # noqa: PLC0415 - after `protect`

        self._watchdog = Watchdog()
        self._answer(None)

    def stop(self) -> None:
        playback = self._app.player._playback
        assert playback is not None
        self._do(self._app.player.leave, lambda: playback.join(0.0))

    def seek(self, to_ms: int) -> None:
        """Done when a picture of there is shown, or of where the segment begins."""
        begun = time.monotonic()

        def there() -> bool:
            state, surface = self._state(), self._app.surface
            has_landed = state.landing is None and min(state.anchor_at, surface.newest_at) > begun
            is_near = to_ms - SEGMENT_MS < state.anchor_ms <= to_ms
            return has_landed and is_near and self._shows(state.anchor_ms)

        self._do(lambda: self._app.player.seek(to_ms), there)

    def next(self, slug: str) -> None:
        """Done when a picture of the other film is shown, or why there is none."""
        film_id, player = self._id(slug), self._app.player

        def there() -> bool:
            playback = player._playback
            plays = playback is not None and playback.film.id == film_id
            return bool(player.cardTitle) or (plays and self._state().picture_at > 0)

        self._do(lambda: self._go(film_id), there)

    def quit(self) -> None:
        self._app.window.root.close()

    def watched(self) -> dict[str, Any]:
        assert self._watchdog is not None
        return asdict(self._watchdog.stop())

    def _do(self, act: Callable[[], None], done: Callable[[], object]) -> None:
        begun = time.monotonic()
        act()
        call_s = time.monotonic() - begun

        def is_done() -> None:
            done_s, card = time.monotonic() - begun, self._app.player.cardTitle
            said = {"call_s": call_s, "done_s": done_s, "card": card}
            self._when(
                lambda: time.monotonic() - begun > WATCHED_FOR_S,
                lambda: self._answer(said | self.watched()),
            )

        self._when(done, is_done)

    def _when(self, happened: Callable[[], object], told: Callable[[], None]) -> None:
        self._waits = (happened, told)

    def _go(self, film_id: str) -> None:
        from player_app.ui.navigation import Place  # noqa: PLC0415 - after `protect`

        self._app.navigation.go(Place("player", film_id))

    def _id(self, slug: str) -> str:
        film = self._app.browse.film_by_slug(slug)
        assert film is not None
        return film.id

    def _state(self) -> Any:
        return self._app.player._showing.state

    def _shows(self, place_ms: int) -> bool:
        """Whether the picture on the screen is one of this place in the edge-coded film."""
        from tests.media.packaging import FRAME_RATE  # noqa: PLC0415 - after `protect`
        from tests.media.player import frame_number  # noqa: PLC0415 - after `protect`

        number = frame_number(self._app.surface.newest())
        at_ms = -1 if number is None else number * 1000 // FRAME_RATE
        return place_ms - 1000 // FRAME_RATE <= at_ms < place_ms + HERE_MS


def main(profile: str, service: str) -> None:
    environment = protect()

    # after `protect`, which must come before anything that could load libVLC
    from PySide6.QtCore import QTimer  # noqa: PLC0415

    from player_app import log  # noqa: PLC0415
    from player_app.app import App, Wanted, leave  # noqa: PLC0415
    from player_app.storage.paths import open_paths  # noqa: PLC0415
    from player_app.ui.application import make_application  # noqa: PLC0415
    from player_app.ui.relay import Relay  # noqa: PLC0415
    from tests.journeys.screen import Screen  # noqa: PLC0415

    application = make_application(sys.argv[:1])
    paths = open_paths(Path(profile))
    log.set_up(paths.logs)
    app = App(paths, environment, engine_options=("--aout=dummy",))
    screen = Screen(app.window.root)
    app.start(Wanted(service=service, trusted=True))
    screen.until(lambda: screen.shows("posterCard"), "home with films", 30)
    app.desk.sign_in(EMAIL, sys.stdin.readline().rstrip("\n"), None)
    viewer, relay, looking = Viewer(app, answer), Relay(), QTimer()
    looking.timeout.connect(viewer.look)
    looking.start(LOOK_MS)
    threading.Thread(target=listen, args=(viewer, relay), name="words", daemon=True).start()
    answer("ready")
    application.exec()
    looking.stop()
    if viewer._watchdog is not None:
        answer(viewer.watched())
    app.stop()
    leave(app)


def listen(viewer: Viewer, relay: Any) -> None:
    """Bring what comes in to the Qt thread."""
    for line in sys.stdin:
        name, *said = json.loads(line)
        relay.post(lambda name=name, said=said: getattr(viewer, name)(*said))


def answer(said: Any) -> None:
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
