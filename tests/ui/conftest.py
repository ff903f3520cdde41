"""The window's tests draw on no screen, and leave no Qt object of theirs to the next test."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtGui import QGuiApplication

from player_app.ui.application import Window
from tests.ui.stage import Stage


@pytest.fixture
def open_window(qapp: QGuiApplication) -> Iterator[Callable[[Stage], Window]]:
    """Opens the window over a stage; closed again after the test."""
    opened: list[Window] = []
    stages: list[Stage] = []

    def open_over(stage: Stage) -> Window:
        stages.append(stage)
        opened.append(stage.window())
        qapp.processEvents()
        return opened[-1]

    yield open_over
    for stage in stages:
        stage.leave_the_film()
    for window in opened:
        window.close()
    qapp.processEvents()
