"""What an account may watch: its rentals and its subscription."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from player_app.reference_service.accounts import moment, subscription_json, subscription_of
from player_app.reference_service.tables import Rental

FINISH_GRACE_S = 30 * 60
"""How long past its own length a playback under way may take (`mid_film: finish`)."""


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


def newest(session: Session, account_id: str, film_id: str, now: int) -> Rental | None:
    """The account's newest rental of a film, whatever has become of it."""
    chosen = select(Rental).where(Rental.account_id == account_id, Rental.film_id == film_id)
    found = session.scalar(chosen.order_by(Rental.purchased_at.desc(), Rental.state).limit(1))
    if found is not None:
        end_if_over(found, now)
    return found


def has_begun(rental: Rental) -> bool:
    """Whether its second clock runs."""
    return _second_clock(rental) is not None


def start_by(rental: Rental) -> int:
    """When it must have been started; valid before this second."""
    return rental.purchased_at + int(rental.terms["start_within_s"])


def ends_at(rental: Rental) -> int:
    """The border at which a rental ends, as far as its clocks have started."""
    started = _second_clock(rental)
    border = start_by(rental) if started is None else started + _finish_within_s(rental)
    return border if rental.not_after is None else min(border, rental.not_after)


def may_end_at(rental: Rental, length_s: int) -> int:
    """The last border that it can have: started in its last second, a film under way finished.

    A player that has no contact judges by the terms; nothing of the rental plays from here on.
    """
    started = _second_clock(rental)
    border = (start_by(rental) if started is None else started) + _finish_within_s(rental)
    if rental.terms["mid_film"] == "finish":
        border += length_s + FINISH_GRACE_S
    return border if rental.not_after is None else min(border, rental.not_after)


def note_start(session: Session, rental: Rental, started_at: int, now: int) -> int:
    """The earliest start known, after this one is known too; a late one may open a rental again."""
    clamped = min(max(started_at, rental.purchased_at), now)
    if rental.started_at is None or clamped < rental.started_at:
        rental.started_at = clamped
    if rental.state == "ended" and now < ends_at(rental):
        other = for_film(session, rental.account_id, rental.film_id, now)
        session.flush()
        rental.state = "active" if other is None else "ended"
    return rental.started_at


def end_if_over(rental: Rental, now: int) -> None:
    if rental.state == "active" and now >= ends_at(rental):
        rental.state = "ended"


def _second_clock(rental: Rental) -> int | None:
    """When the second clock began, None where it did not, or not in time."""
    started = rental.started_at
    if rental.terms["second_clock"] == "purchase":
        started = rental.purchased_at
    return started if started is not None and started < start_by(rental) else None


def _finish_within_s(rental: Rental) -> int:
    return int(rental.terms["finish_within_s"])


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
        "reason": rental.reason,
    }
