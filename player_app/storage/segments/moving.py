"""The way of a store to another disk: copied, noted by its owner, and only then removed here.

Until it is noted the old folder is whole and in use; from then on the new one is. Each index says
where its store is on the way to, or came from: what a kill left of the other is removed at the
next opening.
"""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from player_app.core.errors import Stopped
from player_app.core.storage_errors import DiskFull, FolderUnusable, StorageError
from player_app.storage.damage import ROOM_BYTES
from player_app.storage.file_moves import sync_names
from player_app.storage.room import storage_error
from player_app.storage.segments import files
from player_app.storage.segments.index import (
    DEVICE,
    MOVED_FROM,
    MOVING_TO,
    Contents,
    device_of,
    drop_index,
    open_index,
)
from player_app.storage.segments.ledger import Row
from player_app.storage.segments.names import hash_of
from player_app.storage.segments.segment_folder import SegmentFolder, open_folder

log = logging.getLogger(__name__)

MARK = "moving"
"""In a folder that is being copied into: a file that says by which device."""


Progress = Callable[[int, int], None]
"""Bytes that are done, of how many."""


class Move:
    """One move, step by step; `undo` until it is noted."""

    def __init__(
        self,
        source: SegmentFolder,
        target: Path,
        device: str,
        progress: Progress,
        stop: threading.Event,
    ) -> None:
        self._source = source
        self._target = target
        self._device = device
        self._progress = progress
        self._stop = stop
        self._copied: dict[str, Row] = {}
        self._copied_bytes = 0
        self._left_behind: set[Row] = set()

    def refuse(self) -> None:
        """Raises `FolderUnusable` or `DiskFull` where it can't be done.

        It changes nothing but for what an earlier move has left there, whose disk was away since.
        """
        here, there = self._source.path.resolve(), self._target.resolve()
        if here == there or here in there.parents or there in here.parents:
            raise FolderUnusable(str(self._target), "one folder lies inside the other")
        drop_copy(self._target, self._device)
        try:
            if self._target.exists() and any(self._target.iterdir()):
                raise FolderUnusable(str(self._target), "it is not empty")
            on = self._target if self._target.exists() else self._target.parent
            free_bytes = shutil.disk_usage(on).free
        except OSError as error:
            raise storage_error(error, self._target, 0) from error
        needed_bytes = self._total() + ROOM_BYTES
        if free_bytes < needed_bytes:
            raise DiskFull(needed_bytes, free_bytes)

    def begin(self) -> None:
        self._source.note(MOVING_TO, str(self._target))
        try:
            self._target.mkdir(mode=0o700, exist_ok=True)
            with contextlib.suppress(OSError):  # of a disk that knows no owners
                self._target.chmod(0o700)
            _mark(self._target, self._device)
            sync_names(self._target)
            sync_names(self._target.parent)
        except OSError as error:
            raise storage_error(error, self._target, ROOM_BYTES) from error

    def copy(self) -> None:
        """Whatever is not there yet; called again it copies what has come meanwhile."""
        total_bytes = self._total()
        for row in self._missing():
            self._copy(row)
            self._progress(self._copied_bytes, max(self._copied_bytes, total_bytes))

    def arrive(self) -> SegmentFolder:
        """The new folder, opened and whole; nothing may change in the old one from here on."""
        for row in self._missing():
            self._copy(row)
        ledger = self._source.ledger
        rows = tuple(row for row in ledger.rows() if row.name in self._copied)
        staying = {row.name: row.named for row in rows}
        for name, row in self._copied.items():
            if staying.get(name) != row.named:
                files.drop(files.path_of(self._target, row.named))
        about = {DEVICE: self._device, MOVED_FROM: str(self._source.path)}
        if len(rows) < len(ledger.rows()):
            log.warning("damaged segments were left behind by a move")
        index, _ = open_index(self._target, self._device)
        try:
            index.fill(Contents(rows, ledger.holds(), about))
        finally:
            index.close()
        arrived = open_folder(self._target, self._device, made_before=True)
        if arrived.trouble is not None or len(arrived.ledger.rows()) < len(rows):
            arrived.close()
            raise FolderUnusable(str(self._target), "not everything arrived")
        return arrived

    def undo(self) -> None:
        with contextlib.suppress(StorageError):  # the next opening looks there again
            _drop_noted_copy(self._source, self._target, self._device)

    def _missing(self) -> Iterator[Row]:
        for row in self._source.ledger.rows():
            there = self._copied.get(row.name)
            if row in self._left_behind or (there is not None and there.named == row.named):
                continue
            if self._stop.is_set():
                raise Stopped
            yield row

    def _copy(self, row: Row) -> None:
        """What is damaged, or was removed meanwhile, is left behind."""
        try:
            data = files.read(self._source.path, row.named, row.bytes)
        except OSError as error:
            if not self._source.is_here():
                raise storage_error(error, self._source.path, 0) from error
            data = None
        if data is None or hash_of(data) != row.named.content:
            self._left_behind.add(row)
            return
        try:
            part = files.written_aside(self._target, row.named, data)
            files.put_among(self._target, row.named, part)
        except OSError as error:
            raise storage_error(error, self._target, row.bytes) from error
        self._copied[row.name] = row
        self._copied_bytes += row.bytes

    def _total(self) -> int:
        amount = self._source.ledger.amount()
        return amount.held_bytes + amount.cached_bytes


def make_ready(folder: Path, device: str) -> None:
    """A folder to begin in, or to go on in; raises `FolderUnusable` where it is another's."""
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        if any(folder.iterdir()) and device_of(folder) != device:
            raise FolderUnusable(str(folder), "it is not empty")
    except OSError as error:
        raise storage_error(error, folder, ROOM_BYTES) from error


def tidy(opened: SegmentFolder, device: str) -> None:
    """Remove what an earlier move has left, of either folder; what can't be stays for later."""
    files.drop(opened.path / MARK)
    with contextlib.suppress(StorageError):
        if MOVING_TO in opened.about:
            _drop_noted_copy(opened, Path(opened.about[MOVING_TO]), device)
        if MOVED_FROM in opened.about:
            before = Path(opened.about[MOVED_FROM])
            if before.resolve() != opened.path.resolve() and drop_store(before, device):
                opened.note(MOVED_FROM, None)


def drop_copy(folder: Path, device: str) -> bool:
    """Whether nothing is left of a copy that nobody has noted; only what bears our mark goes.

    Of a folder that is not here that can't be said: its disk may be away. The mark goes last.
    """
    mark = folder / MARK
    try:
        if not mark.is_file() or mark.read_text(encoding="utf-8") != device:
            return folder.is_dir()
        if files.drop_all(folder):
            drop_index(folder)
            return files.drop(mark)
    except (OSError, UnicodeDecodeError):
        pass
    log.warning("what was copied by a move that ended early could not be removed")
    return False


def _drop_noted_copy(source: SegmentFolder, folder: Path, device: str) -> None:
    """It stays noted for as long as something of it may be there."""
    if drop_copy(folder, device):
        source.note(MOVING_TO, None)


def _mark(folder: Path, device: str) -> None:
    """On disk before anything else is: what is copied to a folder without it stays for ever."""
    with (folder / MARK).open("w", encoding="utf-8") as file:
        file.write(device)
        file.flush()
        os.fsync(file.fileno())


def drop_store(folder: Path, device: str) -> bool:
    """A store that has moved away, its index last: what bears no index of ours is not touched."""
    try:
        if device_of(folder) != device or not files.drop_all(folder):
            return False
        drop_index(folder)
    except OSError:
        log.warning("the folder that the segments have moved from could not be cleared")
        return False
    with contextlib.suppress(OSError):  # something else lies in it
        folder.rmdir()
    return True
