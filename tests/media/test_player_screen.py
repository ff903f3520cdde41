"""The player's screen over a real film: its keys work, and captions come at their cues."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from player_app.core.playback import Phase
from player_app.ui.navigation import Place
from tests.media.host import Handler, Host
from tests.media.player import TestPlayer
from tests.media.player_screen import PlayerScreen


@pytest.fixture
def screen(
    qapp: QGuiApplication,  # noqa: ARG001 - Qt must be there
    film: dict[str, Any],
    host: Host,
) -> Iterator[PlayerScreen]:
    player = TestPlayer(film, host)
    found = PlayerScreen(player)
    yield found
    found.close()
    player.close()


def test_captions_come_and_go_with_their_cues(screen: PlayerScreen) -> None:
    screen.open()
    seen: list[tuple[float, str]] = []
    screen.model.captionLine.captioned.connect(
        lambda: seen.append((screen.player.position_ms, str(screen.model.captionLine.caption)))
    )
    screen.press(Qt.Key.Key_C, "c")
    screen.player.wait(lambda: len(seen) >= 2)
    (came_ms, words), (went_ms, nothing) = seen[-2:]
    assert (words, nothing) == ("First words", "")
    assert abs(came_ms - 1_000) <= 100 or came_ms < 2_500
    assert abs(went_ms - 2_500) <= 100
    assert screen.preferred["captions_on"]


def test_keys_do_what_the_cheat_sheet_says(screen: PlayerScreen) -> None:
    screen.open()
    screen.press(Qt.Key.Key_5, "5")
    screen.player.wait(lambda: screen.player.frame_ms > 5_900)
    screen.press(Qt.Key.Key_Space, " ")
    screen.player.wait_for(Phase.PAUSED)
    screen.player.wait(lambda: not screen.model.playing)
    screen.press(Qt.Key.Key_M, "m")
    assert screen.model.choices.muted
    screen.press(Qt.Key.Key_BracketRight, "]")
    assert str(screen.model.choices.rateText) == "1.25×"
    screen.press(Qt.Key.Key_A, "a")
    assert screen.model.choices.describing
    screen.press(Qt.Key.Key_F, "f")
    assert screen.model.fullScreen
    screen.press(Qt.Key.Key_Escape)
    assert not screen.model.fullScreen
    screen.press(Qt.Key.Key_Escape)
    assert screen.navigation.here.screen == "film"
    assert abs(screen.player.places.position_ms - 6_000) < 1_500


def test_a_film_can_be_paused_before_its_first_picture(screen: PlayerScreen, host: Host) -> None:
    comes = threading.Event()

    def late(handler: Handler, _data: bytes) -> bool:
        if handler.path.endswith("v360/00000.m4s"):
            comes.wait(10)
        return False

    host.faults.append(late)
    screen.navigation.go(Place("player", "film-1"))
    try:
        screen.player.wait(lambda: screen.model.playing)
        screen.press(Qt.Key.Key_Space, " ")
        screen.player.wait(lambda: not screen.model.playing)
    finally:
        comes.set()
    screen.player.playback = screen.model._playback
    screen.player.wait_for(Phase.PAUSED)
    screen.player.wait(lambda: 0 <= screen.player.frame_ms < 300)
    assert abs(screen.player.position_ms - screen.player.frame_ms) < 100
    assert not screen.model.playing


def test_no_call_of_the_qt_thread_waits_when_the_film_is_left(screen: PlayerScreen) -> None:
    screen.open()
    begun = time.monotonic()
    screen.model.leave()
    assert time.monotonic() - begun < 0.1
    QTest.qWait(10)
