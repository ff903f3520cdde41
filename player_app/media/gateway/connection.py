"""One accepted connection of the gateway, which another thread may cut."""

from __future__ import annotations

import contextlib
import select
import socket
import time


class Connection:
    """`token` is the session that the other side has shown to know, if any."""

    def __init__(self, opened: socket.socket) -> None:
        self.since = time.monotonic()
        self.token: str | None = None
        self._socket = opened
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def know(self, token: str) -> None:
        """The other side has shown this session's token."""
        self.token = token

    def receive(self, timeout_s: float) -> bytes:
        """What arrives next, b"" at the end."""
        self._socket.settimeout(max(0.001, timeout_s))
        return self._socket.recv(16 * 1024)

    def send(self, data: bytes, timeout_s: float) -> None:
        self._socket.settimeout(timeout_s)
        self._socket.sendall(data)

    def has_left(self) -> bool:
        """Whether the other side hung up while it waited for us."""
        readable, _, _ = select.select([self._socket], [], [], 0)
        if not readable:
            return False
        self._socket.setblocking(False)
        try:
            return self._socket.recv(1, socket.MSG_PEEK) == b""
        except BlockingIOError:
            return False

    def cut(self) -> None:
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self._socket.close()
