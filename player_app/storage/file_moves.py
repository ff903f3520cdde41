"""A database's file and what SQLite keeps beside it: moved out of the way, or put in place."""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path

MOST_KEPT_ASIDE = 3
"""Damaged files of one name: what the viewer wrote is in each of them."""

_BESIDE = ("-wal", "-shm", "-journal")


def keep_aside(path: Path) -> Path:
    """Move the file, or whatever stands in its place, out of the way; nothing of it is lost.

    What lies beside it goes along: SQLite would play another file's log into the next one.
    """
    kept_as = path.with_name(f"{path.name}.damaged-{time.time_ns()}")
    if not is_gone(path):
        path.rename(kept_as)
    for ending in _BESIDE:
        beside = path.with_name(path.name + ending)
        if beside.exists():
            beside.rename(kept_as.with_name(kept_as.name + ending))
    _forget_the_oldest(path)
    return kept_as


def _forget_the_oldest(path: Path) -> None:
    """Of what was kept aside; a folder that stood in the way is somebody else's and stays."""
    found = [each for each in path.parent.glob(f"{path.name}.damaged-*") if each.is_file()]
    by_time: dict[str, list[Path]] = {}
    for each in sorted(found):
        stamp = each.name.removeprefix(f"{path.name}.damaged-").partition("-")[0]
        by_time.setdefault(stamp, []).append(each)
    for stamp in list(by_time)[:-MOST_KEPT_ASIDE]:
        for each in by_time[stamp]:
            with contextlib.suppress(OSError):  # it only gives room back
                each.unlink()


def put_in_place(part: Path, path: Path) -> None:
    """A file that was made aside becomes the one in use, also if the power goes now."""
    part.replace(path)
    sync_names(path.parent)


def sync_names(folder: Path) -> None:
    """Have the names in it on disk, where a system lets a folder be synced."""
    if os.name == "posix":
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def is_gone(path: Path) -> bool:
    return not path.exists() and not path.is_symlink()


def stands_in_the_way(path: Path) -> bool:
    """Whether a folder, or the like, has taken the place of the file or of one beside it."""
    places = (path, *(path.with_name(path.name + ending) for ending in _BESIDE))
    return any(each.exists() and not each.is_file() for each in places)
