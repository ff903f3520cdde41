"""Permits to play: by keys that the service published, for the segments that the licence names."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec
import pytest

from player_app.core.licence import Purpose
from player_app.core.refusals import Refused
from player_app.core.sign_in_errors import SignedOut
from player_app.core.stream_errors import LicenceError, LicenceUntimely
from player_app.features.licence_keys import LicenceKeys
from player_app.features.licences import Licences
from player_app.reference_service.demo import EMAIL, PASSWORD
from player_app.reference_service.hooks import TestHooks
from player_app.reference_service.visitor import pay
from player_app.sealing import sealed
from player_app.service.wire.licence import LicenceReply
from player_app.storage.packing import pack
from tests.fakes.browser import RecordingBrowser
from tests.features.conftest import NewPlayer
from tests.features.player import Player
from tests.forgery import PUBLISHED

DISCOVERY = "/.well-known/verite"


@dataclass(frozen=True)
class Renter:
    player: Player
    film_id: str


@pytest.fixture
def renter(new_player: NewPlayer) -> Iterator[Renter]:
    player = new_player(browser=RecordingBrowser(pay))
    player.desk.sign_in(EMAIL, PASSWORD, None)
    player.browse.refresh()
    film = next(card.film for card in player.browse.home().rows[-1].cards if card.film.streams)
    if not player.browse.film(film.id).right.may_play:
        offer = next(offer.id for offer in film.offers if offer.kind == "rental")
        player.checkouts.wait(player.checkouts.begin(film.id, offer), threading.Event())
    yield Renter(player, film.id)
    # an account has so many devices only
    player.connection.client()._signed("DELETE", f"/devices/{player.desk.device().id}")


def discoveries(hooks: TestHooks) -> int:
    return sum(each.path == DISCOVERY for each in hooks.requests)


def kept_label(player: Player) -> str:
    return f"verite licence keys v1 of {player.connection.client().service.address}"


def test_the_services_keys_are_fetched_once_and_then_known(
    renter: Renter, hooks: TestHooks
) -> None:
    renter.player.licences.permit(renter.film_id)
    before = discoveries(hooks)
    renter.player.licences.permit(renter.film_id)
    assert discoveries(hooks) == before


@pytest.mark.promise(20)
def test_a_key_written_into_the_profile_verifies_nothing(renter: Renter, hooks: TestHooks) -> None:
    kept = renter.player.connection.kept
    for forged in (pack(PUBLISHED), bytes(32) + pack(PUBLISHED), b""):
        kept.put("licence_keys", forged)
        before = discoveries(hooks)
        assert renter.player.licences.permit(renter.film_id).licence.keys
        assert discoveries(hooks) == before + 1


def test_new_keys_of_the_service_are_fetched_when_the_known_ones_do_not_fit(
    renter: Renter, hooks: TestHooks
) -> None:
    player = renter.player
    old = sealed(player.desk.secret(), kept_label(player), pack(tuple(PUBLISHED)))
    player.connection.kept.put("licence_keys", old)
    before = discoveries(hooks)
    assert player.licences.permit(renter.film_id).licence.keys
    assert discoveries(hooks) == before + 1


@pytest.mark.promise(20)
def test_segments_that_the_licence_does_not_name_are_refused(
    renter: Renter, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = renter.player.connection.client()
    reply = client.licence(renter.film_id, renter.player.desk.device().id, Purpose.STREAM)
    assert reply.segment_list is not None
    for other in (reply.segment_list + " ", None):
        spoilt = msgspec.structs.replace(reply, segment_list=other)

        def answer(*_: str, spoilt: LicenceReply = spoilt) -> LicenceReply:
            return spoilt

        monkeypatch.setattr(client, "licence", answer)
        with pytest.raises(LicenceError):
            renter.player.licences.permit(renter.film_id)


def test_a_computers_clock_that_is_off_keeps_no_film_from_streaming_once_it_is_put_right(
    renter: Renter,
) -> None:
    player = renter.player
    for ahead_s in (-7 * 86_400, -600, 7 * 3600):
        player.clock.ahead_s = ahead_s
        assert player.licences.permit(renter.film_id).licence.keys
    keys = LicenceKeys(player.connection, player.desk)
    by_the_computer = Licences(player.connection, player.desk, keys, player.clock.now)
    for ahead_s in (-600, 7 * 3600):
        player.clock.ahead_s = ahead_s
        with pytest.raises(LicenceUntimely):
            by_the_computer.permit(renter.film_id)


def test_a_device_that_the_service_forgot_is_registered_again(renter: Renter) -> None:
    player = renter.player
    device = player.desk.device()
    player.connection.client()._signed("DELETE", f"/devices/{device.id}")
    assert player.licences.permit(renter.film_id).licence.device_id == player.desk.device().id
    assert player.desk.device().id != device.id


def test_without_a_right_or_a_sign_in_nothing_is_permitted(player: Player) -> None:
    player.browse.refresh()
    film = next(card.film for card in player.browse.home().rows[-1].cards if card.film.streams)
    with pytest.raises(SignedOut):
        player.licences.permit(film.id)
    player.desk.sign_in(EMAIL, PASSWORD, None)
    other = next(
        card.film
        for card in player.browse.home().rows[-1].cards
        if card.film.streams and card.film.id != film.id
    )
    with pytest.raises(Refused):
        player.licences.permit(other.id)
