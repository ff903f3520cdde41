"""The player: one film on the screen, how it is opened and left, and what is done with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Property, Signal, Slot
from PySide6.QtMultimedia import QVideoSink
from PySide6.QtQml import QmlElement, QmlUncreatable

from player_app.core.catalogue import Film
from player_app.core.playback import PlaybackState
from player_app.ui import formatting
from player_app.ui.navigation import Navigation, Place
from player_app.ui.showing import Showing
from player_app.ui.tasks import Post, Tasks
from player_app.ui.video_surface import VideoSurface
from player_app.ui.viewmodels import player_face as faces
from player_app.ui.viewmodels.moving_film import MovingFilmViewModel
from player_app.ui.viewmodels.player_captions import CaptionLineViewModel
from player_app.ui.viewmodels.player_choices import ChoicesViewModel
from player_app.ui.viewmodels.player_film import PlayedFilmViewModel
from player_app.ui.viewmodels.player_keys import KeysViewModel
from player_app.ui.viewmodels.player_unkept import UnkeptPlaceViewModel

if TYPE_CHECKING:
    from player_app.features.playback import Playback
    from player_app.features.settings import Preferences
    from player_app.features.watch import Watch
    from player_app.ui.previews import Previews

QML_IMPORT_NAME = "Verite.Models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("made in Python")
class PlayerViewModel(MovingFilmViewModel):  # type: ignore[operator]
    """`measured` changes with which film it is, and how long."""

    measured = Signal()
    screen = Signal()

    def __init__(
        self,
        *,
        watch: Watch,
        film: Callable[[str], Film],
        preferences: Callable[[], Preferences],
        prefer: Callable[..., None],
        navigation: Navigation,
        surface: VideoSurface,
        previews: Previews,
        act_on: Callable[[str], None],
        tasks: Tasks,
        post: Post,
    ) -> None:
        super().__init__()
        self._preferences = preferences
        self._navigation = navigation
        self._surface = surface
        self._act_on = act_on
        self._full_screen = False
        self._showing = Showing(
            watch=watch,
            film=film,
            tasks=tasks,
            post=post,
            met=self._met,
            opened=self._opened,
            failed=self._failed,
            heard=self._heard,
        )
        self._film = PlayedFilmViewModel(previews=previews, parent=self)
        self._caption_line = CaptionLineViewModel(preferences=preferences, tasks=tasks, parent=self)
        self._choices = ChoicesViewModel(
            preferences=preferences, prefer=prefer, caption_line=self._caption_line, parent=self
        )
        self._keys = KeysViewModel(self, self._choices)
        self.unkept_place = UnkeptPlaceViewModel(act_on=act_on, parent=self)
        navigation.watch(self._arrived)

    @Property(int, notify=measured)
    def lengthMs(self) -> int:
        return self._showing.length_ms

    @Property(str, notify=measured)
    def lengthText(self) -> str:
        return formatting.position(self._showing.length_ms)

    @Property(PlayedFilmViewModel, notify=measured)
    def film(self) -> PlayedFilmViewModel:
        return self._film

    @Property(ChoicesViewModel, notify=measured)
    def choices(self) -> ChoicesViewModel:
        return self._choices

    @Property(CaptionLineViewModel, notify=measured)
    def captionLine(self) -> CaptionLineViewModel:
        return self._caption_line

    @Property(KeysViewModel, notify=measured)
    def keys(self) -> KeysViewModel:
        return self._keys

    @Property(UnkeptPlaceViewModel, notify=measured)
    def unkept(self) -> UnkeptPlaceViewModel:
        return self.unkept_place

    @Property(bool, notify=screen)
    def fullScreen(self) -> bool:
        return self._full_screen

    @Slot(QVideoSink)
    def showIn(self, sink: QVideoSink) -> None:
        self._surface.show_in(sink)

    @Slot()
    def togglePlay(self) -> None:
        if self._playback is not None and self._face.playing:
            self._playback.pause()
        elif self._playback is not None:
            self._playback.play()

    @Slot(int)
    def seek(self, position_ms: int) -> None:
        if self._playback is not None:
            self._playback.seek(position_ms)

    @Slot(int)
    def step(self, by_ms: int) -> None:
        self.seek(max(0, self._showing.position_ms() + by_ms))

    @Slot()
    def toggleFullScreen(self) -> None:
        self._full_screen = not self._full_screen
        self.screen.emit()

    @Slot()
    def tryNow(self) -> None:
        if self._playback is not None:
            self._playback.retry_now()

    @Slot()
    def act(self) -> None:
        """Do what the card offers."""
        match self._face.card.action:
            case faces.AGAIN:
                self.togglePlay()
            case "retry":
                self._open(self._showing.film_id, self._showing.position_ms() or None)
            case action:
                self._act_on(action)

    @Slot()
    def leave(self) -> None:
        """Out of full screen first, then back to where the viewer came from."""
        if self._full_screen:
            self.toggleFullScreen()
        else:
            self._navigation.back_or(Place("film", self._showing.film_id))

    def seek_tenth(self, tenth: int) -> None:
        self.seek(self._showing.length_ms * tenth // 10)

    def step_pictures(self, by: int) -> None:
        if self._playback is not None:
            self._playback.step(by)

    @property
    def _playback(self) -> Playback | None:
        return self._showing.playback

    def _arrived(self, place: Place) -> None:
        if place.screen == "player" and place.film_id:
            self._open(place.film_id, None)
        elif self._showing.film_id:
            self._close()

    def _open(self, film_id: str, from_ms: int | None) -> None:
        self._close()
        self._film.show(None)
        self._caption_line.begin()
        self._choices.begin()
        self.measured.emit()
        self._showing.open(film_id, from_ms, self._preferences())

    def _close(self) -> None:
        self._refresh.stop()
        self._showing.close()
        self._film.preview(None)
        self._choices.end()
        self._surface.clear()
        self._show(faces.MovingFace())
        self._caption_line.end()
        if self._full_screen:
            self.toggleFullScreen()

    def _met(self, film: Film) -> None:
        self._film.show(film)
        self.measured.emit()

    def _opened(self, playback: Playback, state: PlaybackState) -> None:
        self._film.preview(playback)
        self._caption_line.follow(state)
        self._choices.opened(playback)
        self._refresh.start()
        self.measured.emit()
        self._follow(state, self._showing.film)

    def _heard(self, before: PlaybackState, state: PlaybackState) -> None:
        self._follow(state, self._showing.film)
        if state.refused is not None and before.refused is None:
            self._choices.refused()
        if before.anchor_at != state.anchor_at:
            self._choices.show()
            self.measured.emit()
        self._caption_line.follow(state)
