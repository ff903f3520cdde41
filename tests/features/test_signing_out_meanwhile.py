"""Signing out while something is under way: what comes back later brings nothing back."""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path

import pytest

from player_app.core.sign_in_errors import SignedOut
from player_app.reference_service.demo import EMAIL, PASSWORD
from player_app.reference_service.hooks import TestHooks
from player_app.reference_service.server import RunningService
from tests.fakes.keyring import FileKeyring
from tests.features.conftest import NewPlayer
from tests.features.sign_ins import TOKEN, alive, player_over, under_way


def test_a_reply_that_comes_after_the_sign_out_is_not_kept(
    new_player: NewPlayer, hooks: TestHooks
) -> None:
    player = new_player()
    player.desk.sign_in(EMAIL, PASSWORD, None)
    with under_way(hooks, "/v1/rights", player.connection.refresh_rights) as came:
        player.desk.sign_out()
    assert came == [SignedOut]
    assert player.connection.rights().rentals == ()
    assert player.connection.kept.get("rights", dict) is None


@pytest.mark.promise(13)
@pytest.mark.parametrize("elsewhere", [False, True], ids=["here", "in another process"])
def test_a_renewal_under_way_does_not_bring_the_sign_in_back(
    tmp_path: Path,
    service: RunningService,
    hooks: TestHooks,
    elsewhere: bool,  # noqa: FBT001
) -> None:
    before, keyring = alive(service), FileKeyring(tmp_path / "keyring")
    with (
        player_over(tmp_path / "p", service.address, keyring) as player,
        player_over(tmp_path / "p", service.address, keyring) as other,
    ):
        player.desk.sign_in(EMAIL, PASSWORD, None)
        renewing = other if elsewhere else player
        renewing.connection.account = player.connection.account
        renewing.clock.ahead_s = 700
        account = renewing.connection.client().account
        with under_way(hooks, TOKEN, account, delay_s=1.0) as came:
            begun = time.monotonic()
            player.desk.sign_out()
            took_s = time.monotonic() - begun
        assert took_s < 0.7
        assert came == [SignedOut]
        player.desk.say_farewell()

        assert keyring.get("sign-in") is None
        assert alive(service) == before
        for each in (player, other):
            with pytest.raises(SignedOut):
                each.connection.client().account()


def test_signing_out_while_signing_in_leaves_nobody_signed_in(
    new_player: NewPlayer, hooks: TestHooks
) -> None:
    player = new_player()
    sign_in = partial(player.desk.sign_in, EMAIL, PASSWORD, None)
    with under_way(hooks, "/v1/account", sign_in) as came:
        player.desk.sign_out()
    assert came == [SignedOut]
    assert player.desk.who() is None
    assert player.secrets.get("sign-in") is None
