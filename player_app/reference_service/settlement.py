"""What a payment does to its checkout, once, however often and in whatever order it is heard of.

A payment is asked (of the provider), kept (the checkout is paid), returning (to be given back) or
returned. It is written down before the provider is asked, so that a service killed in between
finds it again; the provider itself is asked outside of transactions.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from player_app.reference_service import checkouts
from player_app.reference_service.payments import Bill, Notice, Word
from player_app.reference_service.problems import Problem
from player_app.reference_service.service import Service
from player_app.reference_service.tables import Checkout, PaymentRecord

OTHER_AMOUNT = "Another amount was paid than was asked for, and is given back."
GIVEN_BACK = "The payment was given back."


def ask(service: Service, checkout_id: str) -> Bill | None:
    """Note that the provider is about to be asked; None where nothing may be taken any more."""
    now = service.now()
    with service.transaction() as session:
        checkout = _locked(session, checkout_id, now)
        checkouts.end_if_held(session, checkout, now)
        if checkout.state != "open":
            return None
        record = _record(session, checkout, now)
        return bill_of(checkout) if record.state == "asked" else None


def take(service: Service, bill: Bill) -> None:
    """The provider holds the money: keep it for a rental, or give it back."""
    now = service.now()
    with service.transaction() as session:
        checkout = _locked(session, bill.reference, now)
        record = _record(session, checkout, now)
        if record.state == "asked":
            if bill != bill_of(checkout):
                checkouts.cancel(checkout, now, OTHER_AMOUNT)
            checkouts.end_if_held(session, checkout, now)
            keeps = checkout.state == "open"
            if keeps:
                checkouts.pay(session, checkout, now)
            _step(record, "kept" if keeps else "returning", now)
    give_back_due(service)


def hear(service: Service, notice: Notice) -> None:
    """A notice of the provider's."""
    if notice.word is Word.PAID:
        take(service, notice.bill)
        return
    now = service.now()
    with service.transaction() as session:
        checkout = _locked(session, notice.bill.reference, now)
        if notice.bill != bill_of(checkout):
            return  # a part that was given back ends nothing
        record = _record(session, checkout, now)
        if checkout.state == "paid":
            checkouts.refund(session, checkout, now)
        else:
            checkouts.cancel(checkout, now, GIVEN_BACK)
        _step(record, "returned", now)


def give_back_due(service: Service) -> None:
    """Give back whatever was asked for by a checkout that is over, and was not kept."""
    now = service.now()
    with service.transaction() as session:
        found = select(PaymentRecord, Checkout).join(
            Checkout, Checkout.id == PaymentRecord.checkout_id
        )
        due = []
        chosen = PaymentRecord.state.in_(("asked", "returning"))
        for record, checkout in session.execute(found.where(chosen)):
            checkouts.expire_if_due(checkout, now)
            if checkout.state != "open":
                _step(record, "returning", now)
                due.append(bill_of(checkout))
    for bill in due:
        service.payments.give_back(bill)
        with service.transaction() as session:
            _step(session.get_one(PaymentRecord, bill.reference), "returned", now)


def take_up(service: Service) -> None:
    """At the start: hear of the payments during which the service was interrupted."""
    with service.reading() as session:
        chosen = (
            select(Checkout)
            .join(PaymentRecord, PaymentRecord.checkout_id == Checkout.id)
            .where(PaymentRecord.state == "asked", Checkout.state == "open")
        )
        bills = [bill_of(checkout) for checkout in session.scalars(chosen)]
    for bill in bills:
        if service.payments.is_paid(bill):
            take(service, bill)
    give_back_due(service)


def bill_of(checkout: Checkout) -> Bill:
    return Bill(checkout.id, checkout.amount_minor, checkout.currency)


def _locked(session: Session, checkout_id: str, now: int) -> Checkout:
    checkout = session.get(Checkout, checkout_id)
    if checkout is None:
        raise Problem("not-found", "There is no such checkout.")
    return checkouts.locked(session, checkout, now)


def _record(session: Session, checkout: Checkout, now: int) -> PaymentRecord:
    record = session.get(PaymentRecord, checkout.id)
    if record is None:
        record = PaymentRecord(checkout_id=checkout.id, state="asked", changed_at=now)
        session.add(record)
    return record


def _step(record: PaymentRecord, state: str, now: int) -> None:
    if record.state != state:
        record.state, record.changed_at = state, now
