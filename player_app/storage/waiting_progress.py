"""Places in films on their way to the service, what it said of them, and the places of both.

An owner is an account at a service: what waits for one is never another's. The table of places
holds those of the owner whose things are here at present.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import TypeVar

from player_app.core.position import (
    LONGEST_MS,
    Position,
    RemotePosition,
    WaitingPosition,
    dated,
    merged,
    on_calendar,
)
from player_app.storage.database import Database
from player_app.storage.packing import pack, unpack
from player_app.storage.positions import place_of, places, put_place

Told = TypeVar("Told", RemotePosition, WaitingPosition)


class WaitingProgress:
    """Each change is one transaction, on disk when it returns."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def watched(
        self, owner: str | None, said: WaitingPosition, before: WaitingPosition | None
    ) -> WaitingPosition:
        """The viewer is here now: the place, and where it has an owner, to be told.

        `before` is what the same playback said last; the answer is what was kept, dated.
        """
        with self._database.write() as connection:
            here = place_of(connection, said.film_id)
            remote = None if owner is None else _known_of(connection, owner, said.film_id)
            kept = dated(said, before=before, local=here, remote=remote)
            place = merged(here, remote, kept)
            if place is not None and place != here:
                put_place(connection, place)
            if owner is not None:
                _put(connection, "waiting_progress", owner, kept)
        return kept

    def waiting(self, owner: str, most: int) -> tuple[WaitingPosition, ...]:
        """What the service has yet to hear of, of so many films at most."""
        with self._database.read() as connection:
            return tuple(_waiting(connection, owner).values())[:most]

    def cursor(self, owner: str) -> str | None:
        """Up to where the service's places are known."""
        with self._database.read() as connection:
            row = connection.execute(
                "SELECT cursor FROM progress_cursors WHERE owner = ?", (owner,)
            ).fetchone()
        return str(row[0]) if row else None

    def learn(
        self,
        owner: str,
        said: Iterable[RemotePosition],
        *,
        told: Iterable[WaitingPosition] = (),
        cursor: str | None = None,
    ) -> bool:
        """What the service said, after it was `told` this or up to a cursor; whether places moved.

        What was watched here since it was told goes on waiting.
        """
        with self._database.write() as connection:
            for remote in said:
                _put(connection, "known_progress", owner, remote)
            connection.executemany(
                "DELETE FROM waiting_progress WHERE owner = ? AND film_id = ? AND packed = ?",
                ((owner, each.film_id, pack(each)) for each in told),
            )
            if cursor is not None:
                connection.execute(
                    "INSERT OR REPLACE INTO progress_cursors VALUES (?,?)", (owner, cursor)
                )
            return _settle(connection, owner)

    def take_up(self, owner: str, watch_session: str) -> bool:
        """Let wait what is here and the service never heard of; whether there was any.

        Such are the places of a player that did not tell them yet.
        """
        with self._database.write() as connection:
            heard = _known(connection, owner).keys() | _waiting(connection, owner).keys()
            unheard = [each for each in places(connection).values() if each.film_id not in heard]
            for each in unheard:
                at = on_calendar(each.kept_at)
                position_ms = min(max(0, each.position_ms), LONGEST_MS)
                entry = WaitingPosition(
                    each.film_id, position_ms, each.finished, at, watch_session, sequence=0
                )
                _put(connection, "waiting_progress", owner, entry)
        return bool(unheard)


def _settle(connection: sqlite3.Connection, owner: str) -> bool:
    """Every place as it follows from what the service said and what it has yet to hear of."""
    here, known, waiting = (
        places(connection),
        _known(connection, owner),
        _waiting(connection, owner),
    )
    moved = False
    for film_id in known.keys() | waiting.keys():
        before = here.get(film_id)
        place = merged(before, known.get(film_id), waiting.get(film_id))
        if place is not None and place != before:
            put_place(connection, place)
            moved = moved or before is None or _is_elsewhere(before, place)
    return moved


def _is_elsewhere(before: Position, place: Position) -> bool:
    return (before.position_ms, before.finished) != (place.position_ms, place.finished)


def _known(connection: sqlite3.Connection, owner: str) -> dict[str, RemotePosition]:
    return _unpacked(connection, "known_progress", owner, RemotePosition)


def _known_of(connection: sqlite3.Connection, owner: str, film_id: str) -> RemotePosition | None:
    row = connection.execute(
        "SELECT packed FROM known_progress WHERE owner = ? AND film_id = ?", (owner, film_id)
    ).fetchone()
    found = unpack(row[0], RemotePosition) if row else None
    return found if found is not None and found.film_id == film_id else None


def _waiting(connection: sqlite3.Connection, owner: str) -> dict[str, WaitingPosition]:
    return _unpacked(connection, "waiting_progress", owner, WaitingPosition)


def _unpacked(
    connection: sqlite3.Connection, table: str, owner: str, kind: type[Told]
) -> dict[str, Told]:
    """Rows by film; one that can't be read is none."""
    query = f"SELECT film_id, packed FROM {table} WHERE owner = ?"  # noqa: S608 - names of ours
    found = (
        (film_id, unpack(packed, kind)) for film_id, packed in connection.execute(query, (owner,))
    )
    return {each.film_id: each for film_id, each in found if each and each.film_id == film_id}


def _put(connection: sqlite3.Connection, table: str, owner: str, value: Told) -> None:
    connection.execute(
        f"INSERT OR REPLACE INTO {table} VALUES (?,?,?)",  # noqa: S608 - names of ours
        (owner, value.film_id, pack(value)),
    )
