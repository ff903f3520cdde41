"""The clock that can't be turned back, as it was last kept: one sealed row."""

from __future__ import annotations

from player_app.storage.database import Database
from player_app.storage.packing import blob


class ClockStore:
    def __init__(self, database: Database) -> None:
        self._database = database

    def read(self) -> bytes | None:
        with self._database.read() as connection:
            row = connection.execute("SELECT sealed FROM clock").fetchone()
        return blob(row[0]) if row else None

    def write(self, sealed: bytes) -> None:
        """Durable when it returns."""
        with self._database.write() as connection:
            connection.execute("INSERT OR REPLACE INTO clock VALUES (1, ?)", (sealed,))

    def is_relied_on(self, service: str) -> bool:
        """Whether a licence of this service is kept here, which must be judged by it."""
        with self._database.read() as connection:
            row = connection.execute(
                "SELECT EXISTS (SELECT 1 FROM licences WHERE substr(owner, -length(?1)) = ?1)",
                (f" {service}",),
            ).fetchone()
        return bool(row[0])
