"""A browser that keeps the addresses it was given, and does with them what a test says."""

from __future__ import annotations

import threading
from collections.abc import Callable


class RecordingBrowser:
    """`visit` runs beside the player, as a viewer in a real browser would."""

    def __init__(self, visit: Callable[[str], object] | None = None, *, opens: bool = True) -> None:
        self.opened: list[str] = []
        self.visit = visit
        self._opens = opens
        self._threads: list[threading.Thread] = []

    def open(self, address: str) -> bool:
        self.opened.append(address)
        if self.visit is not None and self._opens:
            thread = threading.Thread(target=self.visit, args=(address,), name="browser")
            self._threads.append(thread)
            thread.start()
        return self._opens

    def close(self) -> None:
        for thread in self._threads:
            thread.join(20)
