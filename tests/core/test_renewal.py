"""What a contact with the service means for a licence that is kept."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from player_app.core.licence import Licence, Purpose
from player_app.core.renewal import Note, Renew, follows
from player_app.core.rental import (
    MidFilm,
    Rental,
    RentalState,
    SecondClock,
    Subscription,
    Terms,
)
from player_app.core.rights import Rights

DAY = 86_400
BOUGHT = 1_800_000_000
NOW = BOUGHT + 2 * DAY
TERMS = Terms(
    start_within_s=30 * DAY,
    finish_within_s=2 * DAY,
    second_clock=SecondClock.PLAY,
    mid_film=MidFilm.FINISH,
    exclusive=False,
    devices=2,
    renew_within_s=9 * DAY,
)
BY_RENTAL = Licence(
    id="lic-1",
    issuer="https://films.example",
    account_id="acc-1",
    device_id="dev-1",
    film_id="film-1",
    purpose=Purpose.OFFLINE,
    subscription=False,
    terms=TERMS,
    issued_at=BOUGHT,
    expires_at=BOUGHT + 32 * DAY,
    purchased_at=BOUGHT,
    started_at=None,
    not_after=None,
    segments_sha256=None,
    keys={},
)
BY_SUBSCRIPTION = replace(BY_RENTAL, subscription=True, expires_at=BOUGHT + 9 * DAY)
RENTAL = Rental("ren-1", "film-1", "offer-1", TERMS, BOUGHT, None, None, RentalState.ACTIVE)
AGAIN = replace(RENTAL, id="ren-2", purchased_at=BOUGHT + DAY)
SUBSCRIPTION = Subscription("sub-1", active=True, since=BOUGHT, until=None, terms=TERMS)


def rights(*rentals: Rental, subscription: Subscription | None = None, now: int = NOW) -> Rights:
    return Rights(rentals, subscription, now)


def rental(**changes: Any) -> Rental:
    return replace(RENTAL, **changes)


def licence(**changes: Any) -> Licence:
    return replace(BY_RENTAL, **changes)


ENDED, REFUNDED, REVOKED = RentalState.ENDED, RentalState.REFUNDED, RentalState.REVOKED
STARTED = BOUGHT + 5

OF_RENTALS = {
    "unchanged": (licence(), rights(RENTAL), None),
    "unchanged, and started as known": (
        licence(started_at=STARTED),
        rights(rental(started_at=STARTED)),
        None,
    ),
    "started elsewhere": (licence(), rights(rental(started_at=STARTED)), Renew()),
    "started here, and not told yet": (licence(started_at=STARTED), rights(RENTAL), None),
    "capped": (licence(), rights(rental(not_after=NOW + DAY)), Renew()),
    "on other terms": (licence(), rights(rental(terms=replace(TERMS, devices=9))), Renew()),
    "the licence is over, not the rental": (licence(expires_at=NOW), rights(RENTAL), Renew()),
    "in its last second": (licence(expires_at=NOW + 1), rights(RENTAL), None),
    "refunded": (licence(), rights(rental(state=REFUNDED)), Note(None, "refunded")),
    "revoked": (licence(), rights(rental(state=REVOKED)), Note(None, "revoked")),
    "ended by its clock": (
        licence(),
        rights(rental(state=ENDED, started_at=STARTED), now=STARTED + 2 * DAY),
        Note(STARTED, None),
    ),
    "not started in time": (
        licence(),
        rights(rental(state=ENDED), now=BOUGHT + 30 * DAY),
        Note(None, None),
    ),
    "ended before its time": (licence(), rights(rental(state=ENDED)), Note(None, "finished")),
    "refunded, and bought again": (licence(), rights(rental(state=REFUNDED), AGAIN), Renew()),
    "known to be refunded": (
        licence(revoked="refunded"),
        rights(rental(state=REFUNDED)),
        None,
    ),
    "known to be refunded, and bought again": (
        licence(revoked="refunded"),
        rights(rental(state=REFUNDED), AGAIN),
        Renew(),
    ),
    "refunded, and subscribed": (
        licence(),
        rights(rental(state=REFUNDED), subscription=SUBSCRIPTION),
        Renew(),
    ),
    "subscribed besides": (licence(), rights(RENTAL, subscription=SUBSCRIPTION), None),
    "of another film only": (licence(), rights(rental(film_id="film-2")), Renew()),
    "not listed": (licence(), rights(), Renew()),
}


@pytest.mark.parametrize("case", OF_RENTALS)
def test_a_rentals_licence_follows_the_rental(case: str) -> None:
    kept, said, then = OF_RENTALS[case]
    assert follows(kept, said) == then


THIRD = BOUGHT + 3 * DAY
CANCELLED = replace(SUBSCRIPTION, active=False, until=BOUGHT + 8 * DAY)
OVER = replace(SUBSCRIPTION, active=False, until=BOUGHT + DAY)
BY_CANCELLED = replace(BY_SUBSCRIPTION, not_after=BOUGHT + 8 * DAY)

OF_SUBSCRIPTIONS = {
    "a second before a third has gone": (
        BY_SUBSCRIPTION,
        rights(subscription=SUBSCRIPTION, now=THIRD - 1),
        None,
    ),
    "a third has gone": (BY_SUBSCRIPTION, rights(subscription=SUBSCRIPTION, now=THIRD), Renew()),
    "cancelled, and lasting": (BY_SUBSCRIPTION, rights(subscription=CANCELLED), Renew()),
    "known to be cancelled": (BY_CANCELLED, rights(subscription=CANCELLED), None),
    "ended": (BY_SUBSCRIPTION, rights(subscription=OVER), Note(None, "subscription-ended")),
    "gone": (BY_SUBSCRIPTION, rights(), Note(None, "subscription-ended")),
    "ended, and the film rented": (BY_SUBSCRIPTION, rights(RENTAL, subscription=OVER), Renew()),
    "gone, and the film rented": (BY_SUBSCRIPTION, rights(RENTAL), Renew()),
    "gone, and another film rented": (
        BY_SUBSCRIPTION,
        rights(rental(film_id="film-2")),
        Note(None, "subscription-ended"),
    ),
    "known to have ended": (
        replace(BY_SUBSCRIPTION, revoked="subscription-ended"),
        rights(subscription=OVER),
        None,
    ),
    "subscribed again": (
        replace(BY_SUBSCRIPTION, revoked="subscription-ended"),
        rights(subscription=SUBSCRIPTION),
        Renew(),
    ),
}


@pytest.mark.parametrize("case", OF_SUBSCRIPTIONS)
def test_a_subscriptions_licence_is_renewed_in_time_and_ends_with_it(case: str) -> None:
    kept, said, then = OF_SUBSCRIPTIONS[case]
    assert follows(kept, said) == then
