"""The checkout's first page: begun here or in the player, behind a link that serves once."""

from __future__ import annotations

from fastapi import Response

from player_app.reference_service import checkouts
from player_app.reference_service.pages import words
from player_app.reference_service.pages.checkout_end import end, gone, other_account, used
from player_app.reference_service.pages.order import (
    COOKIE,
    COOKIE_S,
    cards_to_try,
    checkout_again,
    order_of,
)
from player_app.reference_service.pages.visit import Visit

WAIVER = {
    "rental": "I want the film at once, and I know that by this my right to withdraw "
    "from the purchase within 14 days ends.",
    "subscription": "I want the subscription to begin at once, and I know that by this my right "
    "to withdraw from the purchase within 14 days ends.",
}


def check(visit: Visit) -> Response:
    """The link's page. Asking for it changes nothing; sending its form uses the link up."""
    link, now = visit.request.path_params["link"], visit.service.now()
    with visit.service.reading() as session:
        found = checkouts.by_link(session, link, now)
        if found is None:
            return gone(visit)
        order = order_of(session, found)
    checkout = order.checkout
    if checkout.state != "open":
        return end(visit, order)
    if visit.account is not None and visit.account.id != checkout.account_id:
        return other_account(visit, order)
    if checkout.link_used:
        return used(visit, checkout.id)
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
        cards=cards_to_try(visit),
    )


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
        kept = checkout_again(session, checkout_id, now)
        cookie = checkouts.use_link(session, kept)
        if cookie is None:
            return used(visit, checkout_id)
        kept.waived = True
    visit.set_cookie(COOKIE, cookie, COOKIE_S, f"/pay/{checkout_id}")
    return visit.go(f"/pay/{checkout_id}")
