"""How far the download of a film is, and how fast it goes."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from player_app.core.errors import VeriteError

OVER_S = 5.0


@dataclass(frozen=True, slots=True)
class TakingProgress:
    """`rate_bps` is bit/s over the last seconds, of whatever came.

    The bytes are those of the parts; what nobody tells the size of counts as it comes.
    `trouble_since` is monotonic seconds, None while all goes well; `missing` counts parts.
    """

    done_bytes: int
    total_bytes: int
    missing: int
    rate_bps: float
    trouble: VeriteError | None = None
    trouble_since: float | None = None


class Rate:
    """Of a count that only grows, over the last seconds."""

    def __init__(self) -> None:
        self._samples: deque[tuple[float, int]] = deque()

    def at(self, now: float, count_bytes: int) -> float:
        """In bit/s, with one more sample."""
        self._samples.append((now, count_bytes))
        while len(self._samples) > 1 and now - self._samples[1][0] >= OVER_S:
            self._samples.popleft()
        since, before_bytes = self._samples[0]
        return (count_bytes - before_bytes) * 8 / (now - since) if now > since else 0.0
