"""The clock as a value that is handed in, so that laws about time can be tested."""

from __future__ import annotations

from typing import Protocol


class Clock(Protocol):
    """Where time comes from."""

    def now(self) -> int:
        """Whole seconds since 1970, UTC."""

    def monotonic(self) -> float:
        """Seconds that only ever grow."""
