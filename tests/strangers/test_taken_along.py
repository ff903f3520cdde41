"""A film is taken offline while its link breaks again and again, and plays with no link at all.

Where the promises are shown in full it is Big Buck Bunny, whole.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import player_app
from player_app.core.playback import Phase
from player_app.core.refusals import NotFound
from player_app.media.gateway.link import Link
from player_app.media.gateway.taking import Taking
from player_app.media.gateway.throttle import Throttle
from player_app.media.gateway.upstream import Body
from player_app.service.transport import Transport
from player_app.storage.segments.store import SegmentStore, open_segments
from tests.bench import real_film
from tests.faults.control import fault_proxy
from tests.faults.faults import ALWAYS
from tests.faults.strikes import Kind, Strike
from tests.media.permits import permit
from tests.media.player import TestPlayer
from tests.media.taker import parts_for
from tests.plugins.promises import Promise
from tests.strangers.nginx import nginx
from tests.strangers.packagings import listed_by_us
from tests.strangers.player import Place
from tests.strangers.watching import Apart, by_look, by_number

FETCHED_TWICE = 0.02
"""So much of the film at most comes more than once."""

HEADER_BYTES = 512
"""What an answer takes beside its body, at most."""

PLACES = (0.02, 0.5, 0.8)
NEAR_MS = 300
SEEN_FOR_S = 1.0


@dataclass(frozen=True, slots=True)
class Film:
    """`made` may package the clear film; its link breaks `cuts` times while it takes `taking_s`."""

    name: str
    made: Callable[[Path], tuple[Path, dict[str, Any]]]
    apart: Callable[[Path], Apart]
    video: str
    taking_s: float
    cuts: int


def short_film(clear: Path) -> tuple[Path, dict[str, Any]]:
    return clear.parent / "along", listed_by_us(clear, clear.parent / "along", 8)


SHORT = Film("eight-seconds", short_film, lambda _folder: by_number, "v360", 3.0, 3)
WHOLE = Film(
    "big-buck-bunny",
    lambda _clear: real_film.real_film(),
    lambda folder: by_look(real_film.looks_of(folder), real_film.FRAME_RATE),
    "v720",
    40.0,
    20,
)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    full = metafunc.config.getoption("--promises-full")
    metafunc.parametrize("film", [WHOLE if full else SHORT], ids=lambda each: each.name)


class Counted:
    """The way out, which counts every byte that came."""

    def __init__(self) -> None:
        self.transport = Transport({}, "", player_app.__version__)
        self.received = self.asked = 0
        self._guard = threading.Lock()

    def open(
        self,
        address: str,
        start: int = 0,
        breaks: Callable[[Callable[[], None]], None] | None = None,
    ) -> Body:
        body = self.transport.open(address, start, breaks)
        self.asked += 1
        self.add(HEADER_BYTES)
        return _CountedBody(body, self)

    def add(self, size_bytes: int) -> None:
        with self._guard:
            self.received += size_bytes


class _CountedBody:
    def __init__(self, body: Body, counted: Counted) -> None:
        self._body, self._counted = body, counted

    @property
    def length(self) -> int | None:
        return self._body.length

    @property
    def etag(self) -> str | None:
        return self._body.etag

    def read(self, at_most: int) -> bytes:
        data = self._body.read(at_most)
        self._counted.add(len(data))
        return data

    def close(self) -> None:
        self._body.close()


class NoWay(Transport):
    """The service is gone, and so is the network."""

    def __init__(self) -> None:
        super().__init__({}, "", player_app.__version__)
        self.asked: list[str] = []

    def open(self, address: str, *_: Any, **__: Any) -> Any:
        self.asked.append(address)
        raise NotFound(404, "not-found", "there is no network")


@contextmanager
def shelf(folder: Path) -> Iterator[SegmentStore]:
    folder.mkdir()
    store, trouble = open_segments(folder, device="this one")
    assert trouble is None
    yield store
    store.close()


@pytest.mark.promise(4)
@pytest.mark.usefixtures("qapp")
def test_a_film_taken_over_a_link_that_breaks_again_and_again_plays_without_one(
    film: Film,
    clear: Path,
    tmp_path: Path,
    promise: Promise,
    request: pytest.FixtureRequest,
) -> None:
    folder, made = film.made(clear)
    way = Counted()
    with (
        shelf(tmp_path / "segments") as store,
        nginx(folder, tmp_path / "nginx") as server,
        fault_proxy(server.port) as proxy,
    ):
        address = f"{proxy.origin}/media/grant/master.m3u8"
        permitted = permit(made, address)
        parts = parts_for(permitted, film.video)
        size = sum(each.bytes or 0 for each in parts)
        rate = size / film.taking_s
        proxy.strike(Strike(Kind.TRICKLE, "/media/", 0.0, ALWAYS, rate=rate / 3))
        proxy.cut_every(film.taking_s / (film.cuts + 2))
        begun = time.monotonic()
        Taking(
            upstream=way,
            store=store,
            permit=permitted,
            renew=lambda: permitted,
            origins=(proxy.origin,),
            parts=parts,
            link=Link(),
            throttle=Throttle(lambda: None),
            on_progress=lambda _progress: None,
        ).run(threading.Event())
        took_s = time.monotonic() - begun
        cut = [each for each in proxy.replies() if each.end == "cut"]
        request.node.add_report_section(
            "call",
            "figures",
            f"{size} bytes in {took_s:.1f} s, {len(cut)} transfers cut, {way.received} received in "
            f"{way.asked} answers ({way.received / size:.4f})",
        )
        assert store.missing(each.key for each in parts) == ()
        assert len(cut) >= film.cuts
        # of a film of eight seconds the answers' heads are no small part
        heads = HEADER_BYTES * way.asked if film is SHORT else 0
        assert way.received <= size * (1 + FETCHED_TWICE) + heads

        gone = NoWay()
        player = TestPlayer(made, Place(proxy.origin, address), upstream=gone, store=store)
        try:
            for part in PLACES:
                see_from(player, round(part * made["length_ms"]), film, folder)
            assert gone.asked == []
        finally:
            player.close()
    way.transport.close()
    promise.tried()


def see_from(player: TestPlayer, from_ms: int, film: Film, folder: Path) -> None:
    """The pictures of that place are seen, in their time, for a while."""
    apart = film.apart(folder)
    player.open(from_ms, quality=film.video)
    player.wait_for(Phase.PLAYING, 20)
    player.wait(lambda: player.position_ms > from_ms + SEEN_FOR_S * 1000, 20)
    seen, here_ms = player.surface.newest(), player.position_ms
    assert apart(seen, here_ms) < NEAR_MS
    player.watch.close()
