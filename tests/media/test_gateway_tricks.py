"""The gateway lets nobody in by a trick of HTTP: odd hosts, paths, bodies, ranges, pipelines."""

from __future__ import annotations

import secrets
import socket
import time
from contextlib import suppress

import pytest

from player_app.media.gateway import router, server
from tests.media.host import Host
from tests.media.permits import permission
from tests.media.test_gateway_refusals import Door, door

__all__ = ["door"]

pytestmark = pytest.mark.promise(17)
GOOD = "/{token}/v/0.m4s"
HOST = "127.0.0.1:{port}"


def exchange(door: Door, raw: str, wait_s: float = 3.0) -> bytes:
    """Everything that comes back until the other side is done or silent."""
    filled = raw.replace("{token}", door.token).replace("{port}", str(door.port))
    came = b""
    with socket.create_connection(("127.0.0.1", door.port), timeout=wait_s) as link:
        link.sendall(filled.encode("latin-1"))
        with suppress(OSError):
            while chunk := link.recv(1 << 16):
                came += chunk
    return came


def request(*lines: str, body: str = "") -> str:
    return "\r\n".join([*lines, "Connection: close", "", body])


def statuses(answer: bytes) -> list[int]:
    parts = answer.split(b"HTTP/1.1 ")[1:]
    return [int(each[:3]) for each in parts]


def test_a_request_as_libvlc_makes_it_is_answered(door: Door) -> None:
    assert statuses(exchange(door, request(f"GET {GOOD} HTTP/1.1", f"Host: {HOST}"))) == [200]
    head = exchange(door, request(f"HEAD {GOOD} HTTP/1.1", f"Host: {HOST}"))
    assert statuses(head) == [200]
    assert head.endswith(b"\r\n\r\n")


@pytest.mark.parametrize(
    "named",
    [
        "viewer@127.0.0.1:{port}",
        "127.0.0.1:{port}@evil.example",
        "127.0.0.1.:{port}",
        "127.0.0.1:{port}.",
        "127.0.0.1:0{port}",
        "127.1:{port}",
        "2130706433:{port}",
        "0x7f.0.0.1:{port}",
        "[::ffff:127.0.0.1]:{port}",
        "0.0.0.0:{port}",
        "localhost.:{port}",
        "127.0.0.1:{port}/",
        "127.0.0.1:{port}, evil.example",
        "127-0-0-1.rebind.example:{port}",
        "",
    ],
)
def test_a_host_that_is_not_letter_by_letter_its_own_is_refused(door: Door, named: str) -> None:
    assert statuses(exchange(door, request(f"GET {GOOD} HTTP/1.1", f"Host: {named}"))) == [403]


@pytest.mark.parametrize(
    "method", ["POST", "PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "PROPFIND", "get", "GETS"]
)
def test_another_method_is_refused(door: Door, method: str) -> None:
    (status,) = statuses(exchange(door, request(f"{method} {GOOD} HTTP/1.1", f"Host: {HOST}")))
    assert status == 405


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1:{port}/{token}/v/0.m4s",
        "http://evil.example/{token}/v/0.m4s",
        "//127.0.0.1:{port}/{token}/v/0.m4s",
        "*",
        "{token}/v/0.m4s",
        "/{token}%2fv%2f0.m4s",
        "/{token}/v%2f0.m4s",
        "/{token}/v/%30.m4s",
        "/{token}/v/0.m4s%00",
        "/{token}/v/0%00.m4s",
        "/{token}/v/0.m4s/",
        "/{token}/v/0.m4s;x=1",
        "/{token}/v/0.m4s#x",
        "/{token}//v/0.m4s",
        "/./{token}/v/0.m4s",
        "/{token}/./v/0.m4s",
        "/{token}/v/../v/0.m4s",
        "/{token}/v/%2e%2e/%2e%2e/etc/passwd",
        "/{token}/..\\v\\0.m4s",
        "/{token}/v/+0.m4s",
        "/{token}/v/0x0.m4s",
        "/{token}/v/1e0.m4s",
        "/{token}/v/9999999999999999999999.m4s",
        "/{token}/V/0.m4s",
        "/{token}/v/0.M4S",
        "/%7Btoken%7D/v/0.m4s",
        "/{token}/v/\xb2.m4s",
    ],
)
def test_a_path_that_is_not_written_as_the_playlist_has_it_is_refused(
    door: Door, target: str
) -> None:
    (status,) = statuses(exchange(door, request(f"GET {target} HTTP/1.1", f"Host: {HOST}")))
    assert 400 <= status < 500


@pytest.mark.parametrize(
    "lines",
    [
        (f"GET {GOOD} HTTP/1.0",),
        (f"GET {GOOD}", f"Host: {HOST}"),
        (f"GET  {GOOD} HTTP/1.1", f"Host: {HOST}"),
        ("GET /{token}/v/0.m4s\0 HTTP/1.1", f"Host: {HOST}"),
        (f"GET {GOOD} HTTP/1.1", f"Host : {HOST}"),
        (f"GET {GOOD} HTTP/1.1", f" Host: {HOST}"),
        (f"GET {GOOD} HTTP/1.1", "X: a\0b", f"Host: {HOST}"),
        (f"GET {GOOD} HTTP/1.1", "Host: evil.example", f"Host: {HOST}"),
        (f"GET {GOOD} HTTP/1.1", f"Host: {HOST}", f"host: {HOST}"),
        (f"GET {GOOD} HTTP/1.1", f"Host: {HOST}", "Upgrade: websocket", "Sec-WebSocket-Key: eA=="),
        (f"GET {GOOD} HTTP/1.1", f"Host: {HOST}", "Upgrade: h2c", "HTTP2-Settings: AAMAAABk"),
        (f"GET {GOOD} HTTP/1.1", f"Host: {HOST}", "Sec-Purpose: prefetch"),
        (f"GET {GOOD} HTTP/1.1", f"Host: {HOST}", "Authorization: Basic eDp5"),
        ("CONNECT 127.0.0.1:{port} HTTP/1.1", f"Host: {HOST}"),
        ("PRI * HTTP/2.0", ""),
    ],
)
def test_a_request_that_libvlc_would_not_make_is_refused(
    door: Door, lines: tuple[str, ...]
) -> None:
    answer = exchange(door, request(*lines))
    assert all(400 <= status < 600 for status in statuses(answer))
    assert b"moof" not in answer


@pytest.mark.parametrize(
    "lines",
    [
        ("Content-Length: 5", "Transfer-Encoding: chunked"),
        ("Transfer-Encoding: chunked",),
        ("Transfer-Encoding: identity, chunked",),
        ("Transfer-Encoding: xchunked",),
        ("Transfer-Encoding: chunked", "Transfer-Encoding: identity"),
        ("Content-Length: 5", "Content-Length: 6"),
        ("Content-Length: -1",),
        ("Content-Length: 0x5",),
        ("Content-Length: 99999999999999999999999",),
        ("Content-Length: 5",),
    ],
)
def test_a_request_in_the_body_of_another_is_not_answered(
    door: Door, lines: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "HEADER_TIMEOUT_S", 0.3)
    inside = request(f"GET {GOOD} HTTP/1.1", f"Host: {HOST}")
    answer = exchange(
        door, request(f"GET {GOOD} HTTP/1.1", f"Host: {HOST}", *lines, body=f"0\r\n\r\n{inside}")
    )
    assert len(statuses(answer)) <= 1
    assert 200 not in statuses(answer)
    assert b"moof" not in answer


def test_of_requests_sent_at_once_a_refused_one_ends_the_connection(door: Door) -> None:
    good = f"GET {GOOD} HTTP/1.1\r\nHost: {HOST}\r\n\r\n"
    wrong = f"GET /wrong/v/0.m4s HTTP/1.1\r\nHost: {HOST}\r\n\r\n"
    assert statuses(exchange(door, good + good + wrong + good)) == [200, 200, 404]
    assert statuses(exchange(door, wrong + good)) == [404]


@pytest.mark.parametrize(
    "asked",
    [
        "bytes=0-",
        "bytes=0-0,5-9",
        "bytes=-5",
        "bytes=--5",
        "bytes=9-5",
        "bytes=99999999999999999999-",
        "bytes=0-99999999999999999999",
        "bytes=" + ",".join(f"{n}-{n}" for n in range(500)),
        "lines=1-2",
        "bytes=\xb2-",
    ],
)
def test_a_range_changes_nothing(door: Door, asked: str) -> None:
    plain = exchange(door, request("GET /{token}/v/index.m3u8 HTTP/1.1", f"Host: {HOST}"))
    ranged = exchange(
        door, request("GET /{token}/v/index.m3u8 HTTP/1.1", f"Host: {HOST}", f"Range: {asked}")
    )
    assert statuses(ranged) == [200]
    assert ranged.partition(b"\r\n\r\n")[2] == plain.partition(b"\r\n\r\n")[2]


def test_the_token_of_an_ended_session_opens_nothing_of_the_next(
    door: Door, film: dict[str, object], host: Host
) -> None:
    old = door.session
    door.gateway.abort(old)
    door.gateway.forget(old)
    following = door.gateway.session(permission(film, host))
    following.prepare(0)
    door.gateway.serve(following)
    assert door.get(f"/{following.token}/v/0.m4s") == 200
    for token in (
        old.token,
        following.token[:-1],
        following.token + "A",
        following.token.swapcase(),
    ):
        assert door.get(f"/{token}/v/0.m4s") == 404
    door.gateway.abort(following)


def test_a_token_is_compared_whole_with_every_session(
    door: Door, film: dict[str, object], host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = [door.gateway.session(permission(film, host)) for _ in range(3)]
    for each in others:
        door.gateway.serve(each)
    compared: list[tuple[bytes, bytes]] = []
    real = secrets.compare_digest

    def compare(one: bytes, other: bytes) -> bool:
        compared.append((one, other))
        return real(one, other)

    monkeypatch.setattr(router, "compare_digest", compare)
    for token in (door.token, "x"):
        compared.clear()
        door.get(f"/{token}/v/index.m3u8")
        assert {one for one, _ in compared} == {
            each.token.encode() for each in (door.session, *others)
        }
        assert {other for _, other in compared} == {token.encode()}


@pytest.mark.parametrize(
    "raw",
    [
        "GET /" + "x" * 20_000,
        f"GET {GOOD} HTTP/1.1\r\n" + "X: y\r\n" * 5_000,
        f"GET {GOOD} HTTP/1.1\r\nHost: {HOST}\r\nX: " + "x" * 60_000 + "\r\n\r\n",
        "\r\n" * 20_000,
        "\0" * 20_000,
        "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + "\xaa" * 500,
    ],
    ids=["line", "many headers", "long header", "empty lines", "zeros", "tls"],
)
def test_what_is_too_large_or_no_http_is_cut_off(
    door: Door, raw: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "HEADER_TIMEOUT_S", 0.3)
    begun = time.monotonic()
    assert all(400 <= status < 500 for status in statuses(exchange(door, raw)))
    assert time.monotonic() - begun < 2


@pytest.mark.parametrize(
    "before",
    ["", f"GET {GOOD} HTTP/1.1\r\nHost: {HOST}\r\n\r\n"],
    ids=["a stranger", "who showed a token"],
)
def test_headers_that_come_byte_by_byte_are_cut_off_in_time(
    door: Door, before: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "HEADER_TIMEOUT_S", 0.4)
    filled = before.replace("{token}", door.token).replace("{port}", str(door.port))
    with socket.create_connection(("127.0.0.1", door.port), timeout=5) as link:
        link.sendall(filled.encode())
        if before:
            assert link.recv(1 << 16).startswith(b"HTTP/1.1 200")
        begun = time.monotonic()
        with suppress(OSError):
            for letter in b"GET / HTTP/1.1\r\n" * 40:
                link.sendall(bytes([letter]))
                time.sleep(0.02)
        assert time.monotonic() - begun < 2


def test_it_listens_on_one_address_of_this_machine_only(door: Door) -> None:
    for address in ("127.0.0.2", "::1"):
        with pytest.raises(OSError):  # noqa: PT011 - refused, or no such address
            socket.create_connection((address, door.port), timeout=1).close()


def test_an_answer_tells_nothing_of_the_player_and_is_kept_by_nobody(door: Door) -> None:
    for target in (GOOD, "/wrong/v/0.m4s"):
        answer = exchange(door, request(f"GET {target} HTTP/1.1", f"Host: {HOST}"))
        head = answer.partition(b"\r\n\r\n")[0].lower()
        assert b"cache-control: no-store" in head
        assert b"x-content-type-options: nosniff" in head
        assert not [name for name in (b"server:", b"access-control", b"location:") if name in head]
        assert door.token.encode() not in head
