"""The gateway's HTTP server on 127.0.0.1: bounded threads, one per connection, h11 inside."""

from __future__ import annotations

import contextlib
import logging
import socket
import threading
import time
from http import HTTPStatus

import h11

from player_app.core.errors import Stopped
from player_app.media.gateway.connection import Connection
from player_app.media.gateway.router import Reply, Request, answer
from player_app.media.gateway.sessions import Session

log = logging.getLogger(__name__)

MOST_CONNECTIONS = 64
MOST_HEADER_BYTES = 16 * 1024
HEADER_TIMEOUT_S = 5.0
IDLE_TIMEOUT_S = 60.0
SEND_TIMEOUT_S = 120.0


class Server:
    """Serves the open sessions.

    A connection that never showed a token is a stranger; the oldest makes room for a new one.
    """

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port: int = self._listener.getsockname()[1]
        self.own_host = f"127.0.0.1:{self.port}"
        self._guard = threading.Lock()
        self._sessions: dict[str, Session] = {}
        self._connections: dict[Connection, threading.Thread] = {}
        self._closed = False
        self._thread = threading.Thread(target=self._accept, name="gateway", daemon=True)
        self._thread.start()

    def add(self, session: Session) -> str:
        """Serve a session; the address for libVLC."""
        with self._guard:
            self._sessions[session.token] = session
        return f"http://{self.own_host}/{session.token}/{session.entry}"

    def remove(self, session: Session) -> None:
        """Abort first, so that what libVLC asks next is gone; then cut what is under way.

        The other way round, `stop()` in libVLC would wait for the request it makes anew.
        """
        session.abort()
        with self._guard:
            mine = [each for each in self._connections if each.token == session.token]
        for each in mine:
            each.cut()

    def forget(self, session: Session) -> None:
        """The session's token is unknown from now on; to be called when libVLC let go of it."""
        with self._guard:
            self._sessions.pop(session.token, None)

    def close(self, wait_s: float) -> bool:
        """Whether every thread has ended within `wait_s`."""
        with self._guard:
            self._closed = True
            sessions, connections = list(self._sessions.values()), dict(self._connections)
        for session in sessions:
            session.abort()
        for each in connections:
            each.cut()
        self._wake()
        until = time.monotonic() + wait_s
        threads = [self._thread, *connections.values()]
        for thread in threads:
            thread.join(max(0.0, until - time.monotonic()))
        joined = [session.join(until) for session in sessions]
        return all(joined) and not any(thread.is_alive() for thread in threads)

    def _wake(self) -> None:
        """Closing a socket does not end an `accept` under way everywhere: a visit does."""
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()

    def _accept(self) -> None:
        while True:
            try:
                opened, _address = self._listener.accept()
            except OSError:
                return
            connection = Connection(opened)
            with self._guard:
                if self._closed:
                    connection.close()
                    self._listener.close()
                    return
                if len(self._connections) >= MOST_CONNECTIONS and not self._make_room():
                    connection.close()
                    continue
                thread = threading.Thread(
                    target=self._serve, args=(connection,), name="gateway-request", daemon=True
                )
                self._connections[connection] = thread
            thread.start()

    def _make_room(self) -> bool:
        strangers = [each for each in self._connections if each.token is None]
        if not strangers:
            return False
        oldest = min(strangers, key=lambda each: each.since)
        oldest.cut()
        del self._connections[oldest]
        return True

    def _serve(self, connection: Connection) -> None:
        protocol = h11.Connection(h11.SERVER, max_incomplete_event_size=MOST_HEADER_BYTES)
        try:
            while self._one(connection, protocol):
                protocol.start_next_cycle()
        except (OSError, h11.RemoteProtocolError, h11.LocalProtocolError, Stopped):
            pass  # the other side left, spoke no HTTP, or the session ended
        except Exception:  # border: whatever one request does, the gateway lives on
            log.exception("a request to the gateway failed in a way nobody foresaw")
        finally:
            connection.close()
            with self._guard:
                self._connections.pop(connection, None)

    def _one(self, connection: Connection, protocol: h11.Connection) -> bool:
        """One request and its reply; whether another may follow on this connection."""
        try:
            request = _read(connection, protocol)
        except h11.RemoteProtocolError as error:
            if protocol.our_state in (h11.IDLE, h11.SEND_RESPONSE):
                _send(connection, protocol, Reply(error.error_status_hint), is_head=False)
            return False
        if request is None:
            return False
        with self._guard:
            sessions = dict(self._sessions)
        reply = answer(request, self.own_host, sessions.values(), connection.know)
        _send(connection, protocol, reply, is_head=request.method == "HEAD")
        if reply.piece is not None and connection.token is not None:
            sessions[connection.token].given(*reply.piece)
        return reply.status == HTTPStatus.OK and protocol.our_state is h11.DONE


def _read(connection: Connection, protocol: h11.Connection) -> Request | None:
    """The next request; None when the other side is done or too slow."""
    is_known = connection.token is not None
    until = time.monotonic() + (IDLE_TIMEOUT_S if is_known else HEADER_TIMEOUT_S)
    begun = False
    found: Request | None = None
    while True:
        event = protocol.next_event()
        if isinstance(event, h11.Request):
            found = _request(event)
        elif isinstance(event, h11.EndOfMessage):
            return found
        elif event is h11.NEED_DATA:
            data = connection.receive(until - time.monotonic())
            protocol.receive_data(data)
            if not begun:
                begun, until = True, time.monotonic() + HEADER_TIMEOUT_S
        elif isinstance(event, h11.Data):
            return Request("BODY", "", ())  # libVLC never sends one: refused like any stranger
        else:
            return None


def _request(event: h11.Request) -> Request:
    headers = tuple(
        (name.decode("ascii"), value.decode("latin-1")) for name, value in event.headers
    )
    return Request(event.method.decode("ascii"), event.target.decode("latin-1"), headers)


def _send(connection: Connection, protocol: h11.Connection, reply: Reply, *, is_head: bool) -> None:
    body = reply.body
    headers = [("Cache-Control", "no-store"), ("X-Content-Type-Options", "nosniff")]
    if reply.content_type:
        headers.append(("Content-Type", reply.content_type))
    length = len(body) if isinstance(body, bytes) else body.length
    if length is not None:
        headers.append(("Content-Length", str(length)))
    if reply.status != HTTPStatus.OK:
        headers.append(("Connection", "close"))

    def out(event: h11.Event) -> None:
        connection.send(protocol.send(event) or b"", SEND_TIMEOUT_S)

    out(h11.Response(status_code=reply.status, headers=headers))
    if not is_head:
        for chunk in [body] if isinstance(body, bytes) else body.chunks:
            if chunk:
                out(h11.Data(data=chunk))
            elif connection.has_left():
                raise Stopped
    out(h11.EndOfMessage())
