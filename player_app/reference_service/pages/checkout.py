"""The checkout: a link that serves once, a card form under a cookie, and every way it can end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import Response
from sqlalchemy.orm import Session

from player_app.reference_service import checkouts, rate_limits
from player_app.reference_service.pages import words
from player_app.reference_service.pages.cards import Card, read_card
from player_app.reference_service.pages.tables import PendingConfirmation
from player_app.reference_service.pages.visit import Later, Visit
from player_app.reference_service.payments import TEST_CARDS, Outcome, Payment
from player_app.reference_service.problems import Problem
from player_app.reference_service.rate_limits import Limit
from player_app.reference_service.tables import Account, Checkout, Film

COOKIE = "verite_checkout"
COOKIE_S = 3600
CARDS_PER_CHECKOUT = Limit("declined-cards", 3, 86_400)
WAIVER = {
    "rental": "I want the film at once, and I know that by this my right to withdraw "
    "from the purchase within 14 days ends.",
    "subscription": "I want the subscription to begin at once, and I know that by this my right "
    "to withdraw from the purchase within 14 days ends.",
}
WAIVED = (
    "You asked for delivery at once, and agreed that your right to withdraw from the purchase "
    "within 14 days ended with it."
)
_ENDS = {
    "cancelled": ("info", "Cancelled", "Nothing was bought", "You paid nothing."),
    "expired": (
        "info",
        "Expired",
        "This checkout has run out",
        "It was open for ten minutes only, so that nobody else can use it. You paid nothing.",
    ),
    "declined": ("danger", "Declined", "The payment was declined", "You paid nothing."),
    "refunded": ("info", "Refunded", "This purchase was refunded", "The price went back."),
}


@dataclass(frozen=True, slots=True)
class Order:
    """What a checkout's pages show of it."""

    checkout: Checkout
    account: Account
    film: dict[str, Any] | None

    @property
    def title(self) -> str:
        if self.checkout.kind == "subscription":
            return "Unlimited subscription"
        return str(self.film["title"]) if self.film else "A film"

    @property
    def shown(self) -> dict[str, Any]:
        checkout = self.checkout
        price = {"amount_minor": checkout.amount_minor, "currency": checkout.currency}
        offer = {
            "kind": checkout.kind,
            "price": price,
            "period": "month",
            "terms": checkout.terms,
        }
        return {
            "film": self.film,
            "offer": offer,
            "price": price,
            "title": self.title,
            "account": self.account,
            "expires_at": checkout.expires_at,
        }


def check(visit: Visit) -> Response:
    """The link's page. Asking for it changes nothing; sending its form uses the link up."""
    link, now = visit.request.path_params["link"], visit.service.now()
    with visit.service.reading() as session:
        found = checkouts.by_link(session, link, now)
        if found is None:
            return _gone(visit)
        order = _order(session, found)
    checkout = order.checkout
    if checkout.state != "open":
        return _end(visit, order)
    if visit.account is not None and visit.account.id != checkout.account_id:
        return _other_account(visit, order)
    if checkout.link_used:
        return _used(visit)
    wrong: dict[str, str] = {}
    if visit.request.method == "POST":
        if visit.form.get("waiver") == "yes":
            return _open(visit, checkout.id)
        wrong["waiver"] = "Tick this box to go on: without it nothing may begin at once."
    price = words.price(order.shown["price"])
    heading = f"Rent {order.title} for {price}"
    if checkout.kind == "subscription":
        heading = f"Subscribe for {price} a month"
    return visit.show(
        "checkout.html",
        422 if wrong else 200,
        **order.shown,
        heading=heading,
        waiver=WAIVER[checkout.kind],
        wrong=wrong,
        cards=_cards(visit),
    )


def pay(visit: Visit) -> Response | Later:
    order = _own(visit)
    if order is None:
        return _gone(visit)
    if visit.account is not None and visit.account.id != order.account.id:
        return _other_account(visit, order)
    if order.checkout.state != "open":
        return _end(visit, order)
    if visit.request.method == "GET":
        return _pay_page(visit, order)
    card, wrong = read_card(visit.form, datetime.fromtimestamp(visit.service.now(), UTC))
    if card is None:
        return _pay_page(visit, order, wrong, 422)
    return _charge(visit, order, card)


def confirm(visit: Visit) -> Response:
    """The bank's question; in the test provider the bank is this page."""
    order = _own(visit)
    if order is None:
        return _gone(visit)
    checkout, now = order.checkout, visit.service.now()
    if checkout.state != "open":
        return visit.go(f"/pay/{checkout.id}")
    with visit.service.transaction() as session:
        asked = session.get(PendingConfirmation, checkout.id)
        if asked is not None and visit.request.method == "POST":
            session.delete(asked)
            kept = _again(session, checkout.id, now)
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
    order = _own(visit)
    if order is None:
        return _gone(visit)
    now = visit.service.now()
    with visit.service.transaction() as session:
        kept = _again(session, order.checkout.id, now)
        if kept.state == "open" and kept.reason is not None:
            checkouts.decline(kept, kept.reason, now)
        else:
            checkouts.cancel(kept, now)
    return visit.go(f"/pay/{order.checkout.id}")


def begin(visit: Visit, film_id: str | None, offer_id: str) -> Response:
    """A checkout begun on these pages themselves."""
    if visit.account is None:
        return visit.sign_in_first()
    with visit.service.transaction() as session:
        made = checkouts.create(
            visit.service,
            session,
            visit.account.id,
            film_id=film_id,
            offer_id=offer_id,
            return_to=None,
            nonce=None,
        )
    return visit.go(f"/checkout/{made.link}")


def _open(visit: Visit, checkout_id: str) -> Response:
    now = visit.service.now()
    with visit.service.transaction() as session:
        kept = _again(session, checkout_id, now)
        cookie = checkouts.use_link(session, kept)
        if cookie is None:
            return _used(visit)
        kept.waived = True
    visit.set_cookie(COOKIE, cookie, COOKIE_S, f"/pay/{checkout_id}")
    return visit.go(f"/pay/{checkout_id}")


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
        kept = _again(session, checkout.id, now)
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


def _own(visit: Visit) -> Order | None:
    """The checkout of this address, if the browser holds its cookie."""
    cookie = visit.request.cookies.get(COOKIE)
    if not cookie:
        return None
    with visit.service.reading() as session:
        found = checkouts.by_cookie(session, cookie, visit.service.now())
        if found is None or found.id != visit.request.path_params["checkout"]:
            return None
        return _order(session, found)


def _again(session: Session, checkout_id: str, now: int) -> Checkout:
    kept = session.get(Checkout, checkout_id)
    if kept is None:
        raise Problem("gone", "This checkout is over.")
    checkouts.expire_if_due(kept, now)
    return kept


def _order(session: Session, checkout: Checkout) -> Order:
    account = session.get(Account, checkout.account_id)
    film = session.get(Film, checkout.film_id) if checkout.film_id else None
    if account is None:
        raise Problem("gone", "The account of this checkout has gone.")
    return Order(checkout, account, film.body if film else None)


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
        cards=_cards(visit),
    )


def _end(visit: Visit, order: Order) -> Response:
    checkout = order.checkout
    back = None
    if checkout.return_to is not None:
        state = urlencode({"state": checkout.nonce}) if checkout.nonce else ""
        back = f"{checkout.return_to}?{state}" if state else checkout.return_to
    way = {"label": "See the films", "address": "/"}
    if order.film:
        way = {"label": "To the film’s page", "address": f"/films/{order.film['slug']}"}
    ways = [way, {"label": "Help", "address": "/help"}]
    shown: dict[str, Any] = {"clocks": False, "waiver_given": ""}
    if checkout.state == "paid":
        tone, overline = "good", "Paid"
        rented = checkout.kind == "rental"
        heading = f"{order.title} is yours to watch" if rented else "Every film is yours to watch"
        texts = [
            f"{words.price(order.shown['price'])} was paid. Go back to the player and press play."
        ]
        ways[0] = {"label": "Receipt", "address": f"/receipts/{checkout.id}"}
        slug = order.film["slug"] if order.film else ""
        if back is None and slug:
            origin = quote(visit.service.settings.origin, safe="")
            ways.insert(
                0,
                {"label": "Open in Verité", "address": f"verite://film/{slug}?service={origin}"},
            )
        shown = {"clocks": rented, "waiver_given": WAIVED if checkout.waived else ""}
    else:
        tone, overline, heading, text = _ENDS[checkout.state]
        texts = [checkout.reason, text] if checkout.reason else [text]
    ended_at = checkout.ended_at or visit.service.now()
    return visit.show(
        "checkout_end.html",
        410 if checkout.state == "expired" else 200,
        **order.shown,
        **shown,
        state=checkout.state,
        tone=tone,
        overline=overline,
        heading=heading,
        texts=texts,
        bought_at=datetime.fromtimestamp(ended_at, UTC),
        back=back,
        back_label="Back to Verité",
        ways=ways,
    )


def _other_account(visit: Visit, order: Order) -> Response:
    signed_in = words.masked(visit.account.email) if visit.account else ""
    return _notice(
        visit,
        403,
        "danger",
        "Another account",
        "You are signed in here as someone else",
        [
            f"This checkout is for the account {words.masked(order.account.email)}.",
            f"This browser is signed in as {signed_in}. Nothing was paid, and it stops here.",
            "Sign out on your account page, then open the link in the player again.",
        ],
        {"label": "Your account", "address": "/account"},
    )


def _used(visit: Visit) -> Response:
    return _notice(
        visit,
        410,
        "info",
        "Used",
        "This link has been used already",
        [
            "A link for paying serves once. If you opened it in another window, go on there.",
            "Otherwise begin again in the player: nothing is paid twice.",
        ],
        {"label": "See the films", "address": "/"},
    )


def _gone(visit: Visit) -> Response:
    return _notice(
        visit,
        410,
        "info",
        "Not open",
        "There is no checkout here",
        ["The link is over, or was opened in another browser. Begin again in the player."],
        {"label": "See the films", "address": "/"},
    )


def _notice(  # noqa: PLR0917 - one after the other, as they stand on the page
    visit: Visit,
    status: int,
    tone: str,
    overline: str,
    heading: str,
    texts: list[str],
    way: dict[str, str],
) -> Response:
    return visit.show(
        "checkout_end.html",
        status,
        state="",
        tone=tone,
        overline=overline,
        heading=heading,
        texts=texts,
        film=None,
        clocks=False,
        back=None,
        ways=[way, {"label": "Help", "address": "/help"}],
        waiver_given="",
    )


def _cards(visit: Visit) -> list[dict[str, str]]:
    if visit.site.payments.name != "test":
        return []
    return [{"number": card.number, "outcome": card.does} for card in TEST_CARDS]
