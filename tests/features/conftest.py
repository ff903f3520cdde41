"""The reference service on loopback, and players of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from player_app.reference_service.hooks import TestHooks
from player_app.reference_service.server import RunningService, running
from player_app.reference_service.settings import Settings
from player_app.resources import resource
from tests.fakes.browser import RecordingBrowser
from tests.features.player import Player

NewPlayer = Callable[..., Player]


@pytest.fixture(scope="module")
def hooks() -> TestHooks:
    return TestHooks()


@pytest.fixture(scope="module")
def service(hooks: TestHooks, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    settings = Settings(
        origin="",
        folder=tmp_path_factory.mktemp("service"),
        resources=resource("demo"),
        argon2_time_cost=1,
        argon2_memory_kib=1024,
    )
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
