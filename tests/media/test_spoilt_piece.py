"""A piece that was given out before it was checked, and proved wrong, is never taken for right."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator

import pytest

import player_app
from player_app.core.errors import Stopped
from player_app.core.stream import Rendition, RenditionKind
from player_app.media.gateway import stock as stocks
from player_app.media.gateway.errand import Errand
from player_app.media.gateway.link import Link
from player_app.media.gateway.stock import Stock
from player_app.media.gateway.store import MemoryStore
from player_app.media.gateway.tracks import Container, Piece, Track
from player_app.media.gateway.vouching import HELD_BACK_BYTES, let_early_go
from player_app.service.transport import Transport
from tests.media.permits import permit
from tests.waiting import until

ORIGIN = "http://127.0.0.1:9"
PLACE = ("v", 0)
NO_FILM = {"length_ms": 1, "renditions": [], "captions": [], "preview": None, "content_keys": {}}
WRONG, RIGHT = (bytes([shade]) * 2 * HELD_BACK_BYTES for shade in (1, 2))


@pytest.fixture
def errand() -> Iterator[Errand]:
    named = permit(NO_FILM, f"{ORIGIN}/master.m3u8")
    transport = Transport({}, "", player_app.__version__)
    made = Errand(transport, Link(), named, lambda: named, (ORIGIN,))
    yield made
    made.end()
    transport.close()


@pytest.fixture
def stock(errand: Errand, monkeypatch: pytest.MonkeyPatch) -> Stock:
    """It fetches nothing by itself."""
    monkeypatch.setattr(stocks, "WORKERS", 0)
    made = Stock(errand, MemoryStore(1 << 20), set(), 1, 8.0)
    container = Container.TRANSPORT_STREAM
    piece = Piece("a.ts", 0, 1.0, None, None, (), None, None, "a", container)
    picture = Rendition("a", RenditionKind.VIDEO, 1, "", None, "a.m3u8", None, ())
    made.start({"v": Track("v", picture, None, (piece,))}, 0)
    return made


def test_though_the_right_one_is_there_before_anybody_looks(errand: Errand, stock: Stock) -> None:
    given: list[bytes] = []

    def read() -> None:
        with contextlib.suppress(Stopped):
            given.extend(stock.runs(PLACE, early=True))

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    until(lambda: stock.waited_for, "the piece to be asked for")
    (fetch,) = stock._fetches.values()
    errand.arrived(fetch, WRONG)
    let_early_go(fetch, errand)
    until(lambda: any(given), "some of it to be given out")
    with errand.condition:  # the reader can't look before all of this is done
        errand.drop_from(fetch, 0)
        errand.arrived(fetch, RIGHT)
        errand.settle(fetch, None)
    until(lambda: stock.spoilt, "the stock to say so")
    assert b"".join(given) == WRONG[:HELD_BACK_BYTES]
