"""A film is watched in the dark; who chose the light theme has it back afterwards."""

from __future__ import annotations

from collections.abc import Callable

from player_app.ui.application import Window
from player_app.ui.navigation import HOME
from tests.journeys.screen import Screen
from tests.screenshots.scenes import SCENES
from tests.ui.stage import Stage

LIGHT = 200


def test_the_window_is_light_again_after_a_film(open_window: Callable[[Stage], Window]) -> None:
    scene = next(each for each in SCENES if each.name == "player-rest")
    stage = scene.stage("light", 1.0)
    screen = Screen(open_window(stage).root)

    def is_light() -> bool:
        return screen.look().pixelColor(1, 1).lightness() > LIGHT

    screen.until(is_light, "the light theme")
    scene.way(stage)
    screen.item("playerPage")
    screen.until(lambda: not is_light(), "the dark around the film")
    stage.navigation.go(HOME)
    screen.until(is_light, "the light theme again")
