"""The reference service, anew for each test: it lets an account sign in only so often."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from player_app.reference_service.hooks import TestHooks
from player_app.reference_service.server import RunningService, running
from tests.service_settings import quick_settings


@pytest.fixture
def hooks() -> TestHooks:
    return TestHooks()


@pytest.fixture
def service(tmp_path_factory: pytest.TempPathFactory, hooks: TestHooks) -> Iterator[RunningService]:
    settings = quick_settings(tmp_path_factory.mktemp("service"), device_limit=100)
    with running(settings, hooks=hooks) as started:
        yield started
