"""Whatever happens to its folder, the store opens, and what is damaged never comes out of it."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from player_app.core.storage_errors import DatabaseDamaged, FolderGone
from player_app.storage.segments import files
from player_app.storage.segments.names import Named, name_of
from player_app.storage.segments.store import SegmentStore, open_segments
from tests.plugins.promises import Promise
from tests.storage.damage import one_wrong_bit
from tests.storage.segments.filled import (
    ALL,
    DEVICE,
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
    no_progress,
    opened,
)
from tests.storage.segments.harm import CLOSED, INDEX, OPEN

ExpectLog = Callable[[str], None]
MANY = 3000


@pytest.fixture
def whole(tmp_path: Path, expect_log: ExpectLog) -> Path:
    expect_log("the index of segments")
    expect_log("a segment is damaged or gone")
    fill(tmp_path / "whole")
    return tmp_path / "whole"


def sound_in(folder: Path) -> dict[str, bytes]:
    """By the files themselves: what must come out."""
    sound = {}
    for key, data in ALL.items():
        path = files.path_of(folder, Named(name_of(key), hash_of(data)))
        if path.is_file() and not path.is_symlink() and path.read_bytes() == data:
            sound[key] = data
    return sound


def assert_heals(store: SegmentStore, folder: Path) -> None:
    """All that is sound comes out, all else is named, and can be put and found again."""
    sound = sound_in(folder)
    store.trim(0)
    lasting = {key: data for key, data in sound.items() if key in HELD or store.has(key)}
    verified = store.verify(HELD, progress=no_progress, stop=NEVER)
    assert {*verified.missing, *verified.damaged} == HELD.keys() - sound.keys()
    assert in_store(store) == lasting
    assert set(store.missing(ALL)) == ALL.keys() - lasting.keys()
    for film in FILMS:
        store.hold(film.holder, film.files)
    store.release_unclaimed()
    for key in ALL.keys() - lasting.keys():
        store.put(key, ALL[key])
    assert in_store(store) == ALL


@pytest.mark.promise(3)
def test_a_store_that_was_harmed_while_closed_heals(
    tmp_path: Path, whole: Path, promise: Promise
) -> None:
    chance = random.Random(1)  # noqa: S311 - the same harm each time
    for number in range(promise.count(smoke=len(CLOSED), full=200)):
        folder = tmp_path / str(number)
        shutil.copytree(whole, folder)
        harms = [CLOSED[number % len(CLOSED)], *chance.sample(CLOSED, chance.randrange(3))]
        for harm in harms:
            harm(folder, chance)
        store, trouble = open_segments(folder, device=DEVICE)
        assert trouble is None or isinstance(trouble, DatabaseDamaged), harms
        assert_heals(store, folder)
        store.close()
        store = opened(folder)
        assert in_store(store) == ALL, harms
        assert store.let_go(HARBOUR) + store.let_go(RIVER) == sum(map(len, HELD.values()))
        store.trim(0)
        assert names_in(folder) == set(), harms
        store.close()
        shutil.rmtree(folder)
        promise.tried()


@pytest.mark.promise(3)
def test_a_store_that_is_harmed_in_use_heals(tmp_path: Path, whole: Path, promise: Promise) -> None:
    chance = random.Random(2)  # noqa: S311 - the same harm each time
    for number in range(promise.count(smoke=len(OPEN), full=100)):
        folder = tmp_path / str(number)
        shutil.copytree(whole, folder)
        store = opened(folder)
        harms = [OPEN[number % len(OPEN)], *chance.sample(OPEN, chance.randrange(2))]
        for harm in harms:
            harm(folder, chance)
        assert_heals(store, folder)
        store.close()
        store, _ = open_segments(folder, device=DEVICE)
        assert in_store(store) == ALL, harms
        store.close()
        shutil.rmtree(folder)
        promise.tried()


@pytest.mark.promise(3)
def test_two_films_keep_all_of_theirs_when_the_index_is_lost(whole: Path) -> None:
    (whole / INDEX).unlink()
    store, trouble = open_segments(whole, device=DEVICE)
    assert isinstance(trouble, DatabaseDamaged)
    assert trouble.saved == "segments"
    store.trim(0)
    assert in_store(store) == ALL
    for film in FILMS:
        store.hold(film.holder, film.files)
    store.release_unclaimed()
    store.trim(0)
    assert in_store(store) == HELD
    store.close()


@pytest.mark.promise(3)
def test_what_was_held_in_use_is_held_when_the_index_is_lost_in_use(whole: Path) -> None:
    store = opened(whole)
    (whole / INDEX).unlink()
    store.release_unclaimed()
    store.trim(0)
    assert in_store(store) == HELD
    assert store.held_by(HARBOUR) == frozenset(FILMS[0].files)
    store.close()


@pytest.mark.promise(3)
def test_a_wrong_bit_in_what_a_film_holds_gives_none_of_its_files_away(whole: Path) -> None:
    content = (whole / INDEX).read_bytes()
    for film in FILMS:
        for place in (content.index(film.holder.encode()), content.rindex(film.holder.encode())):
            one_wrong_bit(whole / INDEX, place + 9, 0)
            store, trouble = open_segments(whole, device=DEVICE)
            assert isinstance(trouble, DatabaseDamaged)
            store.trim(0)
            assert in_store(store).keys() >= HELD.keys()
            store.close()
            (whole / INDEX).write_bytes(content)


@pytest.mark.promise(3)
def test_a_wrong_bit_that_only_writing_would_meet_is_found_at_the_start(whole: Path) -> None:
    number_of_free_pages = 39
    one_wrong_bit(whole / INDEX, number_of_free_pages, 2)
    store, trouble = open_segments(whole, device=DEVICE)
    assert isinstance(trouble, DatabaseDamaged)
    assert in_store(store) == ALL
    store.close()


@pytest.mark.promise(3)
@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="descriptors are found in /proc")
def test_an_index_whose_disk_was_away_for_a_moment_is_opened_again(whole: Path) -> None:
    """The system then serves none of the files that were open, though all look as before."""
    store = opened(whole)
    key, data = next(iter(STREAMED.items()))
    store.put(key, data)
    nothing = os.open("/dev/null", os.O_RDONLY)
    for each in Path("/proc/self/fd").iterdir():
        if each.is_symlink() and each.readlink().name.startswith(INDEX):
            os.dup2(nothing, int(each.name))
    os.close(nothing)
    store.hold("another film", [key])
    store.put("another film:main.m3u8", b"a playlist")
    store.close()
    store = opened(whole)
    assert store.held_by("another film") == {key}
    assert store.get("another film:main.m3u8") == b"a playlist"
    assert in_store(store) == ALL
    store.close()


@pytest.mark.promise(3)
def test_a_segment_that_was_put_anew_while_its_damage_was_seen_stays(whole: Path) -> None:
    store = opened(whole)
    key, data = next(iter(STREAMED.items()))
    path = whole / key[:2] / key
    path.write_bytes(b"damaged")
    reader = store._reader
    folder = reader.here()
    row = folder.ledger.row(key)
    assert row is not None
    store.put(key, data)
    assert not reader._forget(folder, row)
    assert store.get(key) == data
    store.close()


@pytest.mark.promise(3)
def test_a_file_of_another_size_than_its_row_is_not_had(whole: Path) -> None:
    key = next(iter(STREAMED))
    (whole / key[:2] / key).write_bytes(STREAMED[key][:-1])
    store = opened(whole)
    assert not store.has(key)
    store.close()


@pytest.mark.promise(3)
def test_what_is_not_ours_is_left_alone(whole: Path) -> None:
    others = [whole / "notes.txt", whole / "ab" / "notes.txt", whole / "holiday" / "1.jpg"]
    for each in others:
        each.parent.mkdir(exist_ok=True)
        each.write_text("mine")
    (whole / INDEX).unlink()
    store, _ = open_segments(whole, device=DEVICE)
    store.release_unclaimed()
    store.trim(0)
    store.close()
    assert [each.read_text() for each in others] == ["mine"] * 3


@pytest.mark.promise(24)
def test_an_index_of_a_newer_player_is_made_anew_and_every_file_kept(whole: Path) -> None:
    connection = sqlite3.connect(whole / INDEX)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    store, trouble = open_segments(whole, device=DEVICE)
    assert isinstance(trouble, DatabaseDamaged)
    store.trim(0)
    assert in_store(store) == ALL
    store.close()


def test_three_thousand_segments_are_opened_without_reading_one(
    tmp_path: Path, expect_log: ExpectLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither with their index nor without."""
    expect_log("the index of segments")
    for number in range(MANY):
        name = hash_of(str(number).encode())
        path = tmp_path / name[:2] / name
        path.parent.mkdir(exist_ok=True)
        path.touch()

    def refuse(*_: object) -> None:
        pytest.fail("a segment was read")

    monkeypatch.setattr(files, "read", refuse)
    for _ in range(2):
        store, _ = open_segments(tmp_path, device=DEVICE)
        assert store.sizes().files == MANY
        store.close()


def test_what_is_gone_is_known_by_the_rows_and_no_file_is_read_for_it(
    whole: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (whole / INDEX).unlink()
    gone = names_in(whole).pop()
    next(whole.rglob(gone)).unlink()
    store, _ = open_segments(whole, device=DEVICE)
    monkeypatch.setattr(files, "read", None)
    assert store.gone(ALL) == {key for key in ALL if name_of(key) == gone.partition("-")[0]}
    monkeypatch.undo()
    whole.rename(whole.with_name("elsewhere"))
    with pytest.raises(FolderGone):
        store.gone(ALL)
    store.close()
