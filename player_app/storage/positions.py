"""Where the viewer stopped, film by film, durable when `keep` returns."""

from __future__ import annotations

import sqlite3

from player_app.core.position import Position
from player_app.storage.database import Database


class PositionStore:
    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, film_id: str) -> Position | None:
        with self._database.read() as connection:
            return place_of(connection, film_id)

    def all(self) -> dict[str, Position]:
        """Every position, the latest first."""
        with self._database.read() as connection:
            return places(connection)

    def keep(self, position: Position) -> None:
        with self._database.write() as connection:
            put_place(connection, position)


def place_of(connection: sqlite3.Connection, film_id: str) -> Position | None:
    row = connection.execute("SELECT * FROM positions WHERE film_id = ?", (film_id,)).fetchone()
    return _position(row) if row else None


def places(connection: sqlite3.Connection) -> dict[str, Position]:
    """The latest first."""
    rows = connection.execute("SELECT * FROM positions ORDER BY kept_at DESC").fetchall()
    found = (_position(row) for row in rows)
    return {each.film_id: each for each in found if each is not None}


def put_place(connection: sqlite3.Connection, position: Position) -> None:
    connection.execute(
        "INSERT OR REPLACE INTO positions VALUES (?,?,?,?)",
        (position.film_id, position.position_ms, position.finished, position.kept_at),
    )


def _position(row: tuple[object, ...]) -> Position | None:
    """None where a column holds what no position has: SQLite keeps any kind in any column."""
    match row:
        case (str(film_id), int(position_ms), int(finished), int(kept_at)):
            return Position(film_id, position_ms, bool(finished), kept_at)
    return None
