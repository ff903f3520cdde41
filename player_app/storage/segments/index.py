"""The index beside the files: one SQLite file, whose loss costs a look through the folder."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from player_app.storage.damage import (
    FAILURES,
    ROOM_BYTES,
    asks_for_a_newer_sqlite,
    damage_found,
    is_damage,
    is_whole,
    storage_error_of,
)
from player_app.storage.database_file import DatabaseFile, connected
from player_app.storage.file_moves import keep_aside, stands_in_the_way
from player_app.storage.packing import seal, unseal
from player_app.storage.pictures import is_sha256
from player_app.storage.room import storage_error
from player_app.storage.schema import OWN, bring_up_to_date, definitions, definitions_of, version_of
from player_app.storage.segments.ledger import Holds, Row
from player_app.storage.segments.names import Named

SEGMENTS = OWN / "segments"
FILE = "index.sqlite3"
DEVICE, MOVING_TO, MOVED_FROM = "device", "moving to", "moved from"

_BESIDE = ("", "-wal", "-shm", "-journal")


@dataclass(frozen=True, slots=True)
class Contents:
    rows: tuple[Row, ...]
    holds: Holds
    about: Mapping[str, str]


class Index:
    """Every change is on disk when it returns; raises leaves of `StorageError`."""

    def __init__(self, path: Path) -> None:
        self._file = DatabaseFile(path, _alone_with)

    def change(self, rows: Iterable[Row], forgotten: Iterable[str], holds: Holds) -> None:
        """Put rows, forget others, and set what films hold: nothing for one that lets go."""
        with self._file.write() as connection:
            connection.executemany("DELETE FROM segments WHERE name = ?", _one_each(forgotten))
            _put(connection, rows, holds)

    def note(self, name: str, value: str | None) -> None:
        with self._file.write() as connection:
            connection.execute("DELETE FROM about WHERE name = ?", (name,))
            if value is not None:
                connection.execute("INSERT INTO about VALUES (?, ?)", (name, value))

    def fill(self, contents: Contents) -> None:
        """Begin anew with these, all of them or none."""
        with self._file.write() as connection:
            for table in ("segments", "holds", "about"):
                connection.execute(f"DELETE FROM {table}")  # noqa: S608 - a constant
            connection.executemany("INSERT INTO about VALUES (?, ?)", contents.about.items())
            _put(connection, contents.rows, contents.holds)

    def close(self) -> None:
        with contextlib.suppress(*FAILURES):  # of a disk that is gone there is nothing to write
            self._file.close()


def open_index(folder: Path, device: str) -> tuple[Index, Contents | None]:
    """The index and what it says; None where it is lost, damaged or not this device's.

    It has then to be filled: until it is, it counts as lost.
    """
    path = folder / FILE
    try:
        contents = _read(path, device)
        if contents is None:
            drop_index(folder)
            path.touch(mode=0o600)
            with contextlib.closing(_alone_with(path)) as connection:
                bring_up_to_date(connection, SEGMENTS)
        return Index(path), contents
    except FAILURES as error:
        raise storage_error_of(error, path) from error
    except OSError as error:
        raise storage_error(error, folder, ROOM_BYTES) from error


def device_of(folder: Path) -> str | None:
    """Whose index lies in a folder that is not in use."""
    path = folder / FILE
    if not path.is_file():
        return None
    try:
        with contextlib.closing(_alone_with(path)) as connection:
            return _about(connection).get(DEVICE)
    except FAILURES:
        return None


def drop_index(folder: Path) -> None:
    """Nothing in it is the viewer's, but what stands in its place may be."""
    path = folder / FILE
    if stands_in_the_way(path):
        keep_aside(path)
    for ending in _BESIDE:
        path.with_name(path.name + ending).unlink(missing_ok=True)


def _read(path: Path, device: str) -> Contents | None:
    if stands_in_the_way(path) or not path.exists():
        return None
    try:
        if asks_for_a_newer_sqlite(path):
            return None
        with contextlib.closing(_alone_with(path)) as connection:
            return _contents(connection, device)
    except FAILURES as error:
        if not is_damage(error):
            raise
        return None


def _contents(connection: sqlite3.Connection, device: str) -> Contents | None:
    version = version_of(connection)
    if version == 0 or definitions_of(connection) != definitions(SEGMENTS, version):
        return None
    if not is_whole(connection):
        return None
    bring_up_to_date(connection, SEGMENTS)
    about = _about(connection)
    if about.get(DEVICE) != device:
        return None
    rows = connection.execute("SELECT name, content, bytes, used, proven FROM segments")
    holds = connection.execute("SELECT film_id, sealed FROM holds")
    return Contents(
        tuple(_row(*values) for values in rows), dict(_hold(*values) for values in holds), about
    )


def _about(connection: sqlite3.Connection) -> dict[str, str]:
    found = dict(connection.execute("SELECT name, value FROM about").fetchall())
    if not all(isinstance(each, str) for each in (*found, *found.values())):
        raise damage_found()
    return found


def _row(name: object, content: object, size: object, used: object, proven: object) -> Row:
    match name, content, size, used:
        case str(), str(), int(), int() if is_sha256(name) and is_sha256(content) and size >= 0:
            return Row(Named(name, content), size, used, proven == 1)
        case _:
            raise damage_found()


def _hold(film_id: object, sealed: object) -> tuple[str, frozenset[str]]:
    """The film stands in its seal, too, for a wrong bit would give its files to nobody."""
    match film_id, unseal(sealed) if isinstance(sealed, bytes) else None:
        case str(), (str() as of_film, *keys) if film_id == of_film:
            texts = frozenset(each for each in keys if isinstance(each, str))
            if len(texts) == len(keys):
                return film_id, texts
    raise damage_found()


def _put(connection: sqlite3.Connection, rows: Iterable[Row], holds: Holds) -> None:
    connection.executemany(
        "INSERT OR REPLACE INTO segments VALUES (?, ?, ?, ?, ?)",
        ((each.name, each.named.content, each.bytes, each.used, int(each.proven)) for each in rows),
    )
    connection.executemany("DELETE FROM holds WHERE film_id = ?", _one_each(holds))
    connection.executemany(
        "INSERT INTO holds VALUES (?, ?)",
        ((film_id, seal(film_id, *sorted(keys))) for film_id, keys in holds.items() if keys),
    )


def _alone_with(path: Path) -> sqlite3.Connection:
    """One connection that keeps its lock: SQLite then makes no shared memory on a full disk."""
    return connected(path, locking_mode="EXCLUSIVE")


def _one_each(values: Iterable[str]) -> Iterable[tuple[str]]:
    return ((each,) for each in values)
