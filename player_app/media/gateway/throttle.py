"""How many bytes a second downloads may take of the link: one bucket of tokens for all of them."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

BURST_S = 0.25
LEAST_READ_BYTES = 4 * 1024


class Throttle:
    """`bytes_per_s` is asked at every read, None for no bound; `clock` gives monotonic seconds."""

    def __init__(
        self,
        bytes_per_s: Callable[[], int | None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._bytes_per_s = bytes_per_s
        self._clock = clock
        self._guard = threading.Lock()
        self._tokens = 0.0
        self._filled_at = clock()

    @property
    def rate(self) -> int | None:
        """Bytes a second, at least one; None without a bound."""
        said = self._bytes_per_s()
        return None if said is None else max(1, said)

    def allowed(self, wanted: int) -> int:
        """So many of the wanted bytes may be read now; 0 is to be asked again a little later."""
        rate = self.rate
        if rate is None:
            return wanted
        with self._guard:
            now = self._clock()
            room = max(rate * BURST_S, float(LEAST_READ_BYTES))
            self._tokens = min(room, self._tokens + (now - self._filled_at) * rate)
            self._filled_at = now
            if self._tokens < min(wanted, LEAST_READ_BYTES):
                return 0
            allowed = min(wanted, int(self._tokens))
            self._tokens -= allowed
            return allowed

    def give_back(self, size_bytes: int) -> None:
        """So many of those that were allowed did not come."""
        with self._guard:
            self._tokens += size_bytes
