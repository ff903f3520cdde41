"""A disk for films that fills up: a tmpfs where root runs the tests, else files that refuse."""

from __future__ import annotations

import errno
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from player_app.storage import room
from player_app.storage.segments import files, store

SMALL_BYTES, LARGE_BYTES = 600 << 20, 1200 << 20
"""More than the player leaves to others where it takes a film, and where it keeps what streams."""
PIECE = bytes(1 << 20)


class Usage(NamedTuple):
    total: int = SMALL_BYTES
    used: int = SMALL_BYTES
    free: int = 0


class Disk:
    """Full means: hardly a page more; what is there can be read."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch | None) -> None:
        self._filling = folder / "holiday pictures"
        self._patch = patch

    def fill(self) -> None:
        if self._patch is not None:
            self._patch.setattr(files, "os", _RefusingOs())
            for each in (store, room):
                self._patch.setattr(each, "shutil", _FullShutil())
            return
        with self._filling.open("wb", buffering=0) as file, suppress(OSError):
            while file.write(PIECE):
                pass

    def make_room(self) -> None:
        if self._patch is not None:
            self._patch.undo()
        else:
            self._filling.unlink()


class _RefusingOs:
    def __getattr__(self, name: str) -> Any:
        return getattr(os, name)

    @staticmethod
    def fsync(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


class _FullShutil:
    @staticmethod
    def disk_usage(_path: Path) -> Usage:
        return Usage()


def is_root() -> bool:
    return os.name == "posix" and os.geteuid() == 0


@contextmanager
def film_disk(folder: Path, size_bytes: int) -> Iterator[Disk]:
    """Lies at `folder`, which is a viewer's for films."""
    if not is_root():
        with pytest.MonkeyPatch.context() as patch:
            yield Disk(folder, patch)
        return
    size = f"size={size_bytes}"
    subprocess.run(["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(folder)], check=True)
    try:
        yield Disk(folder, None)
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Nothing in `folder` can be changed, by root neither: a disk that is mounted so."""
    with _mounted_read_only(folder) if is_root() else _kept_read_only(folder):
        yield


@contextmanager
def _mounted_read_only(folder: Path) -> Iterator[None]:
    subprocess.run(["mount", "--bind", str(folder), str(folder)], check=True)
    subprocess.run(["mount", "-o", "remount,bind,ro", str(folder)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextmanager
def _kept_read_only(folder: Path) -> Iterator[None]:
    """By permissions that, as on such a disk, their owner can't give back either."""
    before = {each: each.stat().st_mode & 0o777 for each in (folder, *folder.rglob("*"))}

    chmod = Path.chmod

    def refuse(path: Path, mode: int) -> None:
        if path.is_relative_to(folder):
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))
        chmod(path, mode)

    for path in before:
        path.chmod(0o500 if path.is_dir() else 0o400)
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Path, "chmod", refuse)
            yield
    finally:
        for path, mode in before.items():
            path.chmod(mode)
