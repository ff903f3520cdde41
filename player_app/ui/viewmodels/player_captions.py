"""The caption over the picture: read once it is chosen, shown and taken away at its moment."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, Qt, QTimer, Signal
from PySide6.QtQml import QmlElement, QmlUncreatable

from player_app.core.captions import Cue, active, next_change_ms
from player_app.core.playback import Phase, PlaybackState
from player_app.core.stream import CaptionFile
from player_app.ui.tasks import Done, Outcome, Tasks

if TYPE_CHECKING:
    from player_app.features.playback import Playback
    from player_app.features.settings import Preferences

QML_IMPORT_NAME = "Verite.Models"
QML_IMPORT_MAJOR_VERSION = 1

LONGEST_REST_MS = 1000
"""After so long the moment of the next change is reckoned again."""


@QmlElement
@QmlUncreatable("made in Python")
class CaptionLineViewModel(QObject):  # type: ignore[operator]
    captioned = Signal()
    styled = Signal()

    def __init__(
        self, *, preferences: Callable[[], Preferences], tasks: Tasks, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._tasks = tasks
        self._state: PlaybackState | None = None
        self._reading = 0
        self._cues: tuple[Cue, ...] = ()
        self._caption = ""
        self._due = QTimer(self)
        self._due.setSingleShot(True)
        self._due.setTimerType(Qt.TimerType.PreciseTimer)
        self._due.timeout.connect(self._show)

    @Property(str, notify=captioned)
    def caption(self) -> str:
        return self._caption

    @Property(float, notify=styled)
    def captionSize(self) -> float:
        return self._preferences().captions.scale

    @Property(float, notify=styled)
    def captionGround(self) -> float:
        return self._preferences().captions.background

    def begin(self) -> None:
        """A film is about to be opened: captions look as the viewer prefers by now."""
        self.styled.emit()

    def follow(self, state: PlaybackState) -> None:
        """The film is here now, and goes on from there."""
        before, self._state = self._state, state
        if before is None or before.phase is not state.phase or before.anchor_at != state.anchor_at:
            self._show()

    def read(self, playback: Playback, file: CaptionFile | None) -> None:
        """Show these captions of the film from now on, or none."""
        self._reading += 1
        reading = self._reading
        self._cues = ()
        self._show()
        if file is None:
            return

        def loaded(outcome: Outcome[tuple[Cue, ...]]) -> None:
            if reading == self._reading and isinstance(outcome, Done):
                self._cues = outcome.value
                self._show()

        self._tasks.run(lambda: playback.cues(file), loaded)

    def end(self) -> None:
        self._reading += 1
        self._state, self._cues = None, ()
        self._show()

    def _show(self) -> None:
        """Show what is due now, and come back when that changes."""
        self._due.stop()
        state = self._state
        position_ms = state.position_ms(time.monotonic()) if state is not None else 0
        text = "\n".join(cue.text for cue in active(self._cues, position_ms))
        if text != self._caption:
            self._caption = text
            self.captioned.emit()
        due_ms = next_change_ms(self._cues, position_ms)
        if due_ms is not None and state is not None and state.phase is Phase.PLAYING:
            rest_ms = round((due_ms - position_ms) / state.rate)
            self._due.start(max(1, min(LONGEST_REST_MS, rest_ms)))
