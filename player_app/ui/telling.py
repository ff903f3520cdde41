"""Tells the service soon of what waits for it, once for all that happens close together."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer

from player_app.core.errors import ServiceFailing, SlowDown, Unreachable
from player_app.ui.tasks import Done, Failed, Outcome, Tasks

SOON_MS = 1500
AGAIN_MS = (5_000, 20_000, 80_000)
"""After a failure that may pass; later the player's usual catching up takes over."""


class Telling:
    """`tell` is done on a task and answers whether places moved; `moved` is called then.

    To be used on the Qt thread.
    """

    def __init__(self, tell: Callable[[], bool], moved: Callable[[], None], tasks: Tasks) -> None:
        self._tell = tell
        self._moved = moved
        self._failures = 0
        self._timer = QTimer()
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(lambda: tasks.run(self._tell, self._told))

    def soon(self) -> None:
        """Something new waits: no failure before it counts."""
        self._failures = 0
        self._timer.start(SOON_MS)

    def stop(self) -> None:
        self._timer.stop()

    def _told(self, outcome: Outcome[bool]) -> None:
        match outcome:
            case Done(value=True):
                self._moved()
            case Failed(error=Unreachable() | ServiceFailing() | SlowDown() as error):
                self._again(error)

    def _again(self, error: Unreachable | ServiceFailing | SlowDown) -> None:
        if self._timer.isActive() or self._failures == len(AGAIN_MS):
            return
        asked_s = None if isinstance(error, Unreachable) else error.retry_after_s
        self._timer.start(max(AGAIN_MS[self._failures], round((asked_s or 0.0) * 1000)))
        self._failures += 1
