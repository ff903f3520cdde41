"""Signing out offline is at once, and the service is told as soon as it can be reached."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from player_app.reference_service.demo import EMAIL, PASSWORD
from player_app.reference_service.hooks import TestHooks
from player_app.reference_service.server import loopback_socket, running
from tests.fakes.keyring import FileKeyring
from tests.features.conftest import NewPlayer
from tests.features.sign_ins import (
    REVOKE,
    SignIn,
    alive,
    player_over,
    shown_in,
    sign_in_of,
    signed_in,
)
from tests.service_settings import quick_settings


@pytest.mark.promise(13)
def test_a_sign_out_offline_is_at_once_and_reaches_the_service_after_a_restart(
    tmp_path: Path, hooks: TestHooks
) -> None:
    settings = quick_settings(tmp_path / "service")
    settings.folder.mkdir()
    keyring = FileKeyring(tmp_path / "keyring")
    with (
        running(settings, hooks=hooks) as service,
        signed_in(tmp_path / "p", service.address, keyring) as player,
    ):
        address, port = service.address, int(service.address.rpartition(":")[2])
        ended = sign_in_of(player)
    with player_over(tmp_path / "p", address, keyring) as player:
        begun = time.monotonic()
        player.desk.sign_out()
        assert time.monotonic() - begun < 1
        assert player.desk.who() is None
        player.desk.say_farewell()
        assert len(player.farewells.waiting()) == 1
        assert shown_in(tmp_path / "p", ended.access, ended.refresh) == []
    with (
        running(settings, hooks=hooks, bound=loopback_socket(port)) as service,
        player_over(tmp_path / "p", address, keyring) as player,
    ):
        assert alive(service) == (1, 1)
        hooks.fail_next(REVOKE, 503)
        player.desk.say_farewell()
        assert len(player.farewells.waiting()) == 1
        player.desk.say_farewell()
        assert player.farewells.waiting() == ()
        assert ended.opens(player) == []
        assert alive(service) == (0, 0)
        assert [name for name in ("sign-in", "farewell-0") if keyring.get(name)] == []


def test_two_sign_outs_offline_are_both_told(new_player: NewPlayer, hooks: TestHooks) -> None:
    player, ended = new_player(), list[SignIn]()
    hooks.fail_next(REVOKE, 503, times=2)
    for _ in range(2):
        player.desk.sign_in(EMAIL, PASSWORD, None)
        ended.append(sign_in_of(player))
        player.desk.sign_out()
        player.desk.say_farewell()
    assert len(player.farewells.waiting()) == 2
    player.desk.say_farewell()
    assert [each.opens(player) for each in ended] == [[], []]
