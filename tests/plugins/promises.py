"""The promises: which test shows which row, how many cases it tries, and what came of them."""

from __future__ import annotations

import json
import random
import time
from collections import defaultdict
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

import pytest

PROPERTY = "promise"


@dataclass(slots=True)
class Promise:
    """A test's side of a row: `count` says how many cases to try, `tried` that they were."""

    is_full: bool
    cases: int = 0

    def count(self, *, smoke: int, full: int) -> int:
        """How many cases to try in this run."""
        return full if self.is_full else smoke

    def tried(self, cases: int = 1) -> None:
        self.cases += cases


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("promises")
    group.addoption("--promises", metavar="N,N", help="run only the tests of these promises")
    group.addoption("--promises-full", action="store_true", help="try the full number of cases")
    group.addoption("--promises-report", metavar="FILE", help="write what was tried, per promise")
    group.addoption(
        "--promises-seconds",
        type=float,
        metavar="S",
        help="begin no test after so long, and take them in another order each time",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    asked = config.getoption("--promises")
    if asked is None:
        return
    numbers = {int(each) for each in asked.split(",")}
    kept = [item for item in items if numbers & set(numbers_of(item))]
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = kept
    if config.getoption("--promises-seconds") is not None:
        random.shuffle(items)


def numbers_of(item: pytest.Item) -> list[int]:
    return [number for mark in item.iter_markers("promise") for number in mark.args]


@pytest.fixture
def promise(request: pytest.FixtureRequest) -> Promise:
    """For tests that try many cases; a marked test without it counts as one case."""
    made = Promise(bool(request.config.getoption("--promises-full")))
    request.node.user_properties.append((PROPERTY, made))
    return made


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn what a test said into plain values: reports travel between xdist's processes."""
    report = yield
    kept = [value for _, value in item.user_properties if isinstance(value, Promise)]
    said = {"numbers": numbers_of(item), "cases": max(1, sum(each.cases for each in kept))}
    others = [each for each in item.user_properties if each[0] != PROPERTY]
    report.user_properties = [*others, (PROPERTY, said)]
    return report


class Tally:
    """Adds up the reports of a run and writes them where they were asked for."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.rows: dict[int, dict[str, float]] = defaultdict(
            lambda: {"tests": 0, "tried": 0, "violations": 0, "seconds": 0.0}
        )

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        for said in (value for name, value in report.user_properties if name == PROPERTY):
            for number in said["numbers"]:  # type: ignore[index]
                row = self.rows[number]
                row["seconds"] = round(row["seconds"] + report.duration, 3)
                row["violations"] += int(report.failed)
                if report.when == "call":
                    row["tests"] += 1
                    row["tried"] += said["cases"]  # type: ignore[index]

    def pytest_sessionfinish(self) -> None:
        self.path.write_text(json.dumps(self.rows, indent=1), encoding="utf-8")


class TimeLimit:
    """Lets the run stop in good order once its time is up."""

    def __init__(self, seconds: float) -> None:
        self._ends = time.monotonic() + seconds

    def pytest_runtest_teardown(self, item: pytest.Item) -> None:
        if time.monotonic() > self._ends:
            item.session.shouldstop = "the time is up"


def pytest_configure(config: pytest.Config) -> None:
    seconds = config.getoption("--promises-seconds")
    if seconds is not None:
        config.pluginmanager.register(TimeLimit(seconds))
    report = config.getoption("--promises-report")
    if report and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Tally(Path(report)))
