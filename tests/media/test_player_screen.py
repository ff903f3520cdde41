"""The player's screen over a real film: its keys work, and captions come at their cues."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from player_app.core.playback import Phase
from player_app.features.settings import Preferences
from player_app.ui.navigation import Navigation, Place
from player_app.ui.previews import Previews
from player_app.ui.relay import Relay
from player_app.ui.tasks import Tasks
from player_app.ui.viewmodels.player import PlayerViewModel
from tests.media.host import Host
from tests.media.player import TestPlayer, a_film


class Screen:
    def __init__(self, player: TestPlayer) -> None:
        self.player = player
        self.relay = Relay()
        self.executor = ThreadPoolExecutor(2, thread_name_prefix="task")
        self.navigation = Navigation(Place("film", "film-1"))
        self.previews = Previews()
        self.preferred: dict[str, Any] = {}
        self.model: Any = PlayerViewModel(
            watch=player.watch,
            film=lambda _film_id: a_film(),
            preferences=Preferences,
            prefer=self.preferred.update,
            navigation=self.navigation,
            surface=player.surface,
            previews=self.previews,
            act_on=lambda _action: None,
            tasks=Tasks(self.executor, self.relay.post),
            post=self.relay.post,
        )

    def open(self) -> None:
        self.navigation.go(Place("player", "film-1"))
        self.player.wait(lambda: self.model._playback is not None)
        self.player.playback = self.model._playback
        self.player.wait_for(Phase.PLAYING)

    def press(self, key: Qt.Key, text: str = "") -> None:
        assert self.model.keys.press(key.value, text)

    def close(self) -> None:
        self.navigation.back()
        self.relay.close()
        self.executor.shutdown()


@pytest.fixture
def screen(
    qapp: QGuiApplication,  # noqa: ARG001 - Qt must be there
    film: dict[str, Any],
    host: Host,
) -> Iterator[Screen]:
    player = TestPlayer(film, host)
    found = Screen(player)
    yield found
    found.close()
    player.close()


def test_captions_come_and_go_with_their_cues(screen: Screen) -> None:
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


def test_keys_do_what_the_cheat_sheet_says(screen: Screen) -> None:
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


def test_no_call_of_the_qt_thread_waits_when_the_film_is_left(screen: Screen) -> None:
    screen.open()
    begun = time.monotonic()
    screen.model.leave()
    assert time.monotonic() - begun < 0.1
    QTest.qWait(10)
