"""A listener on 127.0.0.1 that waits for the browser to come back, and answers with one page."""

from __future__ import annotations

import contextlib
import secrets
import socket
import threading
import time
from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit

from player_app.core.errors import SignInAbandoned, Stopped

MOST_REQUEST_BYTES = 16 * 1024
READ_TIMEOUT_S = 5.0
TICK_S = 0.1

_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Verité</title>
<meta name="viewport" content="width=device-width"><style>
body{margin:0;min-height:100vh;display:grid;place-items:center;background:#14161a;color:#f2efe9;
font:1.25rem/1.5 Georgia,serif}main{max-width:32rem;padding:2rem;text-align:center}
</style></head><body><main><h1>Verité</h1><p>You can go back to Verité.</p></main></body></html>
"""
_HEADERS = (
    "Content-Type: text/html; charset=utf-8\r\nCache-Control: no-store\r\n"
    "Referrer-Policy: no-referrer\r\nX-Content-Type-Options: nosniff\r\n"
    "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'\r\n"
    "Connection: close\r\n"
)


class ReturnListener:
    """One path on a free port of 127.0.0.1."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=8)
        self._socket.settimeout(TICK_S)
        self._closed = threading.Event()
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}{path}"

    def wait(
        self, wanted: Callable[[dict[str, str]], bool], stop: threading.Event, longest_s: float
    ) -> dict[str, str]:
        """The query of the first return that is wanted; others are answered and passed over."""
        deadline = time.monotonic() + longest_s
        while not (stop.is_set() or self._closed.is_set()):
            if time.monotonic() > deadline:
                raise SignInAbandoned("the browser never came back")
            query = self._next()
            if query is not None and wanted(query):
                return query
        raise Stopped

    def answer_in_background(self, wanted: Callable[[dict[str, str]], bool]) -> None:
        """Until it is closed: whoever comes back finds the page."""

        def answer() -> None:
            with contextlib.suppress(Stopped, SignInAbandoned):
                while True:
                    self.wait(wanted, self._closed, float("inf"))

        threading.Thread(target=answer, name="return-listener", daemon=True).start()

    def close(self) -> None:
        self._closed.set()
        self._socket.close()

    def _next(self) -> dict[str, str] | None:
        try:
            connection, _ = self._socket.accept()
        except TimeoutError:
            return None
        except OSError:
            self._closed.set()
            return None
        with connection, contextlib.suppress(OSError):
            connection.settimeout(READ_TIMEOUT_S)
            return self._answer(connection)
        return None

    def _answer(self, connection: socket.socket) -> dict[str, str] | None:
        request = b""
        while b"\r\n\r\n" not in request and len(request) < MOST_REQUEST_BYTES:
            piece = connection.recv(4096)
            if not piece:
                break
            request += piece
        method, _, rest = request.split(b"\r\n", 1)[0].decode("latin-1").partition(" ")
        target = urlsplit(rest.partition(" ")[0])
        ours = method == "GET" and target.path == self._path
        status, page = ("200 OK", _PAGE) if ours else ("404 Not Found", "")
        body = page.encode()
        head = f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n{_HEADERS}\r\n"
        connection.sendall(head.encode() + body)
        return dict(parse_qsl(target.query, max_num_fields=20)) if ours else None


def nonce() -> str:
    """Something that only the right return can know."""
    return secrets.token_urlsafe(24)
