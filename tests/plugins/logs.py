"""A warning or error in the log that the test did not expect fails it."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator

import pytest

Expect = Callable[[str], None]

ANY_TIME = ("timeout graceful shutdown exceeded",)
"""What the bundled service says where it ends while somebody still reads what it sends."""


class Recorder(logging.Handler):
    """Keeps the text of every record from WARNING up."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(f"{record.levelname} {record.name}: {record.getMessage()}")


class Expectations:
    """Patterns of the records that a test brings about on purpose."""

    def __init__(self) -> None:
        self.patterns = list(ANY_TIME)

    def unexpected(self, said: list[str]) -> list[str]:
        return [each for each in said if not any(re.search(one, each) for one in self.patterns)]


@pytest.fixture
def log_expectations() -> Expectations:
    return Expectations()


@pytest.fixture
def expect_log(log_expectations: Expectations) -> Expect:
    """Call it with a pattern of a warning or an error that this test brings about."""
    return log_expectations.patterns.append


@pytest.fixture(autouse=True)
def no_unexpected_log(log_expectations: Expectations) -> Iterator[None]:
    recorder = Recorder()
    logging.getLogger().addHandler(recorder)
    yield
    logging.getLogger().removeHandler(recorder)
    if unexpected := log_expectations.unexpected(recorder.said):
        pytest.fail("unexpected in the log:\n  " + "\n  ".join(unexpected))
