"""The store of ciphertext: what is acknowledged is on disk, and what is damaged never comes out."""

from __future__ import annotations

import contextlib
import shutil
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from player_app.core.storage_errors import DiskFull, FolderUnusable, StorageError
from player_app.core.stream_errors import DamagedStream
from player_app.storage.damage import ROOM_BYTES
from player_app.storage.pictures import is_sha256
from player_app.storage.room import storage_error
from player_app.storage.segments.in_use import FolderInUse
from player_app.storage.segments.ledger import UNCLAIMED
from player_app.storage.segments.moving import Move, Progress, make_ready, tidy
from player_app.storage.segments.names import Named, hash_of, name_of
from player_app.storage.segments.reading import Reader, Verified
from player_app.storage.segments.segment_folder import open_folder
from player_app.storage.segments.writing import dropped, put

__all__ = ["SegmentStore", "StoreSizes", "Verified", "open_segments"]


@dataclass(frozen=True, slots=True)
class StoreSizes:
    """`cached_bytes` are those of files that no download holds."""

    held_bytes: int
    cached_bytes: int
    files: int
    free_bytes: int


class SegmentStore:
    """For any thread. A `key` is the SHA-256 of what it names, or any other text.

    What needs the folder raises `FolderUnusable` while that is gone, but for `get` and `has`,
    which then know of nothing; once it is back all of them work again.
    """

    def __init__(self, in_use: FolderInUse) -> None:
        self._in_use = in_use
        self._reader = Reader(in_use)
        self._one_move = threading.Lock()

    @property
    def folder(self) -> Path:
        return self._in_use.path

    def trouble(self) -> StorageError | None:
        """Why nothing can be kept for the moment, if so."""
        try:
            self._in_use.to_change()
        except StorageError as error:
            return error
        return None

    def get(self, key: str) -> bytes | None:
        """The bytes, checked as they are read; a damaged file is forgotten."""
        found = self._reader.read(key)
        return found if isinstance(found, bytes) else None

    def has(self, key: str) -> bool:
        """By the rows; only a file that was found without its row is read, once."""
        return self._reader.has(key)

    def put(self, key: str, data: bytes) -> None:
        """On disk when it returns; raises `DiskFull`, `FolderUnusable` or `DamagedStream`.

        Where a download finds no room, what no download holds makes way.
        """
        named = Named(name_of(key), hash_of(data))
        if is_sha256(key) and named.content != key:
            raise DamagedStream(key, 1)
        try:
            put(self._in_use, named, data)
        except DiskFull:
            ledger = self._in_use.to_change().ledger
            left = ledger.amount().cached_bytes - len(data) - ROOM_BYTES
            if not ledger.is_held(named.name) or not self.trim(max(0, left)):
                raise
            put(self._in_use, named, data)

    def hold(self, holder: str, keys: Iterable[str]) -> None:
        """These belong to a download, whether they are here yet or not: they are never trimmed."""
        if holder == UNCLAIMED:
            raise ValueError("a download has a name")
        wanted = frozenset(keys)
        with self._in_use.changing:
            held = self._in_use.to_change().ledger.held_by(holder)
            if not wanted <= held:
                self._in_use.change(holds={holder: held | wanted})

    def let_go(self, holder: str) -> int:
        """Bytes freed: files that nobody else holds are deleted."""
        with self._in_use.changing:
            opened = self._in_use.to_change()
            if not opened.ledger.held_by(holder):
                return 0
            gone = dropped(opened, opened.ledger.held_alone_by(holder))
            self._in_use.change(forgotten=(row.name for row in gone), holds={holder: frozenset()})
        return sum(row.bytes for row in gone)

    def let_all_go(self) -> None:
        """Whoever holds it: no download is here any more."""
        for holder in self._in_use.to_change().ledger.holds():
            self.let_go(holder)

    def held_by(self, holder: str) -> frozenset[str]:
        return self._reader.here().ledger.held_by(holder)

    def release_unclaimed(self) -> None:
        """Every download holds its own by now: what none holds may make way again.

        Until this is said, all that was found when the index was lost is kept.
        """
        with self._in_use.changing:
            if self._in_use.to_change().ledger.held_by(UNCLAIMED):
                self._in_use.change(holds={UNCLAIMED: frozenset()})

    def missing(self, keys: Iterable[str]) -> tuple[str, ...]:
        self._reader.here()
        missing = tuple(key for key in keys if not self.has(key))
        self._reader.here()
        return missing

    def gone(self, keys: Iterable[str]) -> frozenset[str]:
        """Those without a row, which every file has that was here at the opening: none is read."""
        return self._reader.gone(keys)

    def verify(self, keys: Iterable[str], *, progress: Progress, stop: threading.Event) -> Verified:
        """Read all of them, telling the bytes; what is damaged is forgotten. Raises `Stopped`."""
        return self._reader.verify(keys, progress, stop)

    def sizes(self) -> StoreSizes:
        opened = self._reader.here()
        amount = opened.ledger.amount()
        try:
            free_bytes = shutil.disk_usage(opened.path).free
        except OSError as error:
            raise storage_error(error, opened.path, 0) from error
        return StoreSizes(amount.held_bytes, amount.cached_bytes, amount.files, free_bytes)

    def trim(self, most_cached_bytes: int) -> int:
        """Bytes freed: what no download holds goes, the longest unused first, down to so many."""
        with self._in_use.changing:
            opened = self._in_use.to_change()
            gone = dropped(opened, opened.ledger.cached_beyond(most_cached_bytes))
            if gone:
                self._in_use.change(forgotten=(row.name for row in gone))
        return sum(row.bytes for row in gone)

    def move_to(
        self,
        folder: Path,
        *,
        note: Callable[[Path], None],
        progress: Progress,
        stop: threading.Event,
    ) -> None:
        """Move all of it to a new or an empty folder, telling the bytes copied.

        Once everything is there `note` is called, and has to return with the new place on disk:
        only then is the old folder deleted. Until then that is in use and whole, and a move that
        fails or is stopped (`Stopped`) leaves nothing in the new one. What is put meanwhile goes
        along. Raises `DiskFull` and `FolderUnusable` also before anything is done.
        """
        device = self._in_use.device
        with self._one_move, contextlib.ExitStack() as failed:
            source = self._in_use.to_change()
            tidy(source, device)
            move = Move(source, folder.absolute(), device, progress, stop)
            move.refuse()
            failed.callback(move.undo)
            move.begin()
            move.copy()
            move.copy()  # what came meanwhile: then little is left to do while nobody may write
            with self._in_use.changing:
                if self._in_use.to_change() is not source:
                    raise FolderUnusable(str(source.path), "it was gone for a while")
                arrived = move.arrive()
                failed.callback(arrived.close)
                note(arrived.path)
                failed.pop_all()
                self._in_use.switch(arrived)
            tidy(arrived, device)

    def begin_in(self, folder: Path, *, note: Callable[[Path], None]) -> None:
        """Work in another folder, since this one is gone, and with what is in that one already.

        `note` is as for a move. Raises `FolderUnusable` or `DiskFull` where nothing can be kept
        there, or somebody else's files are.
        """
        folder = folder.absolute()
        with self._one_move, self._in_use.changing, contextlib.ExitStack() as failed:
            held, device = self._in_use.given_up(), self._in_use.device
            make_ready(folder, device)
            opened = open_folder(folder, device, made_before=False, known=held)
            failed.callback(opened.close)
            if not opened.has_index:
                raise opened.trouble or FolderUnusable(str(folder), "there is no index")
            note(folder)
            failed.pop_all()
            self._in_use.switch(opened)

    def close(self, within_s: float | None = None) -> bool:
        """Whether all that was under way has ended by then; nothing is begun any more."""
        return self._in_use.close(within_s)


def open_segments(
    folder: Path, *, device: str, made_before: bool = False
) -> tuple[SegmentStore, StorageError | None]:
    """The store, and what was wrong with its folder or index, if anything.

    It is there in any case, and works as soon as its folder does. `device` names this profile on
    this computer: another one's index is not believed. With `made_before`, a folder without a
    store is a disk that is not there, and no place to begin a new one.
    """
    in_use = FolderInUse(folder, device, made_before=made_before)
    return SegmentStore(in_use), in_use.open()
