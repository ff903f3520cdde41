"""What the viewer's own file and its copy hold: all, or as much of it as can be read."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from player_app.storage.database_file import (
    LONGEST_WAIT_S,
    is_damage,
    is_gone,
    is_whole,
    stands_in_the_way,
)
from player_app.storage.packing import Plain, seal, unseal
from player_app.storage.schema import COUNTER, migrations, own_tables, version_of

Row = tuple[Plain, ...]
Rows = dict[tuple[str, bytes], Row]
UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class Contents:
    """Rows by their table and sealed key; `number` counts the changes that the file has seen.

    Of a file that is not `whole` rows may be missing, and version and number may be UNKNOWN.
    """

    whole: bool = False
    version: int = UNKNOWN
    number: int = UNKNOWN
    rows: Rows = field(default_factory=dict)


def own_contents(path: Path) -> Contents | None:
    """Of the viewer's own file; None where there is none, or one that nothing was written to."""
    return _read(path, _own)


def copied_contents(path: Path) -> Contents | None:
    """Of the copy; a row whose seal is broken is left out, and the copy then is not whole."""
    return _read(path, _copied)


def contents_of(connection: sqlite3.Connection, version: int) -> Contents:
    """Of the viewer's own file that is open here and is whole."""
    number = connection.execute(f"SELECT number FROM main.{COUNTER}").fetchone()[0]  # noqa: S608 - a name of ours
    return Contents(whole=True, version=version, number=number, rows=_rows(connection, version))


def _read(path: Path, read: Callable[[sqlite3.Connection], Contents | None]) -> Contents | None:
    if stands_in_the_way(path):
        return Contents()
    if is_gone(path):
        return None
    with contextlib.closing(sqlite3.connect(path, LONGEST_WAIT_S)) as connection:
        connection.text_factory = _text
        try:
            if connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0] == 0:
                return None
            return read(connection)
        except sqlite3.DatabaseError as error:
            if not is_damage(error):
                raise
            return Contents()


def _own(connection: sqlite3.Connection) -> Contents:
    version, whole = version_of(connection), is_whole(connection)
    if whole and version > max(migrations()):
        return Contents(whole=True, version=version)
    if not 0 < version <= max(migrations()) or not _has_tables(connection, version):
        return Contents()
    number = _number(connection, version)
    return Contents(whole, version, number, _rows(connection, version))


def _copied(connection: sqlite3.Connection) -> Contents:
    state: tuple[int, int] = (UNKNOWN, UNKNOWN)
    for version, number in _readable(
        connection, "copied_state", ("version", "number"), ("version",)
    ):
        if isinstance(version, int) and isinstance(number, int):
            state = (version, number)
    whole, rows = is_whole(connection) and state[0] != UNKNOWN, Rows()
    for name, key, sealed in _readable(
        connection, "copied_rows", ("name", "key", "row"), ("name", "key")
    ):
        row = unseal(sealed) if isinstance(sealed, bytes) else None
        if row is None or not isinstance(key, bytes):
            whole = False
        else:
            rows[str(name), key] = row
    return Contents(whole, *state, rows)


def _number(connection: sqlite3.Connection, version: int) -> int:
    """The first version did not count."""
    if version == 1:
        return 0
    for (number,) in _readable(connection, COUNTER, ("number",), ("number",)):
        if isinstance(number, int):
            return number
    return UNKNOWN


def _rows(connection: sqlite3.Connection, version: int) -> Rows:
    found: Rows = {}
    for table in own_tables(version):
        for row in _readable(connection, table.name, table.columns, table.key):
            found[table.name, seal(*(row[place] for place in table.places_of_key()))] = row
    return found


def _has_tables(connection: sqlite3.Connection, version: int) -> bool:
    """Whether this is the player's own database and not something else that SQLite wrote."""
    there = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema")}
    return {table.name for table in own_tables(version)} <= there


def _readable(
    connection: sqlite3.Connection, name: str, columns: tuple[str, ...], key: tuple[str, ...]
) -> Iterator[Row]:
    """Every row; around a damaged page those that can be reached from either end."""
    listed = ", ".join(columns)
    for direction in ("ASC", "DESC"):
        order = ", ".join(f"{each} {direction}" for each in key)
        query = f"SELECT {listed} FROM main.{name} ORDER BY {order}"  # noqa: S608 - names of ours
        try:
            yield from connection.execute(query)
        except sqlite3.DatabaseError as error:
            if not is_damage(error):
                raise
        else:
            return


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")
