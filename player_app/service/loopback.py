"""A listener on 127.0.0.1 that waits for the browser to come back, and answers with one page."""

from __future__ import annotations

import contextlib
import secrets
import selectors
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

from player_app.core.errors import Stopped
from player_app.core.sign_in_errors import SignInAbandoned

MOST_REQUEST_BYTES = 16 * 1024
MOST_CALLERS = 16
READ_TIMEOUT_S = 5.0
TICK_S = 0.1

Wanted = Callable[[dict[str, str]], bool]

_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Verité</title>
<meta name="viewport" content="width=device-width"><style>
body{{margin:0;min-height:100vh;display:grid;place-items:center;background:#14161a;color:#f2efe9;
font:1.25rem/1.5 Georgia,serif}}main{{max-width:32rem;padding:2rem;text-align:center}}
</style></head><body><main><h1>Verité</h1><p>{sentence}</p></main></body></html>
"""
_HEADERS = (
    "Content-Type: text/html; charset=utf-8\r\nCache-Control: no-store\r\n"
    "Referrer-Policy: no-referrer\r\nX-Content-Type-Options: nosniff\r\n"
    "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'\r\n"
    "Connection: close\r\n"
)


@dataclass(slots=True)
class _Caller:
    """A connection whose request is still coming in."""

    socket: socket.socket
    since: float
    request: bytearray = field(default_factory=bytearray)


class ReturnListener:
    """One path on a free port of 127.0.0.1.

    Browsers connect ahead of need and then say nothing, so callers are read side by side.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=MOST_CALLERS)
        self._socket.setblocking(False)
        self._closed = threading.Event()
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}{path}"

    def wait(self, wanted: Wanted, stop: threading.Event, longest_s: float) -> dict[str, str]:
        """The query of the first return that is wanted; others are answered and passed over."""
        deadline = time.monotonic() + longest_s
        with selectors.DefaultSelector() as selector:
            try:
                # another thread may close the listener at any moment
                with contextlib.suppress(OSError, ValueError):
                    selector.register(self._socket, selectors.EVENT_READ)
                while not (stop.is_set() or self._closed.is_set()):
                    if time.monotonic() > deadline:
                        raise SignInAbandoned("the browser never came back")
                    for query in self._arrivals(selector, wanted):
                        if wanted(query):
                            return query
            finally:
                _drop(selector, float("inf"))
        raise Stopped

    def answer_in_background(self, wanted: Wanted) -> None:
        """Until it is closed: whoever comes back finds the page."""

        def answer() -> None:
            with contextlib.suppress(Stopped, SignInAbandoned):
                while True:
                    self.wait(wanted, self._closed, float("inf"))

        threading.Thread(target=answer, name="return-listener", daemon=True).start()

    def close(self) -> None:
        self._closed.set()
        self._socket.close()

    def _arrivals(self, selector: selectors.BaseSelector, wanted: Wanted) -> list[dict[str, str]]:
        """The queries of the requests that became whole within a tick."""
        queries = []
        for key, _ in selector.select(TICK_S):
            if key.data is None:
                self._accept(selector)
            elif _read(key.data):
                selector.unregister(key.data.socket)
                queries.append(self._answer(key.data, wanted))
        _drop(selector, time.monotonic() - READ_TIMEOUT_S)
        return [query for query in queries if query is not None]

    def _accept(self, selector: selectors.BaseSelector) -> None:
        with contextlib.suppress(OSError):
            connection, _ = self._socket.accept()
            if len(selector.get_map()) > MOST_CALLERS:
                connection.close()
                return
            connection.setblocking(False)
            caller = _Caller(connection, time.monotonic())
            selector.register(connection, selectors.EVENT_READ, caller)

    def _answer(self, caller: _Caller, wanted: Wanted) -> dict[str, str] | None:
        """The query, where the request is for the one path."""
        method, _, rest = (
            bytes(caller.request).split(b"\r\n", 1)[0].decode("latin-1").partition(" ")
        )
        query = None
        with contextlib.suppress(ValueError):
            target = urlsplit(rest.partition(" ")[0])
            if method == "GET" and target.path == self._path:
                query = _query(target.query)
        if query is None:
            status, sentence = "404 Not Found", "There is nothing here."
        elif not wanted(query):
            status, sentence = "400 Bad Request", "Verité is not waiting for this. Nothing changed."
        else:
            status, sentence = "200 OK", "You can go back to Verité."
        body = _PAGE.format(sentence=sentence).encode()
        head = f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n{_HEADERS}\r\n"
        with caller.socket, contextlib.suppress(OSError):
            caller.socket.settimeout(1.0)
            caller.socket.sendall(head.encode() + body)
        return query


def _query(text: str) -> dict[str, str]:
    """ValueError for a field that comes twice (RFC 6749 §3.1): which one would it be?"""
    fields = parse_qsl(text, max_num_fields=20)
    query = dict(fields)
    if len(query) < len(fields):
        raise ValueError("a field twice")
    return query


def _drop(selector: selectors.BaseSelector, silent_since: float) -> None:
    """Let go of the callers that came before that time."""
    callers = [key.data for key in selector.get_map().values() if key.data is not None]
    for caller in callers:
        if caller.since < silent_since:
            selector.unregister(caller.socket)
            caller.socket.close()


def _read(caller: _Caller) -> bool:
    """Whether its request is whole, or as whole as it will be."""
    try:
        piece = caller.socket.recv(4096)
    except BlockingIOError:
        return False
    except OSError:
        piece = b""
    caller.request += piece
    too_much = len(caller.request) >= MOST_REQUEST_BYTES
    return not piece or too_much or b"\r\n\r\n" in caller.request


def nonce() -> str:
    """Something that only the right return can know."""
    return secrets.token_urlsafe(24)
