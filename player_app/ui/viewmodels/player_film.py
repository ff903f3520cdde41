"""Which film plays: its title and facts, its chapters, and the small picture of each place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from player_app.core.catalogue import Film
from player_app.ui.models.rows import Rows
from player_app.ui.previews import Previews
from player_app.ui.viewmodels import player_face as faces

if TYPE_CHECKING:
    from player_app.features.playback import Playback

QML_IMPORT_NAME = "Verite.Models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("made in Python")
class PlayedFilmViewModel(QObject):  # type: ignore[operator]
    shown = Signal()

    def __init__(self, *, previews: Previews, parent: QObject) -> None:
        super().__init__(parent)
        self._previews = previews
        self._has_previews = False
        self._film: Film | None = None
        self._marks = Rows(faces.ChapterMark, self)

    @Property(str, notify=shown)
    def title(self) -> str:
        return self._film.title if self._film else ""

    @Property(str, notify=shown)
    def facts(self) -> str:
        return faces.facts_of(self._film) if self._film else ""

    @Property(str, notify=shown)
    def backdrop(self) -> str:
        return faces.backdrop_of(self._film)

    @Property(Rows, notify=shown)
    def chapters(self) -> Rows:
        return self._marks

    @Slot(int, result=str)
    def placeText(self, position_ms: int) -> str:
        return faces.place_text(self._film.chapters if self._film else (), position_ms)

    @Slot(int, result=str)
    def previewSource(self, position_ms: int) -> str:
        return self._previews.source(position_ms) if self._has_previews else ""

    def show(self, film: Film | None) -> None:
        self._film = film
        chapters = film.chapters if film is not None else ()
        self._marks.show(tuple(faces.ChapterMark(each.start_ms, each.title) for each in chapters))
        self.shown.emit()

    def preview(self, playback: Playback | None) -> None:
        """Small pictures come from this film from now on."""
        self._has_previews = playback is not None and playback.has_previews
        self._previews.show(playback.preview if playback is not None else None)
