"""A folder that disappears is told of, and works again when it is back, without a restart."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from player_app.core.errors import Stopped
from player_app.core.storage_errors import DatabaseDamaged, FolderUnusable
from player_app.storage.segments.segment_folder import SegmentFolder
from player_app.storage.segments.store import SegmentStore, open_segments
from tests.storage.segments.filled import (
    ALL,
    DEVICE,
    FILMS,
    HARBOUR,
    HELD,
    NEVER,
    fill,
    hash_of,
    in_store,
    no_progress,
    opened,
    segment,
)
from tests.waiting import until

NEW = segment(50)
REFUSED: dict[str, Callable[[SegmentStore], object]] = {
    "put": lambda store: store.put(hash_of(NEW), NEW),
    "hold": lambda store: store.hold("another film", ["a:b"]),
    "let go": lambda store: store.let_go(HARBOUR),
    "held by": lambda store: store.held_by(HARBOUR),
    "missing": lambda store: store.missing(HELD),
    "verify": lambda store: store.verify(HELD, progress=no_progress, stop=NEVER),
    "sizes": lambda store: store.sizes(),
    "trim": lambda store: store.trim(0),
    "release": lambda store: store.release_unclaimed(),
}


def assert_works(store: SegmentStore) -> None:
    assert store.trouble() is None
    assert in_store(store) == ALL
    store.put(hash_of(NEW), NEW)
    assert store.get(hash_of(NEW)) == NEW
    assert store.held_by(HARBOUR) == frozenset(FILMS[0].files)


@pytest.mark.parametrize("refused", REFUSED.values(), ids=REFUSED)
def test_while_the_folder_is_gone_nothing_is_done_and_nothing_called_missing(
    tmp_path: Path, refused: Callable[[SegmentStore], object]
) -> None:
    folder, away = tmp_path / "segments", tmp_path / "away"
    fill(folder)
    store = opened(folder)
    folder.rename(away)
    assert isinstance(store.trouble(), FolderUnusable)
    assert in_store(store) == {}
    assert not any(store.has(key) for key in ALL)
    with pytest.raises(FolderUnusable) as unusable:
        refused(store)
    assert unusable.value.folder == str(folder)
    assert not folder.exists()
    away.rename(folder)
    assert_works(store)
    store.close()


def test_another_folder_in_its_place_is_not_taken_for_it(tmp_path: Path) -> None:
    """Such as the empty folder that a disk was mounted on."""
    folder, away = tmp_path / "segments", tmp_path / "away"
    fill(folder)
    store = opened(folder, made_before=True)
    folder.rename(away)
    folder.mkdir()
    assert isinstance(store.trouble(), FolderUnusable)
    assert in_store(store) == {}
    assert list(folder.iterdir()) == []
    folder.rmdir()
    away.rename(folder)
    assert_works(store)
    store.close()


def test_a_folder_that_comes_back_as_a_copy_is_opened_anew(tmp_path: Path) -> None:
    folder, away = tmp_path / "segments", tmp_path / "away"
    fill(folder)
    store = opened(folder)
    store.put("kept:in the log alone", NEW)
    folder.rename(away)
    assert in_store(store) == {}
    shutil.copytree(away, folder)
    assert_works(store)
    assert store.get("kept:in the log alone") == NEW
    store.close()
    store = opened(folder)
    assert_works(store)
    store.close()


def test_a_store_whose_disk_is_not_there_at_the_start_works_once_it_is(tmp_path: Path) -> None:
    folder, away = tmp_path / "disk" / "segments", tmp_path / "away"
    fill(away)
    for mounted_on in (False, True):
        if mounted_on:
            folder.mkdir(parents=True)
        store, trouble = open_segments(folder, device=DEVICE, made_before=True)
        assert isinstance(trouble, FolderUnusable)
        assert in_store(store) == {}
        with pytest.raises(FolderUnusable):
            store.put(hash_of(NEW), NEW)
        store.close()
    folder.rmdir()
    store, _ = open_segments(folder, device=DEVICE, made_before=True)
    away.rename(folder)
    assert_works(store)
    store.close()


def test_a_new_store_begins_in_a_folder_of_its_own(tmp_path: Path) -> None:
    store = opened(tmp_path / "segments")
    store.put(hash_of(NEW), NEW)
    store.close()
    store = opened(tmp_path / "segments", made_before=True)
    assert store.get(hash_of(NEW)) == NEW
    store.close()


def test_a_folder_that_can_not_be_made_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "segments").write_text("a file")
    store, trouble = open_segments(tmp_path / "segments", device=DEVICE)
    assert isinstance(trouble, FolderUnusable)
    with pytest.raises(FolderUnusable):
        store.put(hash_of(NEW), NEW)
    store.close()


def test_another_devices_index_is_not_believed_and_no_file_is_lost(
    tmp_path: Path, expect_log: Callable[[str], None]
) -> None:
    expect_log("the index of segments is lost")
    fill(tmp_path)
    store, trouble = open_segments(tmp_path, device="another device")
    assert isinstance(trouble, DatabaseDamaged)
    assert store.held_by(HARBOUR) == frozenset()
    store.trim(0)
    assert in_store(store) == ALL
    store.close()


@pytest.mark.parametrize("hangs", ["a change", "the last write"])
def test_closing_waits_for_a_disk_that_hangs_no_longer_than_it_may(
    hangs: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(tmp_path)
    store, is_held, may_end = opened(tmp_path), threading.Event(), threading.Event()
    leave = SegmentFolder.leave

    def hang(folder: SegmentFolder) -> None:
        assert may_end.wait(10)
        leave(folder)

    def hold() -> None:
        with store._in_use.changing:
            is_held.set()
            assert may_end.wait(10)

    with ThreadPoolExecutor() as workers:
        if hangs == "a change":
            workers.submit(hold)
            assert is_held.wait(10)
        else:
            monkeypatch.setattr(SegmentFolder, "leave", hang)
        begun = time.monotonic()
        assert not store.close(0.2)
        assert time.monotonic() - begun < 1.0
        assert store.get(next(iter(HELD))) is None
        with pytest.raises(Stopped):
            store.put("late", b"data")
        may_end.set()
    until(lambda: store._in_use._opened is None, "the closing to end")
    assert store.close(5.0)
    store = opened(tmp_path)
    assert in_store(store) == ALL
    store.close()
