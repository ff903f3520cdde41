"""What a scene is: a state of a screen, what the features answer in it, and the way there."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from player_app.features.settings import Preferences
from tests.journeys.screen import Screen
from tests.ui import samples
from tests.ui.stage import Answers, Stage

Theme = Literal["dark", "light"]
Way = Callable[[Stage], None]
Gesture = Callable[[Screen], None]
BOTH: tuple[Theme, ...] = ("dark", "light")


@dataclass(frozen=True)
class Scene:
    """`main` scenes are drawn in 4K and with large text too; `gesture` is the viewer's, last.

    A `variant` shows no more parts than another scene does, with other words in them.
    """

    name: str
    way: Way
    answers: Callable[[], Answers] = Answers
    executor: Callable[[], Executor | None] = lambda: None
    service: Any = samples.SERVICE
    main: bool = False
    variant: bool = False
    scroll: float = 0.0
    themes: tuple[Theme, ...] = BOTH
    likes: dict[str, Any] = field(default_factory=dict)
    gesture: Gesture = lambda _screen: None

    def stage(self, theme: Theme, text_scale: float) -> Stage:
        """Everything built, before the way is gone."""
        return Stage(
            self.answers(),
            executor=self.executor(),
            service=self.service,
            preferences=self._preferences(theme, text_scale),
        )

    def _preferences(self, theme: Theme, text_scale: float) -> Preferences:
        return replace(samples.PREFERENCES, theme=theme, text_scale=text_scale, **self.likes)
