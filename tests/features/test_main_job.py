"""Browse, search, sign in, rent in the browser, and be permitted to play, on the real service."""

from __future__ import annotations

import threading

import pytest

from player_app.core.checkout import CheckoutState
from player_app.core.errors import NotOurService
from player_app.core.refusals import FormRejected
from player_app.core.sign_in_errors import SignedOut, WrongPassword
from player_app.reference_service.demo import EMAIL, PASSWORD
from player_app.reference_service.hooks import TestHooks
from player_app.reference_service.visitor import PageBrowser, open_checkout, pay, type_card
from player_app.service.discovery import origin_from
from tests.fakes.browser import RecordingBrowser
from tests.features.conftest import NewPlayer
from tests.features.player import Player

DECLINED_CARD = "4000 0000 0000 0002"


def account(player: Player, hooks: TestHooks, name: str) -> None:
    captcha = player.desk.captcha()
    email = f"{name}@example.org"
    player.desk.register(
        {
            "username": name,
            "display_name": "A Viewer",
            "email": email,
            "email_again": email,
            "password": "a quiet evening",
            "captcha": hooks.captcha_answer(captcha.id),
            "terms": "true",
        },
        captcha.id,
    )


def streamable(player: Player) -> tuple[str, str]:
    """A film that can be rented, and the offer."""
    home = player.browse.home()
    film = next(card.film for card in home.rows[-1].cards if card.film.streams)
    return film.id, next(offer.id for offer in film.offers if offer.kind == "rental")


def test_home_opens_from_this_computer_without_a_request(player: Player, hooks: TestHooks) -> None:
    assert player.browse.home().empty
    assert player.browse.refresh()
    asked = len(hooks.requests)

    home = player.browse.home()

    assert len(hooks.requests) == asked
    assert home.featured is not None
    assert len(home.rows[-1].cards) == 24
    assert not player.browse.refresh()


def test_search_finds_words_of_the_synopsis(player: Player) -> None:
    player.browse.refresh()
    film = player.browse.home().rows[-1].cards[0].film
    word = max(film.synopsis[0].split(), key=len).strip(".,;:")

    hits = player.search.find(word)

    assert film.id in [hit.film.id for hit in hits]
    assert player.search.find('" OR *') is not None


def test_a_picture_is_fetched_once_and_then_here(player: Player, hooks: TestHooks) -> None:
    player.browse.refresh()
    poster = player.browse.home().rows[-1].cards[0].film.poster
    assert poster is not None
    file = poster.files[0]

    content = player.pictures.bytes_of(file.sha256)
    asked = len(hooks.requests)

    assert len(content) == file.bytes
    assert player.pictures.bytes_of(file.sha256) == content
    assert len(hooks.requests) == asked


def test_a_wrong_password_is_said(player: Player) -> None:
    with pytest.raises(WrongPassword):
        player.desk.sign_in(EMAIL, "not the password", None)


def test_a_form_with_mistakes_comes_back_with_messages(player: Player) -> None:
    with pytest.raises(FormRejected) as rejected:
        player.desk.register({"username": "!", "terms": "true"}, player.desk.captcha().id)
    assert "username" in rejected.value.messages


def test_a_rental_paid_in_the_browser_permits_playing(
    new_player: NewPlayer, hooks: TestHooks
) -> None:
    player = new_player(browser=RecordingBrowser(pay))
    player.browse.refresh()
    account(player, hooks, "rosa_l")
    film_id, offer_id = streamable(player)

    pending = player.checkouts.begin(film_id, offer_id)
    checkout = player.checkouts.wait(pending, threading.Event())

    assert checkout.state is CheckoutState.PAID
    facts = player.browse.film(film_id)
    assert facts.right.may_play
    assert facts.pending is None
    permit = player.licences.permit(film_id)
    assert permit.segment_list is not None
    used = {each.key_id for each in permit.segment_list.renditions}
    assert used == set(permit.licence.keys)


def test_a_declined_card_and_a_cancelled_checkout_end_as_such(
    new_player: NewPlayer, hooks: TestHooks
) -> None:
    player = new_player()
    player.browse.refresh()
    account(player, hooks, "declined_d")
    film_id, offer_id = streamable(player)

    cancelled = player.checkouts.cancel(player.checkouts.begin(film_id, offer_id))
    assert cancelled.state is CheckoutState.CANCELLED

    pending = player.checkouts.begin(film_id, offer_id)
    assert pending.address is not None
    browser = PageBrowser()
    page = open_checkout(browser, pending.address)
    for _ in range(3):
        page = type_card(browser, page, DECLINED_CARD)
    declined = player.checkouts.wait(pending, threading.Event())
    assert declined.state is CheckoutState.DECLINED
    assert declined.reason
    assert not player.browse.film(film_id).right.may_play


def test_a_checkout_is_waited_for_after_a_restart_and_a_lost_answer_is_asked_again(
    new_player: NewPlayer, hooks: TestHooks
) -> None:
    player = new_player()
    player.browse.refresh()
    account(player, hooks, "restart_r")
    film_id, offer_id = streamable(player)
    pending = player.checkouts.begin(film_id, offer_id)

    again = new_player()
    assert again.checkouts.pending() == (pending,)
    assert again.browse.film(film_id).pending == pending


def test_signing_out_forgets_the_sign_in(new_player: NewPlayer) -> None:
    player = new_player()
    player.desk.sign_in(EMAIL, PASSWORD, None)
    assert player.desk.who() is not None
    player.desk.sign_out()
    assert player.desk.who() is None
    with pytest.raises(SignedOut):
        player.connection.client().account()


def test_an_unsafe_address_is_not_our_service() -> None:
    with pytest.raises(NotOurService):
        origin_from("http://films.example.org")
