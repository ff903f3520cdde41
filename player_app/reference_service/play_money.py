"""The `test` provider: moves no money, and keeps a ledger of what it would have moved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from player_app.reference_service import notices
from player_app.reference_service.database import insertion, reading, transaction
from player_app.reference_service.payments import Bill, Notice, Outcome, Payment
from player_app.reference_service.tables import PlayBill


@dataclass(frozen=True, slots=True)
class TestCard:
    number: str
    does: str


TEST_CARDS = (
    TestCard("4242 4242 4242 4242", "is paid"),
    TestCard("4000 0000 0000 0002", "is declined"),
    TestCard("4000 0025 0000 3155", "asks for a confirmation first"),
    TestCard("4000 0000 0000 0077", "is paid after five seconds"),
)
OVER = "This payment is over."


class PlayMoney:
    """The card's number decides. A bill is open, asks (for a confirmation), paid, or over.

    Its ledger lies in the service's database, in transactions of its own: a provider and its
    customer never share one.
    """

    name = "test"

    def __init__(self, engine: Engine, notice_key: bytes, slow_s: float) -> None:
        self._engine = engine
        self._notice_key = notice_key
        self._slow_s = slow_s

    def pay(self, number: str, bill: Bill) -> Payment:
        digits = "".join(character for character in number if character.isdigit())
        with transaction(self._engine) as session:
            kept = _kept(session, bill)
            if kept.state in ("paid", "over"):
                return _settled(kept)
            match digits:
                case "4242424242424242":
                    kept.state = "paid"
                    return Payment(Outcome.PAID)
                case "4000000000000077":
                    # taken at once, heard of later: as with a reply that is long on its way
                    kept.state = "paid"
                    return Payment(Outcome.PAID, delay_s=self._slow_s)
                case "4000002500003155":
                    kept.state = "asks"
                    return Payment(Outcome.NEEDS_CONFIRMATION)
                case "4000000000000002":
                    return Payment(Outcome.DECLINED, "Your bank declined the card.")
                case _:
                    return Payment(Outcome.DECLINED, "This is none of the demo's test cards.")

    def confirm(self, bill: Bill, *, agreed: bool) -> Payment:
        with transaction(self._engine) as session:
            kept = _kept(session, bill)
            if kept.state in ("paid", "over"):
                return _settled(kept)
            agreed = agreed and kept.state == "asks"
            kept.state = "paid" if agreed else "open"
        if agreed:
            return Payment(Outcome.PAID)
        return Payment(Outcome.DECLINED, "The payment was not confirmed.")

    def is_paid(self, bill: Bill) -> bool:
        with reading(self._engine) as session:
            kept = session.get(PlayBill, bill.reference)
            return kept is not None and kept.state == "paid"

    def give_back(self, bill: Bill) -> None:
        with transaction(self._engine) as session:
            _kept(session, bill).state = "over"

    def read_notice(self, headers: Mapping[str, str], body: bytes, now: int) -> Notice:
        return notices.read(self._notice_key, headers.get(notices.HEADER, ""), body, now)


def _kept(session: Session, bill: Bill) -> PlayBill:
    """The bill's line in the ledger, locked; its amount is what it was when it was opened."""
    step = insertion(session, PlayBill).values(
        reference=bill.reference,
        amount_minor=bill.amount_minor,
        currency=bill.currency,
        state="open",
    )
    session.execute(step.on_conflict_do_nothing())
    kept = session.get_one(PlayBill, bill.reference, with_for_update=True)
    if (kept.amount_minor, kept.currency) != (bill.amount_minor, bill.currency):
        raise ValueError("a bill's amount can't change")
    return kept


def _settled(kept: PlayBill) -> Payment:
    paid = kept.state == "paid"
    return Payment(Outcome.PAID) if paid else Payment(Outcome.DECLINED, OVER)
