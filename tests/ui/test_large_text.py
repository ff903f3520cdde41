"""With text at 200 % in the smallest window, no word of the library and of offline is cut."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtQuick import QQuickItem

from player_app.ui.application import Window
from tests.journeys.screen import Screen, visible_below
from tests.screenshots.offline_scenes import OFFLINE_SCENES
from tests.screenshots.scene import Scene
from tests.ui.stage import Stage

Open = Callable[[Stage], Window]
SMALLEST = (1024, 640)
MAIN = [scene for scene in OFFLINE_SCENES if scene.main]


def texts_in(item: QQuickItem) -> Iterator[QQuickItem]:
    return (each for each in visible_below(item) if each.inherits("QQuickText"))


def cut(text: QQuickItem, window: QRectF) -> bool:
    """Elided, wider than its place, or past an edge at the left or right, where nothing scrolls."""
    if not text.property("text") or text.width() <= 0:
        return False
    place = text.mapRectToScene(QRectF(QPointF(0, 0), QPointF(text.width(), text.height())))
    beside = place.left() < window.left() - 1 or place.right() > window.right() + 1
    return (
        bool(text.property("truncated"))
        or text.property("contentWidth") > place.width() + 1
        or beside
    )


def in_a_row_that_scrolls(item: QQuickItem) -> bool:
    """Cards of films go on beyond the edge, and may take two lines of a title."""
    holder: QQuickItem | None = item
    while holder is not None:
        if holder.objectName() == "posterCard":
            return True
        holder = holder.parentItem()
    return False


@pytest.mark.parametrize("scene", MAIN, ids=lambda scene: scene.name)
def test_nothing_is_cut(scene: Scene, open_window: Open) -> None:
    stage = scene.stage("dark", 2.0)
    window = open_window(stage)
    window.root.resize(*SMALLEST)
    scene.way(stage)
    screen = Screen(window.root)
    whole = QRectF(0, 0, *SMALLEST)

    def words() -> list[str]:
        found = texts_in(window.root.contentItem())
        return [
            str(each.property("text"))
            for each in found
            if cut(each, whole) and not in_a_row_that_scrolls(each)
        ]

    with contextlib.suppress(TimeoutError):
        screen.until(lambda: not words(), "all words to be whole", 5.0)
    assert words() == []
