"""The local catalogue: films and where their pictures lie, read a screenful at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from player_app.core.catalogue import Film, PictureFile
from player_app.storage.database import Database
from player_app.storage.database_file import DatabaseFile
from player_app.storage.packing import pack, unpack_film

_MOST_VARIABLES = 500
_FILMS = ("picture_files", "film_texts", "films", "feed")
_OWN_ABOUT_FILMS = ("positions", "checkouts", "drafts", "waiting_comments")


@dataclass(frozen=True, slots=True)
class Change:
    """One page of the service's change feed."""

    films: tuple[Film, ...]
    removed: tuple[str, ...]
    cursor: str


class Catalogue:
    def __init__(self, database: Database) -> None:
        self._own, self._films = database, database.films

    def cursor(self) -> str | None:
        """Up to where the service's feed is known."""
        with self._films.read() as connection:
            row = connection.execute("SELECT cursor FROM feed").fetchone()
        return str(row[0]) if row else None

    def apply(self, change: Change) -> None:
        """A page of the feed, in one transaction with its cursor."""
        with self._films.write() as connection:
            for film_id in change.removed:
                _remove(connection, film_id)
            for film in change.films:
                _put(connection, film)
            connection.execute("INSERT OR REPLACE INTO feed VALUES (1, ?)", (change.cursor,))

    def clear(self) -> None:
        """Forget all films and what is kept about them: another service may use the same ids."""
        self.forget_films()
        _empty(self._own, _OWN_ABOUT_FILMS)

    def forget_films(self) -> None:
        """All of what the service told, and nothing of what the viewer did."""
        _empty(self._films, _FILMS)

    def film(self, film_id: str) -> Film | None:
        return self._one("SELECT packed FROM films WHERE id = ?", film_id)

    def film_by_slug(self, slug: str) -> Film | None:
        return self._one("SELECT packed FROM films WHERE slug = ? ORDER BY number LIMIT 1", slug)

    def films(self, film_ids: Iterable[str]) -> dict[str, Film]:
        """Those of the ids that are known."""
        wanted = tuple(dict.fromkeys(film_ids))
        found: dict[str, Film] = {}
        with self._films.read() as connection:
            for start in range(0, len(wanted), _MOST_VARIABLES):
                part = wanted[start : start + _MOST_VARIABLES]
                marks = ",".join("?" * len(part))
                rows = connection.execute(
                    f"SELECT packed FROM films WHERE id IN ({marks})",  # noqa: S608 - only marks
                    part,
                )
                found.update((film.id, film) for film in _unpacked(rows))
        return found

    def newest(self, limit: int) -> tuple[Film, ...]:
        """Films that can be watched first, then by year, then as the service sent them."""
        return self._many(
            "SELECT packed FROM films ORDER BY streams DESC, year DESC, number LIMIT ?", (limit,)
        )

    def featured(self) -> Film | None:
        found = self._many(
            "SELECT packed FROM films WHERE featured = 1 ORDER BY streams DESC, number LIMIT ?",
            (1,),
        )
        return found[0] if found else None

    def count(self) -> int:
        with self._films.read() as connection:
            return int(connection.execute("SELECT count(*) FROM films").fetchone()[0])

    def picture(self, sha256: str) -> PictureFile | None:
        """Where the picture with this hash is to be had."""
        with self._films.read() as connection:
            row = connection.execute(
                "SELECT address, bytes FROM picture_files WHERE sha256 = ? LIMIT 1", (sha256,)
            ).fetchone()
        return PictureFile(row[0], 0, 0, row[1], sha256) if row else None

    def _one(self, query: str, key: str) -> Film | None:
        found = self._many(query, (key,))
        return found[0] if found else None

    def _many(self, query: str, values: Sequence[str | int]) -> tuple[Film, ...]:
        with self._films.read() as connection:
            return tuple(_unpacked(connection.execute(query, values)))


def _empty(database: Database | DatabaseFile, tables: Sequence[str]) -> None:
    with database.write() as connection:
        for table in tables:
            connection.execute(f"DELETE FROM {table}")  # noqa: S608 - names of our own


def _unpacked(rows: Iterable[tuple[bytes]]) -> list[Film]:
    return [film for (packed,) in rows if (film := unpack_film(packed)) is not None]


def _remove(connection: sqlite3.Connection, film_id: str) -> None:
    row = connection.execute(
        "DELETE FROM films WHERE id = ? RETURNING number", (film_id,)
    ).fetchone()
    if row:
        connection.execute("DELETE FROM film_texts WHERE rowid = ?", row)


def _put(connection: sqlite3.Connection, film: Film) -> None:
    facts = (film.slug, film.featured, film.streams, film.year, pack(film))
    row = connection.execute("SELECT number FROM films WHERE id = ?", (film.id,)).fetchone()
    if row is None:
        number = connection.execute(
            "INSERT INTO films (id, slug, featured, streams, year, packed) VALUES (?,?,?,?,?,?)",
            (film.id, *facts),
        ).lastrowid
    else:
        number = row[0]
        connection.execute(
            "UPDATE films SET slug=?, featured=?, streams=?, year=?, packed=? WHERE number=?",
            (*facts, number),
        )
        connection.execute("DELETE FROM film_texts WHERE rowid = ?", (number,))
        connection.execute("DELETE FROM picture_files WHERE film = ?", (number,))
    connection.execute(
        "INSERT INTO film_texts (rowid, title, people, subjects, tagline, summary, synopsis) "
        "VALUES (?,?,?,?,?,?,?)",
        (number, *_texts(film)),
    )
    connection.executemany(
        "INSERT OR IGNORE INTO picture_files VALUES (?,?,?,?)",
        ((each.sha256, number, each.address, each.bytes) for each in _files(film)),
    )


def _texts(film: Film) -> tuple[str, ...]:
    titles = (film.title, film.original_title or "")
    people = (*film.directors, *(person.name for person in film.people))
    return (
        " · ".join(each for each in titles if each),
        ", ".join(dict.fromkeys(people)),
        ", ".join(film.subjects),
        film.tagline,
        film.summary,
        "\n".join(film.synopsis),
    )


def _files(film: Film) -> list[PictureFile]:
    pictures = [each for each in (film.poster, film.backdrop, *film.stills) if each]
    return [file for picture in pictures for file in picture.files]
