"""An evening of one film after another costs no more at its end than at its beginning."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from player_app.reference_service.server import RunningService, running
from tests.app_process import app_process
from tests.plugins.promises import Promise
from tests.service_settings import quick_settings
from tests.subscription import subscribe

WARM_UP = 50
"""Until then caches fill: pictures, segments, what libVLC and Qt keep."""

SMOKE_WARM_UP = 6
TIDY = {"MALLOC_MMAP_THRESHOLD_": "65536", "MALLOC_ARENA_MAX": "1"}
"""glibc then gives back what was let go of, so that its habits are not taken for a leak."""

MOST_GROWTH_BYTES = 50 * 1024
SMOKE_GROWTH_BYTES = 4 * 1024 * 1024
FLAT_WITHIN = 2
"""So many more threads or files over all of it are none too many: some come and go."""


@pytest.fixture
def service(tmp_path: Path) -> Iterator[RunningService]:
    with running(quick_settings(tmp_path / "service")) as started:
        subscribe(started.service)
        yield started


def evening(process: subprocess.Popen[str]) -> list[tuple[int, int, int]]:
    """What was held after each film."""
    assert process.stdout is not None
    assert process.stderr is not None
    lines = process.stdout.readlines()
    assert process.wait(30) == 0, process.stderr.read()
    return [tuple(json.loads(line)) for line in lines]


def slope(values: list[int]) -> float:
    """How much they grow a step: the median over all pairs, which few odd values don't move.

    Theil, A rank-invariant method of linear regression analysis (1950); Sen (1968).
    """
    pairs = [
        (later - earlier) / (there - here)
        for here, earlier in enumerate(values)
        for there, later in enumerate(values[here + 1 :], here + 1)
    ]
    return statistics.median(pairs)


@pytest.mark.promise(22)
@pytest.mark.thorough
def test_changing_from_film_to_film_leaks_nothing(
    tmp_path: Path, service: RunningService, promise: Promise
) -> None:
    changes = promise.count(smoke=14, full=100)
    warm_up = promise.count(smoke=SMOKE_WARM_UP, full=WARM_UP)
    growth = promise.count(smoke=SMOKE_GROWTH_BYTES, full=MOST_GROWTH_BYTES)
    told = (str(tmp_path / "profile"), service.address, str(changes))
    with app_process(
        "tests.endurance.changing_process", *told, variables={**os.environ, **TIDY}
    ) as process:
        found = evening(process)
    assert len(found) == changes
    memory, threads, files = (list(each) for each in zip(*found[warm_up:], strict=True))
    print(f"memory {slope(memory) / 1024:.1f} KiB a change; {threads=} {files=}")  # noqa: T201
    for held in (threads, files):
        assert slope(held) * len(held) <= FLAT_WITHIN
    assert slope(memory) < growth
    promise.tried(changes)
