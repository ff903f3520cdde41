"""The library in its window: worked by keys alone, and heard."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible

from player_app.ui.application import Window
from player_app.ui.navigation import Place
from tests.journeys.screen import Screen
from tests.ui import offline_samples
from tests.ui.accessible import heard_in
from tests.ui.stage import Stage
from tests.ui.test_library import in_library

Open = Callable[[Stage], Window]
FILM, _, GOING = offline_samples.streamed()[:3]


def test_the_library_is_worked_by_keys_alone(open_window: Open) -> None:
    stage = in_library()
    screen = Screen(open_window(stage).root)
    screen.until(lambda: screen.shows("pauseDownload"), "the downloads")
    seen: list[str] = []

    while "showKept" not in seen and len(seen) < 60:
        screen.press(Qt.Key.Key_Tab)
        seen.append(screen.focus())

    wanted = ["workOffline", "travelDayInput", "travelTimeInput", "travelCheck", "openRental",
              "exportEnd", "rentalAction", "giveBack", "openDownload", "checkDownload",
              "removeDownload",
              "playDownload", "pauseDownload", "soonerDownload", "showKept"]  # fmt: skip
    firsts = [seen.index(each) for each in wanted]
    assert firsts == sorted(firsts)

    screen.press(Qt.Key.Key_Return)
    assert stage.navigation.here == Place("kept")


def test_after_a_removal_the_keys_are_at_the_films_that_stay(open_window: Open) -> None:
    stage = in_library()
    screen = Screen(open_window(stage).root)
    screen.until(lambda: screen.shows("removeDownload"), "the downloads")
    first = screen.item("removeDownload")
    first.forceActiveFocus(Qt.FocusReason.TabFocusReason)

    screen.press(Qt.Key.Key_Return)
    screen.click("questionRemove")

    screen.until(lambda: stage.library.downloads.count == 3, "the film to go")
    screen.until(lambda: screen.focus().startswith("openDownload"), "the keys to be at a film")


def test_every_button_of_a_card_says_which_film_it_is_for(open_window: Open) -> None:
    stage = in_library()
    window = open_window(stage)
    Screen(window.root).until(lambda: stage.library.phase == "ready", "the library")

    buttons = [h for h in heard_in(window.root) if h.role == QAccessible.Role.Button]
    names = [each.name for each in buttons if FILM.title in each.name]

    for deed in ("Put the end into a calendar", "Give its place back", "Check every segment",
                 "Remove", "Play"):  # fmt: skip
        assert f"{deed}: {FILM.title}" in names
