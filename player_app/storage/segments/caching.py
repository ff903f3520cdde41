"""In front of the store while a film streams: memory first, and the disk at its leisure."""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Protocol

from player_app.core.errors import Stopped
from player_app.core.storage_errors import DiskFull, StorageError
from player_app.core.stream_errors import DamagedStream
from player_app.storage.segments.store import SegmentStore

log = logging.getLogger(__name__)

MOST_WAITING_BYTES = 64 * 1024 * 1024
LEAST_FREE_BYTES = 1024 * 1024 * 1024
"""Of a disk, which what nobody asked to keep leaves to others."""


class Memory(Protocol):
    def get(self, key: str) -> bytes | None: ...

    def put(self, key: str, data: bytes) -> None: ...


class CachingStore:
    """For any thread; only reading waits for the disk, and nothing here raises.

    What can't be written soon enough is kept in memory alone. `trouble` is why the disk takes
    nothing, until it takes something again; `told` hears, on the thread that writes, that there
    is some, or none any more.
    """

    def __init__(
        self,
        store: SegmentStore,
        memory: Memory,
        *,
        most_cached_bytes: int,
        told: Callable[[], None],
        most_waiting_bytes: int = MOST_WAITING_BYTES,
        least_free_bytes: int = LEAST_FREE_BYTES,
    ) -> None:
        self._store = store
        self._memory = memory
        self._most_cached_bytes = most_cached_bytes
        self._told = told
        self._most_waiting_bytes = most_waiting_bytes
        self._least_free_bytes = least_free_bytes
        self._condition = threading.Condition()
        self._waiting: OrderedDict[str, bytes] = OrderedDict()
        self._waiting_bytes = 0
        self._is_closed = False
        self.trouble: StorageError | None = None
        self._thread = threading.Thread(target=self._write, name="media-keep", daemon=True)
        self._thread.start()

    def get(self, key: str) -> bytes | None:
        data = self._memory.get(key)
        if data is None:
            with self._condition:
                data = self._waiting.get(key)
        if data is None:
            data = self._store.get(key)
            if data is not None:
                self._memory.put(key, data)
        return data

    def has(self, key: str) -> bool:
        with self._condition:
            is_waiting = key in self._waiting
        return is_waiting or self._memory.get(key) is not None or self._store.has(key)

    def put(self, key: str, data: bytes) -> None:
        self._memory.put(key, data)
        with self._condition:
            is_room = self._waiting_bytes + len(data) <= self._most_waiting_bytes
            if is_room and not self._is_closed and key not in self._waiting:
                self._waiting[key] = data
                self._waiting_bytes += len(data)
                self._condition.notify()

    def close(self, until: float) -> bool:
        """Write nothing more; whether the thread has ended at `until` (monotonic seconds)."""
        with self._condition:
            self._is_closed = True
            self._condition.notify()
        self._thread.join(max(0.0, until - time.monotonic()))
        return not self._thread.is_alive()

    def _write(self) -> None:
        while (taken := self._next()) is not None:
            key, data = taken
            try:
                self._keep(key, data)
                self._is_now(None)
            except DamagedStream:
                log.warning("a segment is not what the film's list says, and is not kept")
            except Stopped:
                return
            except StorageError as error:
                self._is_now(error)
            with self._condition:
                del self._waiting[key]
                self._waiting_bytes -= len(data)

    def _next(self) -> tuple[str, bytes] | None:
        """It stays among the waiting, to be read from there, until it is written."""
        with self._condition:
            self._condition.wait_for(lambda: self._waiting or self._is_closed)
            return None if self._is_closed else next(iter(self._waiting.items()))

    def _keep(self, key: str, data: bytes) -> None:
        sizes = self._store.sizes()
        short_bytes = self._least_free_bytes - sizes.free_bytes
        if short_bytes > 0:
            self._store.trim(max(0, sizes.cached_bytes - short_bytes))
            raise DiskFull(self._least_free_bytes, sizes.free_bytes)
        if not self._store.has(key):
            self._store.put(key, data)
        if sizes.cached_bytes + len(data) > self._most_cached_bytes:
            # a tenth more than it must, so that not every segment has to make room for itself
            self._store.trim(self._most_cached_bytes * 9 // 10)

    def _is_now(self, trouble: StorageError | None) -> None:
        before, self.trouble = self.trouble, trouble
        if trouble is not None and before is None:
            log.warning("what streams is not kept on disk: %s", trouble)
        if (trouble is None) is not (before is None):
            self._told()
