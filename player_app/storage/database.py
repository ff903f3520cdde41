"""The player's one SQLite database: opened, brought up to date, kept aside when it is damaged."""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from player_app.core.errors import (
    DatabaseDamaged,
    DatabaseTooNew,
    FolderUnusable,
    StorageError,
)
from player_app.storage.room import disk_full

log = logging.getLogger(__name__)

MIGRATIONS = Path(__file__).parent / "migrations"
LONGEST_WAIT_S = 10.0
ROOM_BYTES = 16 * 1024 * 1024
"""What the database asks for to go on with, where the disk is full."""


class Database:
    """One connection writes, a few read beside it; every transaction is durable when it returns."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._sound = True
        self._writing = threading.RLock()
        self._idle: list[sqlite3.Connection] = []
        self._idle_lock = threading.Lock()
        self._closed = False
        self._writer = _connect(path)

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """A transaction: all of it, on disk, or nothing."""
        with self._writing, self._translated():
            self._writer.execute("BEGIN IMMEDIATE")
            try:
                yield self._writer
                self._writer.execute("COMMIT")
            finally:
                # open still where something failed, unless a full disk had SQLite roll back itself
                if self._writer.in_transaction:
                    self._writer.execute("ROLLBACK")

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """A connection that sees what is committed, and waits for no writer."""
        with self._idle_lock:
            connection = self._idle.pop() if self._idle else None
        with self._translated():
            connection = connection or _connect(self._path)
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
            self._writer.close()
        if self._sound:
            _mark_of_use(self._path).unlink(missing_ok=True)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            translated = _storage_error(error, self._path)
            self._sound = self._sound and not isinstance(translated, DatabaseDamaged)
            raise translated from error


def open_database(path: Path) -> tuple[Database, DatabaseDamaged | None]:
    """The database, and what happened to the one before, if that had to be kept aside."""
    try:
        return _opened(path), None
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):
            raise _storage_error(error, path) from error
        log.exception("the database is damaged and is begun anew")
        kept_as = _keep_aside(path)
        return _opened(path), DatabaseDamaged(str(kept_as))


def _opened(path: Path) -> Database:
    """Open and migrate; a file that is no sound database raises sqlite3.DatabaseError.

    Reading all of it takes long where the catalogue is large: only the one that was not closed
    well, or in which damage was met, is checked.
    """
    known, mark = migrations(), _mark_of_use(path)
    connection = _connect(path)
    try:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        newest = max(known)
        if version > newest:
            raise DatabaseTooNew(version, newest)
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        if version and mark.exists() and not _is_whole(connection):
            raise sqlite3.DatabaseError("quick_check found damage")
        for number in range(version + 1, newest + 1):
            connection.executescript(
                f"BEGIN IMMEDIATE;\n{known[number]}\nPRAGMA user_version = {number};\nCOMMIT;"
            )
    finally:
        connection.close()
    path.chmod(0o600)
    mark.touch(0o600)
    return Database(path)


def _is_whole(connection: sqlite3.Connection) -> bool:
    return bool(connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")


def _mark_of_use(path: Path) -> Path:
    """A file that stands beside the database from its opening until it is closed well."""
    return path.with_name(f"{path.name}.in-use")


def migrations() -> dict[int, str]:
    """The numbered scripts."""
    return {int(each.stem): each.read_text(encoding="utf-8") for each in MIGRATIONS.glob("*.sql")}


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(
        path, timeout=LONGEST_WAIT_S, isolation_level=None, check_same_thread=False
    )
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _keep_aside(path: Path) -> Path:
    kept_as = path.with_name(f"{path.name}.damaged-{time.time_ns()}")
    path.rename(kept_as)
    for ending in ("-wal", "-shm"):
        beside = path.with_name(path.name + ending)
        if beside.exists():
            beside.rename(kept_as.with_name(kept_as.name + ending))
    return kept_as


def _storage_error(error: sqlite3.DatabaseError, path: Path) -> StorageError:
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:
        case sqlite3.SQLITE_FULL:
            return disk_full(path.parent, ROOM_BYTES)
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return DatabaseDamaged(None)
        case _:
            return FolderUnusable(str(path.parent), str(error))
