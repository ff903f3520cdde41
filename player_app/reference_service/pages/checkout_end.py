"""Every way a checkout can end, and the links and browsers that have no part in it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import Response

from player_app.reference_service.pages import words
from player_app.reference_service.pages.order import Order
from player_app.reference_service.pages.visit import Visit

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


def end(visit: Visit, order: Order) -> Response:
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


def other_account(visit: Visit, order: Order) -> Response:
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


def used(visit: Visit, checkout_id: str) -> Response:
    return _notice(
        visit,
        410,
        "info",
        "Used",
        "This link has been used already",
        [
            "A link for paying serves once. If it was opened in this browser, go on here.",
            "Otherwise cancel it in the player and begin again: nothing is paid twice.",
        ],
        {"label": "Go on paying here", "address": f"/pay/{checkout_id}"},
    )


def gone(visit: Visit) -> Response:
    return _notice(
        visit,
        410,
        "info",
        "Not open",
        "There is no checkout here",
        [
            "The link is over, or was opened in another browser.",
            "Cancel it in the player and begin again: nothing is paid twice.",
        ],
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
