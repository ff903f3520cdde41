"""A full disk is told with figures, and nothing that was there before is lost."""

from __future__ import annotations

import hashlib
import json
import resource
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from player_app.core.storage_errors import DiskFull, FolderUnusable, StorageError
from player_app.storage.contents import copied_contents, own_contents
from player_app.storage.copied import copy_of
from player_app.storage.database import ROOM_BYTES, Database, open_database
from player_app.storage.kept import Kept
from player_app.storage.pictures import PictureStore
from tests.plugins.promises import Promise
from tests.storage.damage import first_page

ROOT = Path(__file__).resolve().parents[2]
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


@contextmanager
def no_file_longer_than(most_bytes: int) -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def with_a_disk_of_its_own() -> list[str]:
    """How a process is begun that may mount one; nothing where this machine lets nobody."""
    begun = ["unshare", "--map-root-user", "--mount"]
    try:
        allowed = subprocess.run([*begun, "true"], capture_output=True, timeout=30, check=False)
    except FileNotFoundError:
        return []
    return begun if allowed.returncode == 0 else []


@pytest.mark.promise(2)
@pytest.mark.parametrize("scarce", ["full_disk", "short_files"])
def test_a_write_that_finds_no_room_is_in_neither_file_and_one_that_does_in_both(
    tmp_path: Path, promise: Promise, scarce: str
) -> None:
    """Page by page: with some the copy grows and the library's log can't, or the other way."""
    folder = tmp_path / "disk"
    folder.mkdir()
    disk = with_a_disk_of_its_own() if scarce == "full_disk" else []
    errand = ["tests.storage.full_disk_errand", scarce if disk else "short_files", str(folder)]
    cases = promise.count(smoke=14, full=100)
    done = subprocess.run(
        [*disk, sys.executable, "-m", *errand, str(cases)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answers = json.loads(done.stdout)
    promise.tried(len(answers))
    assert any(each["refused"] for each in answers), "the disk was never full"
    assert answers[0]["refused"]
    for each in answers:
        assert each["half_done"] == [], each
        assert each["changed_later"] == [], each
        assert each["damaged"] is None, each
        assert each["agree"], each
        assert each["works_again"], each


@pytest.mark.promise(2)
def test_a_copy_that_found_no_room_to_be_made_anew_is_made_at_the_next_write_with_room(
    tmp_path: Path, expect_log: Callable[[str], None]
) -> None:
    expect_log("the copy of the library is damaged")
    path = tmp_path / "verite.db"
    database, _ = open_database(path)
    kept = Kept(database)
    kept.put("before", "x" * 100_000)
    first_page(copy_of(path))
    with no_file_longer_than(50_000):
        for _ in range(3):
            with pytest.raises(StorageError):
                kept.put("small", 1)
    kept.put("small", 2)
    database.close()
    own = own_contents(path)
    assert own is not None
    assert own == copied_contents(copy_of(path))


@pytest.mark.promise(2)
def test_a_copy_whose_place_can_not_be_had_is_a_folder_that_can_not_be_used(
    tmp_path: Path, expect_log: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    expect_log("the copy of the library is damaged")
    path = tmp_path / "verite.db"
    database, _ = open_database(path)
    first_page(copy_of(path))

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", refuse)
        for _ in range(2):
            with pytest.raises(FolderUnusable):
                Kept(database).put("small", 1)
    Kept(database).put("small", 2)
    database.close()
    assert own_contents(path) == copied_contents(copy_of(path))


@pytest.mark.promise(2)
def test_a_start_that_finds_no_room_for_the_copy_keeps_no_file_open(tmp_path: Path) -> None:
    path = tmp_path / "verite.db"
    database, _ = open_database(path)
    Kept(database).put("large", "x" * 400_000)
    database.close()
    copy_of(path).unlink()
    with no_file_longer_than(100_000), pytest.raises(StorageError):
        open_database(path)
    held = [str(each.readlink()) for each in Path("/proc/self/fd").iterdir() if each.is_symlink()]
    assert [each for each in held if each.startswith(str(tmp_path))] == []
    database, damaged = open_database(path)
    assert damaged is None
    database.close()


@pytest.mark.promise(2)
@pytest.mark.parametrize("schema", ["own", "main"], ids=["the library", "its copy"])
def test_a_database_that_can_not_grow_says_what_it_needs_and_goes_on(
    database: Database, schema: str
) -> None:
    kept = Kept(database)
    kept.put("before", "here")
    with database._own.alone() as writer:
        pages = writer.execute(f"PRAGMA {schema}.page_count").fetchone()[0]
        writer.execute(f"PRAGMA {schema}.max_page_count = {pages}")

    with pytest.raises(DiskFull) as full:
        kept.put("large", "x" * 1_000_000)
    assert full.value.needed_bytes == ROOM_BYTES
    assert full.value.needed_bytes > full.value.free_bytes
    assert kept.get("before", str) == "here"
    assert kept.get("large", str) is None

    with database._own.alone() as writer:
        writer.execute(f"PRAGMA {schema}.max_page_count = 100000")
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
