"""The copy of what is the viewer's own: every row again in a second file, in one transaction.

Triggers of the writing connection carry each change over, so that no store has to know of the
copy. It keeps no write-ahead log beside it: what was acknowledged is in the file itself.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from player_app.storage.contents import COPY, Contents
from player_app.storage.damage import FAILURES
from player_app.storage.database_file import connected
from player_app.storage.packing import seal
from player_app.storage.schema import COUNTER, Table, own_tables


def copy_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.copy")


def open_both(path: Path) -> sqlite3.Connection:
    """A connection to the viewer's own file, as `own`, whose every change the copy gets, too.

    The copy has to be its main file: SQLite commits one file after the other, the main one first.
    A journal can still undo what was written there when the other one, whose log can't be undone,
    takes no more. So a transaction is in both files or in none.
    """
    writer = connected(copy_of(path), journal_mode="TRUNCATE")
    try:
        copy_of(path).chmod(0o600)
        writer.execute("ATTACH ? AS own", (str(path),))
        writer.execute("PRAGMA own.journal_mode = WAL")
        writer.execute("PRAGMA own.synchronous = FULL")
        writer.create_function("sealed", -1, seal, deterministic=True)
        _follow_changes(writer, int(writer.execute("PRAGMA own.user_version").fetchone()[0]))
    except (*FAILURES, OSError):
        writer.close()
        raise
    return writer


def fill_copy(writer: sqlite3.Connection, contents: Contents) -> None:
    """Make the copy anew, of what the viewer's own file holds."""
    tables = "\n".join(f"DROP TABLE IF EXISTS {name};\n{made};" for name, made in COPY.items())
    try:
        writer.executescript(f"BEGIN IMMEDIATE;\n{tables}")
        state = seal(contents.version, contents.number)
        writer.execute("INSERT INTO copied_state VALUES (1, ?)", (state,))
        writer.executemany(
            "INSERT INTO copied_rows VALUES (?, ?, ?)",
            ((name, key, seal(name, *row)) for (name, key), row in contents.rows.items()),
        )
        writer.execute("COMMIT")
    finally:
        if writer.in_transaction:
            writer.execute("ROLLBACK")


def _follow_changes(writer: sqlite3.Connection, version: int) -> None:
    """Have every change of the own tables done to the copy, too."""
    for table in own_tables(version):
        for statement in _triggers(table):
            writer.execute(statement)
    # a copy that has missed a change must not seem to have seen the next one
    writer.execute(
        f"CREATE TEMP TRIGGER counted AFTER UPDATE ON own.{COUNTER} BEGIN "  # noqa: S608 - names of ours
        f"UPDATE copied_state SET state = sealed({version}, NEW.number) "
        f"WHERE state = sealed({version}, OLD.number); END"
    )


def _triggers(table: Table) -> tuple[str, str, str]:
    """One for each way to change a row; only a TEMP trigger may write into another file."""
    name, place = table.name, f"'{table.name}'"
    new_key, old_key = _sealed(_of("NEW", table.key)), _sealed(_of("OLD", table.key))
    row = _sealed([place, *_of("NEW", table.columns)])
    put = f"INSERT OR REPLACE INTO copied_rows VALUES ({place}, {new_key}, {row});"  # noqa: S608 - names of ours
    drop = f"DELETE FROM copied_rows WHERE name = {place} AND key = {old_key};"  # noqa: S608 - the same
    return (
        f"CREATE TEMP TRIGGER {name}_put AFTER INSERT ON own.{name} BEGIN {put} END",
        f"CREATE TEMP TRIGGER {name}_set AFTER UPDATE ON own.{name} BEGIN {drop} {put} END",
        f"CREATE TEMP TRIGGER {name}_cut AFTER DELETE ON own.{name} BEGIN {drop} END",
    )


def _of(which: str, columns: tuple[str, ...]) -> list[str]:
    return [f"{which}.{each}" for each in columns]


def _sealed(values: list[str]) -> str:
    return f"sealed({', '.join(values)})"
