"""Starts told of licences: late, twice, out of order, by whom, and of a licence that is gone."""

from __future__ import annotations

import itertools

import pytest

from tests.reference_service.household import DAY, NOW, Household, problem, seconds

START_S, FINISH_S = 30 * DAY, 2 * DAY


def test_an_offline_licence_is_the_devices_and_says_its_purpose(household: Household) -> None:
    rental, device = household.rent(), household.device()
    claims = household.take(device)
    assert (claims["purpose"], claims["aud"]) == ("offline", device)
    assert (claims["purchased_at"], claims["started_at"]) == (NOW, None)
    assert household.rental(rental)["started_at"] is None


def test_the_earliest_start_wins_in_every_order_and_however_often(household: Household) -> None:
    starts = (NOW + 5, NOW + 3, NOW + 9)
    for order in itertools.permutations(starts):
        mine = Household(household.caller)
        rental, kitchen, loft = mine.rent(), mine.device("Kitchen"), mine.device("Loft")
        licences = [mine.take(device)["jti"] for device in (kitchen, loft)]
        mine.hooks.set_now(NOW + 20)
        known = None
        for number, start in enumerate(order * 2):
            known = min(start, known or start)
            told = mine.tell_start(licences[number % 2], start)
            assert told == {"started_at": known, "ends_at": known + FINISH_S}
        assert seconds(mine.rental(rental)["started_at"]) == NOW + 3


@pytest.mark.parametrize(
    ("told", "taken"),
    [(NOW - 500, NOW), (NOW, NOW), (NOW + 60, NOW + 60), (NOW + 61, NOW + 60), (0, NOW)],
)
def test_a_start_lies_between_the_purchase_and_now(
    household: Household, told: int, taken: int
) -> None:
    household.rent()
    licence = household.take(household.device())["jti"]
    household.hooks.go_ahead(60)
    answer = household.tell_start(licence, told)
    assert answer == {"started_at": taken, "ends_at": taken + FINISH_S}


def test_a_start_is_told_by_the_licences_own_device(household: Household) -> None:
    household.rent()
    kitchen, loft = household.device("Kitchen"), household.device("Loft")
    licence = household.take(kitchen)["jti"]
    assert household.tell_start(licence, NOW, loft) == "forbidden"
    assert household.tell_start(licence, NOW, "dev-none") == "forbidden"
    assert isinstance(household.tell_start(licence, NOW, kitchen), dict)
    assert household.tell_start("lic-none", NOW) == "not-found"
    other = Household(household.caller)
    assert other.tell_start(licence, NOW) == "not-found"


@pytest.mark.parametrize("gone", ["returned", "replaced", "removed"])
def test_a_licence_that_is_gone_still_tells_its_start(household: Household, gone: str) -> None:
    rental, device = household.rent(), household.device()
    licence = household.take(device)["jti"]
    if gone == "returned":
        household.give_back(licence)
    elif gone == "replaced":
        household.take(device)
    else:
        household.caller.delete(f"/v1/devices/{device}")
    household.hooks.go_ahead(60)
    told = household.tell_start(licence, NOW + 30, device)
    assert told == {"started_at": NOW + 30, "ends_at": NOW + 30 + FINISH_S}
    assert seconds(household.rental(rental)["started_at"]) == NOW + 30


def test_a_rental_that_was_started_in_time_without_contact_goes_on(household: Household) -> None:
    rental, device = household.rent(), household.device()
    household.take(device)
    late = NOW + START_S - 1
    household.hooks.set_now(NOW + START_S)
    assert household.rental(rental)["state"] == "ended"
    assert problem(household.ask(device)) == "no-right"
    claims = household.take(device, started_at=late)
    assert claims["started_at"] == late
    assert household.rental(rental)["state"] == "active"
    household.hooks.set_now(late + FINISH_S)
    assert household.rental(rental)["state"] == "ended"


def test_who_had_no_licence_in_time_opens_no_rental_again(household: Household) -> None:
    rental, device = household.rent(), household.device()
    streamed = household.take(device, "stream")["jti"]
    household.hooks.set_now(NOW + START_S)
    assert problem(household.ask(device, started_at=NOW + START_S - 1)) == "no-right"
    assert household.tell_start(streamed, NOW + START_S - 1) == "conflict"
    assert problem(household.ask(household.device("Loft"), started_at=NOW + 1)) == "no-right"
    assert household.rental(rental)["started_at"] is None
    ended = household.tell_start(streamed, NOW + 1)
    assert ended == {"started_at": NOW + 1, "ends_at": NOW + 1 + FINISH_S}
    assert household.rental(rental)["state"] == "ended"


def test_a_late_start_does_not_bring_back_what_was_bought_anew(household: Household) -> None:
    first, device = household.rent(), household.device()
    licence = household.take(device)["jti"]
    household.hooks.set_now(NOW + START_S)
    second = household.rent()
    told = household.tell_start(licence, NOW + START_S - 1)
    assert isinstance(told, dict)
    assert household.rental(first)["state"] == "ended"
    assert household.rental(second)["state"] == "active"
    assert household.take(device)["purchased_at"] == NOW + START_S


def test_a_start_that_came_too_late_counts_for_nothing(household: Household) -> None:
    rental, device = household.rent(), household.device()
    licence = household.take(device)["jti"]
    household.hooks.set_now(NOW + START_S)
    told = household.tell_start(licence, NOW + START_S)
    assert told == {"started_at": NOW + START_S, "ends_at": NOW + START_S}
    assert household.rental(rental)["state"] == "ended"


def test_under_a_subscription_a_start_starts_nothing(household: Household) -> None:
    household.subscribe()
    licence = household.take(household.device())["jti"]
    assert household.tell_start(licence, 0) == {"started_at": NOW, "ends_at": None}


def test_two_devices_see_each_others_start_when_they_next_ask(household: Household) -> None:
    household.rent()
    kitchen, loft = household.device("Kitchen"), household.device("Loft")
    household.take(kitchen)
    licence = household.take(loft)["jti"]
    household.hooks.go_ahead(DAY)
    household.tell_start(licence, NOW + 60)
    claims = household.take(kitchen)
    assert claims["started_at"] == NOW + 60
    assert claims["exp"] < NOW + 60 + FINISH_S + 3600
