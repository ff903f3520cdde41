"""The downloads of each owner, durable when `put` and `remove` return."""

from __future__ import annotations

import logging

from player_app.core.download import Download
from player_app.storage.database import Database
from player_app.storage.packing import pack, unpack

log = logging.getLogger(__name__)


class DownloadStore:
    """An owner is an account at a service; nothing here crosses from one to another."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self, owner: str) -> tuple[Download, ...]:
        """Those that can be read, in no order."""
        with self._database.read() as connection:
            rows = connection.execute(
                "SELECT film_id, packed FROM downloads WHERE owner = ?", (owner,)
            ).fetchall()
        found = (_download(film_id, packed) for film_id, packed in rows)
        return tuple(each for each in found if each is not None)

    def everybody(self) -> tuple[tuple[str, Download], ...]:
        """Every owner's, each with whose it is."""
        with self._database.read() as connection:
            rows = connection.execute("SELECT owner, film_id, packed FROM downloads").fetchall()
        found = ((owner, _download(film_id, packed)) for owner, film_id, packed in rows)
        return tuple((owner, each) for owner, each in found if each is not None)

    def of(self, owner: str, film_id: str) -> Download | None:
        with self._database.read() as connection:
            row = connection.execute(
                "SELECT packed FROM downloads WHERE owner = ? AND film_id = ?", (owner, film_id)
            ).fetchone()
        return _download(film_id, row[0]) if row else None

    def put(self, owner: str, *downloads: Download) -> None:
        """All of them, or none."""
        with self._database.write() as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO downloads VALUES (?,?,?)",
                ((owner, each.film_id, pack(each)) for each in downloads),
            )

    def remove(self, owner: str, film_id: str) -> None:
        with self._database.write() as connection:
            connection.execute(
                "DELETE FROM downloads WHERE owner = ? AND film_id = ?", (owner, film_id)
            )


def _download(film_id: str, packed: bytes) -> Download | None:
    found = unpack(packed, Download)
    if found is None or found.film_id != film_id:
        log.warning("the row of a download can't be read and is passed over")
        return None
    return found
