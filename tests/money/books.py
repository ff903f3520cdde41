"""What the service's database and the provider's ledger say, read past the service."""

from __future__ import annotations

import itertools
import json
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

import requests
from argon2 import PasswordHasher

from player_app.reference_service import notices
from player_app.reference_service.keys import load_or_make
from player_app.reference_service.payments import Bill, Notice, Word
from tests.money.house import House

PASSWORD = "two tickets, please"
_HASH = PasswordHasher(time_cost=1, memory_cost=64).hash(PASSWORD)


@dataclass(frozen=True, slots=True)
class Line:
    """A checkout with everything that hangs on it; `bill` and `record` are states."""

    id: str
    film: str | None
    kind: str
    amount: tuple[int, str]
    state: str
    reason: str | None
    return_to: str | None
    nonce: str | None
    expires_at: int
    link_used: bool
    bill: str | None
    billed: tuple[int, str] | None
    record: str | None
    changed_at: int | None
    rights: tuple[tuple[str, int], ...]
    """State and beginning of the rentals and subscriptions that were made of it."""


class Books:
    def __init__(self, house: House) -> None:
        self.house = house
        self.notice_key = load_or_make(house.folder).notices
        with self._reading() as connection:
            bodies = [json.loads(body) for (body,) in connection.execute("SELECT body FROM films")]
        self.prices = {
            offer["id"]: (offer["price"]["amount_minor"], offer["price"]["currency"])
            for body in bodies
            for offer in body["offers"]
        }
        self.films = sorted(body["id"] for body in bodies if body["streams"])
        self.rental_s = 30 * 24 * 3600

    def new_account(self) -> str:
        """The email of a fresh one; also, nobody has tried to sign in before."""
        name = f"a{secrets.token_hex(6)}"
        email = f"{name}@example.org"
        with closing(sqlite3.connect(self.house.database, timeout=10)) as connection, connection:
            connection.execute("DELETE FROM rate_limits")
            connection.execute(
                "INSERT INTO accounts VALUES (?, ?, ?, 'Nemo', ?, ?, ?, 1)",
                (f"acc-{name}", name, name, email, email, _HASH),
            )
        return email

    def lines(self, email: str) -> dict[str, Line]:
        """The account's checkouts, the oldest first."""
        with self._reading() as connection:
            connection.row_factory = sqlite3.Row
            found = connection.execute(
                "SELECT checkouts.*, play_bills.state AS bill, play_bills.amount_minor AS billed, "
                "play_bills.currency AS billed_in, payments.state AS record, changed_at "
                "FROM checkouts JOIN accounts ON accounts.id = account_id "
                "LEFT JOIN play_bills ON reference = checkouts.id "
                "LEFT JOIN payments ON checkout_id = checkouts.id "
                "WHERE email = ? ORDER BY checkouts.rowid",
                (email,),
            ).fetchall()
            lines = [_line(connection, row) for row in found]
        return {line.id: line for line in lines}

    def offer_of(self, checkout_id: str) -> str:
        with self._reading() as connection:
            chosen = "SELECT offer_id FROM checkouts WHERE id = ?"
            return str(connection.execute(chosen, (checkout_id,)).fetchone()[0])

    def move_money_unheard(self, line: Line) -> None:
        """What is left when a payment is asked for, taken, and its answer lost."""
        with closing(sqlite3.connect(self.house.database, timeout=10)) as connection, connection:
            connection.execute(
                "INSERT OR IGNORE INTO payments VALUES (?, 'asked', ?)",
                (line.id, self.house.now()),
            )
            connection.execute(
                "INSERT OR REPLACE INTO play_bills VALUES (?, ?, ?, 'paid')",
                (line.id, *line.amount),
            )

    def give_back(self, line: Line) -> None:
        """By the provider itself, as its own people do."""
        with closing(sqlite3.connect(self.house.database, timeout=10)) as connection, connection:
            connection.execute("UPDATE play_bills SET state='over' WHERE reference = ?", (line.id,))

    def notice(self, line: Line, word: Word) -> tuple[bytes, str]:
        """Body and signature, as sent just now."""
        body = notices.written(Notice(Bill(line.id, *line.amount), word))
        return body, notices.signature(self.notice_key, body, self.house.now())

    def send(self, body: bytes, signed: str) -> int:
        """Send a notice; the service's status."""
        with requests.post(
            f"{self.house.address}/payments/notices",
            data=body,
            headers={notices.HEADER: signed},
            timeout=10,
            proxies={"http": ""},
        ) as reply:
            return reply.status_code

    def tell(self, line: Line, word: Word) -> int:
        return self.send(*self.notice(line, word))

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        address = f"file:{self.house.database}?mode=ro"
        with closing(sqlite3.connect(address, uri=True, timeout=10)) as connection:
            yield connection


def _line(connection: sqlite3.Connection, row: Any) -> Line:
    rights = connection.execute(
        "SELECT state, purchased_at FROM rentals WHERE checkout_id = :id UNION ALL "
        "SELECT state, since FROM subscriptions WHERE checkout_id = :id",
        {"id": row["id"]},
    ).fetchall()
    return Line(
        id=row["id"],
        film=row["film_id"],
        kind=row["kind"],
        amount=(row["amount_minor"], row["currency"]),
        state=row["state"],
        reason=row["reason"],
        return_to=row["return_to"],
        nonce=row["nonce"],
        expires_at=row["expires_at"],
        link_used=bool(row["link_used"]),
        bill=row["bill"],
        billed=None if row["bill"] is None else (row["billed"], row["billed_in"]),
        record=row["record"],
        changed_at=row["changed_at"],
        rights=tuple((state, began) for state, began in rights),
    )


def balance(books: Books, lines: dict[str, Line], *, unheard: frozenset[str] | set[str]) -> None:
    """One payment, one rental, of the same amount, but for what the service has `unheard`."""
    for line in lines.values():
        assert line.amount == books.prices[books.offer_of(line.id)], line
        assert line.billed in (None, line.amount), line
        if line.state == "paid":
            assert len(line.rights) == 1, line
            assert line.record == "kept", line
            assert line.bill == "paid" or line.id in unheard, line
        elif line.state == "refunded":
            assert [state for state, _ in line.rights] in (["refunded"], ["ended"]), line
            assert (line.bill, line.record) == ("over", "returned"), line
        else:
            assert line.rights == (), line
            assert line.record in (None, "asked", "returned"), line
            assert line.bill != "paid" or line.id in unheard, line
    # what began in one second is in the order that is allowed: the model knows the real one
    bought = sorted(
        (line for line in lines.values() if line.rights),
        key=lambda line: (line.rights[0][1], line.kind == "subscription"),
    )
    for earlier, later in itertools.combinations(bought, 2):
        if later.kind == earlier.kind == "rental" and later.film != earlier.film:
            continue
        if later.kind == "rental" or earlier.kind == "subscription":
            assert _ended_at(books, earlier) <= later.rights[0][1], (earlier, later)


def _ended_at(books: Books, line: Line) -> int:
    runs_out_at = line.rights[0][1] + books.rental_s if line.kind == "rental" else 2**40
    return min(runs_out_at, line.changed_at or 0) if line.state == "refunded" else runs_out_at
