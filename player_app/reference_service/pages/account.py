"""The account's own pages: what it has, its receipts, and buying from here."""

from __future__ import annotations

from typing import Any

from fastapi import Response
from sqlalchemy import select

from player_app.reference_service import films, rights, subscriptions
from player_app.reference_service.accounts import subscription_of
from player_app.reference_service.checkouts import already_has
from player_app.reference_service.pages import devices, words
from player_app.reference_service.pages.catalogue import offer
from player_app.reference_service.pages.checkout import begin
from player_app.reference_service.pages.checkout_end import WAIVED
from player_app.reference_service.pages.visit import Visit
from player_app.reference_service.problems import Problem
from player_app.reference_service.tables import Checkout, Film, Rental

_SAID = {
    "ended": "Your subscription ends with the month that you have paid for.",
    "kept": "Your subscription goes on.",
    **devices.SAID,
}


def account(visit: Visit) -> Response:
    if visit.account is None:
        return visit.sign_in_first()
    now = visit.service.now()
    with visit.service.reading() as session:
        subscription = subscription_of(session, visit.account.id, now)
        chosen = (
            select(Rental, Film)
            .join(Film, Film.id == Rental.film_id)
            .where(Rental.account_id == visit.account.id)
            .order_by(Rental.purchased_at.desc())
        )
        rows = session.execute(chosen).all()
        rentals = [_rental(rental, film, now) for rental, film in rows]
        held = devices.shown(session, visit.account.id, now)
    active = subscription is not None and subscription.state == "active"
    return visit.show(
        "account.html",
        subscription=subscription if active else None,
        rentals=rentals,
        devices=held,
        device_limit=visit.service.settings.device_limit,
        said=_SAID.get(visit.query.get("said", ""), ""),
    )


def receipts(visit: Visit) -> Response:
    if visit.account is None:
        return visit.sign_in_first()
    with visit.service.reading() as session:
        chosen = (
            select(Checkout, Film)
            .outerjoin(Film, Film.id == Checkout.film_id)
            .where(
                Checkout.account_id == visit.account.id, Checkout.state.in_(("paid", "refunded"))
            )
            .order_by(Checkout.ended_at.desc())
        )
        shown = [_receipt(bought, film) for bought, film in session.execute(chosen)]
    return visit.show("receipts.html", receipts=shown)


def receipt(visit: Visit) -> Response:
    if visit.account is None:
        return visit.sign_in_first()
    with visit.service.reading() as session:
        bought = session.get(Checkout, visit.request.path_params["checkout"])
        if (
            bought is None
            or bought.account_id != visit.account.id
            or bought.state not in ("paid", "refunded")
        ):
            raise Problem("not-found", "There is no such receipt of yours.")
        film = session.get(Film, bought.film_id) if bought.film_id else None
        shown = _receipt(bought, film)
    return visit.show("receipt.html", receipt=shown)


def rent(visit: Visit) -> Response:
    slug = visit.request.path_params["slug"]
    if visit.account is None:
        return visit.go(f"/sign-in?next=/films/{slug}")
    with visit.service.reading() as session:
        film = films.by_slug(session, slug)
        now = visit.service.now()
        held = already_has(session, visit.account.id, film.id, now) if film else None
    if held is not None:
        return visit.go(f"/films/{slug}?said=have-{held}")
    rental = offer(film.body, "rental") if film is not None else None
    if film is None or rental is None:
        raise Problem("not-found", "This film can’t be rented.")
    return begin(visit, film.id, rental["id"])


def subscribe(visit: Visit) -> Response:
    now = visit.service.now()
    with visit.service.reading() as session:
        offered = (offer(row.body, "subscription") for row in session.scalars(select(Film)))
        found = next((each for each in offered if each is not None), None)
        held = subscription_of(session, visit.account.id, now) if visit.account else None
    subscribed = held is not None and held.state == "active"
    asked = visit.request.method == "POST"
    if asked and found is not None and not subscribed:
        return begin(visit, None, found["id"])
    return visit.show(
        "subscribe.html",
        409 if asked and subscribed else 200,
        offer=found,
        subscribed=subscribed,
        film_slug=visit.query.get("film", ""),
    )


def end_subscription(visit: Visit) -> Response:
    """Asks first; then it runs to the end of the month that was paid for."""
    if visit.account is None:
        return visit.sign_in_first()
    now = visit.service.now()
    if visit.request.method == "POST":
        with visit.service.transaction() as session:
            if visit.form.get("answer") == "keep":
                subscriptions.keep(session, visit.account.id, now)
                return visit.go("/account?said=kept")
            subscriptions.end(session, visit.account.id, now)
        return visit.go("/account?said=ended")
    with visit.service.reading() as session:
        held = subscription_of(session, visit.account.id, now)
    if held is None or held.state != "active" or held.until is not None:
        return visit.go("/account")
    return visit.show("end_subscription.html", until=subscriptions.month_end(held.since, now))


def _rental(rental: Rental, film: Film, now: int) -> dict[str, Any]:
    rights.end_if_over(rental, now)
    border = words.moment(rights.ends_at(rental))
    standing = "ended" if rental.state != "active" else f"ends {border}"
    if rental.state == "active" and rental.started_at is None:
        standing = f"not started; start by {border}"
    return {"slug": film.slug, "title": film.body["title"], "standing": standing}


def _receipt(bought: Checkout, film: Film | None) -> dict[str, Any]:
    paid_at = bought.ended_at or bought.created_at
    rented = bought.kind == "rental"
    lines = ["Each month, until you end it."]
    if rented:
        start_by = words.moment(paid_at + int(bought.terms["start_within_s"]))
        span = words.duration(bought.terms["start_within_s"])
        lines = [f"{span} to start watching: until {start_by}.", words.second_clock(bought.terms)]
    title = film.body["title"] if film is not None and rented else "Unlimited subscription"
    return {
        "number": words.receipt_number(bought.id),
        "address": f"/receipts/{bought.id}",
        "title": title,
        "what": "Rental of one film" if rented else "Subscription, first month",
        "paid_at": paid_at,
        "price": {"amount_minor": bought.amount_minor, "currency": bought.currency},
        "terms_lines": lines,
        "waiver": WAIVED if bought.waived else "You may withdraw within 14 days.",
        "slug": film.slug if film is not None else "",
        "refunded": bought.state == "refunded",
    }
