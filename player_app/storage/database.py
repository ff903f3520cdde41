"""The player's databases: the viewer's own, twice on disk, and the films, which can come again."""

from __future__ import annotations

import contextlib
import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from player_app.core.errors import DatabaseDamaged, FolderUnusable, StorageError
from player_app.storage.contents import contents_of
from player_app.storage.copied import attach_copy, copy_of, fill_copy, follow_changes
from player_app.storage.database_file import (
    ROOM_BYTES,
    DatabaseFile,
    connected,
    is_gone,
    is_whole,
    keep_aside,
    storage_error_of,
)
from player_app.storage.film_file import film_file_of, open_films, take_films_over
from player_app.storage.healing import settle
from player_app.storage.schema import COUNTER, OWN, bring_up_to_date, migrations, version_of

__all__ = ["ROOM_BYTES", "Database", "migrations", "open_database"]

log = logging.getLogger(__name__)


class Database:
    """The viewer's own; `films` is the file of what the service can send again.

    Every transaction is durable when it returns, here in two files: what was acknowledged
    survives the loss of either.
    """

    def __init__(self, path: Path, films: DatabaseFile, *, copy_agrees: bool) -> None:
        self.films = films
        self._path = path
        self._own = DatabaseFile(path)
        with self._own.alone() as writer:
            self._version = version_of(writer)
            attach_copy(writer, copy_of(path))
            if not copy_agrees:
                fill_copy(writer, contents_of(writer, self._version))
            follow_changes(writer, self._version)

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """A transaction: all of it, on disk, or nothing."""
        try:
            with self._own.write() as connection:
                before = connection.total_changes
                yield connection
                if connection.total_changes != before:
                    connection.execute(f"UPDATE {COUNTER} SET number = number + 1")  # noqa: S608 - a name of ours
        except (DatabaseDamaged, FolderUnusable) as error:
            copy_is_gone = is_gone(copy_of(self._path))
            if (copy_is_gone or isinstance(error, DatabaseDamaged)) and self._mends_its_copy():
                raise StorageError("the copy was damaged and is made anew") from error
            raise

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """A connection that sees what is committed, and waits for no writer."""
        with self._own.read() as connection:
            yield connection

    def close(self) -> None:
        self._own.close()
        self.films.close()

    def _mends_its_copy(self) -> bool:
        """Where only the copy is damaged there is no need to wait for the next start."""
        with contextlib.suppress(StorageError), self._own.alone() as writer:
            if not is_whole(writer):
                return False
            log.warning("the copy of the library is damaged and is made anew")
            writer.execute("DETACH copied")
            keep_aside(copy_of(self._path))
            attach_copy(writer, copy_of(self._path))
            fill_copy(writer, contents_of(writer, self._version))
            return True
        return False


def open_database(path: Path) -> tuple[Database, DatabaseDamaged | None]:
    """The databases, and what happened to one before, if that had to be kept aside."""
    films = film_file_of(path)
    try:
        settled = settle(path)
        changed = _brought_up_to_date(path, films)
        opened, films_damaged = open_films(films)
        with contextlib.ExitStack() as failed:
            failed.callback(opened.close)
            database = Database(path, opened, copy_agrees=settled.copy_agrees and not changed)
            failed.pop_all()
    except sqlite3.DatabaseError as error:
        raise storage_error_of(error, path) from error
    return database, settled.damaged or films_damaged


def _brought_up_to_date(path: Path, films: Path) -> bool:
    """Run the scripts that the viewer's own file lacks; the first version held the films, too."""
    with contextlib.closing(connected(path)) as connection:
        path.chmod(0o600)
        if version_of(connection) == 1 and not films.exists():
            take_films_over(connection, films)
        changed = bring_up_to_date(connection, OWN)
        if changed:
            with contextlib.suppress(sqlite3.OperationalError):  # it only gives room back
                connection.execute("VACUUM")
    return changed
