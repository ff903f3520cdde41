"""A computer that keeps no secrets, and logs that tell none."""

from __future__ import annotations

from pathlib import Path

import pytest

from player_app.core.storage_errors import KeyringMissing
from player_app.log import redacted
from player_app.reference_service.demo import EMAIL, PASSWORD
from player_app.reference_service.server import RunningService
from tests.fakes.browser import RecordingBrowser
from tests.fakes.keyring import MemoryKeyring
from tests.features.player import Player


@pytest.mark.promise(15)
def test_without_a_keyring_the_computer_is_a_passing_device(
    tmp_path: Path, service: RunningService
) -> None:
    player = Player(tmp_path / "p", RecordingBrowser(), MemoryKeyring(KeyringMissing("none")))
    player.services.choose(player.services.look_up(service.address))
    player.desk.sign_in(EMAIL, PASSWORD, None)
    device = player.desk.device()
    kept = player.secrets.get("sign-in")
    player.close()

    assert device.passing
    assert player.desk.passing()
    assert isinstance(player.desk.passing_reason(), KeyringMissing)
    assert kept is not None
    files = [each for each in (tmp_path / "p").rglob("*") if each.is_file()]
    assert not any(kept.encode() in each.read_bytes() for each in files)


@pytest.mark.promise(15)
def test_at_the_start_a_player_knows_that_it_is_passing_and_that_its_sign_in_is_gone(
    tmp_path: Path, service: RunningService
) -> None:
    for run in (1, 2):
        player = Player(tmp_path / "p", RecordingBrowser(), MemoryKeyring(KeyringMissing("none")))
        assert player.desk.who() is None
        assert player.desk.passing(), f"run {run}"
        player.services.choose(player.services.look_up(service.address))
        assert player.desk.sign_in(EMAIL, PASSWORD, None) == player.desk.who()
        player.close()


@pytest.mark.promise(23)
def test_a_line_of_the_log_tells_no_secret() -> None:
    line = redacted(
        "GET http://h/media/99.k.SIGNATURE/film/a.m4s Bearer TOKENTOKEN password=hunter22 "
        "http://h/checkout/LINKLINKLINKLINKLINK"
    )
    assert not any(each in line for each in ("SIGNATURE", "TOKENTOKEN", "hunter22", "LINKLINK"))
