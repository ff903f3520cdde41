"""The reference service, anew for each test: it lets an account sign in only so often."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from player_app.reference_service.server import RunningService, running
from player_app.reference_service.settings import Settings
from player_app.resources import resource


@pytest.fixture
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    settings = Settings(
        origin="",
        folder=tmp_path_factory.mktemp("service"),
        resources=resource("demo"),
        argon2_time_cost=1,
        argon2_memory_kib=1024,
        device_limit=100,
    )
    with running(settings) as started:
        yield started
