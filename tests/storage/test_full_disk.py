"""A full disk is told with figures, and nothing that was there before is lost."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from player_app.core.errors import DiskFull, FolderUnusable
from player_app.storage.database import ROOM_BYTES, Database, open_database
from player_app.storage.kept import Kept
from player_app.storage.pictures import PictureStore

PICTURE = b"a picture" * 1000
SHA256 = hashlib.sha256(PICTURE).hexdigest()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database, _ = open_database(tmp_path / "verite.db")
    yield database
    database.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "pictures"
    folder.mkdir()
    return folder


@pytest.mark.promise(2)
def test_a_database_that_can_not_grow_says_what_it_needs_and_goes_on(database: Database) -> None:
    kept = Kept(database)
    kept.put("before", "here")
    with database._own.alone() as writer:
        pages = writer.execute("PRAGMA page_count").fetchone()[0]
        writer.execute(f"PRAGMA max_page_count = {pages}")

    with pytest.raises(DiskFull) as full:
        kept.put("large", "x" * 1_000_000)
    assert full.value.needed_bytes == ROOM_BYTES
    assert full.value.needed_bytes > full.value.free_bytes
    assert kept.get("before", str) == "here"
    assert kept.get("large", str) is None

    with database._own.alone() as writer:
        writer.execute("PRAGMA max_page_count = 100000")
    kept.put("large", "x" * 1_000_000)
    assert kept.get("large", str) == "x" * 1_000_000


@pytest.mark.promise(2)
def test_a_picture_that_finds_no_room_is_told_with_its_size(folder: Path) -> None:
    store = PictureStore(folder)
    part = folder / f"{SHA256}.{threading.get_ident()}.part"
    part.symlink_to("/dev/full")

    with pytest.raises(DiskFull) as full:
        store.put(SHA256, PICTURE)
    assert full.value.needed_bytes == len(PICTURE)
    assert list(folder.iterdir()) == []

    store.put(SHA256, PICTURE)
    assert store.get(SHA256) == PICTURE


def test_a_folder_that_is_gone_is_unusable(folder: Path) -> None:
    with pytest.raises(FolderUnusable):
        PictureStore(folder / "gone").put(SHA256, PICTURE)


def test_a_damaged_picture_is_removed_and_old_ones_make_room(folder: Path) -> None:
    store = PictureStore(folder, most_bytes=3 * len(PICTURE))
    pictures = [PICTURE + bytes([number]) for number in range(5)]
    for each in pictures:
        store.put(hashlib.sha256(each).hexdigest(), each)
    assert sum(each.stat().st_size for each in folder.iterdir()) <= 3 * len(PICTURE)
    newest = hashlib.sha256(pictures[-1]).hexdigest()
    assert store.get(newest) == pictures[-1]
    (folder / newest).write_bytes(b"something else")
    assert store.get(newest) is None
    assert not (folder / newest).exists()
