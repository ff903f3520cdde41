"""Places: how many devices hold a film at once, who else may stream it, and giving it back."""

from __future__ import annotations

import concurrent.futures
from typing import Any

import pytest

from player_app.reference_service.accounts import moment
from player_app.reference_service.checkouts import refund
from player_app.reference_service.licences import STREAM_S
from player_app.reference_service.tables import Checkout, Rental
from tests.reference_service.household import DAY, NOW, Household, problem


def test_as_many_devices_as_the_terms_say_hold_a_film(household: Household) -> None:
    household.rent(devices=2)
    kitchen, loft, barn = (household.device(name) for name in ("Kitchen", "Loft", "Barn"))
    first = household.take(kitchen)
    household.hooks.go_ahead(1)
    household.take(loft)
    refused = household.ask(barn)
    assert problem(refused) == "places-taken"
    assert refused.status_code == 409
    assert "Kitchen and Loft" in refused.json()["detail"]
    household.take(barn, "stream")
    assert household.give_back(first["jti"]) == 204
    household.hooks.go_ahead(1)
    household.take(barn)
    assert sorted(household.held()) == [
        ("Barn", "film-01", "offline"),
        ("Barn", "film-01", "stream"),
        ("Loft", "film-01", "offline"),
    ]


def test_the_list_says_all_of_a_licence(household: Household) -> None:
    household.rent()
    device = household.device("Kitchen")
    claims = household.take(device)
    assert household.caller.get("/v1/licences").json() == {
        "licences": [
            {
                "id": claims["jti"],
                "film": "film-01",
                "device": device,
                "device_name": "Kitchen",
                "purpose": "offline",
                "source": "rental",
                "issued_at": "2027-01-15T08:00:00Z",
                "expires_at": moment(claims["exp"]),
            }
        ]
    }


@pytest.mark.parametrize("purpose", ["stream", "offline"])
def test_a_device_replaces_its_own_older_licence(household: Household, purpose: str) -> None:
    household.rent(devices=1, exclusive=True)
    device = household.device()
    older = household.take(device, purpose)
    newer = household.take(device, purpose)
    listed = household.caller.get("/v1/licences").json()["licences"]
    assert [each["id"] for each in listed] == [newer["jti"]]
    assert older["jti"] != newer["jti"]


def test_other_films_have_places_of_their_own(household: Household) -> None:
    household.rent(1, devices=1)
    household.rent(2, devices=1)
    household.take(household.device("Kitchen"), film="film-01")
    loft = household.device("Loft")
    household.take(loft, film="film-02")
    assert problem(household.ask(loft, film="film-01")) == "places-taken"


def test_a_film_offline_elsewhere_is_not_streamed_where_they_exclude_each_other(
    household: Household,
) -> None:
    household.rent(exclusive=True)
    kitchen, loft = household.device("Kitchen"), household.device("Loft")
    offline = household.take(kitchen)
    household.take(kitchen, "stream")
    refused = household.ask(loft, "stream")
    assert (problem(refused), refused.status_code) == ("held-elsewhere", 409)
    assert "Kitchen" in refused.json()["detail"]
    household.give_back(offline["jti"])
    household.take(loft, "stream")


def test_a_film_streamed_elsewhere_is_not_taken_offline_where_they_exclude_each_other(
    household: Household,
) -> None:
    household.rent(exclusive=True)
    kitchen, loft = household.device("Kitchen"), household.device("Loft")
    streamed = household.take(kitchen, "stream")
    assert problem(household.ask(loft)) == "held-elsewhere"
    household.hooks.set_now(NOW + STREAM_S - 1)
    assert problem(household.ask(loft)) == "held-elsewhere"
    household.hooks.go_ahead(1)
    household.give_back(household.take(loft)["jti"])
    household.hooks.set_now(NOW)
    assert problem(household.ask(loft)) == "held-elsewhere"
    household.give_back(streamed["jti"])
    household.take(loft)
    household.take(household.device("Barn"))


def test_a_place_is_given_back_as_often_as_one_likes_and_by_its_account_only(
    household: Household,
) -> None:
    household.rent()
    licence = household.take(household.device())["jti"]
    other = Household(household.caller)
    assert other.give_back(licence) == 404
    assert other.held() == []
    assert other.give_back("lic-none") == 404


def test_giving_back_twice_is_once(household: Household) -> None:
    household.rent()
    licence = household.take(household.device())["jti"]
    assert [household.give_back(licence) for _ in range(3)] == [204, 204, 204]
    assert household.held() == []


def test_a_device_that_is_removed_leaves_its_places(household: Household) -> None:
    household.rent(devices=1)
    kitchen, loft = household.device("Kitchen"), household.device("Loft")
    licence = household.take(kitchen)
    assert household.caller.delete(f"/v1/devices/{kitchen}").status_code == 204
    assert household.held() == []
    household.take(loft)
    assert household.give_back(licence["jti"]) == 204


def test_a_passing_device_takes_nothing_offline_and_its_places_pass_with_it(
    household: Household,
) -> None:
    household.rent(exclusive=True)
    passing = household.device("Library", passing=True)
    assert problem(household.ask(passing)) == "forbidden"
    household.take(passing, "stream")
    household.hooks.go_ahead(DAY)
    assert household.caller.get("/v1/devices").json()["devices"] == []
    assert household.held() == []


def test_a_licence_that_is_over_takes_no_place(household: Household) -> None:
    rental = household.rent(devices=1)
    kitchen, loft = household.device("Kitchen"), household.device("Loft")
    household.take(kitchen)
    household.hooks.set_not_after(rental, NOW + DAY)
    household.take(kitchen)
    household.hooks.set_now(NOW + DAY - 1)
    assert problem(household.ask(loft)) == "places-taken"
    household.hooks.set_not_after(rental, NOW + 2 * DAY)
    household.hooks.go_ahead(1)
    household.take(loft)


def test_a_right_that_was_given_back_leaves_its_places(household: Household) -> None:
    rental = household.rent(devices=1)
    kitchen, loft = household.device("Kitchen"), household.device("Loft")
    household.take(kitchen)
    service = household.caller.service
    with service.transaction() as session:
        bought = session.get_one(Checkout, session.get_one(Rental, rental).checkout_id)
        refund(session, bought, service.now())
    refused = household.ask(kitchen)
    assert problem(refused) == "no-right"
    assert "refunded" in refused.json()["detail"]
    assert household.held() == []
    household.rent(devices=1)
    household.take(loft)
    assert [name for name, _, _ in household.held()] == ["Loft"]


def test_a_subscription_that_ended_leaves_its_places(household: Household) -> None:
    household.subscribe(devices=1)
    household.take(household.device("Kitchen"))
    assert problem(household.ask(household.device("Loft"))) == "places-taken"
    household.hooks.end_subscription(household.account_id, NOW)
    assert household.held() == []


def test_of_devices_that_ask_at_once_no_more_than_the_terms_say_are_served(
    household: Household,
) -> None:
    household.rent(devices=2)
    devices = [household.device(f"Device {number}") for number in range(5)]

    def asked(device: str) -> Any:
        return household.ask(device).status_code

    with concurrent.futures.ThreadPoolExecutor(5) as threads:
        assert sorted(threads.map(asked, devices)) == [200, 200, 409, 409, 409]
    assert len(household.held()) == 2
