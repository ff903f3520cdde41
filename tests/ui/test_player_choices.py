"""What the viewer chooses holds for the film that is being opened, too."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from player_app.core.playback import PlaybackState
from player_app.features.settings import Preferences
from player_app.ui.tasks import Tasks
from player_app.ui.video_surface import VideoSurface
from player_app.ui.viewmodels.player_captions import CaptionLineViewModel
from player_app.ui.viewmodels.player_choices import ChoicesViewModel
from tests.ui.projection import projected
from tests.ui.standstill import Inline


def test_sound_and_speed_changed_while_a_film_opens_are_those_it_begins_with(
    qtbot: QtBot,  # noqa: ARG001 - Qt must be there
) -> None:
    kept: dict[str, Any] = {}
    parent = QObject()

    def likes() -> Preferences:
        return replace(Preferences(captions_on=False), **kept)

    tasks = Tasks(Inline(), lambda call: call())
    choices = ChoicesViewModel(
        preferences=likes,
        prefer=kept.update,
        caption_line=CaptionLineViewModel(preferences=likes, tasks=tasks, parent=parent),
        parent=parent,
    )
    choices.begin()
    choices.setVolume(30)
    choices.toggleMute()
    choices.chooseRate("1.5")

    film = projected("picture-start", PlaybackState(60_000))(VideoSurface())
    choices.opened(film)  # type: ignore[arg-type]

    assert (film.volume, film.muted, film.rates[-1]) == (30, True, 1.5)
    assert (kept["volume"], kept["muted"], kept["rate"]) == (30, True, 1.5)
