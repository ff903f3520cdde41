"""From a request to a reply: who may have what of which session; no sockets."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from secrets import compare_digest
from typing import Protocol

from player_app.media.gateway.sessions import PieceReply

PLAYLIST = "application/vnd.apple.mpegurl"
MEDIA = "video/mp4"
SEGMENTS = {"m4s": MEDIA, "ts": "video/mp2t"}
NEVER_SENT_BY_LIBVLC = (
    *("origin", "referer", "cookie", "authorization", "upgrade"),
    *("content-length", "transfer-encoding"),
)
MOST_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Request:
    """Header names in lower case, in their order."""

    method: str
    target: str
    headers: tuple[tuple[str, str], ...]

    def values(self, name: str) -> tuple[str, ...]:
        return tuple(value for key, value in self.headers if key == name)


@dataclass(frozen=True, slots=True)
class Reply:
    """`piece` names the segment that `body` is, to be told of when it was given out whole."""

    status: int
    content_type: str = ""
    body: bytes | PieceReply = b""
    piece: tuple[str, int] | None = None


class Served(Protocol):
    """What the router needs of a session."""

    token: str

    @property
    def is_over(self) -> bool: ...

    @property
    def master(self) -> bytes: ...

    def playlist(self, name: str) -> bytes | None: ...

    def init(self, name: str) -> bytes | None: ...

    def has(self, name: str, index: int) -> bool: ...

    def piece(self, name: str, index: int) -> PieceReply: ...

    def given(self, name: str, index: int) -> None: ...


def answer(
    request: Request,
    own_host: str,
    sessions: Iterable[Served],
    known: Callable[[str], None] = lambda _token: None,
) -> Reply:
    """What to reply; a segment may take as long as the network does.

    `known` hears the token before that, so that the waiting can be cut short from outside.
    """
    refusal = refused(request, own_host)
    if refusal is not None:
        return refusal
    token, _, rest = request.target.removeprefix("/").partition("/")
    session = _session(token, sessions)
    if session is None:
        return Reply(404)
    known(session.token)
    if session.is_over:
        return Reply(410)
    return _of_session(session, rest, is_head=request.method == "HEAD")


def refused(request: Request, own_host: str) -> Reply | None:
    """The refusal of anything that isn't libVLC asking this server by its own address."""
    if request.values("host") != (own_host,):
        return Reply(403)
    for name, _value in request.headers:
        if name in NEVER_SENT_BY_LIBVLC or name.startswith("sec-"):
            return Reply(403)
    if request.method not in ("GET", "HEAD"):
        return Reply(405)
    if not request.target.startswith("/") or not request.target.isascii():
        return Reply(400)
    return None


def _session(token: str, sessions: Iterable[Served]) -> Served | None:
    found = None
    for each in sessions:
        if compare_digest(each.token.encode(), token.encode()):
            found = each
    return found


def _of_session(session: Served, rest: str, *, is_head: bool) -> Reply:
    match rest.split("/"):
        case ["master.m3u8"]:
            return Reply(200, PLAYLIST, session.master)
        case [name, "index.m3u8"]:
            return _found(PLAYLIST, session.playlist(name))
        case [name, "init.mp4"]:
            return _found(MEDIA, session.init(name))
        case [name, file] if file.rpartition(".")[2] in SEGMENTS:
            number, _, container = file.rpartition(".")
            index = _number(number)
            if index is None or not session.has(name, index):
                return Reply(404)
            if is_head:
                return Reply(200, SEGMENTS[container])
            return Reply(200, SEGMENTS[container], session.piece(name, index), (name, index))
        case _:
            return Reply(404)


def _found(content_type: str, body: bytes | None) -> Reply:
    return Reply(404) if body is None else Reply(200, content_type, body)


def _number(text: str) -> int | None:
    if not text.isdecimal() or not text.isascii() or len(text) > MOST_DIGITS:
        return None
    return int(text)
