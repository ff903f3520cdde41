"""Checkouts that are not over, written before the service is asked, so that none is lost."""

from __future__ import annotations

from dataclasses import dataclass

from player_app.core.checkout import PendingCheckout
from player_app.storage.database import Database


@dataclass(frozen=True, slots=True)
class Intent:
    """What is about to be asked for; the same key and fields make it the same checkout."""

    idempotency_key: str
    film_id: str | None
    offer_id: str
    return_to: str | None
    nonce: str
    begun_at: int


class CheckoutStore:
    def __init__(self, database: Database) -> None:
        self._database = database

    def intend(self, intent: Intent) -> None:
        with self._database.write() as connection:
            connection.execute(
                "INSERT INTO checkouts (idempotency_key, film_id, offer_id, return_to, "
                "expires_at, nonce, begun_at) VALUES (?,?,?,?,0,?,?)",
                (
                    intent.idempotency_key,
                    intent.film_id,
                    intent.offer_id,
                    intent.return_to,
                    intent.nonce,
                    intent.begun_at,
                ),
            )

    def answered(self, pending: PendingCheckout) -> None:
        """The service knows it by an id now."""
        with self._database.write() as connection:
            connection.execute(
                "UPDATE checkouts SET id = ?, address = ?, expires_at = ? "
                "WHERE idempotency_key = ?",
                (pending.id, pending.address, pending.expires_at, pending.idempotency_key),
            )

    def unanswered(self) -> tuple[Intent, ...]:
        with self._database.read() as connection:
            rows = connection.execute(
                "SELECT idempotency_key, film_id, offer_id, return_to, nonce, begun_at "
                "FROM checkouts WHERE id IS NULL ORDER BY begun_at"
            ).fetchall()
        return tuple(Intent(*row) for row in rows)

    def pending(self) -> tuple[PendingCheckout, ...]:
        """The oldest first."""
        with self._database.read() as connection:
            rows = connection.execute(
                "SELECT id, film_id, offer_id, address, expires_at, nonce, idempotency_key "
                "FROM checkouts WHERE id IS NOT NULL ORDER BY begun_at"
            ).fetchall()
        return tuple(PendingCheckout(*row) for row in rows)

    def forget(self, idempotency_key: str) -> None:
        with self._database.write() as connection:
            connection.execute(
                "DELETE FROM checkouts WHERE idempotency_key = ?", (idempotency_key,)
            )
