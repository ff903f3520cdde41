"""A real session that plays from the store alone, for the tests of what is taken offline."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from player_app.core.licence import Permit, Purpose
from player_app.core.stream import Rendition, SegmentList
from player_app.core.stream_errors import PlaylistError
from player_app.features.extras import Extras
from player_app.media.gateway.link import Link
from player_app.media.gateway.sessions import Permission, Session
from player_app.media.gateway.upstream import Body, Store

ORIGINS = ("http://127.0.0.1:9",)
NOWHERE = f"{ORIGINS[0]}/media/grant-9/master.m3u8"


class NoWay:
    """Nothing is ever to be asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def open(
        self,
        address: str,
        start: int = 0,
        breaks: Callable[[Callable[[], None]], None] | None = None,
    ) -> Body:
        del start, breaks
        self.asked.append(address)
        raise PlaylistError("not stored")


def offline(permitted: Permit) -> Permit:
    """As it is kept: of another day, so that its address leads nowhere by now."""
    licence = replace(permitted.licence, id="lic-2", purpose=Purpose.OFFLINE)
    return replace(permitted, licence=licence, media_address=NOWHERE)


def never() -> Permit:
    raise AssertionError("a permit was asked for")


def played(permitted: Permit, listed: SegmentList, store: Store, audio: Rendition | None) -> None:
    """Read every piece of the film's one picture and this sound, and whatever lies beside."""
    no_way = NoWay()
    permission = Permission(permitted, listed.videos()[0], audio, never, lambda: None, ORIGINS)
    session = Session(permission, no_way, store, Link(), doubted=set())
    try:
        session.prepare(0)
        assert (audio is None) == session.entry.startswith("v/")
        for name in ("v",) if audio is None else ("v", "a"):
            assert _pieces(session, name) > 1
        if session.entry.startswith("p/"):  # both in one
            assert _pieces(session, "p") > 1
        extras = Extras(listed.captions, listed.preview, session.file)
        assert all(extras.cues(each) for each in listed.captions)
        assert listed.preview is None or extras.preview(0) is not None
    finally:
        session.abort()
        assert session.join(time.monotonic() + 5)
    assert no_way.asked == []


def _pieces(session: Session, name: str) -> int:
    """How many there are; each is read whole."""
    count = 0
    while session.has(name, count):
        assert b"".join(session.piece(name, count).chunks)
        count += 1
    return count
