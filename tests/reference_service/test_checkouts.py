"""Checkouts and rights over real HTTP: one payment, one rental."""

from __future__ import annotations

import concurrent.futures
import threading

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from player_app.reference_service.problems import Problem
from player_app.reference_service.tables import Rental
from tests.reference_service.caller import Caller


def test_a_checkout_that_is_paid_is_a_rental(viewer: Caller) -> None:
    checkout = viewer.check_out().json()
    assert checkout["state"] == "open"
    assert checkout["price"] == {"amount_minor": 100, "currency": "GBP"}
    assert len(checkout["address"].rsplit("/", 1)[1]) >= 43
    viewer.pay(checkout["id"])
    paid = viewer.get(f"/v1/checkouts/{checkout['id']}").json()
    assert (paid["state"], paid["address"]) == ("paid", None)
    (rental,) = viewer.get("/v1/rights").json()["rentals"]
    assert (rental["id"], rental["film"]) == (paid["rental"], "film-01")
    assert rental["terms"]["finish_within_s"] == 172_800


@pytest.mark.promise(12)
def test_the_same_key_makes_one_checkout_and_another_body_is_refused(viewer: Caller) -> None:
    key = {"Idempotency-Key": "k-1"}
    body = {"film": "film-01", "offer": "offer-01-rental", "return_to": None, "state": "n"}

    def begin() -> str:
        while True:
            reply = viewer.post("/v1/checkouts", json=body, headers=key)
            if reply.status_code != 409:
                return str(reply.json()["id"])

    with concurrent.futures.ThreadPoolExecutor(8) as threads:
        made = set(threads.map(lambda _: begin(), range(16)))
    assert len(made) == 1
    other = viewer.post("/v1/checkouts", json={**body, "state": "m"}, headers=key)
    assert other.json()["type"] == "urn:verite:problem:idempotency-key-reused"


def test_a_copy_of_the_database_opens_no_checkout(viewer: Caller) -> None:
    body = {"film": "film-01", "offer": "offer-01-rental"}
    made = viewer.post("/v1/checkouts", json=body, headers={"Idempotency-Key": "k"}).json()
    again = viewer.post("/v1/checkouts", json=body, headers={"Idempotency-Key": "k"}).json()
    assert again == made == viewer.get(f"/v1/checkouts/{made['id']}").json()
    link = made["address"].rsplit("/", 1)[1].encode()
    for file in viewer.service.settings.folder.glob("service.sqlite3*"):
        assert link not in file.read_bytes()


@pytest.mark.promise(12)
def test_paying_twice_is_one_rental(viewer: Caller) -> None:
    checkout = viewer.check_out().json()["id"]
    viewer.pay(checkout)
    with pytest.raises(Problem):
        viewer.pay(checkout)
    assert len(viewer.get("/v1/rights").json()["rentals"]) == 1


@pytest.mark.promise(12)
def test_what_an_account_has_is_not_sold_to_it_again(viewer: Caller) -> None:
    first, second = viewer.check_out().json()["id"], viewer.check_out().json()["id"]
    subscription = viewer.check_out(offer="offer-subscription").json()["id"]
    viewer.pay(first)
    assert viewer.get(f"/v1/checkouts/{second}").json()["reason"].startswith("You have rented")
    with pytest.raises(Problem):
        viewer.pay(second)
    refused = viewer.check_out()
    assert refused.status_code == 409
    assert refused.json()["type"] == "urn:verite:problem:already-held"
    viewer.pay(subscription)
    for film, offer in (("film-02", "offer-02-rental"), (None, "offer-subscription")):
        refused = viewer.check_out(film, offer)
        assert refused.json()["type"] == "urn:verite:problem:already-held"
    assert len(viewer.get("/v1/rights").json()["rentals"]) == 1


@pytest.mark.promise(12)
def test_the_database_itself_keeps_one_running_rental_of_a_film(viewer: Caller) -> None:
    first, second = viewer.check_out().json()["id"], viewer.check_out().json()["id"]
    viewer.pay(first)
    with viewer.service.reading() as session:
        kept = session.scalars(select(Rental)).one()
        values = {column.name: getattr(kept, column.name) for column in Rental.__table__.columns}
    another = Rental(**{**values, "id": "ren-2", "checkout_id": second})
    with viewer.service.transaction() as session:
        session.add(another)
        with pytest.raises(IntegrityError):
            session.flush()
        session.rollback()


def test_a_rental_whose_time_is_over_is_sold_again(viewer: Caller) -> None:
    viewer.pay(viewer.check_out().json()["id"])
    viewer.hooks.ahead_s = 2_592_000
    viewer.sign_in("rosa@example.org")
    viewer.pay(viewer.check_out().json()["id"])
    states = [each["state"] for each in viewer.get("/v1/rights").json()["rentals"]]
    assert states == ["active", "ended"]


def test_the_long_poll_answers_when_it_is_paid(viewer: Caller) -> None:
    checkout = viewer.check_out().json()["id"]
    payment = threading.Timer(0.5, viewer.pay, [checkout])
    payment.start()
    reply = viewer.get(f"/v1/checkouts/{checkout}?wait=20")
    payment.join()
    assert reply.json()["state"] == "paid"
    assert reply.elapsed.total_seconds() < 5


def test_a_checkout_is_over_after_ten_minutes_and_cancelling_it_changes_nothing(
    viewer: Caller,
) -> None:
    checkout = viewer.check_out().json()["id"]
    viewer.hooks.ahead_s = 600
    viewer.sign_in("rosa@example.org")
    assert viewer.get(f"/v1/checkouts/{checkout}").json()["state"] == "expired"
    assert viewer.post(f"/v1/checkouts/{checkout}/cancel").json()["state"] == "expired"


def test_a_cancelled_checkout_can_not_be_paid(viewer: Caller) -> None:
    checkout = viewer.check_out().json()["id"]
    assert viewer.post(f"/v1/checkouts/{checkout}/cancel").json()["state"] == "cancelled"
    with pytest.raises(Problem):
        viewer.pay(checkout)


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/checkout",
        "http://localhost:8000/checkout",
        "http://127.0.0.1:8000/elsewhere",
        "http://127.0.0.1/checkout",
        "http://127.0.0.1:8000/checkout?x=1",
        "http://user@127.0.0.1:8000/checkout",
    ],
)
def test_a_checkout_returns_to_this_computer_only(viewer: Caller, address: str) -> None:
    assert viewer.check_out(return_to=address).status_code == 422


def test_a_film_without_streams_can_not_be_bought_or_licensed(viewer: Caller) -> None:
    films = viewer.get("/v1/films").json()["films"]
    coming = next(film for film in films if not film["streams"])
    assert coming["offers"] == []
    reply = viewer.check_out(film=coming["id"])
    assert reply.json()["type"] == "urn:verite:problem:not-available"
    device = viewer.add_device().json()["id"]
    reply = viewer.post(
        f"/v1/films/{coming['id']}/licence", json={"device": device, "purpose": "stream"}
    )
    assert reply.json()["type"] == "urn:verite:problem:not-available"


def test_a_subscription_covers_every_film(viewer: Caller) -> None:
    checkout = viewer.check_out(film=None, offer="offer-subscription").json()
    assert checkout["price"]["amount_minor"] == 799
    viewer.pay(checkout["id"])
    assert viewer.get("/v1/account").json()["subscription"]["state"] == "active"
    device = viewer.add_device().json()["id"]
    reply = viewer.post("/v1/films/film-01/licence", json={"device": device, "purpose": "stream"})
    assert reply.status_code == 200


@pytest.mark.promise(19)
def test_what_belongs_to_another_account_is_not_found(viewer: Caller) -> None:
    checkout = viewer.check_out().json()["id"]
    device = viewer.add_device().json()["id"]
    viewer.pay(checkout)
    licence = viewer.post("/v1/films/film-01/licence", json={"device": device, "purpose": "stream"})
    comment = viewer.post("/v1/films/film-01/comments", json={"text": "Mine."}).json()["id"]
    assert licence.status_code == 200
    viewer.tokens = {}
    viewer.register("mallory")
    viewer.sign_in("mallory@example.org")
    assert viewer.get(f"/v1/checkouts/{checkout}").status_code == 404
    assert viewer.post(f"/v1/checkouts/{checkout}/cancel").status_code == 404
    assert viewer.delete(f"/v1/devices/{device}").status_code == 404
    assert viewer.delete(f"/v1/comments/{comment}").status_code == 404
    reply = viewer.post("/v1/films/film-01/licence", json={"device": device, "purpose": "stream"})
    assert reply.json()["type"] == "urn:verite:problem:device-unknown"
