"""One SQLite file: one connection writes, a few read beside it."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from player_app.core.storage_errors import DatabaseDamaged
from player_app.storage.damage import FAILURES, storage_error_of

LONGEST_WAIT_S = 10.0


class DatabaseFile:
    """Every transaction is durable when it returns."""

    def __init__(
        self, path: Path, open_writer: Callable[[Path], sqlite3.Connection] | None = None
    ) -> None:
        self._path = path
        self.was_sound = True
        self._writing = threading.RLock()
        self._idle: list[sqlite3.Connection] = []
        self._idle_lock = threading.Lock()
        self._closed = False
        self.writer = (open_writer or connected)(path)

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
        except FAILURES as error:
            translated = storage_error_of(error, self._path)
            self.was_sound = self.was_sound and not isinstance(translated, DatabaseDamaged)
            raise translated from error


def connected(
    path: Path, journal_mode: str = "WAL", locking_mode: str = "NORMAL"
) -> sqlite3.Connection:
    connection = sqlite3.connect(
        path, timeout=LONGEST_WAIT_S, isolation_level=None, check_same_thread=False
    )
    try:
        connection.execute(f"PRAGMA locking_mode = {locking_mode}")
        connection.execute(f"PRAGMA journal_mode = {journal_mode}")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA temp_store = MEMORY")
    except FAILURES:
        connection.close()
        raise
    return connection
