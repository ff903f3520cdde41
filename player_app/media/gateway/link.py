"""How quick the way to the media hosts is, as measured while segments came."""

from __future__ import annotations

import threading

LEAST_SAMPLE_BYTES = 32 * 1024
WEIGHT = 0.4


class Link:
    """A running estimate in bit/s, shared by all sessions; None before the first measure."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._rate_bps: float | None = None

    @property
    def rate_bps(self) -> float | None:
        return self._rate_bps

    def measured(self, size_bytes: int, took_s: float) -> None:
        """So many bytes took so long; too few say nothing."""
        if size_bytes < LEAST_SAMPLE_BYTES or took_s <= 0:
            return
        rate_bps = size_bytes * 8 / took_s
        with self._guard:
            if self._rate_bps is None:
                self._rate_bps = rate_bps
            else:
                self._rate_bps += WEIGHT * (rate_bps - self._rate_bps)
