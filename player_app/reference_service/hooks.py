"""What only code that builds the service may do: read captchas, set the clock, break replies."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class LoggedRequest:
    method: str
    path: str
    headers: dict[str, str] = field(repr=False)
    status: int
    at: float


@dataclass(slots=True)
class Fault:
    """The next `times` requests below `path` get `status`, are delayed, or cut after some bytes."""

    path: str
    times: int
    status: int | None = None
    delay_s: float = 0.0
    cut_after_bytes: int | None = None


class TestHooks:
    """Handed to `build` by tests; without it none of this exists."""

    __test__ = False

    def __init__(self) -> None:
        self.captcha_answers: dict[str, str] = {}
        self.arrived: list[str] = []
        """The paths of requests, answered or not."""
        self.requests: list[LoggedRequest] = []
        self.ahead_s = 0
        self._faults: list[Fault] = []
        self._guard = threading.Lock()

    def now(self) -> int:
        return int(time.time()) + self.ahead_s

    def captcha_answer(self, captcha_id: str) -> str:
        return self.captcha_answers[captcha_id]

    def fail_next(self, path: str, status: int, times: int = 1) -> None:
        self._add(Fault(path, times, status=status))

    def delay_next(self, path: str, delay_s: float, times: int = 1) -> None:
        self._add(Fault(path, times, delay_s=delay_s))

    def cut_next(self, path: str, bytes_sent: int, times: int = 1) -> None:
        self._add(Fault(path, times, cut_after_bytes=bytes_sent))

    def fault_for(self, path: str) -> Fault | None:
        with self._guard:
            for fault in self._faults:
                if fault.times > 0 and path.startswith(fault.path):
                    fault.times -= 1
                    return fault
        return None

    def _add(self, fault: Fault) -> None:
        with self._guard:
            self._faults.append(fault)
