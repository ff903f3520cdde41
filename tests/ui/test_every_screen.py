"""Every screen in every state opens without a word from Qt, and names every control."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from PySide6.QtGui import QGuiApplication

from player_app.ui.application import Window
from tests.journeys.screen import Screen
from tests.screenshots.scene import Scene
from tests.screenshots.scenes import SCENES
from tests.ui.accessible import CONTROLS, Heard, heard_in
from tests.ui.stage import Stage

Open = Callable[[Stage], Window]


DIFFERENT = [scene for scene in SCENES if not scene.variant]


@pytest.mark.parametrize("scene", DIFFERENT, ids=lambda scene: scene.name)
def test_a_screen_opens_quietly_and_names_its_controls_and_so_it_does_in_large_text(
    scene: Scene, open_window: Open, qapp: QGuiApplication
) -> None:
    stage = scene.stage("dark", 1.0)
    window = open_window(stage)
    scene.way(stage)
    scene.gesture(Screen(window.root))
    for scale in (1.0, 2.0):
        stage.settings.scaleText(scale)
        qapp.processEvents()
        until = time.monotonic() + 5
        while nameless_in(window) and time.monotonic() < until:
            qapp.processEvents()

        assert nameless_in(window) == []
        assert any(each.role in CONTROLS for each in heard_in(window.root))


def nameless_in(window: Window) -> list[Heard]:
    """Cards beyond the edge are made bit by bit, and get their names last."""
    return [each for each in heard_in(window.root) if each.role in CONTROLS and not each.says]
