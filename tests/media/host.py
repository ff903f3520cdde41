"""A media host of the tests on 127.0.0.1 whose faults can be switched on, and the way to it."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import SHUT_RDWR
from typing import Any
from urllib.parse import urlsplit

from player_app.core.errors import NotFound, Refused, ServiceFailing, Stopped, Unreachable

Fault = Callable[["Handler", bytes], bool]
"""Answers in its own way and says True, or says False to let the host answer."""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Host

    def do_GET(self) -> None:
        start = int((self.headers.get("Range") or "bytes=0-")[6:].rstrip("-"))
        path = self.server.folder / self.path.split("/", 3)[-1]
        self.server.asked.append((self.path.split("/", 3)[-1], start))
        if not self.path.startswith(f"/{self.server.grant}/"):
            self.plain(403)
            return
        if not path.is_file():
            self.plain(404)
            return
        data = path.read_bytes()[start:]
        for fault in list(self.server.faults):
            if fault(self, data):
                return
        self.head(len(data), partial=start > 0)
        self.wfile.write(data)

    def head(self, length: int, *, partial: bool = False) -> None:
        self.send_response(206 if partial else 200)
        self.send_header("Content-Length", str(length))
        self.end_headers()

    def plain(self, status: int) -> None:
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def reset(self) -> None:
        self.close_connection = True
        with suppress(OSError):
            self.connection.shutdown(SHUT_RDWR)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its name
        pass


class Host(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.folder = folder
        self.grant = "media/grant-1"
        self.known_as = f"http://127.0.0.1:{self.server_port}"
        self.asked: list[tuple[str, int]] = []
        self.faults: list[Fault] = []

    @property
    def origin(self) -> str:
        return self.known_as

    @property
    def address(self) -> str:
        return f"{self.origin}/{self.grant}/master.m3u8"

    def handle_error(self, request: Any, client_address: Any) -> None:
        pass


@contextmanager
def serving(folder: Path) -> Iterator[Host]:
    host = Host(folder)
    thread = threading.Thread(target=host.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield host
    finally:
        host.shutdown()
        host.server_close()
        thread.join()


class HttpBody:
    def __init__(self, connection: http.client.HTTPConnection, host: str) -> None:
        self._connection, self._host = connection, host
        self._response = connection.getresponse()
        self._closed = False
        self.status = self._response.status
        self.length = self._response.length
        self.etag: str | None = self._response.getheader("ETag")

    def read(self, at_most: int) -> bytes:
        try:
            data = self._response.read1(at_most)
        except (OSError, http.client.HTTPException, ValueError, AttributeError) as error:
            if self._closed:
                raise Stopped from error
            raise Unreachable(self._host, "cut") from error
        if self._closed:
            raise Stopped
        return data

    def close(self) -> None:
        self._closed = True
        with suppress(OSError, AttributeError):
            self._connection.sock.shutdown(SHUT_RDWR)
        with suppress(OSError):
            self._connection.close()


class HttpUpstream:
    """The way to the host without the player's own transport, which is tested elsewhere."""

    def open(self, address: str, start: int = 0) -> HttpBody:
        parts = urlsplit(address)
        connection = http.client.HTTPConnection(parts.netloc, timeout=20)
        try:
            headers = {"Range": f"bytes={start}-"} if start else {}
            connection.request("GET", parts.path, headers=headers)
            body = HttpBody(connection, parts.netloc)
        except (OSError, http.client.HTTPException) as error:
            connection.close()
            raise Unreachable(parts.netloc, "cut") from error
        if body.status >= 400:
            body.close()
            if body.status in (404, 410):
                raise NotFound(body.status, "not-found")
            if body.status >= 500:
                raise ServiceFailing(parts.netloc, body.status)
            raise Refused(body.status, "forbidden")
        return body


def once(path: str, answer: Callable[[Handler, bytes], None], times: int = 1) -> Fault:
    """The first `times` requests for a path get this answer instead."""
    left = [times]

    def fault(handler: Handler, data: bytes) -> bool:
        if not handler.path.endswith(path) or left[0] <= 0:
            return False
        left[0] -= 1
        answer(handler, data)
        return True

    return fault


def reset(handler: Handler, _data: bytes) -> None:
    handler.reset()


def failing(handler: Handler, _data: bytes) -> None:
    handler.plain(503)


def cut(handler: Handler, data: bytes) -> None:
    handler.head(len(data))
    handler.wfile.write(data[: len(data) // 2])
    handler.reset()


def corrupt(handler: Handler, data: bytes) -> None:
    handler.head(len(data))
    middle = len(data) // 2
    handler.wfile.write(data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :])


def stall(handler: Handler, data: bytes) -> None:
    """Half of it, then silence until the other side leaves."""
    handler.head(len(data))
    handler.wfile.write(data[: len(data) // 2])
    handler.wfile.flush()
    handler.connection.settimeout(30)
    with suppress(OSError):
        handler.connection.recv(1)
    handler.close_connection = True


def drip(handler: Handler, data: bytes) -> None:
    """All of it, at a hundred bytes a second."""
    _slowly(handler, data, 10, 0.1)


def trickle(handler: Handler, data: bytes) -> None:
    """All of it, byte by byte, twenty a second."""
    _slowly(handler, data, 1, 0.05)


def _slowly(handler: Handler, data: bytes, size: int, pause_s: float) -> None:
    handler.head(len(data))
    with suppress(OSError):
        for start in range(0, len(data), size):
            handler.wfile.write(data[start : start + size])
            time.sleep(pause_s)
