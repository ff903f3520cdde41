"""Payments behind one seam: a bill is paid at most once, and what was taken can be given back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Outcome(StrEnum):
    PAID = "paid"
    DECLINED = "declined"
    NEEDS_CONFIRMATION = "needs-confirmation"


class Word(StrEnum):
    """What a notice may say of a bill; the later word holds, in whatever order they come."""

    PAID = "paid"
    REFUNDED = "refunded"


@dataclass(frozen=True, slots=True)
class Bill:
    """What is to be paid; `reference` is the checkout's id, and has one bill for ever."""

    reference: str
    amount_minor: int
    currency: str


@dataclass(frozen=True, slots=True)
class Payment:
    """What came of it; `reason` is a sentence for the buyer, `delay_s` how long it takes."""

    outcome: Outcome
    reason: str | None = None
    delay_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Notice:
    """A provider's word on a bill, sent by itself: never, late, again, or in another order."""

    bill: Bill
    word: Word


class PaymentProvider(Protocol):
    """Takes money and gives it back; asked again, it does neither again.

    None of its methods is called inside of a transaction: it may take its time.
    """

    name: str

    def pay(self, number: str, bill: Bill) -> Payment:
        """Try a card. `number` is used for this one call and kept nowhere."""

    def confirm(self, bill: Bill, *, agreed: bool) -> Payment:
        """The buyer's answer where a payment asked for one."""

    def is_paid(self, bill: Bill) -> bool:
        """Whether it holds the money, for who was interrupted before they heard."""

    def give_back(self, bill: Bill) -> None:
        """Give back what was taken; a bill that was not paid can't be paid any more."""

    def read_notice(self, headers: Mapping[str, str], body: bytes, now: int) -> Notice:
        """The notice, or a `Problem` for one that the provider did not just send."""
