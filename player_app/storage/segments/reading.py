"""Files read and checked: a damaged one never comes out, and is forgotten."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto

from player_app.core.errors import Stopped
from player_app.core.storage_errors import FolderGone, FolderUnusable, StorageError
from player_app.storage.pictures import is_sha256
from player_app.storage.segments import files
from player_app.storage.segments.in_use import FolderInUse
from player_app.storage.segments.ledger import Row
from player_app.storage.segments.moving import Progress
from player_app.storage.segments.names import hash_of, name_of
from player_app.storage.segments.segment_folder import SegmentFolder

log = logging.getLogger(__name__)

_LOOKS = 3
"""At a file that may just be moving to another folder, or be put anew."""

_GONE = (FileNotFoundError, IsADirectoryError, NotADirectoryError)


class Fault(Enum):
    MISSING = auto()
    DAMAGED = auto()
    UNREADABLE = auto()
    AWAY = auto()
    """The whole folder is."""


@dataclass(frozen=True, slots=True)
class Verified:
    """How many are sound, and the keys of the others."""

    sound: int
    missing: tuple[str, ...]
    damaged: tuple[str, ...]


class Reader:
    def __init__(self, in_use: FolderInUse) -> None:
        self._in_use = in_use

    def read(self, key: str) -> bytes | Fault:
        for _ in range(_LOOKS):
            opened = self._in_use.to_read()
            if opened is None:
                return Fault.AWAY
            row = _row(opened, key)
            if row is None:
                return Fault.MISSING
            try:
                data = files.read(opened.path, row.named, row.bytes)
            except _GONE:
                self._forget(opened, row)
                continue
            except OSError:
                return Fault.UNREADABLE
            if hash_of(data) == row.named.content:
                opened.ledger.use(row)
                return data
            if self._forget(opened, row):
                return Fault.DAMAGED
        return Fault.MISSING

    def has(self, key: str) -> bool:
        opened = self._in_use.to_read()
        row = _row(opened, key) if opened is not None else None
        return row is not None and (row.proven or isinstance(self.read(key), bytes))

    def gone(self, keys: Iterable[str]) -> frozenset[str]:
        """Those that nothing is known of, without a look at a file."""
        opened = self.here()
        return frozenset(key for key in keys if _row(opened, key) is None)

    def here(self) -> SegmentFolder:
        opened = self._in_use.to_read()
        if opened is None:
            raise self._gone()
        return opened

    def verify(self, keys: Iterable[str], progress: Progress, stop: threading.Event) -> Verified:
        opened, asked = self.here(), tuple(keys)
        rows = [_row(opened, key) for key in asked]
        done, total = 0, sum(row.bytes for row in rows if row is not None)
        faults: dict[str, Fault] = {}
        for key, row in zip(asked, rows, strict=True):
            if stop.is_set():
                raise Stopped
            found = self.read(key)
            if found is Fault.UNREADABLE:
                found = self._given_up(key)
            if found is Fault.AWAY:
                raise self._gone()
            if isinstance(found, Fault):
                faults[key] = found
            done += row.bytes if row is not None else 0
            progress(done, total)
        damaged = tuple(key for key, fault in faults.items() if fault is Fault.DAMAGED)
        missing = tuple(key for key in faults if faults[key] is not Fault.DAMAGED)
        return Verified(sum(key not in faults for key in asked), missing, damaged)

    def _gone(self) -> FolderGone:
        return FolderGone(str(self._in_use.path))

    def _given_up(self, key: str) -> Fault:
        """A file that the disk can't read; where it can't be removed either, it is the disk."""
        opened = self.here()
        row = _row(opened, key)
        if row is None:
            return Fault.MISSING
        if not self._forget(opened, row):
            raise FolderUnusable(str(opened.path), "it can't be read")
        return Fault.DAMAGED

    def _forget(self, opened: SegmentFolder, row: Row) -> bool:
        """Whether it is gone: not where another thread has put it anew meanwhile."""
        with self._in_use.changing:
            if self._in_use.to_read() is not opened:
                return False
            now = opened.ledger.row(row.name)
            if now is None or now.named != row.named:
                return False
            is_sound = _is_sound(opened, row)
            if is_sound or not files.drop(files.path_of(opened.path, row.named)):
                return False
            opened.ledger.drop([row.name])
            log.warning("a segment is damaged or gone, and is forgotten")
            try:
                self._in_use.change(forgotten=[row.name])
            except StorageError as error:
                log.warning("the index of segments did not learn of it: %s", error)
        return True


def _row(opened: SegmentFolder, key: str) -> Row | None:
    """What is asked for by its hash is what has that hash, and nothing else."""
    row = opened.ledger.row(name_of(key))
    return None if row is None or (is_sha256(key) and row.named.content != key) else row


def _is_sound(opened: SegmentFolder, row: Row) -> bool:
    try:
        return hash_of(files.read(opened.path, row.named, row.bytes)) == row.named.content
    except OSError:
        return False
