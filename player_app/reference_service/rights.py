"""What an account may watch: its rentals and its subscription."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from player_app.reference_service.accounts import moment, subscription_json, subscription_of
from player_app.reference_service.tables import Rental


def of_account(session: Session, account_id: str, now: int) -> dict[str, Any]:
    """Rentals, newest first, and the subscription, on the wire."""
    chosen = select(Rental).where(Rental.account_id == account_id)
    rentals = session.scalars(chosen.order_by(Rental.purchased_at.desc())).all()
    for rental in rentals:
        end_if_over(rental, now)
    return {
        "rentals": [_as_json(rental) for rental in rentals],
        "subscription": subscription_json(subscription_of(session, account_id, now)),
        "server_time": moment(now),
    }


def for_film(session: Session, account_id: str, film_id: str, now: int) -> Rental | None:
    """The account's open rental of a film."""
    chosen = select(Rental).where(
        Rental.account_id == account_id, Rental.film_id == film_id, Rental.state == "active"
    )
    for rental in session.scalars(chosen.order_by(Rental.purchased_at.desc())):
        end_if_over(rental, now)
        if rental.state == "active":
            return rental
    return None


def ends_at(rental: Rental) -> int:
    """The border at which a rental ends, as far as its clocks have started."""
    terms = rental.terms
    started = rental.purchased_at if terms["second_clock"] == "purchase" else rental.started_at
    border = rental.purchased_at + int(terms["start_within_s"])
    if started is not None and started < border:
        border = started + int(terms["finish_within_s"])
    return border if rental.not_after is None else min(border, rental.not_after)


def end_if_over(rental: Rental, now: int) -> None:
    if rental.state == "active" and now >= ends_at(rental):
        rental.state = "ended"


def _as_json(rental: Rental) -> dict[str, Any]:
    return {
        "id": rental.id,
        "film": rental.film_id,
        "offer": rental.offer_id,
        "terms": rental.terms,
        "purchased_at": moment(rental.purchased_at),
        "started_at": None if rental.started_at is None else moment(rental.started_at),
        "not_after": None if rental.not_after is None else moment(rental.not_after),
        "state": rental.state,
    }
