"""A player that is killed while it watches and tells has every place that it said it kept."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from player_app.reference_service.server import RunningService
from tests.fakes.browser import RecordingBrowser
from tests.fakes.keyring import FileKeyring
from tests.features.player import Player
from tests.features.progress_errand import STEP_MS
from tests.features.two_devices import PASSWORD, new_account
from tests.plugins.promises import Promise

ROOT = Path(__file__).resolve().parents[2]
FILM = "film-01"


def killed_after(said: int, *arguments: str) -> int:
    """The last place that the process said it had kept."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.features.progress_errand", *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(said)]
        process.kill()
        lines += [each for each in process.stdout if each.endswith("\n")]
        return int(lines[-1])


@pytest.mark.promise(14)
def test_what_was_watched_before_a_kill_comes_to_the_other_device(
    tmp_path: Path, service: RunningService, promise: Promise
) -> None:
    _, email = new_account(service)
    profile, keyring = tmp_path / "here", tmp_path / "keyring"
    player = Player(profile, RecordingBrowser(), FileKeyring(keyring))
    there = Player(tmp_path / "there", RecordingBrowser())
    for each in (player, there):
        each.services.choose(each.services.look_up(service.address))
        each.desk.sign_in(email, PASSWORD, None)
    player.close()
    chance = random.Random(1)  # noqa: S311 - the same numbers each time
    last = 0
    for _ in range(promise.count(smoke=2, full=10)):
        process = (str(profile), str(keyring), FILM, str(last + 2))
        last = killed_after(chance.randrange(1, 120), *process)
        player = Player(profile, RecordingBrowser(), FileKeyring(keyring))
        here = player.positions.of(FILM)
        assert here is not None
        # one place more may be there: it was killed before it could say so
        assert here.position_ms // STEP_MS in (last, last + 1)
        player.progress.catch_up()
        told = player.positions.of(FILM)
        assert told is not None
        assert told.position_ms == here.position_ms
        player.close()
        there.progress.catch_up()
        assert there.positions.of(FILM) == told
        promise.tried()
    there.close()
