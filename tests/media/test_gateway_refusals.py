"""The gateway lets nobody in but libVLC: tokens, hosts, headers, paths, slow and many strangers."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from typing import Any

import pytest

from player_app.media.gateway import server as serving_parts
from player_app.media.gateway.gateway import Gateway
from player_app.media.gateway.sessions import Session
from player_app.media.gateway.store import MemoryStore
from player_app.service.transport import Transport
from tests.media.host import Host
from tests.media.permits import permission

pytestmark = pytest.mark.promise(17)


class Door:
    def __init__(self, gateway: Gateway, session: Session) -> None:
        self.gateway, self.session = gateway, session
        address = gateway.serve(session)
        self.host, self.path = address.removeprefix("http://").split("/", 1)
        self.token = session.token
        self.port = int(self.host.rpartition(":")[2])

    def ask(self, raw: str, wait_s: float = 8.0) -> int:
        """The status of the answer, 0 where the door was shut without one."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=wait_s) as link:
            link.sendall(raw.encode("latin-1"))
            try:
                answer = link.recv(4096)
            except ConnectionResetError:
                return 0
        return int(answer.split()[1]) if answer.startswith(b"HTTP/1.1 ") else 0

    def get(self, target: str, *headers: str, host: str | None = None, method: str = "GET") -> int:
        lines = [f"{method} {target} HTTP/1.1", f"Host: {host or self.host}", *headers, "", ""]
        return self.ask("\r\n".join(lines))


@pytest.fixture
def door(film: dict[str, Any], host: Host) -> Iterator[Door]:
    transport = Transport({}, "", "0")
    gateway = Gateway(transport, MemoryStore(64 << 20))
    session = gateway.session(permission(film, host))
    session.prepare(0)
    yield Door(gateway, session)
    assert gateway.close(2)
    transport.close()


def test_libvlc_is_let_in(door: Door) -> None:
    for file in ("master.m3u8", "v/index.m3u8", "v/init.mp4", "v/0.m4s", "a/11.m4s", "p/0.m4s"):
        assert door.get(f"/{door.token}/{file}", "User-Agent: VLC/3.0.24") == 200


@pytest.mark.parametrize(
    ("named", "headers", "method", "path"),
    [
        ("localhost:{port}", (), "GET", "/{token}/master.m3u8"),
        ("evil.example", (), "GET", "/{token}/master.m3u8"),
        ("evil.example:{port}", (), "GET", "/{token}/master.m3u8"),
        ("127.0.0.1", (), "GET", "/{token}/master.m3u8"),
        ("127.0.0.1:1", (), "GET", "/{token}/master.m3u8"),
        ("127.0.0.2:{port}", (), "GET", "/{token}/master.m3u8"),
        ("[::1]:{port}", (), "GET", "/{token}/master.m3u8"),
        ("127.0.0.1:{port}.evil.example", (), "GET", "/{token}/master.m3u8"),
        ("127.0.0.1:{port}", ("Origin: http://evil.example",), "GET", "/{token}/master.m3u8"),
        ("127.0.0.1:{port}", ("Origin: null",), "GET", "/{token}/master.m3u8"),
        ("127.0.0.1:{port}", ("oRiGiN: http://127.0.0.1:{port}",), "GET", "/{token}/master.m3u8"),
        ("127.0.0.1:{port}", ("Referer: http://evil.example/",), "GET", "/{token}/master.m3u8"),
        ("127.0.0.1:{port}", ("Cookie: a=b",), "GET", "/{token}/master.m3u8"),
        ("127.0.0.1:{port}", ("Sec-Fetch-Mode: no-cors",), "GET", "/{token}/master.m3u8"),
        ("127.0.0.1:{port}", ("Sec-Fetch-Site: same-origin",), "GET", "/{token}/v/0.m4s"),
        ("127.0.0.1:{port}", (), "POST", "/{token}/master.m3u8"),
        ("127.0.0.1:{port}", (), "OPTIONS", "/{token}/master.m3u8"),
        ("127.0.0.1:{port}", (), "PUT", "/{token}/v/0.m4s"),
        ("127.0.0.1:{port}", (), "GET", "/"),
        ("127.0.0.1:{port}", (), "GET", "/master.m3u8"),
        ("127.0.0.1:{port}", (), "GET", "//master.m3u8"),
        ("127.0.0.1:{port}", (), "GET", "/wrong/master.m3u8"),
        ("127.0.0.1:{port}", (), "GET", "/{short}/master.m3u8"),
        ("127.0.0.1:{port}", (), "GET", "/{token}/"),
        ("127.0.0.1:{port}", (), "GET", "/{token}/../../etc/passwd"),
        ("127.0.0.1:{port}", (), "GET", "/{token}/v/..%2f..%2fetc%2fpasswd"),
        ("127.0.0.1:{port}", (), "GET", "/{token}/v/99.m4s"),
        ("127.0.0.1:{port}", (), "GET", "/{token}/v/-1.m4s"),
        ("127.0.0.1:{port}", (), "GET", "/{token}/v/0.m4s?x=1"),
        ("127.0.0.1:{port}", (), "GET", "/{token}/x/index.m3u8"),
        ("127.0.0.1:{port}", (), "GET", "http://127.0.0.1:{port}/{token}/master.m3u8"),
        ("127.0.0.1:{port}", ("Content-Length: 5", "", "hello"), "GET", "/{token}/master.m3u8"),
    ],
)
def test_a_stranger_is_refused(
    door: Door, named: str, headers: tuple[str, ...], method: str, path: str
) -> None:
    known = {"port": door.port, "token": door.token, "short": door.token[:-1]}
    told = [header.format(**known) for header in headers]
    status = door.get(path.format(**known), *told, host=named.format(**known), method=method)
    assert 400 <= status < 500


def test_two_hosts_are_refused(door: Door) -> None:
    assert door.get(f"/{door.token}/master.m3u8", f"Host: {door.host}") in (400, 403)


def test_large_headers_are_refused(door: Door) -> None:
    status = door.get(f"/{door.token}/master.m3u8", "X: " + "x" * 40_000)
    assert status in (0, 400, 431)


def test_no_header_lets_a_web_page_read_the_answer(door: Door) -> None:
    with socket.create_connection(("127.0.0.1", door.port), timeout=5) as link:
        link.sendall(
            f"GET /{door.token}/master.m3u8 HTTP/1.1\r\nHost: {door.host}\r\n\r\n".encode()
        )
        assert b"access-control" not in link.recv(65536).lower()


def test_slow_headers_are_cut_off(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving_parts, "HEADER_TIMEOUT_S", 0.3)
    with socket.create_connection(("127.0.0.1", door.port), timeout=5) as link:
        link.sendall(b"GET / HT")
        begun = time.monotonic()
        with suppress(ConnectionResetError):
            assert link.recv(100) == b""
        assert time.monotonic() - begun < 2


def test_two_hundred_strangers_keep_libvlc_from_nothing(door: Door) -> None:
    with ExitStack() as crowd:
        for _ in range(200):
            crowd.enter_context(socket.create_connection(("127.0.0.1", door.port), timeout=5))
        assert door.get(f"/{door.token}/v/3.m4s") == 200


def test_an_aborted_session_is_gone_and_a_forgotten_one_unknown(door: Door) -> None:
    door.gateway.abort(door.session)
    assert door.get(f"/{door.token}/v/0.m4s") == 410
    door.gateway.forget(door.session)
    assert door.get(f"/{door.token}/v/0.m4s") == 404
