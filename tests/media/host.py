"""A media host of the tests on 127.0.0.1 whose faults can be switched on."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import SHUT_RDWR
from typing import Any

Fault = Callable[["Handler", bytes], bool]
"""Answers in its own way and says True, or says False to let the host answer."""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Host

    def do_GET(self) -> None:
        start = int((self.headers.get("Range") or "bytes=0-")[6:].rstrip("-"))
        wanted = self.path.partition("?")[0].split("/", 3)[-1]
        path = self.server.folder / wanted
        self.server.asked.append((wanted, start))
        if not self.path.startswith(f"/{self.server.grant}/"):
            self.plain(self.server.over)
            return
        if not path.is_file():
            self.plain(404)
            return
        self.start, self.size = start, path.stat().st_size
        data = path.read_bytes()[start:]
        for fault in list(self.server.faults):
            if fault(self, data):
                return
        self.head(len(data))
        self.wfile.write(data)

    def head(self, length: int) -> None:
        """Of a reply with what was asked for, from its first byte on."""
        self.send_response(206 if self.start else 200)
        if self.start:
            self.send_header("Content-Range", f"bytes {self.start}-{self.size - 1}/{self.size}")
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
        self.over = 403
        self.known_as = f"http://127.0.0.1:{self.server_port}"
        self.moves_to: tuple[str, ...] = ()
        self.asked: list[tuple[str, int]] = []
        self.faults: list[Fault] = []

    @property
    def origin(self) -> str:
        return self.known_as

    @property
    def origins(self) -> tuple[str, ...]:
        """All that its media may come from."""
        return (self.known_as, *self.moves_to)

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
