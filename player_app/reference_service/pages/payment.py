"""The payment: a card form under a cookie, the bank's question, and calling it off."""

from __future__ import annotations

from datetime import UTC, datetime

from fastapi import Response

from player_app.reference_service import checkouts, rate_limits, settlement
from player_app.reference_service.pages.cards import Card, read_card
from player_app.reference_service.pages.checkout_end import end, gone, other_account
from player_app.reference_service.pages.order import Order, cards_to_try, checkout_again, own_order
from player_app.reference_service.pages.tables import PendingConfirmation
from player_app.reference_service.pages.visit import Later, Visit
from player_app.reference_service.payments import Bill, Outcome, Payment
from player_app.reference_service.rate_limits import Limit

CARDS_PER_CHECKOUT = Limit("declined-cards", 3, 86_400)


def pay(visit: Visit) -> Response | Later:
    order = own_order(visit)
    if order is None:
        return gone(visit)
    if visit.account is not None and visit.account.id != order.account.id:
        return other_account(visit, order)
    if order.checkout.state != "open":
        return end(visit, order)
    if visit.request.method == "GET":
        return _pay_page(visit, order)
    card, wrong = read_card(visit.form, datetime.fromtimestamp(visit.service.now(), UTC))
    if card is None:
        return _pay_page(visit, order, wrong, 422)
    return _charge(visit, order, card)


def confirm(visit: Visit) -> Response:
    """The bank's question; in the test provider the bank is this page."""
    order = own_order(visit)
    if order is None:
        return gone(visit)
    checkout = order.checkout
    if checkout.state != "open":
        return visit.go(f"/pay/{checkout.id}")
    asks = visit.request.method == "GET"
    with visit.service.transaction() as session:
        asked = session.get(PendingConfirmation, checkout.id)
        if asked is not None and not asks:
            session.delete(asked)
    if asked is not None and asks:
        return visit.show("confirm.html", **order.shown)
    bill = settlement.ask(visit.service, checkout.id) if asked is not None else None
    if bill is None:
        return visit.go(f"/pay/{checkout.id}")
    agreed = visit.form.get("answer") == "yes"
    return _settle(visit, bill, visit.service.payments.confirm(bill, agreed=agreed))


def cancel(visit: Visit) -> Response:
    """Cancelling after a declined card ends as declined, with the bank's reason."""
    order = own_order(visit)
    if order is None:
        return gone(visit)
    now = visit.service.now()
    with visit.service.transaction() as session:
        kept = checkout_again(session, order.checkout.id, now)
        if kept.state == "open" and kept.reason is not None:
            checkouts.decline(kept, kept.reason, now)
        else:
            checkouts.cancel(kept, now)
    settlement.give_back_due(visit.service)
    return visit.go(f"/pay/{order.checkout.id}")


def _pay_page(
    visit: Visit, order: Order, wrong: dict[str, str] | None = None, status: int = 200
) -> Response:
    kept = {name: visit.form.get(name, "") for name in ("expiry", "name")}
    declined = None if wrong else order.checkout.reason
    return visit.show(
        "pay.html",
        status,
        **order.shown,
        wrong=wrong or {},
        typed=kept,
        declined=declined,
        cards=cards_to_try(visit),
    )


def _charge(visit: Visit, order: Order, card: Card) -> Response | Later:
    bill = settlement.ask(visit.service, order.checkout.id)
    if bill is None:
        return visit.go(f"/pay/{order.checkout.id}")
    payment = visit.service.payments.pay(card.number, bill)
    if payment.delay_s > 0:
        return Later(payment.delay_s, lambda later: _settle(later, bill, payment))
    return _settle(visit, bill, payment)


def _settle(visit: Visit, bill: Bill, payment: Payment) -> Response:
    checkout_id = bill.reference
    match payment.outcome:
        case Outcome.PAID:
            settlement.take(visit.service, bill)
        case Outcome.DECLINED:
            _decline(visit, checkout_id, payment.reason or "Your bank gave no reason.")
        case Outcome.NEEDS_CONFIRMATION:
            with visit.service.transaction() as session:
                session.merge(
                    PendingConfirmation(checkout_id=checkout_id, asked_at=visit.service.now())
                )
            return visit.go(f"/pay/{checkout_id}/confirm")
    return visit.go(f"/pay/{checkout_id}")


def _decline(visit: Visit, checkout_id: str, reason: str) -> None:
    """Another card may be tried twice; the third refusal ends it."""
    now = visit.service.now()
    with visit.service.transaction() as session:
        checkout = checkout_again(session, checkout_id, now)
        if checkout.state == "open":
            checkout.reason = reason
            declined = rate_limits.count_one(session, CARDS_PER_CHECKOUT, checkout.id, now)
            if declined >= CARDS_PER_CHECKOUT.count:
                checkouts.decline(checkout, reason, now)
    settlement.give_back_due(visit.service)
