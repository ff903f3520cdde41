"""The player's page, used with a pointer."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPointF, Qt

from player_app.ui.application import Window
from player_app.ui.navigation import Place
from tests.journeys.screen import Screen
from tests.screenshots.player_scenes import LONG_MS, PLAYER_SCENES
from tests.ui.stage import Stage

Open = Callable[[Stage], Window]
SCENES = {scene.name: scene for scene in PLAYER_SCENES}


def played(
    name: str, open_window: Open, *, text_scale: float = 1.0, shows: str = "playPauseButton"
) -> tuple[Stage, Screen]:
    stage = SCENES[name].stage("dark", text_scale)
    window = open_window(stage)
    SCENES[name].way(stage)
    assert stage.navigation.here == Place("player", stage.navigation.here.film_id)
    screen = Screen(window.root)
    screen.item(shows)
    return stage, screen


@pytest.mark.parametrize("part", [0.01, 0.5, 0.99])
def test_a_press_seeks_to_the_place_shown_above_the_pointer(part: float, open_window: Open) -> None:
    stage, screen = played("player-long", open_window)
    timeline = screen.item("timeline")

    def place() -> QPointF:
        return timeline.mapToScene(QPointF(round(timeline.width() * part), timeline.height() / 2))

    def felt() -> bool:
        screen.move_to(place())
        return bool(abs(timeline.property("pointedMs") - LONG_MS * part) < 20_000)

    screen.until(felt, "the pointer to be felt")
    shown_ms = timeline.property("pointedMs")
    screen.click_at(place())

    assert abs(stage.player._playback.sought[-1] - shown_ms) <= 1


def test_arrow_keys_on_the_timeline_go_ten_seconds(open_window: Open) -> None:
    stage, screen = played("player-long", open_window)
    screen.item("timeline").forceActiveFocus()

    screen.press(Qt.Key.Key_Right)
    screen.press(Qt.Key.Key_Left)

    assert stage.player._playback.sought == [3_735_000, 3_715_000]


def test_a_film_that_reconnects_can_be_tried_or_stopped(open_window: Open) -> None:
    stage, screen = played("player-reconnecting", open_window)

    screen.click("messageAction")
    assert stage.player._playback.retried == 1
    screen.click("messageWayOut")

    assert stage.navigation.here.screen == "film"


def test_a_film_that_goes_on_as_it_was_offers_no_way_out_of_it(open_window: Open) -> None:
    _, screen = played("player-refused", open_window, shows="playerMessage")

    assert not {"messageAction", "messageWayOut"} & screen.names()


def test_a_failed_film_shows_no_control_that_does_nothing(open_window: Open) -> None:
    _, screen = played("player-failed", open_window, shows="playerCardAction")

    assert not {"timeline", "playPauseButton", "caption"} & screen.names()


def test_a_film_that_ended_can_be_sought_back_into(open_window: Open) -> None:
    stage, screen = played("player-ended", open_window)

    screen.click("timeline")

    assert stage.player._playback.sought


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("player-one-sound", "This film has no audio description."),
        ("player-no-captions", "This film has no captions."),
    ],
)
def test_a_menu_without_a_choice_says_why(name: str, words: str, open_window: Open) -> None:
    _, screen = played(name, open_window)

    SCENES[name].gesture(screen)

    screen.until(lambda: screen.says(words), "the reason")


def test_the_keys_all_lie_within_a_small_window_at_twice_the_text_size(open_window: Open) -> None:
    stage, screen = played("player-keys", open_window, text_scale=2.0)
    screen._window.resize(1024, 640)
    stage.player.keys.toggleKeys()
    screen.item("closeCheatSheet")

    screen.until(lambda: 0 < reach_of(screen) <= 1024, "the sheet to fit")


def test_a_menu_is_chosen_from_with_the_keys_from_what_is_chosen_on(open_window: Open) -> None:
    stage, screen = played("player-speed", open_window)

    SCENES["player-speed"].gesture(screen)
    screen.until(lambda: screen.item("choice-1").hasActiveFocus(), "the chosen speed's focus")
    screen.press(Qt.Key.Key_Down)
    screen.press(Qt.Key.Key_Return)

    assert stage.player._playback.rates[-1] == 1.25


def reach_of(screen: Screen) -> float:
    """How far to the right anything of the sheet of keys is drawn."""
    found = screen.item("keyRows")
    return float(found.mapToScene(QPointF(found.width(), 0)).x())
