"""Payments behind one seam; the `test` provider knows documented card numbers and keeps none."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Outcome(StrEnum):
    PAID = "paid"
    DECLINED = "declined"
    NEEDS_CONFIRMATION = "needs-confirmation"


@dataclass(frozen=True, slots=True)
class Payment:
    """What came of it; `reason` is a sentence for the buyer, `delay_s` how long it takes."""

    outcome: Outcome
    reason: str | None = None
    delay_s: float = 0.0


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
_SLOW_S = 5.0


class PaymentProvider(Protocol):
    """Takes money. `number` is used for this one call and kept nowhere."""

    name: str

    def pay(self, number: str, amount_minor: int, currency: str, *, confirmed: bool) -> Payment: ...


class TestPayments:
    """Moves no money: the card's number decides."""

    __test__ = False
    name = "test"

    def pay(self, number: str, amount_minor: int, currency: str, *, confirmed: bool) -> Payment:
        del amount_minor, currency
        digits = "".join(character for character in number if character.isdigit())
        match digits:
            case "4242424242424242":
                return Payment(Outcome.PAID)
            case "4000000000000077":
                return Payment(Outcome.PAID, delay_s=_SLOW_S)
            case "4000002500003155" if confirmed:
                return Payment(Outcome.PAID)
            case "4000002500003155":
                return Payment(Outcome.NEEDS_CONFIRMATION)
            case "4000000000000002":
                return Payment(Outcome.DECLINED, "Your bank declined the card.")
            case _:
                return Payment(Outcome.DECLINED, "This is none of the demo's test cards.")
