"""Sockets of a request that may be broken off from another thread, as a long poll is."""

from __future__ import annotations

import contextlib
import socket
import threading
from typing import Any

import requests.adapters
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

TICK_S = 0.1


class BreakableSockets:
    def __init__(self) -> None:
        self._sockets: list[socket.socket] = []
        self._lock = threading.Lock()

    def adapter(self) -> requests.adapters.HTTPAdapter:
        """One whose connections can be broken off; it tries nothing twice."""
        return _Adapter(self)

    def break_off_when(self, stop: threading.Event, done: threading.Event) -> None:
        """Until it is done; a connection made after the stop is broken off too."""
        while not done.wait(TICK_S):
            if stop.is_set():
                with self._lock:
                    for each in self._sockets:
                        with contextlib.suppress(OSError):
                            each.shutdown(socket.SHUT_RDWR)

    def add(self, opened: socket.socket | None) -> None:
        if opened is not None:
            with self._lock:
                self._sockets.append(opened)


class _Adapter(requests.adapters.HTTPAdapter):
    def __init__(self, sockets: BreakableSockets) -> None:
        self._pools = _pools(sockets)
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = self._pools

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        manager = super().proxy_manager_for(proxy, **kwargs)
        manager.pool_classes_by_scheme = self._pools
        return manager


def _pools(sockets: BreakableSockets) -> dict[str, type[HTTPConnectionPool]]:
    class Plain(HTTPConnection):
        def connect(self) -> None:
            super().connect()
            sockets.add(self.sock)

    class Secure(HTTPSConnection):
        def connect(self) -> None:
            super().connect()
            sockets.add(self.sock)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    return {"http": PlainPool, "https": SecurePool}
