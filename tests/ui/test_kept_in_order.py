"""What is kept while the viewer types or turns a knob is the last of it, in whatever order."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any

from PySide6.QtGui import QGuiApplication

from player_app.ui.navigation import Place
from tests.ui.stage import Stage


class Backwards(Executor):
    """Does the work that was given last first."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] = []

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.waiting.append(lambda: fn(*args, **kwargs))
        return Future()

    def go(self) -> None:
        while self.waiting:
            self.waiting.pop()()


def test_the_draft_that_is_kept_is_the_last_that_was_typed(qapp: QGuiApplication) -> None:
    del qapp
    executor = Backwards()
    stage = Stage(executor=executor)
    stage.navigation.go(Place("film", "film-01"))
    for text in ("A", "A t", "A th", "A thought"):
        stage.comments.write(text)
    executor.go()
    assert stage.answers.drafts[-1] == "A thought"


def test_the_settings_that_are_kept_are_the_last_that_were_chosen(qapp: QGuiApplication) -> None:
    del qapp
    executor = Backwards()
    stage = Stage(executor=executor)
    for volume in (10, 20, 35):
        stage.settings.setVolume(volume)
    executor.go()
    assert stage.answers.preferred[-1].volume == 35
