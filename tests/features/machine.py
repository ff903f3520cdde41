"""A computer whose clock is set as a test likes, beside the true time, and a player on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from player_app.features.rental_clock import RentalClock
from player_app.storage.clock import ClockStore
from player_app.storage.database import Database, open_database

NOON = int(datetime(2026, 6, 1, 12, tzinfo=UTC).timestamp())
SERVICE = "https://films.example.org"


@dataclass
class Machine:
    """`true` is what time it is, `ahead_s` by how much the computer's clock is ahead of that."""

    database: Database
    true: float = NOON + 0.25
    ahead_s: float = 0.0
    secret: bytes = bytes(32)
    passing: bool = False
    service: str = SERVICE
    starts: dict[str, int] = field(default_factory=dict)

    def os_now(self) -> int:
        return int(self.true + self.ahead_s)

    def started(self) -> RentalClock:
        """The clock of a player that starts now."""
        begun = self.true
        return RentalClock(
            os_now=self.os_now,
            elapsed=lambda: self.true - begun + 4321.5,
            store=ClockStore(self.database),
            secret=lambda: self.secret,
            passing=lambda: self.passing,
            service=lambda: self.service,
            started_at=self.starts.get,
        )

    def database_rows(self, table: str) -> int:
        with self.database.read() as connection:
            row = connection.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608 - a name of ours
        return int(row[0])

    def keep_a_licence(self) -> None:
        """As if a licence of the service were kept here."""
        with self.database.write() as connection:
            row = (f"acc-1 {self.service}", "film-1", b"sealed")
            connection.execute("INSERT INTO licences VALUES (?,?,?)", row)


@contextmanager
def a_machine(folder: Path) -> Iterator[Machine]:
    folder.mkdir(exist_ok=True)
    database, _ = open_database(folder / "verite.sqlite3")
    try:
        yield Machine(database)
    finally:
        database.close()
