"""Films for the tests of faults, and chance with a seed that is told."""

from __future__ import annotations

import random
import time
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication

from tests.faults.faults import BY_NAME, FAULTS
from tests.media.packaging import Recipe, package

SMOKE = {
    "fault": ("truncated", "silent-before-the-reply", "corrupt-twice", "asleep"),
    "hidden_fault": ("truncated", "failing"),
}
LONG_S, LONG_SMOKE_S = 600, 60


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """All faults where the promises are shown in full, else some of each sort."""
    full = metafunc.config.getoption("--promises-full")
    for wanted, names in SMOKE.items():
        if wanted in metafunc.fixturenames:
            faults = FAULTS if full else tuple(BY_NAME[name] for name in names)
            metafunc.parametrize(wanted, faults, ids=lambda fault: fault.name)


@pytest.fixture
def chance(request: pytest.FixtureRequest) -> random.Random:
    """Another seed in every run; a test that fails shows it."""
    seed = time.time_ns()
    request.node.add_report_section("setup", "chance", f"random.Random({seed})")
    return random.Random(seed)  # noqa: S311 - it keeps no secret


@pytest.fixture(scope="session")
def film(
    qapp: QGuiApplication,  # noqa: ARG001 - Qt must be there
    film: dict[str, Any],
) -> dict[str, Any]:
    return film


@pytest.fixture(scope="session")
def long_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("films") / "long"


@pytest.fixture(scope="session")
def long_film(
    qapp: QGuiApplication,  # noqa: ARG001 - Qt must be there
    pytestconfig: pytest.Config,
    long_folder: Path,
) -> dict[str, Any]:
    """Ten minutes in segments of four seconds; one minute where the promises are not in full."""
    seconds = LONG_S if pytestconfig.getoption("--promises-full") else LONG_SMOKE_S
    return package(long_folder, Recipe(seconds, 4, 4, heights=(180,)))
