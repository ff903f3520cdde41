"""What the viewer's own file and its copy hold: all, or as much of it as can be read."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from player_app.storage.damage import (
    FAILURES,
    asks_for_a_newer_sqlite,
    is_damage,
    is_refused,
    is_whole,
)
from player_app.storage.database_file import LONGEST_WAIT_S
from player_app.storage.file_moves import is_gone, stands_in_the_way
from player_app.storage.packing import Plain, seal, unseal
from player_app.storage.schema import (
    COUNTER,
    OWN,
    definitions,
    definitions_of,
    migrations,
    own_tables,
    version_of,
)

Row = tuple[Plain, ...]
Rows = dict[tuple[str, bytes], Row]
UNKNOWN = -1

COPY = {
    "copied_rows": """CREATE TABLE copied_rows (
    name TEXT NOT NULL, key BLOB NOT NULL, row BLOB NOT NULL, PRIMARY KEY (name, key)
) WITHOUT ROWID""",
    "copied_state": """CREATE TABLE copied_state (
    only_one INTEGER PRIMARY KEY CHECK (only_one = 1), state BLOB NOT NULL
)""",
}
"""The copy's tables and how they are made. All that is in them is sealed: a row of the viewer's
behind the name of its table, and the state, which is the version and the number."""


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


def contents_of(connection: sqlite3.Connection) -> Contents:
    """Of the viewer's own file that is open here and is whole."""
    version, number = _said(connection)
    return Contents(whole=True, version=version, number=number, rows=_rows(connection, version))


def number_of(connection: sqlite3.Connection) -> int:
    """How many changes the viewer's own file that is open here has seen."""
    return _said(connection)[1]


def _read(path: Path, read: Callable[[sqlite3.Connection], Contents | None]) -> Contents | None:
    if stands_in_the_way(path):
        return Contents()
    if is_gone(path):
        return None
    if asks_for_a_newer_sqlite(path):
        return Contents()
    with contextlib.closing(sqlite3.connect(path, LONGEST_WAIT_S)) as connection:
        connection.text_factory = _text
        try:
            if connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0] == 0:
                return None
            return read(connection)
        except FAILURES as error:
            if not is_damage(error):
                raise
            return Contents()


def _own(connection: sqlite3.Connection) -> Contents:
    """A version counts as a newer player's only where the header and the row agree on it."""
    (version, number), newest = _said(connection), max(migrations())
    header = version_of(connection)
    if version > newest and version == header:
        return Contents(version=version)
    if not 0 < version <= newest:
        version = header
    if not 0 < version <= newest or not _has_tables(connection, version):
        return Contents()
    whole = version == header and definitions_of(connection) == definitions(OWN, version)
    return Contents(
        whole and number != UNKNOWN and is_whole(connection),
        version,
        number,
        _rows(connection, version),
    )


def _copied(connection: sqlite3.Connection) -> Contents:
    defined = {name: sql for _, name, _, sql in definitions_of(connection) if sql}
    whole, rows = defined == COPY and is_whole(connection), Rows()
    state: Row = ()
    for (sealed,) in _readable(connection, "copied_state", ("state",), ("only_one",)):
        state = _unsealed(sealed)
    for name, key, sealed in _readable(
        connection, "copied_rows", ("name", "key", "row"), ("name", "key")
    ):
        match (name, key, _unsealed(sealed)):
            case (str(table), bytes(place), (sealed_name, *row)) if sealed_name == table:
                whole = whole and unseal(place) is not None
                rows[table, place] = tuple(row)
            case _:
                whole = False
    match state:
        case (int(version), int(number)):
            return Contents(whole, version, number, rows)
    return Contents(rows=rows)


def _unsealed(value: Plain) -> Row:
    """Nothing where the seal is broken: nothing empty was ever sealed."""
    return (unseal(value) if isinstance(value, bytes) else None) or ()


def _said(connection: sqlite3.Connection) -> tuple[int, int]:
    """The version and the number by the row about them; the first version had none."""
    if COUNTER not in _names(connection):
        return 1, 0
    for row in _readable(connection, COUNTER, ("version", "number"), ("only_one",)):
        match row:
            case (int(version), int(number)):
                return version, number
    return UNKNOWN, UNKNOWN


def _rows(connection: sqlite3.Connection, version: int) -> Rows:
    found: Rows = {}
    for table in own_tables(version):
        for row in _readable(connection, table.name, table.columns, table.key):
            found[table.name, seal(*(row[place] for place in table.places_of_key()))] = row
    return found


def _has_tables(connection: sqlite3.Connection, version: int) -> bool:
    """Whether this is the player's own database and not something else that SQLite wrote."""
    return {table.name for table in own_tables(version)} <= _names(connection)


def _names(connection: sqlite3.Connection) -> set[str]:
    return {name for (name,) in connection.execute("SELECT name FROM main.sqlite_schema")}


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
        except FAILURES as error:
            if not is_damage(error) and not is_refused(error):
                raise
        else:
            return


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")
