"""What is put into the store comes out as it was; downloads keep theirs, and a cache is bounded."""

from __future__ import annotations

import os
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from player_app.core.errors import Stopped
from player_app.core.stream_errors import DamagedStream
from player_app.storage.segments.store import SegmentStore, Verified
from tests.storage.segments.filled import (
    ALL,
    FILMS,
    HARBOUR,
    HELD,
    NEVER,
    RIVER,
    STREAMED,
    fill,
    hash_of,
    in_store,
    names_in,
    opened,
    segment,
)

FIRST, SECOND, THIRD = (segment(number) for number in range(3))
LISTED = "film-of-the-list:video/main.m3u8"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SegmentStore]:
    store = opened(tmp_path / "segments")
    yield store
    store.close()


def test_what_was_put_is_there_after_a_restart(tmp_path: Path) -> None:
    fill(tmp_path)
    store = opened(tmp_path)
    assert in_store(store) == ALL
    assert store.held_by(HARBOUR) == frozenset(FILMS[0].files)
    store.close()


def test_a_file_that_has_no_hash_is_replaced_by_the_next_of_its_name(store: SegmentStore) -> None:
    store.put(LISTED, b"first")
    store.put(LISTED, b"second")
    assert store.get(LISTED) == b"second"
    assert len(names_in(store.folder)) == 1


def test_what_is_not_what_its_hash_says_is_not_taken(store: SegmentStore) -> None:
    with pytest.raises(DamagedStream):
        store.put(hash_of(FIRST), SECOND)
    assert not store.has(hash_of(FIRST))
    assert names_in(store.folder) == set()


def test_a_file_is_not_given_out_for_the_hash_of_its_name(store: SegmentStore) -> None:
    store.put(LISTED, b"a playlist")
    assert store.get(hash_of(LISTED.encode())) is None
    assert not store.has(hash_of(LISTED.encode()))
    assert store.get(LISTED) == b"a playlist"


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
def test_nobody_else_on_this_computer_can_read_any_of_it(store: SegmentStore) -> None:
    store.put(hash_of(FIRST), FIRST)
    for each in (store.folder, *store.folder.rglob("*")):
        assert each.stat().st_mode & 0o077 == 0, each


def test_what_is_had_is_told_without_reading_a_file(store: SegmentStore) -> None:
    for each in (FIRST, SECOND):
        store.put(hash_of(each), each)
    for path in store.folder.glob("*/*"):
        path.write_bytes(b"")
    assert store.has(hash_of(FIRST))
    assert store.missing([hash_of(each) for each in (FIRST, SECOND, THIRD)]) == (hash_of(THIRD),)


@pytest.mark.parametrize("restarted", [False, True])
def test_a_film_that_is_let_go_takes_along_what_no_other_holds(
    tmp_path: Path,
    restarted: bool,  # noqa: FBT001 - a case
) -> None:
    fill(tmp_path)
    store = opened(tmp_path)
    harbour, river = (film.files for film in FILMS)
    alone = {key: data for key, data in harbour.items() if key not in river}
    assert len(alone) < len(harbour)

    assert store.let_go(HARBOUR) == sum(map(len, alone.values()))
    assert in_store(store) == {key: data for key, data in ALL.items() if key not in alone}
    assert store.held_by(HARBOUR) == frozenset()
    assert store.let_go(HARBOUR) == 0
    if restarted:
        store.close()
        store = opened(tmp_path)
    assert store.let_go(RIVER) == sum(map(len, river.values()))
    assert in_store(store) == STREAMED
    assert len(names_in(tmp_path)) == len(STREAMED)
    store.close()


def test_what_is_held_before_it_is_there_is_kept_once_it_is(store: SegmentStore) -> None:
    store.hold(HARBOUR, [hash_of(FIRST), LISTED])
    for key, data in ((hash_of(FIRST), FIRST), (LISTED, SECOND), (hash_of(THIRD), THIRD)):
        store.put(key, data)
    assert store.trim(0) == len(THIRD)
    assert (store.get(hash_of(FIRST)), store.get(LISTED)) == (FIRST, SECOND)
    assert store.get(hash_of(THIRD)) is None


def test_what_a_download_holds_is_added_to(store: SegmentStore) -> None:
    store.hold(HARBOUR, ["a:1", "a:2"])
    store.hold(HARBOUR, ["a:2", "a:3"])
    assert store.held_by(HARBOUR) == {"a:1", "a:2", "a:3"}


@pytest.mark.parametrize("restarted", [False, True])
def test_of_the_cache_goes_first_what_was_unused_longest(tmp_path: Path, restarted: bool) -> None:  # noqa: FBT001 - a case
    store = opened(tmp_path)
    segments = [segment(number) for number in range(6)]
    for each in segments:
        store.put(hash_of(each), each)
    for each in (segments[0], segments[3]):
        assert store.get(hash_of(each)) == each
    if restarted:
        store.close()
        store = opened(tmp_path)
    assert store.trim(3 * len(FIRST)) == 3 * len(FIRST)
    left = [number for number in range(6) if store.has(hash_of(segments[number]))]
    assert left == [0, 3, 5]
    assert store.sizes().cached_bytes == 3 * len(FIRST)
    assert len(names_in(tmp_path)) == 3
    store.close()


def test_reading_writes_nothing(tmp_path: Path) -> None:
    fill(tmp_path)
    store = opened(tmp_path)
    before = {each: each.stat().st_mtime_ns for each in tmp_path.iterdir()}
    assert in_store(store) == ALL
    assert {each: each.stat().st_mtime_ns for each in tmp_path.iterdir()} == before
    store.close()


def test_the_sizes_tell_downloads_from_the_cache(tmp_path: Path) -> None:
    fill(tmp_path)
    store = opened(tmp_path)
    sizes = store.sizes()
    assert sizes.held_bytes == sum(map(len, HELD.values()))
    assert sizes.cached_bytes == sum(map(len, STREAMED.values()))
    assert sizes.files == len(ALL)
    assert sizes.free_bytes > 0
    store.close()


def test_looking_through_a_film_names_what_is_damaged_and_what_is_missing(
    tmp_path: Path, expect_log: Callable[[str], None]
) -> None:
    expect_log("a segment is damaged or gone")
    fill(tmp_path)
    store = opened(tmp_path)
    damaged, gone, *_ = (key for key in FILMS[0].files if ":" not in key)
    (tmp_path / damaged[:2] / damaged).write_bytes(b"something else")
    (tmp_path / gone[:2] / gone).unlink()
    told: list[tuple[int, int]] = []
    asked = [*FILMS[0].files, "never:put"]

    verified = store.verify(asked, progress=lambda *each: told.append(each), stop=NEVER)
    assert verified == Verified(len(asked) - 3, (gone, "never:put"), (damaged,))
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert told[-1] == (sum(map(len, FILMS[0].files.values())),) * 2
    assert store.missing(asked) == (damaged, gone, "never:put")
    assert damaged not in names_in(tmp_path)
    store.close()


def test_looking_through_a_film_can_be_stopped(tmp_path: Path) -> None:
    fill(tmp_path)
    store, stop = opened(tmp_path), threading.Event()
    with pytest.raises(Stopped):
        store.verify(HELD, progress=lambda *_: stop.set(), stop=stop)
    assert store.missing(HELD) == ()
    store.close()


def test_many_threads_put_get_and_trim_at_once(store: SegmentStore) -> None:
    segments = [segment(number) for number in range(40)]
    store.hold(HARBOUR, [hash_of(each) for each in segments[::2]])

    def work(worker: int) -> None:
        for each in segments[worker:] + segments[:worker]:
            store.put(hash_of(each), each)
            assert store.get(hash_of(each)) in (each, None)
            if worker % 3 == 0:
                store.trim(3 * len(FIRST))

    with ThreadPoolExecutor(max_workers=6) as workers:
        list(workers.map(work, range(6)))
    assert [store.get(hash_of(each)) for each in segments[::2]] == segments[::2]
    store.trim(0)
    assert names_in(store.folder) == {hash_of(each) for each in segments[::2]}


def test_threads_that_make_one_folder_at_once_leave_each_other_their_files(
    store: SegmentStore,
) -> None:
    """Files whose names begin alike share a folder, which is not there before the first."""
    alike: dict[str, list[bytes]] = defaultdict(list)
    for number in range(2_000):
        alike[hash_of(segment(number, 60))[:2]].append(segment(number, 60))
    begin = threading.Barrier(5)

    def work(worker: int) -> None:
        for each in alike.values():
            begin.wait(timeout=10)
            store.put(hash_of(each[worker % len(each)]), each[worker % len(each)])

    with ThreadPoolExecutor(max_workers=5) as workers:
        list(workers.map(work, range(5)))
    assert list(store.folder.glob("*.damaged-*")) == []


def test_a_closed_store_knows_of_nothing_and_takes_nothing(tmp_path: Path) -> None:
    fill(tmp_path)
    store = opened(tmp_path)
    store.close()
    assert in_store(store) == {}
    assert not store.has(hash_of(FIRST))
    with pytest.raises(Stopped):
        store.put(hash_of(FIRST), FIRST)
    store.close()
