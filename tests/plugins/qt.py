"""One Qt application for all tests of a process: the player's own kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from PySide6.QtGui import QGuiApplication


@pytest.fixture(scope="session")
def qapp() -> QGuiApplication:
    """In place of pytest-qt's, which makes an application of widgets."""
    from PySide6.QtCore import QCoreApplication  # noqa: PLC0415 - tests without Qt load none
    from PySide6.QtGui import QGuiApplication  # noqa: PLC0415

    from player_app.ui.application import make_application  # noqa: PLC0415

    running = QCoreApplication.instance()
    return running if isinstance(running, QGuiApplication) else make_application(["tests"])
