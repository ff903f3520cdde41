"""A thread or a Qt timer that outlives its test fails that test."""

from __future__ import annotations

import gc
import sys
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

PATIENCE_S = 3.0
SERVICE_WORKER = "AnyIO worker thread"
"""The reference service makes them when they are asked of it, and ends them when it ends."""


def threads() -> set[threading.Thread]:
    """Python's own; libVLC's and Qt's show as dummies when they call in, and are theirs to end."""
    everyone = threading.enumerate()
    return {
        each
        for each in everyone
        if not isinstance(each, threading._DummyThread) and each.name != SERVICE_WORKER
    }


def active_timers() -> list[Any]:
    """Every running QTimer that Python holds."""
    core, shiboken = sys.modules.get("PySide6.QtCore"), sys.modules.get("shiboken6")
    if core is None or shiboken is None:
        return []
    timers = [each for each in gc.get_objects() if issubclass(type(each), core.QTimer)]
    return [each for each in timers if shiboken.isValid(each) and each.isActive()]


def pytest_collection_finish() -> None:
    """What is there before the first test stays: no test's end need look through it.

    What outlives a test is looked through again and again, though that takes long: once it is
    frozen, a wrapper of Qt's that is dropped later stays, and is taken for what comes to lie where
    its own object lay.
    """
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def no_leaks(request: pytest.FixtureRequest) -> Iterator[None]:
    before = threads()
    yield
    deadline = time.monotonic() + PATIENCE_S
    while (left := threads() - before) and time.monotonic() < deadline:
        next(iter(left)).join(timeout=0.05)
    if left:
        pytest.fail(f"leaked threads: {', '.join(sorted(each.name for each in left))}")
    if {"qapp", "qtbot"} & set(request.fixturenames):
        gc.collect()
        if running := active_timers():
            pytest.fail(f"leaked timers: {', '.join(map(repr, running))}")
