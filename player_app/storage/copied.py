"""The copy of what is the viewer's own: every row again in a second file, in one transaction.

Triggers of the writing connection carry each change over, so that no store has to know of the
copy. It keeps no write-ahead log beside it: what was acknowledged is in the file itself.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from player_app.storage.contents import Contents
from player_app.storage.packing import seal
from player_app.storage.schema import COUNTER, Table, own_tables

_TABLES = """
BEGIN IMMEDIATE;
DROP TABLE IF EXISTS copied.copied_rows;
DROP TABLE IF EXISTS copied.copied_state;
CREATE TABLE copied.copied_rows (
    name TEXT NOT NULL, key BLOB NOT NULL, row BLOB NOT NULL, PRIMARY KEY (name, key)
) WITHOUT ROWID;
CREATE TABLE copied.copied_state (
    only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
    version INTEGER NOT NULL,
    number INTEGER NOT NULL
);
"""


def copy_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.copy")


def attach_copy(writer: sqlite3.Connection, path: Path) -> None:
    """From here on the copy at `path` gets every change that this connection makes."""
    writer.create_function("sealed", -1, seal, deterministic=True)
    writer.execute("ATTACH ? AS copied", (str(path),))
    writer.execute("PRAGMA copied.journal_mode = TRUNCATE")
    writer.execute("PRAGMA copied.synchronous = FULL")
    path.chmod(0o600)


def fill_copy(writer: sqlite3.Connection, contents: Contents) -> None:
    """Make the attached copy anew, of what the viewer's own file holds."""
    try:
        writer.executescript(_TABLES)
        writer.execute(
            "INSERT INTO copied_state VALUES (1, ?, ?)", (contents.version, contents.number)
        )
        writer.executemany(
            "INSERT INTO copied_rows VALUES (?, ?, ?)",
            ((name, key, seal(*row)) for (name, key), row in contents.rows.items()),
        )
        writer.execute("COMMIT")
    finally:
        if writer.in_transaction:
            writer.execute("ROLLBACK")


def follow_changes(writer: sqlite3.Connection, version: int) -> None:
    """Have every change of the own tables done to the attached copy, too."""
    for table in own_tables(version):
        for statement in _triggers(table):
            writer.execute(statement)
    writer.execute(
        f"CREATE TEMP TRIGGER counted AFTER UPDATE ON main.{COUNTER} "  # noqa: S608 - a name of ours
        "BEGIN UPDATE copied_state SET number = NEW.number; END"
    )


def _triggers(table: Table) -> tuple[str, str, str]:
    """One for each way to change a row; only a TEMP trigger may write into an attached file."""
    name, place = table.name, f"'{table.name}'"
    new_key, old_key = _sealed("NEW", table.key), _sealed("OLD", table.key)
    row = _sealed("NEW", table.columns)
    put = f"INSERT OR REPLACE INTO copied_rows VALUES ({place}, {new_key}, {row});"  # noqa: S608 - names of ours
    drop = f"DELETE FROM copied_rows WHERE name = {place} AND key = {old_key};"  # noqa: S608 - the same
    return (
        f"CREATE TEMP TRIGGER {name}_put AFTER INSERT ON main.{name} BEGIN {put} END",
        f"CREATE TEMP TRIGGER {name}_set AFTER UPDATE ON main.{name} BEGIN {drop} {put} END",
        f"CREATE TEMP TRIGGER {name}_cut AFTER DELETE ON main.{name} BEGIN {drop} END",
    )


def _sealed(which: str, columns: tuple[str, ...]) -> str:
    return f"sealed({', '.join(f'{which}.{each}' for each in columns)})"
