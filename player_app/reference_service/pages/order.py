"""The order behind a checkout's pages: what they show of it, and how a browser's is found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from player_app.reference_service import checkouts
from player_app.reference_service.pages.visit import Visit
from player_app.reference_service.play_money import TEST_CARDS
from player_app.reference_service.problems import Problem
from player_app.reference_service.tables import Account, Checkout, Film

COOKIE = "verite_checkout"
COOKIE_S = 3600


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


def order_of(session: Session, checkout: Checkout) -> Order:
    account = session.get(Account, checkout.account_id)
    film = session.get(Film, checkout.film_id) if checkout.film_id else None
    if account is None:
        raise Problem("gone", "The account of this checkout has gone.")
    return Order(checkout, account, film.body if film else None)


def own_order(visit: Visit) -> Order | None:
    """The checkout of this address, if the browser holds its cookie."""
    cookie = visit.request.cookies.get(COOKIE)
    if not cookie:
        return None
    with visit.service.reading() as session:
        found = checkouts.by_cookie(session, cookie, visit.service.now())
        if found is None or found.id != visit.request.path_params["checkout"]:
            return None
        return order_of(session, found)


def checkout_again(session: Session, checkout_id: str, now: int) -> Checkout:
    kept = session.get(Checkout, checkout_id)
    if kept is None:
        raise Problem("gone", "This checkout is over.")
    return checkouts.locked(session, kept, now)


def cards_to_try(visit: Visit) -> list[dict[str, str]]:
    if visit.service.payments.name != "test":
        return []
    return [{"number": card.number, "outcome": card.does} for card in TEST_CARDS]
