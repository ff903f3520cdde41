"""A bounded store of ciphertext in memory, for films that aren't taken offline."""

from __future__ import annotations

import threading
from collections import OrderedDict


class MemoryStore:
    """Drops what was used longest ago when it holds more than `most_bytes`."""

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._held: OrderedDict[str, bytes] = OrderedDict()
        self._bytes = 0
        self._guard = threading.Lock()

    def get(self, key: str) -> bytes | None:
        with self._guard:
            data = self._held.get(key)
            if data is not None:
                self._held.move_to_end(key)
            return data

    def has(self, key: str) -> bool:
        with self._guard:
            return key in self._held

    def put(self, key: str, data: bytes) -> None:
        with self._guard:
            self._bytes += len(data) - len(self._held.pop(key, b""))
            self._held[key] = data
            while self._bytes > self._most_bytes and len(self._held) > 1:
                _key, dropped = self._held.popitem(last=False)
                self._bytes -= len(dropped)
