"""While a film streams the disk is written to behind its back, and never in its way."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from player_app.core.storage_errors import DiskFull, FolderGone, StorageError
from player_app.media.gateway.store import MemoryStore
from player_app.storage.segments.caching import CachingStore
from player_app.storage.segments.store import SegmentStore
from tests.storage.segments.filled import hash_of, names_in, opened, segment
from tests.waiting import until

SIZE = 3000
SEGMENTS = {hash_of(each): each for each in (segment(number, SIZE) for number in range(12))}
NewCaching = Callable[..., CachingStore]
ExpectLog = Callable[[str], None]


@pytest.fixture
def told() -> list[StorageError | None]:
    """What trouble there was, each time that it began or ended."""
    return []


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SegmentStore]:
    store = opened(tmp_path / "segments")
    yield store
    store.close()


@pytest.fixture
def new_caching(store: SegmentStore, told: list[StorageError | None]) -> Iterator[NewCaching]:
    made: list[CachingStore] = []

    def new(memory_bytes: int = 1 << 20, **others: int) -> CachingStore:
        limits = {"most_cached_bytes": 1 << 20, "least_free_bytes": 0, **others}
        memory = MemoryStore(memory_bytes)
        caching = CachingStore(store, memory, told=lambda: told.append(caching.trouble), **limits)
        made.append(caching)
        return caching

    yield new
    for each in made:
        assert each.close(time.monotonic() + 10)


def put_all(caching: CachingStore) -> None:
    for key, data in SEGMENTS.items():
        caching.put(key, data)


def looked_at(caching: CachingStore) -> None:
    until(lambda: not caching._waiting, "all that waits was written, or can't be")


def test_what_was_streamed_is_there_after_a_restart(
    store: SegmentStore, new_caching: NewCaching
) -> None:
    caching = new_caching()
    put_all(caching)
    looked_at(caching)
    caching.close(time.monotonic() + 10)
    again = new_caching()
    assert {key: again.get(key) for key in SEGMENTS} == SEGMENTS
    assert all(again.has(key) for key in SEGMENTS)
    assert store.sizes().files == len(SEGMENTS)


def test_what_was_read_from_disk_is_read_from_memory_the_next_time(
    store: SegmentStore, new_caching: NewCaching
) -> None:
    key, data = next(iter(SEGMENTS.items()))
    store.put(key, data)
    caching = new_caching()
    assert caching.get(key) == data
    (store.folder / key[:2] / key).unlink()
    assert caching.get(key) == data


def test_what_memory_has_dropped_comes_from_what_waits_for_the_disk(
    store: SegmentStore, new_caching: NewCaching
) -> None:
    caching = new_caching(memory_bytes=1)
    with store._in_use.changing:
        put_all(caching)
        assert {key: caching.get(key) for key in SEGMENTS} == SEGMENTS
        assert all(caching.has(key) for key in SEGMENTS)
    looked_at(caching)
    assert {key: caching.get(key) for key in SEGMENTS} == SEGMENTS


def test_a_disk_that_is_slow_holds_nobody_up_and_fills_no_memory(
    store: SegmentStore, new_caching: NewCaching
) -> None:
    caching = new_caching(most_waiting_bytes=3 * SIZE)
    with store._in_use.changing:
        begun = time.monotonic()
        put_all(caching)
        assert {key: caching.get(key) for key in SEGMENTS} == SEGMENTS
        assert time.monotonic() - begun < 5.0
        assert len(caching._waiting) == 3
    looked_at(caching)
    assert store.sizes().files == 3


def test_the_cache_on_disk_is_bounded_and_downloads_do_not_count(
    store: SegmentStore, new_caching: NewCaching
) -> None:
    held = {hash_of(each): each for each in (segment(number, SIZE) for number in range(20, 25))}
    store.hold("a film", held)
    for key, data in held.items():
        store.put(key, data)
    caching = new_caching(most_cached_bytes=5 * SIZE)
    put_all(caching)
    looked_at(caching)
    assert store.sizes().cached_bytes <= 5 * SIZE
    assert store.missing(held) == ()
    assert store.has(list(SEGMENTS)[-1])
    assert not store.has(next(iter(SEGMENTS)))


def test_trouble_with_the_disk_and_its_end_are_told_once_and_the_film_plays_on(
    store: SegmentStore,
    new_caching: NewCaching,
    told: list[StorageError | None],
    expect_log: ExpectLog,
) -> None:
    expect_log("what streams is not kept on disk")
    caching, folder = new_caching(), store.folder
    away = folder.with_name("away")
    for spell in (1, 2):
        folder.rename(away)
        put_all(caching)
        looked_at(caching)
        assert {key: caching.get(key) for key in SEGMENTS} == SEGMENTS
        assert len(told) == 2 * spell - 1
        assert isinstance(told[-1], FolderGone)
        away.rename(folder)
        put_all(caching)
        looked_at(caching)
        assert len(told) == 2 * spell
        assert told[-1] is None
    assert store.missing(SEGMENTS) == ()


def test_the_last_of_a_disk_is_left_to_others(
    store: SegmentStore,
    new_caching: NewCaching,
    told: list[StorageError | None],
    expect_log: ExpectLog,
) -> None:
    expect_log("what streams is not kept on disk")
    for number in range(30, 33):
        store.put(hash_of(segment(number)), segment(number))
    caching = new_caching(least_free_bytes=1 << 60)
    put_all(caching)
    looked_at(caching)
    (full,) = told
    assert isinstance(full, DiskFull)
    assert full.needed_bytes > full.free_bytes
    assert names_in(store.folder) == set()


def test_what_is_not_what_its_hash_says_is_not_kept(
    store: SegmentStore,
    new_caching: NewCaching,
    told: list[StorageError | None],
    expect_log: ExpectLog,
) -> None:
    expect_log("not what the film's list says")
    caching = new_caching()
    key = hash_of(b"what the list says")
    caching.put(key, b"what came")
    put_all(caching)
    looked_at(caching)
    assert not store.has(key)
    assert store.missing(SEGMENTS) == ()
    assert told == []


def test_it_ends_in_time_whatever_waits(store: SegmentStore, new_caching: NewCaching) -> None:
    caching = new_caching()
    with store._in_use.changing:
        put_all(caching)
        until(lambda: list(store.folder.glob("*/*.part")), "a segment is being written")
        begun = time.monotonic()
        assert not caching.close(begun + 0.05)
        assert time.monotonic() - begun < 2.0
    assert caching.close(time.monotonic() + 10)
    caching.put("later:still", b"in memory")
    assert caching.get("later:still") == b"in memory"


def test_it_writes_on_one_thread_of_its_name(new_caching: NewCaching) -> None:
    new_caching()
    assert [each.name for each in threading.enumerate() if each.name.startswith("media")] == [
        "media-keep"
    ]
