"""What is one account's own on this computer, put out of sight while somebody else is here."""

from __future__ import annotations

import sqlite3

from player_app.storage.database import Database
from player_app.storage.packing import pack, unpack

TABLES = ("drafts", "waiting_comments", "positions", "checkouts")
Rows = dict[str, list[dict[str, str | int | float | None]]]


class Aside:
    """`owner` names an account of a service; one transaction each."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, owner: str, *forgotten: str) -> None:
        """Take out of the tables what is in them, and keep it for its owner.

        What is `forgotten` of the single values goes with it, for good.
        """
        with self._database.write() as connection:
            kept = _kept(connection, owner)
            for table in TABLES:
                found = connection.execute(f"SELECT * FROM {table}")  # noqa: S608 - a constant
                columns = [each[0] for each in found.description]
                rows = [dict(zip(columns, row, strict=True)) for row in found]
                # the newest first: of two rows of one key `bring_back` takes the one before
                kept[table] = [*rows, *kept.get(table, [])]
                connection.execute(f"DELETE FROM {table}")  # noqa: S608 - the same
            if any(kept.values()):
                connection.execute(
                    "INSERT OR REPLACE INTO kept VALUES (?, ?)", (_name(owner), pack(kept))
                )
            connection.executemany(
                "DELETE FROM kept WHERE name = ?", ((each,) for each in forgotten)
            )

    def bring_back(self, owner: str, **kept: object) -> None:
        """Put it into the tables again; what stands there meanwhile is newer and stays.

        The single values of `kept` are kept with it, or nothing is.
        """
        with self._database.write() as connection:
            for table, rows in _kept(connection, owner).items():
                for row in rows if table in TABLES else []:
                    columns, places = ", ".join(row), ", ".join("?" * len(row))
                    connection.execute(
                        f"INSERT OR IGNORE INTO {table} ({columns}) VALUES ({places})",  # noqa: S608 - names of columns
                        tuple(row.values()),
                    )
            connection.execute("DELETE FROM kept WHERE name = ?", (_name(owner),))
            connection.executemany(
                "INSERT OR REPLACE INTO kept VALUES (?, ?)",
                ((name, pack(value)) for name, value in kept.items()),
            )


def _kept(connection: sqlite3.Connection, owner: str) -> Rows:
    row = connection.execute("SELECT packed FROM kept WHERE name = ?", (_name(owner),)).fetchone()
    return (unpack(row[0], Rows) if row else None) or {}


def _name(owner: str) -> str:
    return f"aside {owner}"
