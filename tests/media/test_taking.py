"""A film is taken offline by the ways it streams by: in order, byte-exact, and stopped at once."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from player_app.core.errors import Stopped, Unreachable, VeriteError
from player_app.core.parts import Part, PartKind
from player_app.core.storage_errors import DiskFull, FolderUnusable
from player_app.core.stream import Fragment
from player_app.core.stream_errors import PlaylistError
from player_app.media.gateway import taking
from player_app.media.gateway.begun import Begun
from player_app.media.gateway.errand import Fetch
from player_app.media.gateway.taking_progress import TakingProgress
from tests.media.folder_store import FolderStore
from tests.media.host import Fault, Handler, Host, cut, drip, once, reset, stall
from tests.media.misbehaviours import headers_byte_by_byte, silent_before_the_reply
from tests.media.permits import permit
from tests.media.taker import Taker
from tests.waiting import until

pytestmark = pytest.mark.real_time

SEGMENT = "v360/00003.m4s"
ALWAYS = 1_000_000
STOPPED_WITHIN_S = 0.5


def slowly(seconds: float) -> Fault:
    """The host answers as it should, so much later."""

    def fault(_handler: Handler, _data: bytes) -> bool:
        time.sleep(seconds)
        return False

    return fault


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "store")


@pytest.fixture
def taker(film: dict[str, Any], host: Host, store: FolderStore) -> Taker:
    return Taker(film, host, store)


def test_everything_is_stored_and_nothing_asked_twice(
    taker: Taker, host: Host, store: FolderStore, film_folder: Path
) -> None:
    taker.run()
    store.assert_is_whole(taker.parts, film_folder)
    assert sorted(host.asked) == sorted((each.path, 0) for each in taker.parts)
    assert not any(path.startswith("v720") for path, _ in host.asked)


def test_it_comes_in_the_order_in_which_it_is_watched(
    film: dict[str, Any], host: Host, store: FolderStore
) -> None:
    taker = Taker(film, host, store, workers=1)
    taker.run()
    assert [path for path, _ in host.asked] == [each.path for each in taker.parts]
    kinds = [each.kind for each in taker.parts]
    assert kinds.index(PartKind.SEGMENT) == len([k for k in kinds if k is not PartKind.SEGMENT])


def test_what_is_brought_meanwhile_is_not_asked_for(
    film: dict[str, Any], host: Host, store: FolderStore, film_folder: Path
) -> None:
    taker = Taker(film, host, store, workers=1)
    last = taker.parts[-1]

    def brings_the_last(_handler: Handler, _data: bytes) -> bool:
        store.put(last.key, (film_folder / last.path).read_bytes())
        return False

    host.faults.append(brings_the_last)
    taker.run()

    store.assert_is_whole(taker.parts, film_folder)
    assert {path for path, _ in host.asked} == {each.path for each in taker.parts[:-1]}
    assert taker.latest.missing == 0


def test_what_is_stored_is_not_asked_for(
    film: dict[str, Any], taker: Taker, host: Host, store: FolderStore, film_folder: Path
) -> None:
    for each in taker.parts[::2]:
        store.put(each.key, (film_folder / each.path).read_bytes())
    taker.run()
    assert {path for path, _ in host.asked} == {each.path for each in taker.parts[1::2]}
    host.asked.clear()
    again = Taker(film, host, store)
    again.run()
    assert host.asked == []
    assert again.latest.missing == 0
    assert again.latest.done_bytes == again.latest.total_bytes > 100_000


@pytest.mark.promise(4)
def test_a_segment_goes_on_at_the_byte_where_it_broke_off(
    taker: Taker, host: Host, store: FolderStore, film_folder: Path
) -> None:
    host.faults.append(once(SEGMENT, cut, times=3))
    taker.run()
    store.assert_is_whole(taker.parts, film_folder)
    starts = [start for path, start in host.asked if path == SEGMENT]
    assert len(starts) == 4
    assert all(before < after for before, after in pairwise(starts))


@pytest.mark.promise(4)
def test_after_a_stop_a_segment_goes_on_at_the_byte_where_it_was(
    film: dict[str, Any], host: Host, store: FolderStore, film_folder: Path
) -> None:
    begun = Begun(1 << 20)
    before = Taker(film, host, store, begun=begun)
    host.faults.append(once(SEGMENT, stall, times=ALWAYS))
    half = (film_folder / SEGMENT).stat().st_size // 2
    with before.running() as thread:
        until(lambda: before.latest.missing == 1, "all but that segment")
        until(lambda: _came_of(before, SEGMENT) == half, "its half")
        before.stop.set()
        with pytest.raises(Stopped):
            before.finish(thread)
    host.faults.clear()
    host.asked.clear()
    Taker(film, host, store, begun=begun).run()
    assert host.asked == [(SEGMENT, half)]
    store.assert_is_whole(before.parts, film_folder)


def test_what_was_begun_wrong_is_fetched_from_the_start_and_nothing_wrong_is_stored(
    film: dict[str, Any], host: Host, store: FolderStore, film_folder: Path
) -> None:
    begun = Begun(1 << 20)
    taker = Taker(film, host, store, begun=begun)
    part = next(each for each in taker.parts if each.path == SEGMENT)
    begun._held[part.key] = b"another thing"
    taker.run()
    store.assert_is_whole(taker.parts, film_folder)
    assert [start for path, start in host.asked if path == SEGMENT] == [13, 0]


def test_of_what_was_begun_no_more_is_remembered_than_may_be() -> None:
    def fetch(data: bytes) -> Fetch:
        made = Fetch("path", 100, (Fragment(100, ""),), 100)
        made.data += data
        return made

    begun = Begun(50)
    for key in ("first", "second", "third"):
        begun.keep(key, fetch(key.encode() * 4))
    came = {}
    for key in ("first", "second", "third"):
        anew = fetch(b"")
        begun.go_on(Part(key, "path", 100, key), anew)
        came[key] = bytes(anew.data)
    assert came == {"first": b"", "second": b"second" * 4, "third": b"third" * 4}
    assert begun._bytes == 0


def _came_of(taker: Taker, path: str) -> int:
    key = next(each.key for each in taker.parts if each.path == path)
    fetch = taker.taking._under_way.get(key)
    return len(fetch.data) if fetch is not None else 0


def test_segments_come_side_by_side(film: dict[str, Any], host: Host, store: FolderStore) -> None:
    at_once, most = [0], [0]
    guard = threading.Lock()

    def count(_handler: Handler, _data: bytes) -> bool:
        with guard:
            at_once[0] += 1
            most[0] = max(most[0], at_once[0])
        time.sleep(0.02)
        with guard:
            at_once[0] -= 1
        return False

    host.faults.append(count)
    Taker(film, host, store, workers=5).run()
    assert most[0] == 5


def test_how_far_it_is_is_told_some_four_times_a_second(taker: Taker, host: Host) -> None:
    at: list[float] = []

    def tell(progress: TakingProgress) -> None:
        at.append(time.monotonic())
        taker.told.append(progress)

    taker.taking._on_progress = tell
    host.faults.append(slowly(0.1))
    taker.run()
    assert len(at) >= 4
    assert all(after - before >= taking.TOLD_EVERY_S for before, after in pairwise(at[:-1]))
    assert [each.missing for each in taker.told] == sorted(
        (each.missing for each in taker.told), reverse=True
    )
    assert all(each.done_bytes <= each.total_bytes for each in taker.told)
    assert taker.told[0].done_bytes == 0
    assert taker.told[2].rate_bps > 0
    assert taker.latest.done_bytes == taker.latest.total_bytes
    assert taker.latest.missing == 0


@pytest.mark.parametrize(
    "strike",
    [stall, drip, silent_before_the_reply, headers_byte_by_byte, reset],
    ids=["stalled", "drip", "silent", "slow headers", "no network"],
)
def test_it_stops_at_once_whatever_it_waits_for(
    strike: Callable[[Handler, bytes], None], taker: Taker, host: Host
) -> None:
    host.faults.append(once("m4s", strike, times=ALWAYS))
    with taker.running() as thread:
        until(lambda: sum(path.endswith("m4s") for path, _ in host.asked) >= 3, "the segments")
        begun = time.monotonic()
        taker.stop.set()
        with pytest.raises(Stopped):
            taker.finish(thread)
        assert time.monotonic() - begun < STOPPED_WITHIN_S
    left = [each for each in threading.enumerate() if each.name.startswith("media-taking")]
    assert left == []


@pytest.mark.parametrize("bytes_per_s", [1, 2_000])
def test_it_stops_at_once_while_it_is_throttled(
    bytes_per_s: int, film: dict[str, Any], host: Host, store: FolderStore
) -> None:
    taker = Taker(film, host, store, bytes_per_s=lambda: bytes_per_s)
    with taker.running() as thread:
        until(lambda: len(host.asked) >= 3, "the first files")
        begun = time.monotonic()
        taker.stop.set()
        with pytest.raises(Stopped):
            taker.finish(thread)
        assert time.monotonic() - begun < STOPPED_WITHIN_S


def test_without_a_network_it_waits_says_so_and_goes_on_once_nudged(
    taker: Taker, host: Host, store: FolderStore, film_folder: Path
) -> None:
    host.faults.append(once("m4s", reset, times=ALWAYS))
    with taker.running() as thread:
        until(lambda: isinstance(taker.latest.trouble, Unreachable), "the trouble")
        since = taker.latest.trouble_since
        assert since is not None
        until(lambda: len(host.asked) >= 20, "some more tries")
        assert taker.latest.trouble_since == since
        host.faults.clear()
        taker.taking.nudge()
        taker.finish(thread, 1.0)
    store.assert_is_whole(taker.parts, film_folder)
    assert taker.latest.trouble is None


def test_a_nudge_while_a_try_is_under_way_is_not_lost(
    taker: Taker, host: Host, store: FolderStore, film_folder: Path
) -> None:
    is_under_way, may_fail = threading.Event(), threading.Event()

    def busy(handler: Handler, _data: bytes) -> None:
        is_under_way.set()
        may_fail.wait(10)
        handler.send_response(503)
        handler.send_header("Retry-After", "30")
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    host.faults.append(once(SEGMENT, busy))
    with taker.running() as thread:
        assert is_under_way.wait(10)
        taker.taking.nudge()
        may_fail.set()
        taker.finish(thread, 5.0)
    store.assert_is_whole(taker.parts, film_folder)


def test_after_a_sleep_every_connection_is_made_anew(
    taker: Taker, host: Host, store: FolderStore, film_folder: Path
) -> None:
    host.faults.append(once("m4s", stall, times=3))
    with taker.running() as thread:
        until(lambda: sum(path.endswith("m4s") for path, _ in host.asked) >= 3, "the segments")
        time.sleep(0.05)
        taker.taking.wake()
        taker.finish(thread, 3.0)
    store.assert_is_whole(taker.parts, film_folder)


def test_it_yields_while_a_playback_waits_for_the_link(
    film: dict[str, Any], host: Host, store: FolderStore, film_folder: Path
) -> None:
    is_waiting = threading.Event()
    taker = Taker(film, host, store, yields=is_waiting.is_set, stalled_after_s=0.4)
    host.faults.append(slowly(0.03))
    with taker.running() as thread:
        until(lambda: len(host.asked) >= 10, "the beginning")
        is_waiting.set()
        until(lambda: taker.taking._restraint.yields, "it to hear of that")
        time.sleep(0.2)  # what was asked for by then has come
        asked, came = len(host.asked), taker.taking._restraint.received_bytes
        time.sleep(1.0)
        assert len(host.asked) == asked
        assert taker.taking._restraint.received_bytes == came
        assert taker.latest.trouble is None
        is_waiting.clear()
        taker.finish(thread)
    assert taker.permits_asked == 0
    store.assert_is_whole(taker.parts, film_folder)


def test_it_keeps_to_the_rate_that_the_viewer_wants_and_takes_that_for_no_stall(
    film: dict[str, Any], host: Host, store: FolderStore, film_folder: Path
) -> None:
    rate: list[int | None] = [60_000]
    taker = Taker(film, host, store, bytes_per_s=lambda: rate[0], stalled_after_s=0.3)
    begun = time.monotonic()
    with taker.running() as thread:
        until(lambda: taker.latest.done_bytes > 90_000, "half of it")
        assert time.monotonic() - begun > 1.0
        assert taker.latest.rate_bps < 60_000 * 8 * 1.5
        assert taker.latest.trouble is None
        rate[0] = None
        taker.finish(thread, 2.0)
    store.assert_is_whole(taker.parts, film_folder)
    assert sorted(host.asked) == sorted((each.path, 0) for each in taker.parts)
    assert taker.taking._link.rate_bps is None


class FullDisk(FolderStore):
    """Takes so many parts, and then none."""

    def __init__(self, folder: Path, room: int, error: VeriteError) -> None:
        super().__init__(folder)
        self.room = room
        self._error = error

    def put(self, key: str, data: bytes) -> None:
        if not self.room:
            raise self._error
        self.room -= 1
        super().put(key, data)


@pytest.mark.parametrize(
    "error", [DiskFull(10, 5), FolderUnusable("films", "gone")], ids=["full", "gone"]
)
def test_a_store_that_takes_no_more_ends_it_at_once_and_keeps_what_it_has(
    error: VeriteError, film: dict[str, Any], host: Host, tmp_path: Path, film_folder: Path
) -> None:
    store = FullDisk(tmp_path / "store", 15, error)
    taker = Taker(film, host, store)
    with pytest.raises(type(error)) as refused:
        taker.run()
    assert refused.value is error
    assert sum(store.has(each.key) for each in taker.parts) == 15
    store.room = ALWAYS
    host.asked.clear()
    again = Taker(film, host, store)
    again.run()
    assert len(host.asked) == len(taker.parts) - 15
    store.assert_is_whole(taker.parts, film_folder)


def test_parts_without_bounds_are_refused_before_anything_is_asked(
    film: dict[str, Any], host: Host, store: FolderStore
) -> None:
    (first, *_) = Taker(film, host, store).parts
    for size in (0, -1, 1 << 40):
        with pytest.raises(PlaylistError):
            Taker(film, host, store, parts=(replace(first, bytes=size),))
    assert host.asked == []


def test_media_on_a_host_that_the_service_does_not_name_are_refused(
    film: dict[str, Any], host: Host, store: FolderStore
) -> None:
    with pytest.raises(PlaylistError):
        Taker(film, host, store, permitted=lambda: permit(film, "http://127.0.0.1:9/a/b.m3u8"))
