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


OF_THE_PLAYER = ("", "preview", "captions-menu", "quality", "failed", "focus", "ended")
"""Of the states of the player, which share most of what they show, those that are always tried."""

USUAL = ("loading", "failed", "wrong", "empty")
"""States that every other screen has, and shows in the same way."""


def _marks_of(name: str) -> tuple[pytest.MarkDecorator, ...]:
    screen, _, state = name.partition("-")
    is_usual = screen != "player" and state.endswith(USUAL)
    is_alike = screen == "player" and state not in OF_THE_PLAYER
    return (pytest.mark.thorough,) if is_usual or is_alike else ()


DIFFERENT = [
    pytest.param(each, id=each.name, marks=_marks_of(each.name))
    for each in SCENES
    if not each.variant
]


@pytest.mark.parametrize("scene", DIFFERENT)
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
