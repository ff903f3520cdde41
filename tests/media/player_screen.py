"""The player's view model over a real film, without a window."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from PySide6.QtCore import Qt

from player_app.core.playback import Phase
from player_app.features.settings import Preferences
from player_app.ui.navigation import Navigation, Place
from player_app.ui.previews import Previews
from player_app.ui.relay import Relay
from player_app.ui.tasks import Tasks
from player_app.ui.viewmodels.player import PlayerViewModel
from tests.media.player import TestPlayer, a_film


class PlayerScreen:
    """What the viewer may press, and what the screen says, in `model`."""

    def __init__(self, player: TestPlayer, preferences: Preferences | None = None) -> None:
        self.player = player
        self.relay = Relay()
        self.executor = ThreadPoolExecutor(2, thread_name_prefix="task")
        self.navigation = Navigation(Place("film", "film-1"))
        self.previews = Previews()
        self.preferred: dict[str, Any] = {}
        self.model: Any = PlayerViewModel(
            watch=player.watch,
            film=lambda _film_id: a_film(),
            preferences=lambda: preferences or Preferences(),
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
