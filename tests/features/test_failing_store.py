"""A store of secrets that fails at a sign-out, at a start or between: told, and nobody is lost."""

from __future__ import annotations

from pathlib import Path

from player_app.core.storage_errors import KeyringSilent
from player_app.reference_service.demo import EMAIL
from player_app.reference_service.server import RunningService
from tests.fakes.keyring import MemoryKeyring
from tests.features.sign_ins import player_over, sign_in_of, signed_in


def test_a_store_that_fails_at_the_sign_out_is_told_and_cleared_at_a_later_start(
    tmp_path: Path, service: RunningService
) -> None:
    keyring = MemoryKeyring()
    with signed_in(tmp_path / "p", service.address, keyring) as player:
        ended = sign_in_of(player)
        keyring.failing = KeyringSilent("hung")
        assert isinstance(player.desk.sign_out(), KeyringSilent)
        assert player.desk.who() is None
        player.desk.say_farewell()
        assert ended.opens(player) == []
    assert "sign-in" in keyring.values
    with player_over(tmp_path / "p", service.address, keyring) as player:
        assert player.desk.who() is None
    keyring.failing = None
    with player_over(tmp_path / "p", service.address, keyring) as player:
        assert player.desk.who() is None
        assert "sign-in" not in keyring.values
        player.desk.say_farewell()
        assert player.farewells.waiting() == ()


def test_a_store_that_fails_at_a_start_ends_no_sign_in(
    tmp_path: Path, service: RunningService
) -> None:
    keyring = MemoryKeyring()
    with signed_in(tmp_path / "p", service.address, keyring) as player:
        player.comments.keep_draft("film-01", "Half a thought")
    keyring.failing = KeyringSilent("hung")
    with player_over(tmp_path / "p", service.address, keyring) as player:
        assert player.desk.who() is None
        assert player.desk.is_resting()
        assert isinstance(player.desk.passing_reason(), KeyringSilent)
    keyring.failing = None
    with player_over(tmp_path / "p", service.address, keyring) as player:
        who = player.desk.who()
        assert who is not None
        assert player.connection.client().account() == who
        assert player.comments.draft("film-01") == "Half a thought"


def test_a_store_that_fails_in_the_middle_loses_no_sign_in(
    tmp_path: Path, service: RunningService
) -> None:
    keyring = MemoryKeyring()
    with signed_in(tmp_path / "p", service.address, keyring) as player:
        keyring.failing = KeyringSilent("hung")
        for turn in (1, 2):
            player.clock.ahead_s = turn * 700
            assert player.connection.client().account().email == EMAIL
        assert player.desk.passing()
