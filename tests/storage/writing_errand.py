"""Keeps places in films one after the other, and says after each that it is kept: to be killed."""

from __future__ import annotations

import sys
from pathlib import Path

from player_app.core.position import Position
from player_app.storage.database import open_database
from player_app.storage.positions import PositionStore


def main() -> None:
    database, _ = open_database(Path(sys.argv[1]))
    positions = PositionStore(database)
    for number in range(1_000_000):
        positions.keep(Position(f"film-{number}", number, finished=False, kept_at=number))
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
