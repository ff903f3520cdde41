"""Every screen in every state opens without a word from Qt, and names every control."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtGui import QGuiApplication

from player_app.ui.application import Window
from tests.screenshots.scenes import SCENES, Scene, preferences
from tests.ui.accessible import CONTROLS, heard_in
from tests.ui.stage import Stage

Open = Callable[[Stage], Window]


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_a_screen_opens_quietly_and_names_its_controls(
    scene: Scene, scale: float, open_window: Open, qapp: QGuiApplication
) -> None:
    stage = Stage(
        scene.answers(),
        executor=scene.executor(),
        service=scene.service,
        preferences=preferences("dark", scale),
    )
    window = open_window(stage)
    scene.way(stage)
    qapp.processEvents()

    heard = heard_in(window.root)
    nameless = [each for each in heard if each.role in CONTROLS and not each.name.strip()]

    assert nameless == []
    assert any(each.role in CONTROLS for each in heard)
