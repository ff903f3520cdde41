"""The one way for other threads to have something done on the Qt thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal, Slot

Call = Callable[[], None]


class Relay(QObject):
    """Runs posted calls on its own thread, in order; after `close` they are dropped."""

    _posted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._open = True
        self._posted.connect(self._run, Qt.ConnectionType.QueuedConnection)

    def post(self, call: Call) -> None:
        """Have `call` run on the relay's thread; returns at once, from any thread."""
        if self._open:
            self._posted.emit(call)

    def close(self) -> None:
        self._open = False

    @Slot(object)
    def _run(self, call: Call) -> None:
        if self._open:
            call()
