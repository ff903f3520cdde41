"""The files of ciphertext in a folder: written aside first, listed, removed, and nobody else's."""

from __future__ import annotations

import contextlib
import itertools
import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from player_app.storage.file_moves import is_gone, keep_aside, put_in_place, sync_names
from player_app.storage.segments.names import Named, is_folder_of_ours, is_part, named

_numbers = itertools.count()
_making = threading.Lock()


@dataclass(frozen=True, slots=True)
class Found:
    """A file that is called as one of ours."""

    named: Named
    bytes: int
    changed_at_ns: int


@dataclass(frozen=True, slots=True)
class Listing:
    """`parts` were being written when a player was killed."""

    files: tuple[Found, ...]
    parts: tuple[Path, ...]


def path_of(folder: Path, of: Named) -> Path:
    return folder / of.file_name[:2] / of.file_name


def read(folder: Path, of: Named, size: int) -> bytes:
    """The bytes, one more than there should be of a file that has grown."""
    with path_of(folder, of).open("rb") as file:
        return file.read(size + 1)


def written_aside(folder: Path, of: Named, data: bytes) -> Path:
    """All of it on disk, under a name that does not count yet; raises OSError, leaving nothing."""
    path = path_of(folder, of)
    part = path.with_name(f"{of.file_name}.{next(_numbers)}.part")
    try:
        _make(part)
        with part.open("r+b") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        drop(part)
        raise
    return part


def put_among(folder: Path, of: Named, part: Path) -> None:
    """A folder that stands in the file's place is somebody's, and is kept aside."""
    path = path_of(folder, of)
    if path.is_dir():
        keep_aside(path)
    put_in_place(part, path)


def drop(path: Path) -> bool:
    """Whether no file is there now; a folder in its place is none of ours."""
    try:
        path.unlink(missing_ok=True)
    except NotADirectoryError:
        return True
    except OSError:
        return path.is_dir()
    return True


def listing(folder: Path) -> Listing:
    """Every file of ours; raises OSError where the folder is not there."""
    files, parts = [], []
    for each in _entries(folder):
        if (of := named(each.name)) is not None and path_of(folder, of) == Path(each.path):
            facts = each.stat(follow_symlinks=False)
            files.append(Found(of, facts.st_size, facts.st_mtime_ns))
        elif is_part(each.name):
            parts.append(Path(each.path))
    return Listing(tuple(files), tuple(parts))


def is_begun(folder: Path) -> bool:
    """Whether a store lies, or lay, in the folder."""
    return any(_folders(folder))


def drop_all(folder: Path) -> bool:
    """Every file of ours and the folders that are empty then; whether no file is left."""
    found = listing(folder)
    paths = [*found.parts, *(path_of(folder, each.named) for each in found.files)]
    left = [each for each in paths if not drop(each)]
    for each in list(_folders(folder)):
        with contextlib.suppress(OSError):  # something else lies in it
            each.rmdir()
    return not left


def _make(part: Path) -> None:
    """Nobody else on this computer may read it."""
    if not part.parent.is_dir():
        _make_folder(part.parent)
    part.touch(mode=0o600)


def _make_folder(folder: Path) -> None:
    """One thread at a time, or a second one would move aside what the first one has just made."""
    with _making:
        if folder.is_dir():
            return
        if not is_gone(folder):
            keep_aside(folder)
        folder.mkdir(mode=0o700)
        sync_names(folder.parent)


def _folders(folder: Path) -> Iterator[Path]:
    with os.scandir(folder) as entries:
        for each in entries:
            if is_folder_of_ours(each.name) and each.is_dir(follow_symlinks=False):
                yield Path(each.path)


def _entries(folder: Path) -> Iterator[os.DirEntry[str]]:
    for each in _folders(folder):
        with os.scandir(each) as entries:
            yield from (entry for entry in entries if entry.is_file(follow_symlinks=False))
