"""What is known of each owner's own films, beside the list of films, which may go."""

from __future__ import annotations

from collections.abc import Iterable

from player_app.core.catalogue import Film
from player_app.storage.database import Database
from player_app.storage.packing import pack, unpack_film


class OwnFilmStore:
    """An owner is an account at a service; nothing here crosses from one to another."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def film(self, owner: str, film_id: str) -> Film | None:
        with self._database.read() as connection:
            row = connection.execute(
                "SELECT packed FROM own_films WHERE owner = ? AND film_id = ?", (owner, film_id)
            ).fetchone()
        return _film(film_id, row[0]) if row else None

    def all(self, owner: str) -> dict[str, Film | None]:
        """By their ids; None for one that can't be read."""
        with self._database.read() as connection:
            rows = connection.execute(
                "SELECT film_id, packed FROM own_films WHERE owner = ?", (owner,)
            ).fetchall()
        return {film_id: _film(film_id, packed) for film_id, packed in rows}

    def taken(self, owner: str) -> frozenset[str]:
        """The films that this owner has a download or a licence of, readable or not."""
        with self._database.read() as connection:
            rows = connection.execute(
                "SELECT film_id FROM downloads WHERE owner = ?1 "
                "UNION SELECT film_id FROM licences WHERE owner = ?1",
                (owner,),
            ).fetchall()
        return frozenset(film_id for (film_id,) in rows)

    def change(self, owner: str, *, put: Iterable[Film], drop: Iterable[str]) -> None:
        """All of it, on disk when it returns, or nothing."""
        with self._database.write() as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO own_films VALUES (?,?,?)",
                ((owner, film.id, pack(film)) for film in put),
            )
            connection.executemany(
                "DELETE FROM own_films WHERE owner = ? AND film_id = ?",
                ((owner, film_id) for film_id in drop),
            )


def _film(film_id: str, packed: bytes) -> Film | None:
    found = unpack_film(packed)
    return found if found is not None and found.id == film_id else None
