"""The real application on a profile of its own, and a viewer who left something in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from sqlalchemy import delete

from player_app.reference_service.hooks import TestHooks
from player_app.reference_service.progress_tables import Progress, ProgressNumber, WatchSession
from player_app.reference_service.server import RunningService, running
from player_app.reference_service.tables import Device, Licence
from player_app.storage.paths import Paths, open_paths
from tests.bad_input.screened import Screened, StartIt
from tests.failures.viewer import arrive, take_offline
from tests.fakes.keyring import MemoryKeyring
from tests.service_settings import quick_settings


@pytest.fixture(scope="session")
def hooks() -> TestHooks:
    return TestHooks()


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory, hooks: TestHooks) -> Iterator[RunningService]:
    """The service; what is rented at it stays so for the tests after."""
    settings = quick_settings(tmp_path_factory.mktemp("service"))
    with running(settings, hooks=hooks) as started:
        yield started


@dataclass(frozen=True)
class Left:
    """A profile in which a viewer was, and left a film; and what the store of secrets keeps."""

    folder: Path
    secrets: dict[str, str]
    device_id: str


@pytest.fixture(scope="session")
def left(
    qapp: QGuiApplication,  # noqa: ARG001 - Qt must be there
    shop: RunningService,
    tmp_path_factory: pytest.TempPathFactory,
) -> Left:
    folder, keyring = tmp_path_factory.mktemp("left"), MemoryKeyring()
    screen = Screened(open_paths(folder / "profile"), keyring, folder / "programs")
    screen.start(shop.address)
    screen.until(lambda: screen.shows("filmRow"), "the films", 20.0)
    arrive(screen)
    take_offline(screen)
    device = screen.app.desk.known_device()
    screen.stop()
    assert device is not None
    return Left(folder / "profile", keyring.values, device.id)


@pytest.fixture
def service(shop: RunningService, left: Left) -> RunningService:
    """The same, where the demo's account has that device alone, and was in no film."""
    with shop.service.transaction() as session:
        for table in (Progress, WatchSession, ProgressNumber):
            session.execute(delete(table))
        session.execute(delete(Licence).where(Licence.device_id != left.device_id))
        session.execute(delete(Device).where(Device.id != left.device_id))
    return shop


@pytest.fixture
def settled(
    service: RunningService,
    left: Left,
    paths: Paths,
    keyring: MemoryKeyring,
    start: StartIt,
) -> Screened:
    """On this computer, where a film, a place in it, a comment and a setting are."""
    del service
    shutil.copytree(left.folder, paths.folder, dirs_exist_ok=True)
    keyring.values.update(left.secrets)
    screen = start()
    screen.until(lambda: screen.app.viewer.account is not None, "to be signed in still")
    screen.until(lambda: not screen.app.shell._refreshing, "the service to be asked what is new")
    return screen


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
    """Starts it at this service, on this profile with the store of secrets of this computer."""
    started: list[Screened] = []

    def start_it(
        service: str = "", profile: Paths | None = None, store: MemoryKeyring | None = None
    ) -> Screened:
        screen = Screened(profile or paths, store or keyring, tmp_path / "programs")
        started.append(screen)
        screen.start(service)
        if service:
            screen.until(lambda: screen.shows("filmRow"), "the films", 20.0)
        return screen

    yield start_it
    for each in started:
        each.stop()
