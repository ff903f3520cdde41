"""Single values by name, such as the chosen service, the account, and the settings."""

from __future__ import annotations

from typing import TypeVar

from player_app.storage.database import Database
from player_app.storage.packing import pack, unpack

T = TypeVar("T")


class Kept:
    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, name: str, kind: type[T]) -> T | None:
        """The value, or None where there is none that can be read."""
        with self._database.read() as connection:
            row = connection.execute("SELECT packed FROM kept WHERE name = ?", (name,)).fetchone()
        return unpack(row[0], kind) if row else None

    def put(self, name: str, value: object) -> None:
        with self._database.write() as connection:
            connection.execute("INSERT OR REPLACE INTO kept VALUES (?, ?)", (name, pack(value)))

    def forget(self, *names: str) -> None:
        with self._database.write() as connection:
            connection.executemany("DELETE FROM kept WHERE name = ?", ((each,) for each in names))
