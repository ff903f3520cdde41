"""The payment: a card form under a cookie, the bank's question, and calling it off."""

from __future__ import annotations

from datetime import UTC, datetime

from fastapi import Response
from sqlalchemy.orm import Session

from player_app.reference_service import checkouts, rate_limits
from player_app.reference_service.pages.cards import Card, read_card
from player_app.reference_service.pages.checkout_end import end, gone, other_account
from player_app.reference_service.pages.order import Order, cards_to_try, checkout_again, own_order
from player_app.reference_service.pages.tables import PendingConfirmation
from player_app.reference_service.pages.visit import Later, Visit
from player_app.reference_service.payments import Outcome, Payment
from player_app.reference_service.rate_limits import Limit
from player_app.reference_service.tables import Checkout

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
    checkout, now = order.checkout, visit.service.now()
    if checkout.state != "open":
        return visit.go(f"/pay/{checkout.id}")
    with visit.service.transaction() as session:
        asked = session.get(PendingConfirmation, checkout.id)
        if asked is not None and visit.request.method == "POST":
            session.delete(asked)
            kept = checkout_again(session, checkout.id, now)
            if visit.form.get("answer") == "yes":
                if kept.state == "open":
                    checkouts.pay(session, kept, now)
            else:
                _count_declined(session, kept, "The payment was not confirmed.", now)
    if asked is None or visit.request.method == "POST":
        return visit.go(f"/pay/{checkout.id}")
    return visit.show("confirm.html", **order.shown)


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
    checkout = order.checkout
    payment = visit.site.payments.pay(
        card.number, checkout.amount_minor, checkout.currency, confirmed=False
    )
    if payment.delay_s > 0:
        return Later(payment.delay_s, lambda later: _settle(later, checkout, payment))
    return _settle(visit, checkout, payment)


def _settle(visit: Visit, checkout: Checkout, payment: Payment) -> Response:
    now = visit.service.now()
    with visit.service.transaction() as session:
        kept = checkout_again(session, checkout.id, now)
        if kept.state != "open":
            pass
        elif payment.outcome is Outcome.PAID:
            checkouts.pay(session, kept, now)
        elif payment.outcome is Outcome.DECLINED:
            _count_declined(session, kept, payment.reason or "Your bank gave no reason.", now)
        else:
            session.merge(PendingConfirmation(checkout_id=kept.id, asked_at=now))
            return visit.go(f"/pay/{checkout.id}/confirm")
    return visit.go(f"/pay/{checkout.id}")


def _count_declined(session: Session, checkout: Checkout, reason: str, now: int) -> None:
    """Another card may be tried twice; the third refusal ends it."""
    if checkout.state != "open":
        return
    checkout.reason = reason
    declined = rate_limits.count_one(session, CARDS_PER_CHECKOUT, checkout.id, now)
    if declined >= CARDS_PER_CHECKOUT.count:
        checkouts.decline(checkout, reason, now)
