"""Checkouts: open → paid | cancelled | expired | declined, and paid → refunded.

The link carries 256 random bits, opens the page once and has no authority but this checkout; the
cookie that its use gives has the same.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from player_app.reference_service import films, rights
from player_app.reference_service.accounts import moment, subscription_of
from player_app.reference_service.oauth import is_loopback_return
from player_app.reference_service.problems import FieldError, Problem
from player_app.reference_service.service import Service
from player_app.reference_service.tables import Account, Checkout, Film, Rental, Subscription
from player_app.reference_service.tokens import base64url, hashed, new_id, new_token

NEXT = {
    ("open", "pay"): "paid",
    ("open", "cancel"): "cancelled",
    ("open", "expire"): "expired",
    ("open", "decline"): "declined",
    ("paid", "refund"): "refunded",
}
_HELD = {
    ("rental", "rental"): "You have rented this film already.",
    ("subscription", "rental"): "Your subscription has this film already.",
    ("subscription", "subscription"): "You have the subscription already.",
}
"""By what is held and what was to be bought."""


def create(
    service: Service,
    session: Session,
    account_id: str,
    *,
    film_id: str | None,
    offer_id: str,
    return_to: str | None,
    nonce: str | None,
) -> Checkout:
    """Begin one attempt to buy."""
    if return_to is not None and not is_loopback_return(return_to, "checkout"):
        said = "The return address must be this computer's own."
        raise Problem("invalid", said, errors=(FieldError("return_to", "address", said),))
    film = films.find(session, film_id) if film_id is not None else None
    offer = _offer(session, film, offer_id)
    now = service.now()
    _lock_account(session, account_id)
    held = _held(session, account_id, offer["kind"], film_id, now)
    if held is not None:
        raise Problem("already-held", held)
    checkout_id = new_id("chk")
    link = _link(service, checkout_id)
    checkout = Checkout(
        id=checkout_id,
        account_id=account_id,
        film_id=film_id,
        offer_id=offer_id,
        kind=offer["kind"],
        amount_minor=offer["price"]["amount_minor"],
        currency=offer["price"]["currency"],
        terms=offer["terms"],
        state="open",
        link=link,
        link_hash=hashed(link),
        return_to=return_to,
        nonce=nonce,
        created_at=now,
        expires_at=now + service.settings.checkout_s,
    )
    session.add(checkout)
    return checkout


def find(session: Session, account_id: str, checkout_id: str, now: int) -> Checkout:
    """The account's own checkout, expired if its time is over."""
    checkout = session.get(Checkout, checkout_id)
    if checkout is None or checkout.account_id != account_id:
        raise Problem("not-found", "There is no such checkout.")
    expire_if_due(checkout, now)
    return checkout


def by_link(session: Session, link: str, now: int) -> Checkout | None:
    """The checkout that a link belongs to, used up or not."""
    found = session.scalar(select(Checkout).where(Checkout.link_hash == hashed(link)))
    if found is not None:
        expire_if_due(found, now)
    return found


def use_link(session: Session, checkout: Checkout) -> str | None:
    """Use the link up; the value of the checkout's cookie, None if it was used before."""
    del session
    if checkout.link_used or checkout.state != "open":
        return None
    cookie = new_token()
    checkout.link_used, checkout.cookie_hash = True, hashed(cookie)
    return cookie


def by_cookie(session: Session, cookie: str, now: int) -> Checkout | None:
    found = session.scalar(select(Checkout).where(Checkout.cookie_hash == hashed(cookie)))
    if found is not None:
        expire_if_due(found, now)
    return found


def expire_if_due(checkout: Checkout, now: int) -> None:
    if checkout.state == "open" and checkout.expires_at <= now:
        _step(checkout, "expire", now)


def locked(session: Session, checkout: Checkout, now: int) -> Checkout:
    """To be changed by nobody else until the end of this transaction, nor another of the account.

    What is already held and what is bought are decided under this lock, so that two payments at
    once can't both be kept.
    """
    _lock_account(session, checkout.account_id)
    session.refresh(checkout, with_for_update=True)
    expire_if_due(checkout, now)
    return checkout


def pay(session: Session, checkout: Checkout, now: int) -> None:
    """The money was taken: one payment, one rental (or subscription), once.

    What else this account was about to buy of the same is closed by it.
    """
    held = _held(session, checkout.account_id, checkout.kind, checkout.film_id, now)
    if held is not None:
        raise Problem("already-held", held)
    _step(checkout, "pay", now)
    session.flush()
    _add_right(session, checkout, now)
    chosen = select(Checkout).where(
        Checkout.account_id == checkout.account_id, Checkout.state == "open"
    )
    for other in session.scalars(chosen):
        end_if_held(session, other, now)


def refund(session: Session, checkout: Checkout, now: int) -> None:
    """The money went back: what was bought with it ends now."""
    paid_at = checkout.ended_at
    _step(checkout, "refund", now)
    checkout.ended_at = paid_at
    for rental in session.scalars(select(Rental).where(Rental.checkout_id == checkout.id)):
        rental.state = "refunded"
    chosen = select(Subscription).where(Subscription.checkout_id == checkout.id)
    for subscription in session.scalars(chosen):
        subscription.state, subscription.until = "ended", now


def _add_right(session: Session, checkout: Checkout, now: int) -> None:
    if checkout.kind == "subscription":
        session.add(
            Subscription(
                id=new_id("sub"),
                account_id=checkout.account_id,
                checkout_id=checkout.id,
                terms=checkout.terms,
                since=now,
                state="active",
            )
        )
        return
    session.add(
        Rental(
            id=new_id("ren"),
            account_id=checkout.account_id,
            film_id=checkout.film_id,
            offer_id=checkout.offer_id,
            checkout_id=checkout.id,
            terms=checkout.terms,
            purchased_at=now,
            state="active",
        )
    )


def decline(checkout: Checkout, reason: str, now: int) -> None:
    checkout.reason = reason
    _step(checkout, "decline", now)


def cancel(checkout: Checkout, now: int, reason: str | None = None) -> None:
    """Cancelling what is over changes nothing. A reason is given where it was not the buyer."""
    if checkout.state == "open":
        checkout.reason = reason
        _step(checkout, "cancel", now)


def end_if_held(session: Session, checkout: Checkout, now: int) -> None:
    """Close a checkout of what the account has by now."""
    expire_if_due(checkout, now)
    held = _held(session, checkout.account_id, checkout.kind, checkout.film_id, now)
    if held is not None:
        cancel(checkout, now, held)


def as_json(service: Service, session: Session, checkout: Checkout) -> dict[str, Any]:
    can_be_opened = checkout.state == "open" and not checkout.link_used
    rental = session.scalar(select(Rental.id).where(Rental.checkout_id == checkout.id))
    bought = select(Subscription.id).where(Subscription.checkout_id == checkout.id)
    address = f"{service.settings.origin}/checkout/{_link(service, checkout.id)}"
    return {
        "id": checkout.id,
        "state": checkout.state,
        "film": checkout.film_id,
        "offer": checkout.offer_id,
        "price": {"amount_minor": checkout.amount_minor, "currency": checkout.currency},
        "address": address if can_be_opened else None,
        "expires_at": moment(checkout.expires_at),
        "created_at": moment(checkout.created_at),
        "reason": checkout.reason,
        "rental": rental,
        "subscription": session.scalar(bought),
    }


def already_has(session: Session, account_id: str, film_id: str | None, now: int) -> str | None:
    """What makes a purchase needless: "subscription", "rental", or None."""
    subscription = subscription_of(session, account_id, now)
    if subscription is not None and subscription.state == "active":
        return "subscription"
    rented = film_id is not None and rights.for_film(session, account_id, film_id, now) is not None
    return "rental" if rented else None


def _held(
    session: Session, account_id: str, kind: str, film_id: str | None, now: int
) -> str | None:
    """What makes a purchase needless, in a sentence; a rental is no reason not to subscribe."""
    rented = film_id if kind == "rental" else None
    held = already_has(session, account_id, rented, now)
    return None if held is None else _HELD[held, kind]


def _lock_account(session: Session, account_id: str) -> None:
    """Where the database locks rows; SQLite's writers are alone as it is."""
    session.get(Account, account_id, with_for_update=True)


def _link(service: Service, checkout_id: str) -> str:
    """The checkout's 256 bits, made anew from the service's key: the database has the hash only."""
    made = hmac.new(service.keys.links, checkout_id.encode(), hashlib.sha256)
    return base64url(made.digest())


def _offer(session: Session, film: Film | None, offer_id: str) -> dict[str, Any]:
    if film is not None and not film.streams:
        raise Problem("not-available", "This film can't be seen yet, so it can't be bought.")
    offered_by = [film] if film is not None else list(session.scalars(select(Film)))
    found = (films.offer_of(each, offer_id) for each in offered_by)
    offer = next((each for each in found if each is not None), None)
    if offer is None or (film is None and offer["kind"] != "subscription"):
        raise Problem("not-found", "There is no such offer.")
    return offer


def _step(checkout: Checkout, event: str, now: int) -> None:
    following = NEXT.get((checkout.state, event))
    if following is None:
        raise Problem("conflict", f"A checkout that is {checkout.state} can't be changed so.")
    checkout.state, checkout.ended_at = following, now
