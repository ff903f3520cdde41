"""Sign-ins that ended here are told to their services, whatever else is silent, full or gone."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from socket import create_server, socket

import pytest

from player_app.core.storage_errors import KeyringSilent, StorageError
from player_app.features.farewells import GIVEN_UP_AFTER_S
from player_app.reference_service.demo import EMAIL, PASSWORD
from player_app.reference_service.hooks import TestHooks
from player_app.reference_service.server import RunningService
from player_app.service.wire.tokens import KeptTokens
from tests.fakes.browser import RecordingBrowser
from tests.fakes.keyring import MemoryKeyring
from tests.features.conftest import NewPlayer
from tests.features.player import Player, refusing
from tests.features.sign_ins import REVOKE, player_over, sign_in_of
from tests.plugins.logs import Expect
from tests.waiting import until

SOON_S = 2.0


@dataclass
class SilentService:
    """Takes connections and says nothing."""

    listener: socket
    callers: list[socket] = field(default_factory=list)

    @property
    def revoke(self) -> str:
        return f"http://127.0.0.1:{self.listener.getsockname()[1]}/oauth/revoke"

    def listen(self) -> None:
        while True:
            try:
                self.callers.append(self.listener.accept()[0])
            except OSError:
                return

    def hang_up(self) -> None:
        for each in self.callers:
            each.close()


@pytest.fixture
def silent() -> Iterator[SilentService]:
    service = SilentService(create_server(("127.0.0.1", 0)))
    listening = threading.Thread(target=service.listen, name="silent")
    listening.start()
    yield service
    service.listener.shutdown(2)
    service.listener.close()
    listening.join(5)
    service.hang_up()


def wait_with_one(player: Player, revoke: str, refresh: str = "r") -> None:
    tokens = KeptTokens(service="http://127.0.0.1", refresh=refresh)
    player.farewells.wait(tokens, revoke=revoke, client_id="verite-player", device=None)


@contextmanager
def impatient(folder: Path, read_timeout_s: float) -> Iterator[Player]:
    player = Player(folder, RecordingBrowser(), MemoryKeyring(), read_timeout_s)
    yield player
    player.close()


def test_a_silent_service_is_waited_for_once_however_much_it_has_to_hear(
    tmp_path: Path, silent: SilentService
) -> None:
    with impatient(tmp_path / "p", read_timeout_s=0.5) as player:
        for number in range(4):
            wait_with_one(player, silent.revoke, f"r{number}")
        begun = time.monotonic()
        player.farewells.send()
        assert time.monotonic() - begun < 1.5
        assert len(silent.callers) == 1
        assert len(player.farewells.waiting()) == 4


def test_a_fresh_sign_out_does_not_wait_behind_another_service_that_is_silent(
    new_player: NewPlayer, silent: SilentService
) -> None:
    player = new_player()
    player.desk.sign_in(EMAIL, PASSWORD, None)
    ended = sign_in_of(player)
    wait_with_one(player, silent.revoke)
    behind = threading.Thread(target=player.desk.say_farewell, name="behind")
    behind.start()
    until(lambda: silent.callers, "the silent service to be asked")

    begun = time.monotonic()
    player.desk.sign_out()
    player.desk.say_farewell()
    assert time.monotonic() - begun < SOON_S
    assert ended.opens(player) == []
    assert behind.is_alive()
    assert len(player.farewells.waiting()) == 1
    silent.hang_up()
    behind.join(10)


def test_what_comes_while_a_service_is_told_is_told_by_who_tells_it(
    new_player: NewPlayer, hooks: TestHooks
) -> None:
    player = new_player()
    player.desk.sign_in(EMAIL, PASSWORD, None)
    revoke = player.connection.client().service.endpoints.revoke
    assert revoke is not None
    wait_with_one(player, revoke, "of-long-ago")
    arrived = hooks.arrived.count(REVOKE)
    hooks.delay_next(REVOKE, 0.5)
    telling = threading.Thread(target=player.farewells.send, name="telling")
    telling.start()
    until(lambda: hooks.arrived.count(REVOKE) > arrived, "the first farewell to arrive")
    player.desk.sign_out()
    begun = time.monotonic()
    player.farewells.send()
    assert time.monotonic() - begun < 0.3
    telling.join(10)
    assert player.farewells.waiting() == ()
    assert hooks.arrived.count(REVOKE) == arrived + 2


def test_a_service_that_is_never_reached_is_given_up_after_half_a_year(tmp_path: Path) -> None:
    nobody = create_server(("127.0.0.1", 0))
    address = f"http://127.0.0.1:{nobody.getsockname()[1]}/oauth/revoke"
    nobody.close()
    with impatient(tmp_path / "p", read_timeout_s=15.0) as player:
        wait_with_one(player, address)
        for ahead_s, left in ((GIVEN_UP_AFTER_S - 60, 1), (GIVEN_UP_AFTER_S, 0)):
            player.clock.ahead_s = ahead_s
            player.farewells.send()
            assert len(player.farewells.waiting()) == left
        assert player.secrets.get("farewell-0") is None


def test_a_farewell_whose_token_is_gone_is_no_success(
    tmp_path: Path, service: RunningService, hooks: TestHooks, expect_log: Expect
) -> None:
    expect_log("the store lost its token")
    keyring = MemoryKeyring()
    with player_over(tmp_path / "p", service.address, keyring) as player:
        player.desk.sign_in(EMAIL, PASSWORD, None)
        player.desk.sign_out()
    del keyring.values["farewell-0"]
    with player_over(tmp_path / "p", service.address, keyring) as player:
        arrived = hooks.arrived.count(REVOKE)
        player.desk.say_farewell()
        assert hooks.arrived.count(REVOKE) == arrived
        assert player.farewells.waiting() == ()


@pytest.mark.parametrize("failing", [None, KeyringSilent("hung")], ids=["stored", "in memory"])
def test_a_sign_out_that_the_database_refuses_still_ends_the_sign_in(
    tmp_path: Path, service: RunningService, failing: KeyringSilent | None
) -> None:
    keyring = MemoryKeyring(failing)
    with player_over(tmp_path / "p", service.address, keyring) as player:
        player.desk.sign_in(EMAIL, PASSWORD, None)
        ended = sign_in_of(player)
        with refusing(player):
            with pytest.raises(StorageError):
                player.desk.sign_out()
            assert player.desk.who() is None
            assert "sign-in" not in keyring.values
            player.desk.say_farewell()
            assert ended.opens(player) == []
            assert player.farewells.waiting() == ()
    with player_over(tmp_path / "p", service.address, keyring) as player:
        assert player.desk.who() is None
