"""The application as a viewer has it, a real service, and sites that misbehave, all on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from player_app.reference_service.server import RunningService, running
from player_app.storage.paths import Paths, open_paths
from tests.bad_input.meddler import Meddler, meddled
from tests.bad_input.screened import Screened, StartIt
from tests.fakes.keyring import MemoryKeyring
from tests.service.site import Site, serving_site
from tests.service_settings import quick_settings
from tests.subscription import end_subscription, subscribe


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    with running(quick_settings(tmp_path_factory.mktemp("service"))) as started:
        yield started


@pytest.fixture
def subscribed(service: RunningService) -> Iterator[RunningService]:
    """The same service, while the demo's account may watch everything."""
    subscribe(service.service)
    yield service
    end_subscription(service.service)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving_site() as site:
        yield site


@pytest.fixture(scope="session")
def meddler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Meddler]:
    with meddled(tmp_path_factory.mktemp("meddled")) as meddler:
        yield meddler


@pytest.fixture
def meddling(meddler: Meddler) -> Iterator[Meddler]:
    yield meddler
    meddler.wrong = {}


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return open_paths(tmp_path / "profile")


@pytest.fixture
def keyring() -> MemoryKeyring:
    """The system's store of secrets, which outlives the application."""
    return MemoryKeyring()


@pytest.fixture
def start(
    qapp: QGuiApplication,  # noqa: ARG001 - Qt must be there
    paths: Paths,
    keyring: MemoryKeyring,
    tmp_path: Path,
) -> Iterator[StartIt]:
    started: list[Screened] = []

    def start_it(service: str = "", profile: Paths | None = None) -> Screened:
        started.append(Screened(profile or paths, keyring, tmp_path / "programs"))
        screen = started[-1].start(service)
        if service:
            screen.until(lambda: screen.shows("filmRow"), "the films", 20.0)
        return screen

    yield start_it
    for each in started:
        each.stop()
