"""Requests that can be broken off from another thread, whatever they are waiting for.

A thread inside `requests` waits in its socket; only shutting that socket brings it back. While a
connection is still being made there is none to shut: that takes as long as its own time-out.
"""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from typing import Any

import requests.adapters
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

TICK_S = 0.1
_asking = threading.local()


class Breaker:
    """Knows the sockets that one request uses."""

    def __init__(self) -> None:
        self._sockets: list[socket.socket] = []
        self._lock = threading.Lock()
        self._is_broken = False

    @property
    def is_broken(self) -> bool:
        return self._is_broken

    def break_off(self) -> None:
        """From any thread; a connection that is made later is shut at once."""
        with self._lock:
            self._is_broken = True
            for each in self._sockets:
                _shut(each)

    def break_off_when(self, stop: threading.Event, done: threading.Event) -> None:
        """Look at `stop` until it is done."""
        while not done.wait(TICK_S):
            if stop.is_set():
                self.break_off()

    @contextlib.contextmanager
    def watching(self) -> Iterator[None]:
        """What this thread asks inside can be broken off."""
        _asking.breaker = self
        try:
            yield
        finally:
            _asking.breaker = None

    def meet(self, used: socket.socket) -> None:
        with self._lock:
            self._sockets.append(used)
            if self._is_broken:
                _shut(used)


class BreakableAdapter(requests.adapters.HTTPAdapter):
    """Its connections can be broken off; it tries nothing twice."""

    def __init__(self) -> None:
        super().__init__(max_retries=0, pool_maxsize=16)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = _POOLS

    def close(self) -> None:
        """Close its idle connections too: urllib3 leaves that to the garbage collector."""
        for manager in (self.poolmanager, *self.proxy_manager.values()):
            for key in manager.pools.keys():  # noqa: SIM118 - not a dictionary: its iterator raises
                if (pool := manager.pools.get(key)) is not None:
                    pool.close()
        super().close()

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        manager = super().proxy_manager_for(proxy, **kwargs)
        manager.pool_classes_by_scheme = _POOLS
        return manager


def _shut(used: socket.socket) -> None:
    with contextlib.suppress(OSError):
        used.shutdown(socket.SHUT_RDWR)


def _tell(used: socket.socket | None) -> None:
    breaker: Breaker | None = getattr(_asking, "breaker", None)
    if breaker is not None and used is not None:
        breaker.meet(used)


class _Plain(HTTPConnection):
    def connect(self) -> None:
        super().connect()
        _tell(self.sock)

    def getresponse(self) -> Any:
        _tell(self.sock)
        return super().getresponse()


class _Secure(HTTPSConnection):
    def connect(self) -> None:
        super().connect()
        _tell(self.sock)

    def getresponse(self) -> Any:
        _tell(self.sock)
        return super().getresponse()


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _Plain


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _Secure


_POOLS = {"http": _PlainPool, "https": _SecurePool}
