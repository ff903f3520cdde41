"""While the service is out of reach, looks now and again whether it is back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer

from player_app.core.reach import Reach, pause_before_look_s
from player_app.ui.tasks import Tasks


class Looking:
    """`look` is done on a task, and tells by itself what it found. To be used on the Qt thread."""

    def __init__(self, look: Callable[[], bool], tasks: Tasks) -> None:
        self._look = look
        self._tasks = tasks
        self._looks = 0
        self._is_lost = False
        self._timer = QTimer()
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.now)

    def reach_is(self, reach: Reach) -> None:
        """Begin where it is lost, end where it is back, or where the viewer wants no looks."""
        self._is_lost = reach.lost_at is not None and not reach.by_choice
        self._looks = 0
        if self._is_lost:
            self._wait()
        else:
            self._timer.stop()

    def now(self) -> None:
        if self._is_lost:
            self._timer.stop()
            self._looks += 1
            self._tasks.run(self._look, lambda _: self._wait())

    def stop(self) -> None:
        self._is_lost = False
        self._timer.stop()

    def _wait(self) -> None:
        if self._is_lost:
            self._timer.start(round(pause_before_look_s(self._looks) * 1000))
