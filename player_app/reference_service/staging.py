"""What a test may set about rights behind the service's back: terms, caps, ends, revocations."""

from __future__ import annotations

from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from player_app.reference_service import films
from player_app.reference_service.tables import Account, Film, Rental, Subscription

TERMS = frozenset(
    {
        "start_within_s",
        "finish_within_s",
        "second_clock",
        "mid_film",
        "exclusive",
        "devices",
        "renew_within_s",
    }
)


def set_terms(session: Session, what: str, changes: dict[str, Any]) -> None:
    """Change the terms of a film's rental offer, of an offer, or of what was bought, by its id."""
    if not changes.keys() <= TERMS:
        raise ValueError(f"no terms: {sorted(changes.keys() - TERMS)}")
    bought = session.get(Rental, what) or session.get(Subscription, what)
    if bought is not None:
        bought.terms = {**bought.terms, **changes}
        return
    changed = [_change_offers(session, film, what, changes) for film in session.scalars(_FILMS)]
    if not any(changed):
        raise LookupError(f"neither a film with a rental offer, an offer nor a right: {what}")


def set_not_after(session: Session, rental_id: str, at: int | None) -> None:
    """Cap a rental at a moment; None takes the cap away."""
    session.get_one(Rental, rental_id).not_after = at


def end_subscription(session: Session, account: str, at: int) -> None:
    """Let the subscription of an account (its id or email) end at a moment."""
    named = or_(Account.id == account, Account.email_folded == account.casefold())
    chosen = select(Subscription).join(Account).where(named, Subscription.state == "active")
    session.scalars(chosen).one().until = at


def revoke(session: Session, rental_id: str, word: str) -> None:
    """Take a rental back; `word` says why."""
    rental = session.get_one(Rental, rental_id)
    rental.state, rental.reason = "revoked", word


_FILMS = select(Film).where(Film.removed.is_(False))


def _change_offers(session: Session, film: Film, what: str, changes: dict[str, Any]) -> bool:
    def named(offer: dict[str, Any]) -> bool:
        return offer["id"] == what or (film.id == what and offer["kind"] == "rental")

    offers = [
        {**offer, "terms": {**offer["terms"], **changes}} if named(offer) else offer
        for offer in film.body["offers"]
    ]
    films.put(session, {**film.body, "offers": offers})
    return any(named(offer) for offer in offers)
