"""Licences to play without the service, as they were signed, for this device's eyes alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from player_app.core.stream_errors import KeptLicenceUnusable
from player_app.sealing import hidden, shown
from player_app.storage.database import Database
from player_app.storage.packing import pack, unpack

LABEL = "verite licence v2"


@dataclass(frozen=True, slots=True)
class KeptLicence:
    """One licence, and what else its film needs to play; times are whole seconds since 1970.

    `signed_by` is the key that the service had published when `token` came. `list_sha256` (hex)
    names the service's segment list in the store of segments, None where it has none; `video_id` is
    the picture that was taken. `started_at` and `revoked` are what the service has said since.
    `coming` is the licence of a newer list, or of another picture, which is not all here yet.
    """

    film_id: str
    licence_id: str
    token: str = field(repr=False)
    signed_by: dict[str, str]
    media_address: str = field(repr=False)
    media_expires_at: int
    list_sha256: str | None
    video_id: str
    asked_at: int
    started_at: int | None = None
    revoked: str | None = None
    coming: KeptLicence | None = None

    def ids(self) -> tuple[str, ...]:
        """What the service knows it by, and what is coming."""
        return (self.licence_id, *(self.coming.ids() if self.coming is not None else ()))


class LicenceStore:
    """An owner is an account at a service. `secret` is this device's, from its store of secrets."""

    def __init__(self, database: Database, secret: Callable[[], bytes]) -> None:
        self._database = database
        self._secret = secret

    def films(self, owner: str) -> tuple[str, ...]:
        """The films that a licence is kept of, readable or not."""
        with self._database.read() as connection:
            rows = connection.execute(
                "SELECT film_id FROM licences WHERE owner = ? ORDER BY film_id", (owner,)
            ).fetchall()
        return tuple(film_id for (film_id,) in rows)

    def everybody(self) -> tuple[tuple[str, str], ...]:
        """Each owner with each film."""
        with self._database.read() as connection:
            return tuple(connection.execute("SELECT owner, film_id FROM licences").fetchall())

    def of(self, owner: str, film_id: str) -> KeptLicence | None:
        """Raises `KeptLicenceUnusable` where this device has not written what is there."""
        with self._database.read() as connection:
            row = connection.execute(
                "SELECT sealed FROM licences WHERE owner = ? AND film_id = ?", (owner, film_id)
            ).fetchone()
        if row is None:
            return None
        content = shown(self._secret(), _label(owner, film_id), row[0])
        kept = unpack(content, KeptLicence) if content is not None else None
        if kept is None or kept.film_id != film_id:
            raise KeptLicenceUnusable("not as this device has sealed it")
        return kept

    def put(self, owner: str, kept: KeptLicence) -> None:
        """Durable when it returns."""
        whole = hidden(self._secret(), _label(owner, kept.film_id), pack(kept))
        with self._database.write() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO licences VALUES (?,?,?)", (owner, kept.film_id, whole)
            )

    def give_back(self, owner: str, film_id: str, licence_ids: Iterable[str]) -> None:
        """In one transaction: nothing is kept of the film any more; these are to be returned."""
        with self._database.write() as connection:
            connection.execute(
                "DELETE FROM licences WHERE owner = ? AND film_id = ?", (owner, film_id)
            )
            _wait(connection.executemany, owner, licence_ids)

    def give_back_unkept(self, owner: str, licence_id: str) -> None:
        """It came too late to be kept, and waits to be given back."""
        with self._database.write() as connection:
            _wait(connection.executemany, owner, (licence_id,))

    def returned(self, owner: str) -> tuple[str, ...]:
        """The ids of licences whose return the service has yet to hear of."""
        with self._database.read() as connection:
            rows = connection.execute(
                "SELECT licence_id FROM returned_licences WHERE owner = ? ORDER BY licence_id",
                (owner,),
            ).fetchall()
        return tuple(licence_id for (licence_id,) in rows)

    def told(self, owner: str, licence_id: str) -> None:
        with self._database.write() as connection:
            connection.execute(
                "DELETE FROM returned_licences WHERE owner = ? AND licence_id = ?",
                (owner, licence_id),
            )


def _wait(
    run: Callable[[str, Iterable[tuple[str, str]]], object], owner: str, licence_ids: Iterable[str]
) -> None:
    run(
        "INSERT OR IGNORE INTO returned_licences VALUES (?,?)",
        ((owner, each) for each in licence_ids),
    )


def _label(owner: str, film_id: str) -> str:
    """Bound to its row: what is moved to another one does not open there."""
    return f"{LABEL} of {owner} {film_id}"
