"""The player's databases: the viewer's own, twice on disk, and the films, which can come again."""

from __future__ import annotations

import contextlib
import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from player_app.core.storage_errors import DatabaseDamaged, FolderUnusable, StorageError
from player_app.storage.contents import contents_of, copied_contents, number_of
from player_app.storage.copied import copy_of, fill_copy, open_both
from player_app.storage.damage import FAILURES, ROOM_BYTES, is_whole, storage_error_of
from player_app.storage.database_file import DatabaseFile, connected
from player_app.storage.file_moves import is_gone, keep_aside
from player_app.storage.film_file import film_file_of, open_films, take_films_over
from player_app.storage.healing import settle
from player_app.storage.room import storage_error
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
        self._copy_agrees = copy_agrees
        self._own = DatabaseFile(path, open_both)
        with contextlib.ExitStack() as failed:
            failed.callback(self._own.close)
            if not copy_agrees:
                self._fill_copy()
            failed.pop_all()

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """A transaction: all of it, on disk, or nothing."""
        with self._own.alone():
            if not self._copy_agrees:
                self._make_copy_anew()
            try:
                with self._own.write() as connection:
                    before = connection.total_changes
                    yield connection
                    if connection.total_changes != before:
                        connection.execute(f"UPDATE {COUNTER} SET number = number + 1")  # noqa: S608 - a name of ours
            except StorageError as error:
                if self._sees_copy_agree():
                    raise
                self._make_copy_anew()
                raise StorageError("the copy was damaged and is made anew") from error

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """A connection that sees what is committed, and waits for no writer."""
        with self._own.read() as connection:
            yield connection

    def close(self) -> None:
        self._own.close()
        self.films.close()

    def _sees_copy_agree(self) -> bool:
        self._copy_agrees = False
        with contextlib.suppress(StorageError, OSError), self._own.read() as reader:
            copy = copied_contents(copy_of(self._path))
            self._copy_agrees = copy is not None and copy.whole and copy.number == number_of(reader)
        return self._copy_agrees

    def _make_copy_anew(self) -> None:
        """Where only the copy is harmed there is no need to wait for the next start."""
        folder = self._path.parent
        with self._own.alone() as writer:
            if is_gone(self._path):
                raise FolderUnusable(str(folder), "the library is gone")
            with self._own.read() as reader:
                if not is_whole(reader):
                    raise DatabaseDamaged(None)
            log.warning("the copy of the library is damaged and is made anew")
            writer.close()
            try:
                copy = copied_contents(copy_of(self._path))
                if copy is not None and not copy.whole:
                    keep_aside(copy_of(self._path))
                self._own.writer = open_both(self._path)
            except OSError as error:
                raise storage_error(error, folder, ROOM_BYTES) from error
            self._fill_copy()

    def _fill_copy(self) -> None:
        with self._own.alone() as writer, self._own.read() as reader:
            fill_copy(writer, contents_of(reader))
            self._copy_agrees = True


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
    except FAILURES as error:
        raise storage_error_of(error, path) from error
    except OSError as error:
        raise storage_error(error, path.parent, ROOM_BYTES) from error
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
