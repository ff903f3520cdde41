"""What is shown of a film while it plays: how far it is, and what is said over it."""

from __future__ import annotations

import time

from PySide6.QtCore import Property, QObject, QTimer, Signal
from PySide6.QtQml import QmlElement, QmlUncreatable

from player_app.core.catalogue import Chapter, Film
from player_app.core.playback import PlaybackState
from player_app.ui.viewmodels.player_face import MovingFace, failure_card, moving_face

QML_IMPORT_NAME = "Verite.Models"
QML_IMPORT_MAJOR_VERSION = 1

REFRESH_MS = 250


# `dev.py check` reads these files by name, and knows a base class only from a file before.
@QmlElement
@QmlUncreatable("made in Python")
class MovingFilmViewModel(QObject):  # type: ignore[operator]
    """`shown` changes with what the film does."""

    shown = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._face = MovingFace()
        self._state: PlaybackState | None = None
        self._chapters: tuple[Chapter, ...] = ()
        self._refresh = QTimer(self)
        self._refresh.setInterval(REFRESH_MS)
        self._refresh.timeout.connect(self._look_again)

    @Property(bool, notify=shown)
    def opening(self) -> bool:
        return self._face.opening

    @Property(bool, notify=shown)
    def playing(self) -> bool:
        return self._face.playing

    @Property(int, notify=shown)
    def positionMs(self) -> int:
        return self._face.position_ms

    @Property(str, notify=shown)
    def positionText(self) -> str:
        return self._face.position_text

    @Property(int, notify=shown)
    def bufferedMs(self) -> int:
        return self._face.buffered_ms

    @Property(str, notify=shown)
    def chapter(self) -> str:
        return self._face.chapter

    @Property(str, notify=shown)
    def messageText(self) -> str:
        return self._face.message

    @Property(bool, notify=shown)
    def reconnecting(self) -> bool:
        return self._face.reconnecting

    @Property(str, notify=shown)
    def cardTitle(self) -> str:
        return self._face.card.title

    @Property(str, notify=shown)
    def cardText(self) -> str:
        return self._face.card.text

    @Property(str, notify=shown)
    def cardAction(self) -> str:
        return self._face.card.label

    def _follow(self, state: PlaybackState, film: Film | None) -> None:
        self._state = state
        self._chapters = film.chapters if film is not None else ()
        self._look_again()

    def _failed(self, error: Exception) -> None:
        self._show(MovingFace(opening=False, card=failure_card(error)))

    def _look_again(self) -> None:
        if self._state is not None:
            self._show(moving_face(self._state, self._chapters, time.monotonic()))

    def _show(self, face: MovingFace) -> None:
        if face != self._face:
            self._face = face
            self.shown.emit()
