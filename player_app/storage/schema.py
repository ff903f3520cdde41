"""The numbered scripts that make a file's tables, and what tables they make."""

from __future__ import annotations

import contextlib
import sqlite3
from dataclasses import dataclass
from functools import cache
from pathlib import Path

OWN = Path(__file__).parent / "migrations"
FILMS = OWN / "films"
COUNTER = "changes"
SEARCHED = "film_texts"
"""The table that SQLite keeps tables of its own for."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the viewer's own: its columns in order, and which of them are its key."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]

    def places_of_key(self) -> tuple[int, ...]:
        return tuple(self.columns.index(each) for each in self.key)


def migrations(folder: Path = OWN) -> dict[int, str]:
    """The scripts by their numbers."""
    return {int(each.stem): each.read_text(encoding="utf-8") for each in folder.glob("*.sql")}


def version_of(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def bring_up_to_date(
    connection: sqlite3.Connection, folder: Path, up_to: int | None = None
) -> bool:
    """Run the scripts that the file does not know yet; whether there were any."""
    known, version = migrations(folder), version_of(connection)
    missing = range(version + 1, (up_to or max(known)) + 1)
    for number in missing:
        connection.executescript(
            f"BEGIN IMMEDIATE;\n{known[number]}\nPRAGMA user_version = {number};\nCOMMIT;"
        )
    return bool(missing)


Definitions = tuple[tuple[str, ...], ...]


def definitions_of(connection: sqlite3.Connection) -> Definitions:
    """How the file defines what is in it, but for what SQLite makes by itself for a search.

    These are compared as text, which no script may therefore leave to SQLite to rewrite: one that
    renames makes another table instead.
    """
    rows = connection.execute(
        "SELECT type, name, tbl_name, coalesce(sql, '') FROM main.sqlite_schema "
        "WHERE name NOT LIKE ? || '!_%' ESCAPE '!' ORDER BY type, name",
        (SEARCHED,),
    )
    return tuple(rows)


@cache
def definitions(folder: Path, version: int) -> Definitions | None:
    """What a sound file of this version says; None where no such version is known."""
    if not 0 <= version <= max(migrations(folder)):
        return None
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        if version:
            bring_up_to_date(connection, folder, version)
        return definitions_of(connection)


@cache
def own_tables(version: int) -> tuple[Table, ...]:
    """What the viewer's own file holds at this version, but for the films and the counter."""
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        bring_up_to_date(connection, FILMS)
        others = {COUNTER, *_names(connection)}
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        bring_up_to_date(connection, OWN, version)
        return tuple(_table(connection, name) for name in _names(connection) if name not in others)


def _names(connection: sqlite3.Connection) -> list[str]:
    rows = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    return [name for (name,) in rows]


def _table(connection: sqlite3.Connection, name: str) -> Table:
    rows = connection.execute("SELECT name, pk FROM pragma_table_info(?)", (name,)).fetchall()
    key = [column for column, place in sorted(rows, key=lambda row: row[1]) if place]
    return Table(name, tuple(column for column, _ in rows), tuple(key))
