"""The terms of a rental are data: of each offer, of what was bought, of every licence."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player_app.core.rental import Grant, MidFilm, Record, SecondClock, Terms, may_play, standing
from player_app.reference_service.hooks import TestHooks
from player_app.reference_service.rights import may_end_at
from player_app.reference_service.tables import Rental
from tests.reference_service.caller import Caller
from tests.reference_service.household import DAY, NOW, Household, problem

START_S, FINISH_S = 30 * DAY, 2 * DAY


def grace_s(household: Household) -> int:
    """What `mid_film: finish` adds: the film's length, begun seconds whole, and half an hour."""
    film = household.caller.get("/v1/films").json()["films"]
    length_ms: int = next(each["length_ms"] for each in film if each["id"] == "film-01")
    return -(-length_ms // 1000) + 1800


@pytest.mark.parametrize(
    ("terms", "started", "lasts_s"),
    [
        ({}, None, START_S + FINISH_S),
        ({}, NOW, FINISH_S),
        ({"start_within_s": 7 * DAY, "finish_within_s": DAY}, None, 8 * DAY),
        ({"start_within_s": 7 * DAY, "finish_within_s": DAY}, NOW, DAY),
        ({"second_clock": "download"}, None, FINISH_S),
        ({"second_clock": "purchase"}, None, FINISH_S),
        ({"second_clock": "purchase"}, NOW, FINISH_S),
    ],
)
@pytest.mark.parametrize("mid_film", ["finish", "stop"])
def test_a_rentals_licence_lasts_to_its_outer_bound(
    household: Household,
    terms: dict[str, Any],
    started: int | None,
    lasts_s: int,
    mid_film: str,
) -> None:
    rental = household.rent(**terms, mid_film=mid_film)
    claims = household.take(household.device(), started_at=started)
    extra_s = grace_s(household) if mid_film == "finish" else 0
    assert claims["exp"] == NOW + lasts_s + extra_s
    assert claims["terms"] == household.rental(rental)["terms"]
    assert claims["terms"]["mid_film"] == mid_film
    household.hooks.set_not_after(rental, NOW + DAY)
    capped = household.take(household.device("Loft"))
    assert (capped["exp"], capped["not_after"]) == (NOW + DAY, NOW + DAY)


def test_a_subscriptions_licence_must_be_renewed_and_ends_with_it(household: Household) -> None:
    household.subscribe(renew_within_s=3 * DAY)
    device = household.device()
    claims = household.take(device)
    assert (claims["source"], claims["exp"]) == ("subscription", NOW + 3 * DAY)
    assert claims["not_after"] is None
    household.hooks.go_ahead(DAY)
    assert household.take(device)["exp"] == NOW + 4 * DAY
    household.hooks.end_subscription(household.email, NOW + 2 * DAY)
    claims = household.take(device)
    assert (claims["exp"], claims["not_after"]) == (NOW + 2 * DAY, NOW + 2 * DAY)
    household.hooks.set_now(NOW + 2 * DAY - 1)
    assert household.ask(device).status_code == 200
    household.hooks.go_ahead(1)
    assert problem(household.ask(device)) == "no-right"
    assert household.held() == []


@pytest.mark.parametrize("purpose", ["stream", "offline"])
def test_a_rental_that_has_not_begun_waits_while_a_subscription_runs(
    household: Household, purpose: str
) -> None:
    rental, device = household.rent(second_clock="download"), household.device()
    assert household.take(device, "stream")["source"] == "rental"
    household.subscribe()
    assert household.take(device, purpose)["source"] == "subscription"
    assert household.rental(rental)["started_at"] is None
    household.hooks.end_subscription(household.email, NOW)
    assert household.take(device, purpose)["source"] == "rental"


@pytest.mark.parametrize("clock", ["play", "purchase"])
def test_a_rental_that_has_begun_is_used_though_a_subscription_runs(
    household: Household, clock: str
) -> None:
    household.rent(second_clock=clock)
    household.subscribe()
    claims = household.take(household.device(), started_at=NOW)
    assert claims["source"] == "rental"


@pytest.mark.parametrize("purpose", ["stream", "offline"])
def test_borders_are_exact_at_the_service(household: Household, purpose: str) -> None:
    rental, device = household.rent(), household.device()
    household.hooks.set_now(NOW + START_S - 1)
    licence = household.take(device, purpose)
    household.hooks.go_ahead(1)
    assert problem(household.ask(device, purpose)) == "no-right"
    assert household.rental(rental)["state"] == "ended"
    told = household.tell_start(licence["jti"], NOW + START_S - 1)
    ends_at = NOW + START_S - 1 + FINISH_S
    assert told == {"started_at": NOW + START_S - 1, "ends_at": ends_at}
    household.hooks.set_now(ends_at - 1)
    assert household.ask(device, purpose).status_code == 200
    household.hooks.go_ahead(1)
    assert problem(household.ask(device, purpose)) == "no-right"


def test_the_download_starts_the_second_clock_where_the_terms_say_so(household: Household) -> None:
    rental, device = household.rent(second_clock="download"), household.device()
    household.hooks.go_ahead(DAY)
    assert household.take(device, "stream")["started_at"] is None
    household.hooks.go_ahead(DAY)
    assert household.take(device)["started_at"] == NOW + 2 * DAY
    household.hooks.go_ahead(DAY)
    assert household.take(device)["started_at"] == NOW + 2 * DAY
    assert household.rental(rental)["started_at"] == "2027-01-17T08:00:00Z"


@pytest.mark.parametrize("clock", ["play", "download", "purchase"])
def test_what_is_taken_back_says_so_and_gives_no_licence(household: Household, clock: str) -> None:
    rental, device = household.rent(second_clock=clock), household.device()
    licence = household.take(device)
    assert len(household.held()) == 1
    household.hooks.revoke(rental, "licence-withdrawn")
    told = household.rental(rental)
    assert (told["state"], told["reason"]) == ("revoked", "licence-withdrawn")
    for purpose in ("stream", "offline"):
        refused = household.ask(device, purpose, started_at=NOW)
        assert problem(refused) == "no-right"
        assert "taken back" in refused.json()["detail"]
    assert household.held() == []
    assert isinstance(household.tell_start(licence["jti"], NOW), dict)
    assert household.rental(rental)["state"] == "revoked"


def test_an_offers_terms_are_the_buyers_from_then_on(caller: Caller) -> None:
    mine = Household(caller)
    terms = {"start_within_s": 60, "finish_within_s": 30, "second_clock": "purchase"}
    cursor = caller.get("/v1/films").json()["cursor"]
    mine.hooks.set_terms("film-01", **terms, mid_film="stop", exclusive=True, devices=1)
    mine.hooks.set_terms("offer-subscription", renew_within_s=90)
    changed = caller.get(f"/v1/films?cursor={cursor}").json()["films"]
    offers = {each["id"]: each["terms"] for film in changed for each in film["offers"]}
    assert offers["offer-01-rental"]["second_clock"] == "purchase"
    assert offers["offer-02-rental"]["second_clock"] == "play"
    assert offers["offer-subscription"]["renew_within_s"] == 90
    rental = mine.rental(mine.rent())
    assert rental["terms"] == offers["offer-01-rental"]


def test_what_was_bought_keeps_its_terms(caller: Caller) -> None:
    mine = Household(caller)
    rental = mine.rent()
    mine.hooks.set_terms("offer-01-rental", start_within_s=60)
    assert mine.rental(rental)["terms"]["start_within_s"] == START_S


def test_terms_are_named_rightly_or_not_at_all(onlooker: Caller) -> None:
    with pytest.raises(ValueError, match="start_by"):
        onlooker.hooks.set_terms("film-01", start_by=1)
    with pytest.raises(LookupError):
        onlooker.hooks.set_terms("film-99", devices=1)


def test_one_demo_film_is_rented_on_other_terms(onlooker: Caller) -> None:
    films = onlooker.get("/v1/films").json()["films"]
    terms = next(each["offers"][0]["terms"] for each in films if each["id"] == "film-04")
    assert (terms["start_within_s"], terms["finish_within_s"]) == (7 * DAY, DAY)
    assert (terms["exclusive"], terms["devices"]) == (True, 1)


def test_the_clock_stands_and_runs_as_it_is_told() -> None:
    hooks = TestHooks()
    hooks.set_now(NOW)
    hooks.go_ahead(-5)
    assert hooks.now() == NOW - 5
    hooks.let_run()
    assert NOW - 5 <= hooks.now() < NOW
    hooks.go_ahead(DAY)
    assert NOW + DAY - 5 <= hooks.now() < NOW + DAY


_WINDOWS = st.integers(1, 200)
_START = st.none() | st.integers(0, 400)


@given(
    terms=st.builds(
        Terms,
        start_within_s=_WINDOWS,
        finish_within_s=_WINDOWS,
        second_clock=st.sampled_from(SecondClock),
        mid_film=st.sampled_from(MidFilm),
        exclusive=st.just(value=False),
        devices=st.just(1),
        renew_within_s=_WINDOWS,
    ),
    starts=st.tuples(_START, _START),
    not_after=st.none() | st.integers(1, 600),
    playing_since=st.none() | st.integers(0, 600),
    now=st.integers(0, 4000),
)
def test_nothing_plays_past_exp_and_exp_cuts_nothing(
    terms: Terms,
    starts: tuple[int | None, int | None],
    not_after: int | None,
    playing_since: int | None,
    now: int,
) -> None:
    known, here = starts
    rental = Rental(
        terms={name: getattr(terms, name) for name in Terms.__slots__},
        purchased_at=0,
        started_at=known,
        not_after=not_after,
    )
    exp = may_end_at(rental, length_s=70)
    record = Record(started_at=here, playing_since=playing_since, length_s=70)
    grant = Grant(terms, 0, started_at=known, not_after=not_after)
    by_the_terms = standing(grant, record, now)
    assert standing(replace(grant, renew_by=exp), record, now) == by_the_terms
    assert not may_play(by_the_terms) or now < exp
