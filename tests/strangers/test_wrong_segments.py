"""A segment that nothing vouches for before its end is shown as it comes, and mended if wrong."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

import pytest

from player_app.core.errors import Unreachable
from player_app.core.playback import Phase
from player_app.core.stream import SegmentList, Taste
from player_app.core.stream_errors import DamagedStream
from player_app.media.gateway import lister
from tests.media.host import Handler, Host, once, serving, trickle
from tests.strangers.lists import listed
from tests.strangers.packagings import Stranger
from tests.strangers.player import MakeStrangersPlayer, Place, StrangersPlayer
from tests.strangers.test_foreign_streams import assert_in_step, assert_seen_to_the_end

HELD_BACK = 32 * 1024
FIRST = "low/000.ts"


@pytest.fixture
def host(by_ffmpeg: Stranger) -> Iterator[Host]:
    with serving(by_ffmpeg.folder) as started:
        yield started


def shortened(handler: Handler, data: bytes) -> None:
    """A whole file as far as HTTP can tell, which ends too early."""
    answer(handler, short(data))


def short(data: bytes) -> bytes:
    return data[: len(data) * 19 // 20 // 16 * 16]


def flipped(data: bytes) -> bytes:
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]


def answer(handler: Handler, data: bytes, rest: threading.Event | None = None) -> None:
    """With `rest`, what is held back comes only after that, but for its first byte."""
    handler.head(len(data))
    handler.wfile.write(data[: 1 - HELD_BACK])
    handler.wfile.flush()
    if rest is not None:
        rest.wait(10)
    handler.wfile.write(data[1 - HELD_BACK :])


def times(host: Host, path: str) -> int:
    return [each for each, _start in host.asked].count(path)


def opened(
    make_player: MakeStrangersPlayer, host: Host, listed: SegmentList | None
) -> StrangersPlayer:
    player = make_player(Place(host.origin, host.address), listed)
    player.open(quality="least")
    return player


@pytest.mark.parametrize("kept", [(), ("bytes", "sha256")], ids=["no list", "a hash"])
def test_the_first_segment_is_shown_before_it_is_complete(
    make_player: MakeStrangersPlayer, host: Host, by_ffmpeg: Stranger, kept: tuple[str, ...]
) -> None:
    rest = threading.Event()
    host.faults.append(once(FIRST, lambda handler, data: answer(handler, data, rest)))
    player = opened(make_player, host, listed(by_ffmpeg, *kept) if kept else None)
    try:
        player.wait(lambda: player.frame is not None)
    finally:
        rest.set()
    player.wait(lambda: player.frame_ms > 2_500)
    assert_in_step(player)
    assert times(host, FIRST) == 1


@pytest.mark.parametrize(
    ("spoil", "kept"),
    [(short, ()), (flipped, ("bytes", "sha256"))],
    ids=["too short, no list", "flipped bit, a hash"],
)
def test_a_first_segment_that_proves_wrong_is_fetched_again_and_the_film_reopened_there(
    make_player: MakeStrangersPlayer,
    host: Host,
    by_ffmpeg: Stranger,
    spoil: Callable[[bytes], bytes],
    kept: tuple[str, ...],
) -> None:
    rest = threading.Event()
    host.faults.append(once(FIRST, lambda handler, data: answer(handler, spoil(data), rest)))
    player = opened(make_player, host, listed(by_ffmpeg, *kept) if kept else None)
    playback = player.playback
    assert playback is not None
    first = playback._leading.source.session
    try:
        player.wait(lambda: player.frame is not None)
    finally:
        rest.set()
    player.wait(lambda: playback._leading.source.session is not first)
    player.wait(lambda: player.frame_ms > 2_500)
    assert_in_step(player)
    assert times(host, FIRST) == 2 or not kept
    playback.seek(10_000)
    assert_seen_to_the_end(player)


@pytest.mark.parametrize("path", [FIRST, "low/002.ts"], ids=["the first", "a later one"])
def test_a_segment_that_stays_wrong_ends_the_film_with_its_cause(
    make_player: MakeStrangersPlayer, host: Host, path: str
) -> None:
    host.faults.append(once(path, shortened, times=100))
    player = make_player(Place(host.origin, host.address), ahead_ms=1)
    player.open(quality="least")
    player.wait_for(Phase.FAILED, 20)
    assert type(player.state.cause) is DamagedStream
    assert times(host, path) <= 6
    assert not player.state.finished


def test_a_playlist_that_trickles_in_is_given_up(
    make_player: MakeStrangersPlayer, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However slowly: something comes all the time."""
    monkeypatch.setattr(lister, "PATIENCE_S", 0.3)
    host.faults.append(once("master.m3u8", trickle, times=100))
    player = make_player(Place(host.origin, host.address))
    begun = time.monotonic()
    with pytest.raises(Unreachable):
        player.watch.prepare("film-1", Taste())
    assert time.monotonic() - begun < 3


def test_a_file_that_was_replaced_while_it_came_is_begun_again(
    make_player: MakeStrangersPlayer, host: Host
) -> None:
    """What came of the old one fits no rest of the new one, which is longer by a block."""
    path = "low/001.ts"

    def old(handler: Handler, data: bytes) -> None:
        handler.head(len(data) - 16)
        handler.wfile.write(data[: len(data) // 2])
        handler.reset()

    host.faults.append(once(path, old))
    player = make_player(Place(host.origin, host.address))
    player.open(quality="least")
    player.wait(lambda: player.frame_ms > 4_500)
    assert_in_step(player)
    starts = [start for each, start in host.asked if each == path]
    assert starts[0] == starts[-1] == 0
    assert len(starts) == 3
    assert starts[1] > 0
