"""A store of secrets that failed and serves again has all that it missed, and nobody is lost."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from player_app.core.sign_in_errors import SignedOut, WrongPassword
from player_app.core.storage_errors import (
    KeyringError,
    KeyringLocked,
    KeyringMissing,
    KeyringSilent,
)
from player_app.reference_service.demo import EMAIL, PASSWORD
from player_app.reference_service.hooks import TestHooks
from player_app.reference_service.server import RunningService
from player_app.storage.secrets import Secrets
from tests.fakes.keyring import MemoryKeyring
from tests.features.player import Player
from tests.features.sign_ins import REVOKE, player_over, sign_in_of

pytestmark = pytest.mark.promise(15)
GRACE_IS_OVER_S = 61
FAILURES = pytest.mark.parametrize(
    "failure",
    [KeyringSilent("hung"), KeyringLocked("closed"), KeyringMissing("killed")],
    ids=lambda failure: type(failure).__name__,
)


@contextmanager
def later(hooks: TestHooks) -> Iterator[None]:
    """At the service, when the grace for a reply that was lost is over."""
    hooks.ahead_s = GRACE_IS_OVER_S
    try:
        yield
    finally:
        hooks.ahead_s = 0


def renew(player: Player) -> None:
    player.clock.ahead_s += 700
    assert player.connection.client().account().email == EMAIL


def stored(keyring: MemoryKeyring) -> str:
    refresh: str = json.loads(keyring.values["sign-in"])["refresh"]
    return refresh


@FAILURES
@pytest.mark.parametrize("by", ["renewal", "refresh"])
def test_a_store_that_failed_for_one_renewal_signs_nobody_out_at_the_next_start(
    tmp_path: Path,
    service: RunningService,
    hooks: TestHooks,
    failure: KeyringError,
    by: str,
) -> None:
    keyring = MemoryKeyring()
    with player_over(tmp_path / "p", service.address, keyring) as player:
        player.desk.sign_in(EMAIL, PASSWORD, None)
        keyring.failing = failure
        renew(player)
        assert player.desk.passing()
        keyring.failing = None
        if by == "renewal":
            renew(player)
        else:
            player.desk.say_farewell()
        assert not player.desk.passing()
        assert stored(keyring) == sign_in_of(player).refresh
        ahead_s = player.clock.ahead_s
    with later(hooks), player_over(tmp_path / "p", service.address, keyring) as player:
        player.clock.ahead_s = ahead_s
        renew(player)
        who = player.desk.who()
        assert who is not None
        assert who.email == EMAIL


def test_a_farewell_that_waited_in_memory_is_sent_when_the_store_is_back(
    tmp_path: Path, service: RunningService, hooks: TestHooks
) -> None:
    keyring = MemoryKeyring(KeyringLocked("closed"))
    with player_over(tmp_path / "p", service.address, keyring) as player:
        player.desk.sign_in(EMAIL, PASSWORD, None)
        ended = sign_in_of(player)
        hooks.fail_next(REVOKE, 503)
        player.desk.sign_out()
        player.desk.say_farewell()
        keyring.failing = None
        player.desk.sign_in(EMAIL, PASSWORD, None)
        assert "farewell-0" in keyring.values
    with player_over(tmp_path / "p", service.address, keyring) as player:
        assert player.desk.who() is not None
        player.desk.say_farewell()
        assert ended.opens(player) == []
        assert player.farewells.waiting() == ()


def test_a_sign_in_that_ended_while_the_store_hung_stays_ended_when_that_is_back(
    tmp_path: Path, service: RunningService, hooks: TestHooks
) -> None:
    keyring = MemoryKeyring()
    with player_over(tmp_path / "p", service.address, keyring) as player:
        player.desk.sign_in(EMAIL, PASSWORD, None)
        keyring.failing = KeyringSilent("hung")
        hooks.fail_next(REVOKE, 503)
        player.desk.sign_out()
        player.desk.say_farewell()
        keyring.failing = None
        with pytest.raises(WrongPassword):
            player.desk.sign_in(EMAIL, "not my password", None)
        assert "sign-in" not in keyring.values
        assert player.desk.who() is None
        with pytest.raises(SignedOut):
            player.connection.client().account()


def test_a_device_made_while_the_store_failed_is_kept_by_it_later(
    tmp_path: Path, service: RunningService
) -> None:
    keyring = MemoryKeyring(KeyringLocked("closed"))
    with player_over(tmp_path / "p", service.address, keyring) as player:
        player.desk.sign_in(EMAIL, PASSWORD, None)
        device, secret = player.desk.device(), player.desk.secret()
        keyring.failing = None
        assert player.desk.try_store_again() is not None
    with player_over(tmp_path / "p", service.address, keyring) as player:
        assert player.desk.who() is not None
        assert player.desk.secret() == secret
        assert player.desk.device() == device


def test_the_device_that_a_store_kept_all_the_while_is_this_one_again(
    tmp_path: Path, service: RunningService
) -> None:
    keyring = MemoryKeyring()
    with player_over(tmp_path / "p", service.address, keyring) as player:
        player.desk.sign_in(EMAIL, PASSWORD, None)
        device = player.desk.device()
    keyring.failing = KeyringLocked("closed")
    with player_over(tmp_path / "p", service.address, keyring) as player:
        player.desk.who()
        player.desk.sign_in(EMAIL, PASSWORD, None)
        assert player.desk.device().passing
        keyring.failing = None
        player.desk.try_store_again()
        assert player.desk.device() == device


def test_a_sign_in_made_while_the_store_failed_lasts_when_that_is_back_and_the_older_one_ends(
    tmp_path: Path, service: RunningService
) -> None:
    keyring = MemoryKeyring()
    with player_over(tmp_path / "p", service.address, keyring) as player:
        player.desk.sign_in(EMAIL, PASSWORD, None)
        older = sign_in_of(player)
    keyring.failing = KeyringLocked("closed")
    with player_over(tmp_path / "p", service.address, keyring) as player:
        assert player.desk.who() is None
        newer = player.desk.sign_in(EMAIL, PASSWORD, None)
        keyring.failing = None
        assert player.desk.try_store_again() == newer
        player.desk.say_farewell()
        assert older.opens(player) == []
    keyring.failing = KeyringLocked("closed")
    with player_over(tmp_path / "p", service.address, keyring) as player:
        assert player.desk.who() is None
        assert player.desk.is_resting()
    keyring.failing = None
    with player_over(tmp_path / "p", service.address, keyring) as player:
        assert player.desk.who() == newer
        renew(player)


def test_who_rests_is_there_again_when_the_store_is_tried_once_more(
    tmp_path: Path, service: RunningService
) -> None:
    keyring = MemoryKeyring()
    with player_over(tmp_path / "p", service.address, keyring) as player:
        account = player.desk.sign_in(EMAIL, PASSWORD, None)
    keyring.failing = KeyringSilent("hung")
    with player_over(tmp_path / "p", service.address, keyring) as player:
        assert player.desk.who() is None
        assert player.desk.try_store_again() is None
        assert player.desk.is_resting()
        keyring.failing = None
        assert player.desk.try_store_again() == account
        assert not player.desk.is_resting()
        renew(player)


def test_a_locked_store_is_asked_for_nothing_unless_the_viewer_wants_it() -> None:
    class Asking(MemoryKeyring):
        asked = 0

        def _fail(self) -> None:
            self.asked += 1
            super()._fail()

    keyring = Asking(KeyringLocked("closed"))
    secrets = Secrets(keyring)
    secrets.put("sign-in", "kept here")
    for _ in range(3):
        secrets.try_again("sign-in", unasked=True)
    assert keyring.asked == 1
    secrets.try_again("sign-in")
    assert keyring.asked == 2
    keyring.failing = None
    secrets.try_again("sign-in", unasked=True)
    assert keyring.values == {"sign-in": "kept here"}
