"""One SQLite file: one connection writes, a few read beside it; kept aside when it is damaged."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from player_app.core.errors import DatabaseDamaged, FolderUnusable, StorageError
from player_app.storage.room import disk_full

LONGEST_WAIT_S = 10.0
ROOM_BYTES = 16 * 1024 * 1024
"""What a database asks for to go on with, where the disk is full."""

_BESIDE = ("-wal", "-shm", "-journal")
_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


class DatabaseFile:
    """Every transaction is durable when it returns."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.was_sound = True
        self._writing = threading.RLock()
        self._idle: list[sqlite3.Connection] = []
        self._idle_lock = threading.Lock()
        self._closed = False
        self.writer = connected(path)

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """A transaction: all of it, on disk, or nothing."""
        with self._writing, self._translated():
            self.writer.execute("BEGIN IMMEDIATE")
            try:
                yield self.writer
                self.writer.execute("COMMIT")
            finally:
                # open still where something failed, unless a full disk had SQLite roll back itself
                if self.writer.in_transaction:
                    self.writer.execute("ROLLBACK")

    @contextmanager
    def alone(self) -> Iterator[sqlite3.Connection]:
        """The writing connection outside of any transaction, while nobody else writes."""
        with self._writing, self._translated():
            yield self.writer

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """A connection that sees what is committed, and waits for no writer."""
        with self._idle_lock:
            connection = self._idle.pop() if self._idle else None
        with self._translated():
            connection = connection or connected(self._path)
            try:
                yield connection
            finally:
                with self._idle_lock:
                    if self._closed:
                        connection.close()
                    else:
                        self._idle.append(connection)

    def close(self) -> None:
        with self._idle_lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()
        with self._writing:
            self.writer.close()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            translated = storage_error_of(error, self._path)
            self.was_sound = self.was_sound and not isinstance(translated, DatabaseDamaged)
            raise translated from error


def connected(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(
        path, timeout=LONGEST_WAIT_S, isolation_level=None, check_same_thread=False
    )
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA temp_store = MEMORY")
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection


def is_whole(connection: sqlite3.Connection, schema: str = "main") -> bool:
    """By reading all of it; what is so bad that it can't be read is not whole either."""
    try:
        said = connection.execute(f"PRAGMA {schema}.quick_check(1)").fetchone()
    except sqlite3.DatabaseError as error:
        if is_damage(error):
            return False
        raise
    return bool(said[0] == "ok")


def is_damage(error: sqlite3.DatabaseError) -> bool:
    return _code(error) in _DAMAGE


def storage_error_of(error: sqlite3.DatabaseError, path: Path) -> StorageError:
    """What SQLite said, as a viewer can be told."""
    if is_damage(error):
        return DatabaseDamaged(None)
    if _code(error) == sqlite3.SQLITE_FULL or not _has_room(path.parent):
        return disk_full(path.parent, ROOM_BYTES)
    return FolderUnusable(str(path.parent), str(error))


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
    return kept_as


def put_in_place(part: Path, path: Path) -> None:
    """A file that was made aside becomes the one in use, also if the power goes now."""
    part.replace(path)
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def is_gone(path: Path) -> bool:
    return not path.exists() and not path.is_symlink()


def stands_in_the_way(path: Path) -> bool:
    """Whether a folder, or the like, has taken the place of the file or of one beside it."""
    places = (path, *(path.with_name(path.name + ending) for ending in _BESIDE))
    return any(each.exists() and not each.is_file() for each in places)


def _code(error: sqlite3.DatabaseError) -> int:
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def _has_room(folder: Path) -> bool:
    """A full disk also shows as an error of input and output, where no page can be mapped."""
    try:
        facts = os.statvfs(folder)
    except (AttributeError, OSError):
        return True
    return facts.f_bavail > 0
