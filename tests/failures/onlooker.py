"""A viewer before the small window that keeps the player from starting."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickWindow

from tests.journeys.screen import Screen


class Onlooker:
    """Reads the small window that keeps the player from starting, and presses its action."""

    def __init__(self, qapp: QGuiApplication, help_it: Callable[[], None]) -> None:
        self.read: list[str] = []
        self._qapp = qapp
        self._help_it = help_it
        self._looking = QTimer()
        self._looking.timeout.connect(self._look)
        self._looking.start(50)

    def stop(self) -> None:
        self._looking.stop()

    def _look(self) -> None:
        windows = [each for each in self._qapp.topLevelWindows() if isinstance(each, QQuickWindow)]
        for screen in (Screen(each) for each in windows if each.isVisible()):
            if not self.read and screen.shows("trouble"):
                item = screen.item("trouble")
                self.read = [str(item.property(name)) for name in ("title", "text", "action")]
                assert screen.says("Close Verité")
                self._help_it()
                screen.click("emptyAction")
