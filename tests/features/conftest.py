"""The reference service on loopback, and players of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from player_app.reference_service.hooks import TestHooks
from player_app.reference_service.server import RunningService, running
from tests.fakes.browser import RecordingBrowser
from tests.features.player import Player
from tests.service_settings import quick_settings

NewPlayer = Callable[..., Player]


@pytest.fixture(scope="module")
def hooks() -> TestHooks:
    return TestHooks()


@pytest.fixture(scope="module")
def service(hooks: TestHooks, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    settings = quick_settings(tmp_path_factory.mktemp("service"))
    with running(settings, hooks=hooks) as started:
        yield started


@pytest.fixture
def new_player(tmp_path: Path, service: RunningService) -> Iterator[NewPlayer]:
    made: list[Player] = []

    def new(folder: str = "profile", browser: RecordingBrowser | None = None) -> Player:
        player = Player(tmp_path / folder, browser or RecordingBrowser())
        player.services.choose(player.services.look_up(service.address))
        made.append(player)
        return player

    yield new
    for player in made:
        player.close()
        player.browser.close()


@pytest.fixture
def player(new_player: NewPlayer) -> Player:
    return new_player()
