"""How long the Qt thread is kept from its events, seen from another thread."""

from __future__ import annotations

import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from PySide6.QtCore import QObject, Qt, Signal, Slot

import player_app

OURS = str(Path(player_app.__file__).parent)
PULSE_S = 0.005


@dataclass(frozen=True, slots=True)
class Kept:
    """What the watchdog saw: how late pulses came, and the longest call of ours and its name."""

    pulses: int
    p99_s: float
    worst_s: float
    longest_call_s: float
    longest_call: str


class Watchdog(QObject):
    """Made on the Qt thread. Posts it a pulse every 5 ms, and looks what Python does there.

    A pulse is late by what has passed since it was due, not since it was posted: what keeps the
    watchdog's own thread from Python's lock counts as well.
    """

    _pulse = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self._watched = threading.get_ident()
        self._late: list[float] = []
        self._longest = (0.0, "")
        self._stop = threading.Event()
        self._pulse.connect(self._came, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._work, name="watchdog", daemon=True)
        self._thread.start()

    def stop(self) -> Kept:
        """A pulse that did not come yet is as late as it is now."""
        self._stop.set()
        self._thread.join()
        late = sorted(self._late)
        p99_s = late[min(len(late) - 1, round(len(late) * 0.99))]
        return Kept(len(late), p99_s, late[-1], *self._longest)

    @Slot(float)
    def _came(self, due: float) -> None:
        self._late.append(time.monotonic() - due)

    def _work(self) -> None:
        inside: FrameType | None = None
        since = due = time.monotonic()
        while not self._stop.wait(max(0.0, due - time.monotonic())):
            self._pulse.emit(due)
            now, call = time.monotonic(), self._outermost_call()
            if call is not inside:
                inside, since = call, due
            elif call is not None and now - since > self._longest[0]:
                self._longest = (now - since, named(call))
            due += PULSE_S

    def _outermost_call(self) -> FrameType | None:
        """The call of the player's code that the Qt thread is in."""
        frame, found = sys._current_frames().get(self._watched), None
        while frame is not None:
            if frame.f_code.co_filename.startswith(OURS):
                found = frame
            frame = frame.f_back
        return found


def named(call: FrameType) -> str:
    return f"{Path(call.f_code.co_filename).name}: {call.f_code.co_qualname}"
