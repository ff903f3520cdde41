"""What a viewer may watch: one right out of rentals, a subscription, and starts known here."""

from __future__ import annotations

from dataclasses import replace

import pytest

from player_app.core.high_water import Doubt
from player_app.core.rental import (
    ClockDoubt,
    Expired,
    Record,
    Rental,
    RentalState,
    Running,
    Subscription,
    standing,
)
from player_app.core.rights import Rights, right_to, with_starts
from tests.core.borders import BORDERS, BOUGHT, DAY, ENDS, TERMS, Border

OF_RENTALS = [
    each
    for each in BORDERS
    if not (each.grant.subscription or each.grant.renew_by or each.grant.not_before)
]


@pytest.mark.promise(10)
@pytest.mark.parametrize("border", OF_RENTALS, ids=lambda border: border.name)
@pytest.mark.parametrize("off_s", [-1, 0, 1])
def test_a_rental_started_here_is_judged_as_if_the_service_knew(border: Border, off_s: int) -> None:
    grant, record, now = border.grant, border.record, border.at + off_s
    plain = Record(record.started_at)
    rental = Rental(
        id="ren-1",
        film_id="film-1",
        offer_id="offer-1",
        terms=grant.terms,
        purchased_at=grant.purchased_at,
        started_at=grant.started_at,
        not_after=grant.not_after,
        state=RentalState.ACTIVE,
    )
    known = {} if record.started_at is None else {rental.right_id: record.started_at}
    rights = with_starts(Rights((rental,), None, now), {"film-1@7": 1, **known})

    assert right_to("film-1", rights, now).standing == standing(grant, plain, now)


def test_a_start_of_another_right_to_the_same_film_is_none_of_this_one() -> None:
    other = Rental("r", "film-1", "o", TERMS, BOUGHT + 1, None, None, RentalState.ACTIVE)
    rights = with_starts(Rights((other,), None, BOUGHT), {f"film-1@{BOUGHT}": BOUGHT})

    assert rights.rentals[0].started_at is None


def test_a_subscription_that_runs_comes_before_a_rental() -> None:
    subscription = Subscription("s", active=True, since=BOUGHT, until=BOUGHT + DAY, terms=TERMS)
    rental = Rental("r", "film-1", "o", TERMS, BOUGHT, None, None, RentalState.ACTIVE)
    rights = Rights((rental,), subscription, BOUGHT)

    assert right_to("film-1", rights, BOUGHT + DAY - 1).kind == "subscription"
    assert right_to("film-1", rights, BOUGHT + DAY).kind == "rental"


def test_by_a_clock_that_is_not_believed_only_the_service_ends_a_right() -> None:
    started = Rental("r", "film-1", "o", TERMS, BOUGHT, BOUGHT, None, RentalState.ACTIVE)
    ended = replace(started, id="e", purchased_at=BOUGHT + 1, state=RentalState.ENDED)
    only = Rights((started, ended), None, BOUGHT)

    assert right_to("film-1", only, ENDS - 1, Doubt(1)).standing == Running(ENDS)
    assert right_to("film-1", only, ENDS, Doubt(1)).standing == ClockDoubt("over")
    assert right_to("film-1", only, ENDS - 1, Doubt(0)).standing == ClockDoubt("used-up")
    over = right_to("film-1", Rights((ended,), None, BOUGHT), ENDS - 1, Doubt(0))
    assert (over.standing, over.is_doubted) == (Expired("finished", ENDS - 1), False)


def test_by_a_clock_that_is_not_believed_a_subscription_may_go_on() -> None:
    subscription = Subscription("s", active=True, since=BOUGHT, until=ENDS, terms=TERMS)
    right = right_to("film-1", Rights((), subscription, BOUGHT), ENDS, Doubt(1))

    assert (right.kind, right.may_play, right.is_doubted) == ("subscription", False, True)
