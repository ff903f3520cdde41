"""A licence that the service refuses, or answers with nonsense: said over the picture's place."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from player_app.reference_service import devices
from player_app.reference_service.demo import EMAIL
from player_app.reference_service.service import Service
from player_app.reference_service.tables import Account, Device
from player_app.sealing import device_key
from tests.bad_input.meddler import Meddler, Wrong
from tests.bad_input.screened import FILM, Screened, StartIt
from tests.bad_input.test_trouble_at_the_service import FAILING, UNREADABLE
from tests.subscription import end_subscription, subscribe

PLACE_MS = 10_000


def refusal(name: str, detail: str) -> Wrong:
    body = {"type": f"urn:verite:problem:{name}", "title": "Forbidden", "status": 403}
    return Wrong(403, lambda _: json.dumps(body | {"detail": detail}).encode())


@pytest.fixture
def subscribed(meddling: Meddler) -> Iterator[Service]:
    """The service behind, while its demo account may watch everything."""
    subscribe(meddling.service)
    yield meddling.service
    end_subscription(meddling.service)


def take_every_place(service: Service) -> None:
    for number in range(service.settings.device_limit):
        key: dict[str, Any] = dict(device_key(bytes([number]) * 32).public)
        with service.transaction() as session:
            account = session.query(Account).filter(Account.email == EMAIL).one()
            devices.add(
                service,
                session,
                account.id,
                name=f"Computer {number}",
                platform="linux",
                public_key=key,
                passing=False,
            )


def give_a_place_back(service: Service) -> None:
    with service.transaction() as session:
        account = session.query(Account).filter(Account.email == EMAIL).one()
        devices.remove(session, account.id, session.query(Device.id).limit(1).scalar() or "")


def begun(start: StartIt, meddling: Meddler) -> tuple[Screened, str]:
    """Somebody signed in who left the film at a place; and the film."""
    screen = start(meddling.address)
    screen.sign_in()
    film = screen.film(FILM)
    screen.left_at(film.id, PLACE_MS)
    return screen, film.id


def assert_nothing_lost(screen: Screened, film_id: str) -> None:
    place = screen.place_in(film_id)
    assert place is not None
    assert place.position_ms >= PLACE_MS
    assert screen.app.shell.property("signedIn")


def test_a_right_that_is_gone_is_told_and_the_film_can_be_rented(
    start: StartIt, meddling: Meddler, subscribed: Service
) -> None:
    screen, film_id = begun(start, meddling)
    screen.until(lambda: screen.app.browse.film(film_id).right.may_play, "the right to be known")
    end_subscription(subscribed)
    screen.open_film(FILM)
    screen.fails_to_play(
        "Not rented yet",
        "Neither a rental nor a subscription of yours covers this film.",
        label="See how to watch it",
    )

    screen.click("playerCardAction")
    screen.until(
        lambda: screen.shows("filmAction") and screen.text("filmAction").startswith("Rent "),
        "the film for rent",
    )
    assert_nothing_lost(screen, film_id)


def test_a_device_too_many_is_told_helped_with_and_plays_once_a_place_is_free(
    start: StartIt, meddling: Meddler, subscribed: Service
) -> None:
    take_every_place(subscribed)
    screen, film_id = begun(start, meddling)
    screen.open_film(FILM)
    screen.fails_to_play(
        "All device places are taken",
        "Your account already plays on as many devices as it may.",
        label="Get help",
    )
    screen.click("playerCardAction")
    screen.until(screen.opened, "the help to be opened in the browser")
    assert screen.opened() == [f"{meddling.address}/help"]

    give_a_place_back(subscribed)
    screen.click("playerCardBack")
    screen.click("filmAction")
    screen.plays()
    assert_nothing_lost(screen, film_id)


@pytest.mark.usefixtures("subscribed")
def test_a_revoked_licence_is_told_in_the_services_words_and_helped_with(
    start: StartIt, meddling: Meddler
) -> None:
    screen, film_id = begun(start, meddling)
    licence = f"/v1/films/{film_id}/licence"
    meddling.wrong = {licence: refusal("revoked", "This subscription was revoked on 3 May.")}
    screen.open_film(FILM)
    screen.fails_to_play(
        "The service said no", "This subscription was revoked on 3 May.", label="Get help"
    )
    screen.click("playerCardAction")
    screen.until(screen.opened, "the help to be opened in the browser")
    assert screen.opened() == [f"{meddling.address}/help"]
    assert_nothing_lost(screen, film_id)


@pytest.mark.usefixtures("subscribed")
@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        pytest.param(
            FAILING,
            "127.0.0.1 could not do that just now. It is not your connection.",
            marks=pytest.mark.thorough,
        ),
        pytest.param(
            UNREADABLE,
            "The service answered in a way this player does not understand.",
            marks=pytest.mark.thorough,
        ),
        (
            Wrong(body=lambda good: good.replace(b'"licence":"ey', b'"licence":"eZ')),
            "The permission the service sent could not be verified, so nothing was played.",
        ),
    ],
    ids=["500", "malformed JSON", "altered"],
)
def test_a_licence_that_comes_wrong_is_told_and_asked_for_again(
    start: StartIt, meddling: Meddler, wrong: Wrong, sentence: str
) -> None:
    screen, film_id = begun(start, meddling)
    meddling.wrong = {f"/v1/films/{film_id}/licence": wrong}
    screen.open_film(FILM)
    screen.fails_to_play(sentence, label="Try again")

    meddling.wrong = {}
    screen.click("playerCardAction")
    screen.plays()
    assert_nothing_lost(screen, film_id)
