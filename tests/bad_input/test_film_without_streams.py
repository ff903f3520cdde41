"""A film that can't be seen yet: nothing to buy, from when it can be seen, and a way on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from player_app.core.refusals import NotAvailable
from player_app.reference_service import films
from player_app.reference_service.server import RunningService
from player_app.reference_service.service import Service
from player_app.storage.comments import CommentStore
from tests.bad_input.screened import FILM, StartIt
from tests.subscription import end_subscription, subscribe

WITHOUT_STREAMS = "core-rope"
FROM_WHEN = "It can be seen from 16 July 2027."
THOUGHT = "I would rent this at once."


@pytest.fixture
def withdraw(service: RunningService) -> Iterator[Callable[[], None]]:
    """Have the service take the streams of a film away; they are back after the test."""
    before = _film(service.service)

    def take_away() -> None:
        later = {"from": "2027-02-04T00:00:00Z", "until": None}
        _put(service.service, {**before, "streams": False, "offers": [], "availability": later})

    yield take_away
    _put(service.service, before)


def _film(service: Service) -> dict[str, Any]:
    with service.reading() as session:
        found = films.by_slug(session, FILM)
        assert found is not None
        return dict(found.body)


def _put(service: Service, body: dict[str, Any]) -> None:
    with service.transaction() as session:
        films.put(session, body)


def test_a_film_without_streams_offers_nothing_to_buy_says_from_when_and_leads_to_others(
    start: StartIt, service: RunningService
) -> None:
    screen = start(service.address)
    screen.sign_in()
    film_id = screen.open_film(WITHOUT_STREAMS)
    screen.reads("Not to be seen yet", FROM_WHEN)
    assert not screen.shows("filmAction")
    assert not screen.shows("subscribe")
    screen.write_comment(THOUGHT)

    assert screen.text("otherFilms") == "See other films"
    screen.click("otherFilms")
    screen.until(lambda: screen.shows("homePage"), "the films")
    assert CommentStore(screen.database).draft(film_id) == THOUGHT


@pytest.mark.parametrize("kind", ["rental", "subscription"])
def test_a_checkout_of_a_film_without_streams_is_refused(
    start: StartIt, service: RunningService, kind: str
) -> None:
    screen = start(service.address)
    screen.sign_in()
    with_streams, without = screen.film(FILM), screen.film(WITHOUT_STREAMS)
    assert without.offers == ()
    offer = next(each.id for each in with_streams.offers if each.kind == kind)
    checkouts = screen.app._library.checkouts

    with pytest.raises(NotAvailable):
        checkouts.begin(without.id, offer)
    assert checkouts.pending() == ()
    assert screen.opened() == []


def test_a_film_that_lost_its_streams_is_not_sold_and_its_page_says_from_when(
    start: StartIt, service: RunningService, withdraw: Callable[[], None]
) -> None:
    screen = start(service.address)
    screen.sign_in()
    screen.open_film(FILM)
    screen.until(lambda: screen.text("filmAction").startswith("Rent "), "Rent to be offered")
    withdraw()
    screen.click("filmAction")

    screen.reads("The service does not show this film at present.")
    screen.reads("It can be seen from 4 February 2027.")
    assert screen.opened() == []
    assert screen.text("otherFilms") == "See other films"
    screen.click("otherFilms")
    screen.until(lambda: screen.shows("homePage"), "the films")


def test_a_film_that_lost_its_streams_does_not_play_and_its_place_is_kept(
    start: StartIt, service: RunningService, withdraw: Callable[[], None]
) -> None:
    subscribe(service.service)
    screen = start(service.address)
    screen.sign_in()
    film = screen.film(FILM)
    place = screen.left_at(film.id, 10_000)
    withdraw()
    screen.open_film(FILM)
    screen.fails_to_play(
        "Not to be seen yet",
        "The service does not show this film at present.",
        label="See other films",
    )
    end_subscription(service.service)

    screen.click("playerCardAction")
    screen.until(lambda: screen.shows("homePage"), "the films")
    assert screen.place_in(film.id) == place
