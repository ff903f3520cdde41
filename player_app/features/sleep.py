"""Whether the machine, or this process alone, stood still for a while."""

from __future__ import annotations

from collections.abc import Callable

LONG_S = 2.0
"""Looks follow each other in tenths of a second: so long between two is no ordinary wait."""


class Sleep:
    """`running_s` is a clock that runs on through sleep, in seconds."""

    def __init__(self, running_s: Callable[[], float]) -> None:
        self._running_s = running_s
        self._looked_at = running_s()

    def is_over(self) -> bool:
        """Whether there was one since the last look."""
        before, self._looked_at = self._looked_at, self._running_s()
        return self._looked_at - before > LONG_S
