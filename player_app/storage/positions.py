"""Where the viewer stopped, film by film, durable when `keep` returns."""

from __future__ import annotations

from player_app.core.position import Position
from player_app.storage.database import Database


class PositionStore:
    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, film_id: str) -> Position | None:
        with self._database.read() as connection:
            row = connection.execute(
                "SELECT * FROM positions WHERE film_id = ?", (film_id,)
            ).fetchone()
        return _position(row) if row else None

    def all(self) -> dict[str, Position]:
        """Every position, the latest first."""
        with self._database.read() as connection:
            rows = connection.execute("SELECT * FROM positions ORDER BY kept_at DESC").fetchall()
        return {row[0]: _position(row) for row in rows}

    def keep(self, position: Position) -> None:
        with self._database.write() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO positions VALUES (?,?,?,?)",
                (position.film_id, position.position_ms, position.finished, position.kept_at),
            )

    def clear(self) -> None:
        with self._database.write() as connection:
            connection.execute("DELETE FROM positions")


def _position(row: tuple[str, int, int, int]) -> Position:
    return Position(row[0], row[1], bool(row[2]), row[3])
