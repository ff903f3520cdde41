"""Ways in which servers, and what stands before them, answer wrong for a file of a film."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from player_app.core.errors import BadReply, ServiceFailing, SlowDown, Unreachable, VeriteError
from player_app.core.refusals import NotFound
from player_app.core.stream_errors import DamagedStream
from tests.media.host import Fault, Handler, cut, drip, stall

Answer = Callable[[Handler, bytes], None]

SEGMENT, PLAYLIST = "v360/00003.m4s", "a-main/index.m3u8"
SLOW_S = 3.0
PORTAL = b"<!doctype html><title>Sign in to the train's network</title>"


@dataclass(frozen=True, slots=True)
class Misbehaviour:
    """Answers for one file, one after the other; with `lasts`, the last one again and again.

    While it lasts it is told as trouble of the kind `seen_as`, unless it `ends` all.
    """

    name: str
    answers: tuple[Answer, ...]
    lasts: bool = False
    seen_as: type[VeriteError] | None = None
    ends: type[VeriteError] | None = None
    path: str = SEGMENT

    def fault(self) -> Fault:
        given = [0]

        def fault(handler: Handler, data: bytes) -> bool:
            number = given[0]
            if not handler.path.endswith(self.path):
                return False
            if number >= len(self.answers) and not self.lasts:
                return False
            given[0] += 1
            self.answers[min(number, len(self.answers) - 1)](handler, data)
            return True

        return fault


def whole(handler: Handler) -> bytes:
    return (handler.server.folder / handler.path.split("/", 3)[-1]).read_bytes()


def say(
    handler: Handler, status: int, body: bytes = b"", *, length: int | None = -1, **headers: Any
) -> None:
    """A `length` of -1 is the body's, None is none: the connection's end is the body's."""
    handler.send_response(status)
    if length is not None:
        handler.send_header("Content-Length", str(len(body) if length == -1 else length))
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    with suppress(OSError):
        handler.wfile.write(body)
    if length is None:
        handler.close_connection = True


def saying(status: int, body: bytes = b"", **headers: Any) -> Answer:
    return lambda handler, _data: say(handler, status, body, **headers)


def in_chunks(handler: Handler, body: bytes, *, complete: bool = True, **headers: Any) -> None:
    say(handler, 200, b"", length=None, Transfer_Encoding="chunked", **headers)
    with suppress(OSError):
        for start in range(0, len(body), 5_000):
            piece = body[start : start + 5_000]
            handler.wfile.write(b"%x\r\n%b\r\n" % (len(piece), piece))
        if complete:
            handler.wfile.write(b"0\r\n\r\n")


def ranged(handler: Handler, body: bytes, start: int, **headers: Any) -> None:
    said = f"bytes {start}-{start + len(body) - 1}/{handler.size}"
    say(handler, 206, body, Content_Range=said, **headers)


def ignoring_ranges(handler: Handler, _data: bytes) -> None:
    say(handler, 200, whole(handler))


def another_range(handler: Handler, data: bytes) -> None:
    ranged(handler, data[7:], handler.start + 7)


def range_cut_short(handler: Handler, data: bytes) -> None:
    ranged(handler, data[: len(data) // 2], handler.start)


def part_without_a_range(handler: Handler, data: bytes) -> None:
    say(handler, 206, data)


def parts_of_many(handler: Handler, data: bytes) -> None:
    body = b"--x\r\nContent-Range: bytes 0-9/10\r\n\r\n" + data + b"\r\n--x--\r\n"
    say(handler, 206, body, Content_Type="multipart/byteranges; boundary=x")


def unsatisfiable(handler: Handler, data: bytes) -> None:
    if handler.start:
        say(handler, 416, Content_Range=f"bytes */{handler.size}")
    else:
        say(handler, 200, data)


def half_of_an_older_version(handler: Handler, data: bytes) -> None:
    older = bytes(each ^ 1 for each in data[: len(data) // 2])
    say(handler, 200, older, length=len(data), ETag='"older"')
    handler.reset()


def rest_of_a_newer_version(handler: Handler, data: bytes) -> None:
    if handler.start:
        ranged(handler, data, handler.start, ETag='"newer"')
    else:
        say(handler, 200, data, ETag='"newer"')


def too_short(handler: Handler, data: bytes) -> None:
    say(handler, 200, data[:-100])


def too_long(handler: Handler, data: bytes) -> None:
    say(handler, 200, data + bytes(100))


def too_long_without_a_length(handler: Handler, data: bytes) -> None:
    say(handler, 200, data + bytes(100), length=None)


def half_without_a_length(handler: Handler, data: bytes) -> None:
    say(handler, 200, data[: len(data) // 2], length=None)


def compressed(handler: Handler, data: bytes) -> None:
    say(handler, 200, gzip.compress(data), Content_Encoding="gzip")


def compressed_in_chunks(handler: Handler, data: bytes) -> None:
    in_chunks(handler, gzip.compress(data), Content_Encoding="gzip")


def compressed_without_a_word(handler: Handler, data: bytes) -> None:
    say(handler, 200, gzip.compress(data))


def chunked(handler: Handler, data: bytes) -> None:
    in_chunks(handler, data)


def chunked_and_cut(handler: Handler, data: bytes) -> None:
    in_chunks(handler, data[: len(data) // 2], complete=False)


def reset_at_the_last_byte(handler: Handler, data: bytes) -> None:
    say(handler, 200, data[:-1], length=len(data))
    handler.reset()


def reset_before_a_byte(handler: Handler, _data: bytes) -> None:
    handler.reset()


def portal_in_chunks(handler: Handler, _data: bytes) -> None:
    in_chunks(handler, PORTAL)


def failing_and_cut(handler: Handler, _data: bytes) -> None:
    say(handler, 503, b"<h1>Bad", length=5_000)
    handler.reset()


def with_a_bit_turned(handler: Handler, data: bytes) -> None:
    turned = bytearray(data)
    turned[len(turned) // 3] ^= 4
    say(handler, 200, bytes(turned))


def silent_before_the_reply(handler: Handler, _data: bytes) -> None:
    handler.connection.settimeout(SLOW_S)
    with suppress(OSError):
        handler.connection.recv(1)
    handler.close_connection = True


def headers_byte_by_byte(handler: Handler, _data: bytes) -> None:
    with suppress(OSError):
        for letter in b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n" * 2:
            handler.wfile.write(bytes([letter]))
            time.sleep(SLOW_S / 80)
    handler.close_connection = True


def no_http(handler: Handler, data: bytes) -> None:
    with suppress(OSError):
        handler.wfile.write(b"\x15\x03\x01\x00\x02\x02\x46" + data)
    handler.close_connection = True


MISBEHAVIOURS = (
    Misbehaviour("200 for 206", (cut, ignoring_ranges)),
    Misbehaviour("200 for 206, cut again", (cut, lambda h, _d: cut(h, whole(h)), ignoring_ranges)),
    Misbehaviour("another range", (cut, another_range), lasts=True, seen_as=BadReply),
    Misbehaviour("a range cut short", (cut, range_cut_short)),
    Misbehaviour("206 without a range", (part_without_a_range,), lasts=True, seen_as=BadReply),
    Misbehaviour("many ranges", (parts_of_many,), lasts=True, seen_as=BadReply),
    Misbehaviour("416 for a range", (cut, unsatisfiable, unsatisfiable)),
    Misbehaviour("ETag changed", (half_of_an_older_version, *[rest_of_a_newer_version] * 2)),
    Misbehaviour(
        "ETag changed, no hash",
        (half_of_an_older_version, *[rest_of_a_newer_version] * 2),
        path=PLAYLIST,
    ),
    Misbehaviour("too short", (too_short,), lasts=True, seen_as=BadReply),
    Misbehaviour("too long", (too_long,), lasts=True, seen_as=BadReply),
    Misbehaviour("too long, no length", (too_long_without_a_length,)),
    Misbehaviour("cut, no length", (half_without_a_length,)),
    Misbehaviour("cut, no length, no hash", (half_without_a_length,), path=PLAYLIST),
    Misbehaviour("gzip", (compressed,), lasts=True, seen_as=BadReply),
    Misbehaviour("gzip in chunks", (compressed_in_chunks,), lasts=True, seen_as=BadReply),
    Misbehaviour("gzip, no hash", (compressed,), lasts=True, seen_as=BadReply, path=PLAYLIST),
    Misbehaviour("gzip, unsaid", (compressed_without_a_word,), lasts=True, seen_as=BadReply),
    Misbehaviour(
        "gzip, unsaid, no hash",
        (compressed_without_a_word,),
        lasts=True,
        ends=DamagedStream,
        path=PLAYLIST,
    ),
    Misbehaviour("chunked", (chunked,)),
    Misbehaviour("chunked, cut", (chunked_and_cut,), lasts=True, seen_as=Unreachable),
    Misbehaviour("reset in the middle", (cut,) * 3),
    Misbehaviour("reset at the last byte", (reset_at_the_last_byte,)),
    Misbehaviour("reset at once", (reset_before_a_byte,), lasts=True, seen_as=Unreachable),
    Misbehaviour("stalled", (stall,), seen_as=Unreachable),
    Misbehaviour("drip", (drip,), lasts=True, seen_as=Unreachable),
    Misbehaviour("silent", (silent_before_the_reply,), lasts=True, seen_as=Unreachable),
    Misbehaviour("slow headers", (headers_byte_by_byte,), lasts=True, seen_as=Unreachable),
    Misbehaviour("no HTTP", (no_http,), lasts=True, seen_as=Unreachable),
    Misbehaviour(
        "captive portal",
        (saying(200, PORTAL, Content_Type="text/html; charset=utf-8"),),
        lasts=True,
        seen_as=Unreachable,
    ),
    Misbehaviour("portal, no type", (saying(200, PORTAL),), lasts=True, seen_as=BadReply),
    Misbehaviour("portal for a playlist", (saying(200, PORTAL),), path=PLAYLIST),
    Misbehaviour("portal in chunks", (portal_in_chunks,), lasts=True, seen_as=Unreachable),
    Misbehaviour("429", (saying(429, Retry_After="60"),), lasts=True, seen_as=SlowDown),
    Misbehaviour("503", (saying(503),), lasts=True, seen_as=ServiceFailing),
    Misbehaviour("503, cut", (failing_and_cut,), lasts=True, seen_as=Unreachable),
    Misbehaviour("204", (saying(204),), lasts=True, seen_as=BadReply),
    Misbehaviour("empty", (saying(200),), lasts=True, seen_as=BadReply),
    Misbehaviour("empty, no hash", (saying(200),), path=PLAYLIST),
    Misbehaviour("wrong once", (with_a_bit_turned,)),
    Misbehaviour("wrong for ever", (with_a_bit_turned,), lasts=True, ends=DamagedStream),
    Misbehaviour("404", (saying(404),), lasts=True, ends=NotFound),
    Misbehaviour("410", (saying(410),), lasts=True, ends=NotFound),
)
"""Of those without an end or a lasting trouble, each is over by itself."""


class Elsewhere(ThreadingHTTPServer):
    """A host that the service does not name; nobody should ever ask it."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Asked)
        self.asked: list[str] = []


class _Asked(BaseHTTPRequestHandler):
    server: Elsewhere

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        return
