"""A player's process that reads the clock of the system it runs on, says what it makes of it, ends.

It is given a profile's folder, when a rental was bought and started, and what the service says that
time it is, "" for no contact.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from player_app.core.rental import Grant
from player_app.desktop.running_clock import running_s
from player_app.features.rental_clock import RentalClock
from player_app.storage.clock import ClockStore
from player_app.storage.database import open_database
from tests.core.borders import TERMS


def main(folder: str, bought: str, server_time: str) -> None:
    database, _ = open_database(Path(folder) / "verite.sqlite3")
    clock = RentalClock(
        os_now=lambda: int(time.time()),
        elapsed=running_s,
        store=ClockStore(database),
        secret=lambda: bytes(32),
        passing=lambda: False,
        service=lambda: "https://films.example.org",
        started_at=lambda _: int(bought),
    )
    if server_time:
        clock.contact(int(server_time), 0.1)
    verdict = clock.judge(Grant(TERMS, int(bought)), f"film-1@{bought}")
    clock.tick()
    print(type(verdict).__name__, clock.now() - int(bought), clock.doubt() is not None)  # noqa: T201 - the test reads this
    database.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
