"""A full disk, or one that can't be written to, is told, and costs nothing that was stored.

With a disk of its own where this machine lets a process have one; everywhere with files that
refuse to be written.
"""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from player_app.core.storage_errors import DiskFull, FolderUnusable, StorageError
from player_app.media.gateway.store import MemoryStore
from player_app.storage.segments import files
from player_app.storage.segments.caching import CachingStore
from player_app.storage.segments.store import SegmentStore
from tests.plugins.promises import Promise
from tests.storage.segments.filled import (
    ALL,
    NEVER,
    fill,
    hash_of,
    in_store,
    names_in,
    no_progress,
    opened,
    segment,
)
from tests.storage.test_full_disk import with_a_disk_of_its_own
from tests.waiting import until

ROOT = Path(__file__).resolve().parents[3]
REFUSALS: dict[int, type[StorageError]] = {
    errno.ENOSPC: DiskFull,
    errno.EDQUOT: DiskFull,
    errno.EROFS: FolderUnusable,
    errno.EIO: FolderUnusable,
}
FRESH = {hash_of(each): each for each in (segment(number) for number in range(50, 56))}


@contextmanager
def refusing(number: int, after: int) -> Iterator[None]:
    """Files of segments are written to no more, once so many have been."""
    left = after

    class Refusing:
        def __getattr__(self, name: str) -> Any:
            return getattr(os, name)

        @staticmethod
        def fsync(descriptor: int) -> None:
            nonlocal left
            left -= 1
            if left < 0:
                raise OSError(number, os.strerror(number))
            os.fsync(descriptor)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "os", Refusing())
        yield


@pytest.mark.promise(2)
def test_on_a_full_disk_what_was_stored_stays_and_what_finds_no_room_says_so(
    tmp_path: Path, promise: Promise
) -> None:
    disk = with_a_disk_of_its_own()
    if not disk:  # what can be told without one is told below
        return
    cases = promise.count(smoke=8, full=40)
    done = subprocess.run(
        [
            *disk,
            sys.executable,
            "-m",
            "tests.storage.segments.full_store_errand",
            tmp_path,
            str(cases),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answers: dict[str, Any] = json.loads(done.stdout)
    assert answers["filled_up"][0]["refused"] > 0
    for each in answers["filled_up"]:
        assert each["unnamed"] == [], each
        assert each["half_done"] == [], each
        assert each["agrees"], each
        assert each["is_whole"], each
        assert each["trouble"] is None, each
        assert each["starts_whole"], each
        assert each["gives_room"], each
        assert each["goes_on"], each
    assert answers["made_room"] == {"is_whole": True}
    assert answers["streamed"] == {"plays": True, "told": ["DiskFull"], "kept_again": True}
    assert answers["read_only"] == {
        "trouble": "FolderUnusable",
        "refusal": "FolderUnusable",
        "is_whole": True,
        "is_well": True,
    }
    assert answers["moved"]["is_whole"]
    small, filled = answers["moved"]["answers"].values()
    assert small == {"said": "DiskFull", "copied": 0, "left": []}
    assert filled["copied"] > 0
    assert (filled["said"], filled["left"]) == ("DiskFull", [])
    promise.tried(cases + 4)


@pytest.mark.promise(2)
@pytest.mark.parametrize("number", REFUSALS, ids=errno.errorcode.get)
def test_files_that_refuse_to_be_written_are_named_and_cost_nothing_that_was_stored(
    tmp_path: Path, number: int, promise: Promise, expect_log: Callable[[str], None]
) -> None:
    expect_log("what streams is not kept on disk")
    folder = tmp_path / "segments"
    fill(folder)
    store = opened(folder)
    with refusing(number, after=2):
        refused = tuple(key for key, data in FRESH.items() if not is_taken(store, key, data))
        assert refused == tuple(FRESH)[2:]
        assert store.missing(FRESH) == refused
        assert names_in(folder) == {
            each.named.file_name for each in store._reader.here().ledger.rows()
        }
        stream_into(store, REFUSALS[number])
    with refusing(number, after=3), pytest.raises(REFUSALS[number]):
        store.move_to(tmp_path / "new", note=forbidden, progress=no_progress, stop=NEVER)
    assert not (tmp_path / "new").exists() or names_in(tmp_path / "new") == set()
    store.close()

    store = opened(folder)
    assert in_store(store) == ALL
    assert all(is_taken(store, key, data) for key, data in FRESH.items())
    assert in_store(store) == ALL
    store.close()
    promise.tried()


def is_taken(store: SegmentStore, key: str, data: bytes) -> bool:
    try:
        store.put(key, data)
    except StorageError:
        return False
    return store.get(key) == data


def stream_into(store: SegmentStore, trouble: type[StorageError]) -> None:
    """A film that plays on out of memory, whatever the disk says."""
    caching = CachingStore(
        store,
        MemoryStore(1 << 20),
        most_cached_bytes=1 << 30,
        told=lambda: None,
        least_free_bytes=0,
    )
    for key, data in FRESH.items():
        caching.put(key, data)
    until(lambda: not caching._waiting, "the disk to have been tried")
    assert type(caching.trouble) is trouble
    assert {key: caching.get(key) for key in FRESH} == FRESH
    assert caching.close(time.monotonic() + 10)


def forbidden(_: Path) -> None:
    raise RuntimeError("noted, and not all of it is there")
