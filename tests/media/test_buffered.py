"""What of a film is at hand, as the bar of positions shows it: told often, made when it changes."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Any

from player_app.media.gateway.link import Link
from player_app.media.gateway.sessions import Session
from player_app.media.gateway.store import MemoryStore
from player_app.service.transport import Transport
from tests.media.host import Handler, Host
from tests.media.permits import permission
from tests.waiting import until

WHOLE = ((0, 12_000),)


def test_what_is_at_hand_is_told_anew_as_soon_as_it_changes(
    film: dict[str, Any], host: Host
) -> None:
    store, transport = MemoryStore(1 << 24), Transport({}, "", "0")
    session = Session(permission(film, host), transport, store, Link(), doubted=set())

    def buffered() -> tuple[tuple[int, int], ...]:
        return session.supply().buffered

    try:
        session.prepare(0)
        until(lambda: buffered() == WHOLE, "all of it")
        assert buffered() is buffered()
        (spoilt,) = (each for each in film["renditions"][0]["segments"] if "00003" in each["path"])
        store.put(spoilt["sha256"], b"something else")
        assert session._stock.stored(("v", 3)) is None
        assert buffered() == ((0, 3_000), (4_000, 12_000))
        assert b"".join(session.piece("v", 3).chunks)
        until(lambda: buffered() == WHOLE, "all of it again")
    finally:
        session.abort()
        assert session.join(time.monotonic() + 5)
        transport.close()


def test_what_a_download_brings_meanwhile_is_not_asked_of_the_host(
    film: dict[str, Any], film_folder: Path, host: Host
) -> None:
    store, transport = MemoryStore(1 << 24), Transport({}, "", "0")
    session = Session(permission(film, host), transport, store, Link(), doubted=set())
    may_answer = threading.Event()

    def held(handler: Handler, _data: bytes) -> bool:
        return handler.path.endswith("m4s") and not may_answer.wait(10)

    def asked() -> set[str]:
        return {path for path, _start in host.asked if path.endswith("m4s")}

    host.faults.append(held)
    try:
        session.prepare(0)
        until(asked, "the first segment to be asked for")
        for rendition in film["renditions"]:
            for each in rendition["segments"][2:]:
                store.put(each["sha256"], (film_folder / each["path"]).read_bytes())
        may_answer.set()
        until(lambda: session.supply().buffered == WHOLE, "all of it")
        assert {path[-9:] for path in asked()} <= {"00000.m4s", "00001.m4s"}
        assert b"".join(session.piece("v", 7).chunks)
        assert not any("00007" in path for path in asked())
    finally:
        may_answer.set()
        session.abort()
        assert session.join(time.monotonic() + 5)
        transport.close()


def test_what_libvlc_reads_from_the_store_is_at_hand_though_it_came_after_the_start(
    film: dict[str, Any], film_folder: Path, host: Host
) -> None:
    store, transport = MemoryStore(1 << 24), Transport({}, "", "0")
    session = Session(permission(film, host), transport, store, Link(), doubted=set(), ahead_ms=1)
    try:
        session.prepare(0)
        (later,) = (each for each in film["renditions"][0]["segments"] if "00008" in each["path"])
        store.put(later["sha256"], (film_folder / later["path"]).read_bytes())
        assert session._stock.stored(("v", 8)) is not None
        assert (8_000, 9_000) in session.supply().buffered
    finally:
        session.abort()
        assert session.join(time.monotonic() + 5)
        transport.close()
