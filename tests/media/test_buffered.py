"""What of a film is at hand, as the bar of positions shows it: told often, made when it changes."""

from __future__ import annotations

import time
from typing import Any

from player_app.media.gateway.link import Link
from player_app.media.gateway.sessions import Session
from player_app.media.gateway.store import MemoryStore
from player_app.service.transport import Transport
from tests.media.host import Host
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
