"""Pictures of films in the window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtQuick import QQuickItem

from player_app.ui.application import Window
from tests.journeys.screen import Screen
from tests.ui.stage import Stage


def test_a_picture_stays_to_be_seen_while_the_window_gets_another_size(
    open_window: Callable[[Stage], Window],
) -> None:
    stage = Stage()
    window = open_window(stage)
    stage.home.begin()
    stage.shell.start()
    screen = Screen(window.root)
    screen.until(lambda: shown(window), "the backdrop")
    backdrop = shown(window)[0]
    opacities = []
    backdrop.opacityChanged.connect(lambda: opacities.append(backdrop.opacity()))
    before = backdrop.property("sourceSize").width()

    window.root.resize(1600, 900)
    screen.until(lambda: backdrop.property("sourceSize").width() > before, "a larger one asked for")
    screen.until(lambda: backdrop.property("progress") == 1.0, "the larger one to come")

    assert opacities == []


def shown(window: Window) -> list[QQuickItem]:
    """The images of films that are wholly there."""
    images = (i for i in window.root.findChildren(QQuickItem) if i.inherits("QQuickImage"))
    films = (i for i in images if i.property("source").host() == "pictures")
    return [image for image in films if image.opacity() == 1.0]
