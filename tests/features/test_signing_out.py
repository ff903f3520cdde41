"""Signing out ends the sign-in and takes what was the account's, here and at the service."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from player_app.core.errors import VeriteError
from player_app.core.sign_in_errors import SignedOut
from player_app.core.storage_errors import KeyringMissing
from player_app.reference_service.demo import EMAIL, PASSWORD
from player_app.reference_service.hooks import TestHooks
from player_app.reference_service.server import RunningService
from tests.fakes.keyring import MemoryKeyring
from tests.features.conftest import NewPlayer
from tests.features.sign_ins import alive, shown_in, sign_in_of, signed_in
from tests.features.test_main_job import account as new_account


def test_after_signing_out_its_tokens_open_nothing_and_lie_nowhere(
    tmp_path: Path, service: RunningService
) -> None:
    keyring, before = MemoryKeyring(), alive(service)
    with signed_in(tmp_path / "p", service.address, keyring) as player:
        ended = sign_in_of(player)
        assert player.connection.client().account().email == EMAIL

        assert player.desk.sign_out() is None
        assert player.desk.who() is None
        assert "sign-in" not in keyring.values
        player.desk.say_farewell()

        assert ended.opens(player) == []
        assert alive(service) == before
        assert set(keyring.values) <= {"device"}
        assert player.farewells.waiting() == ()
        with pytest.raises(SignedOut):
            player.connection.client().account()
    assert shown_in(tmp_path, ended.access, ended.refresh) == []


def test_signing_in_anew_ends_the_sign_in_before(new_player: NewPlayer) -> None:
    player = new_player()
    player.desk.sign_in(EMAIL, PASSWORD, None)
    first = sign_in_of(player)
    player.desk.sign_in(EMAIL, PASSWORD, None)
    player.desk.say_farewell()
    assert first.opens(player) == []
    assert player.connection.client().account().email == EMAIL


def test_a_device_gives_its_place_back_whether_it_passes_or_lasts(
    tmp_path: Path, new_player: NewPlayer, service: RunningService
) -> None:
    watching = new_player("watching")
    watching.desk.sign_in(EMAIL, PASSWORD, None)

    def devices() -> set[str]:
        client = watching.connection.client()
        access = client.tokens.access()
        reply = watching.transport.send(
            "GET",
            f"{client.service.api}/devices",
            headers={"Authorization": f"Bearer {access}"},
        )
        return {each["id"] for each in json.loads(reply.body)["devices"]}

    for keyring, passing in (
        (MemoryKeyring(KeyringMissing("none")), True),
        (MemoryKeyring(), False),
    ):
        with signed_in(tmp_path / f"{passing}", service.address, keyring) as player:
            device = player.desk.device()
            assert device.passing is passing
            assert device.id in devices()
            player.desk.sign_out()
            player.desk.say_farewell()
            assert device.id not in devices()


def test_what_was_the_accounts_goes_and_what_it_wrote_waits_for_it_alone(
    new_player: NewPlayer, hooks: TestHooks
) -> None:
    player = new_player()
    player.desk.sign_in(EMAIL, PASSWORD, None)
    player.browse.refresh()
    films = [card.film.id for card in player.browse.home().rows[-1].cards]
    player.connection.client().put_on_watchlist(films[0])
    player.browse.refresh()
    player.comments.keep_draft(films[1], "Half a thought")
    hooks.fail_next(f"/v1/films/{films[2]}/comments", 503)
    with pytest.raises(VeriteError):
        player.comments.post(films[2], "Written on a train.")
    player.positions.keep(films[3], 60_000)
    kept = player.connection.kept

    def seen() -> tuple[object, ...]:
        return (
            kept.get("watchlist", tuple[str, ...]) or (),
            player.comments.draft(films[1]),
            [each.text for each in player.comments.page(films[2]).waiting],
            player.positions.of(films[3]) is not None,
        )

    assert seen() == ((films[0],), "Half a thought", ["Written on a train."], True)
    for _ in range(2):
        player.desk.sign_out()
        assert seen() == ((), "", [], False)
    player.comments.keep_draft(films[4], "Nobody's yet")

    new_account(player, hooks, "another_one")
    player.browse.refresh()
    assert seen() == ((), "", [], False)
    assert player.comments.draft(films[4]) == "Nobody's yet"
    assert player.comments.post_waiting() == 0
    player.desk.sign_out()

    player.desk.sign_in(EMAIL, PASSWORD, None)
    player.browse.refresh()
    assert seen() == ((films[0],), "Half a thought", ["Written on a train."], True)
    assert player.comments.draft(films[4]) == ""
    player.connection.client().take_off_watchlist(films[0])
