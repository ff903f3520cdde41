"""The player: one film on the screen, its controls, keys, captions and what is said over it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtMultimedia import QVideoSink
from PySide6.QtQml import QmlElement, QmlUncreatable

from player_app.core.captions import Cue, active, next_change_ms
from player_app.core.catalogue import AudioRole, Film
from player_app.core.errors import Stopped
from player_app.core.playback import RATES, Phase, PlaybackState
from player_app.core.stream import Rendition, Taste, preferred_audio
from player_app.features.playback import Wishes
from player_app.ui import formatting
from player_app.ui.models.rows import Rows
from player_app.ui.navigation import Navigation, Place
from player_app.ui.tasks import Done, Failed, Outcome, Post, Tasks
from player_app.ui.video_surface import VideoSurface
from player_app.ui.viewmodels import player_face as faces

if TYPE_CHECKING:
    from player_app.features.playback import Playback
    from player_app.features.settings import Preferences
    from player_app.features.watch import Watch
    from player_app.ui.previews import Previews

QML_IMPORT_NAME = "Verite.Models"
QML_IMPORT_MAJOR_VERSION = 1

REFRESH_MS = 250
STEP_MS = 10_000
LOUDER = 5
TENTHS = "0123456789"


@QmlElement
@QmlUncreatable("made in Python")
class PlayerViewModel(QObject):  # type: ignore[operator]
    """`choices` changes with what was chosen, `shown` with what the film does."""

    shown = Signal()
    choices = Signal()
    captioned = Signal()
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
        self._watch = watch
        self._film_of = film
        self._prefer = prefer
        self._navigation = navigation
        self._surface = surface
        self._volume = 100
        self._muted = False
        self._rate = 1.0
        self._previews = previews
        self._act_on = act_on
        self._tasks = tasks
        self._post = post
        self._preferences = preferences
        self._film: Film | None = None
        self._film_id = ""
        self._playback: Playback | None = None
        self._state: PlaybackState | None = None
        self._face = faces.MovingFace()
        self._sound: Rendition | None = None
        self._captions: int | None = None
        self._quality = "auto"
        self._cues: tuple[Cue, ...] = ()
        self._caption = ""
        self._full_screen = False
        self._keys_shown = False
        self._turn = 0
        self._rates = Rows(faces.ChoiceLine, self)
        self._sounds = Rows(faces.ChoiceLine, self)
        self._caption_choices = Rows(faces.ChoiceLine, self)
        self._qualities = Rows(faces.ChoiceLine, self)
        self._chapters = Rows(faces.ChapterMark, self)
        self._key_rows = Rows(faces.KeyLine, self)
        self._key_rows.show(faces.KEYS)
        self._refresh = QTimer(self)
        self._refresh.setInterval(REFRESH_MS)
        self._refresh.timeout.connect(self._moved)
        self._cue_due = QTimer(self)
        self._cue_due.setSingleShot(True)
        self._cue_due.setTimerType(Qt.TimerType.PreciseTimer)
        self._cue_due.timeout.connect(self._show_caption)
        navigation.watch(self._arrived)

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

    @Property(str, notify=shown)
    def cardTitle(self) -> str:
        return self._face.card.title

    @Property(str, notify=shown)
    def cardText(self) -> str:
        return self._face.card.text

    @Property(str, notify=shown)
    def cardAction(self) -> str:
        return self._face.card.label

    @Property(str, notify=choices)
    def title(self) -> str:
        return self._film.title if self._film else ""

    @Property(str, notify=choices)
    def facts(self) -> str:
        return faces.facts_of(self._film) if self._film else ""

    @Property(str, notify=choices)
    def backdrop(self) -> str:
        return faces.backdrop_of(self._film)

    @Property(int, notify=choices)
    def lengthMs(self) -> int:
        return self._length_ms

    @Property(str, notify=choices)
    def lengthText(self) -> str:
        return formatting.position(self._length_ms)

    @Property(int, notify=choices)
    def volume(self) -> int:
        return self._volume

    @Property(bool, notify=choices)
    def muted(self) -> bool:
        return self._muted

    @Property(str, notify=choices)
    def rateText(self) -> str:
        return faces.rate_text(self._rate)

    @Property(bool, notify=choices)
    def describing(self) -> bool:
        return faces.describes(self._sound)

    @Property(bool, notify=choices)
    def captionsOn(self) -> bool:
        return self._captions is not None

    @Property(str, notify=choices)
    def qualityText(self) -> str:
        return faces.quality_label(self._playback.video if self._playback else None)

    @Property(Rows, notify=choices)
    def rates(self) -> Rows:
        return self._rates

    @Property(Rows, notify=choices)
    def sounds(self) -> Rows:
        return self._sounds

    @Property(Rows, notify=choices)
    def captionChoices(self) -> Rows:
        return self._caption_choices

    @Property(Rows, notify=choices)
    def qualities(self) -> Rows:
        return self._qualities

    @Property(Rows, notify=choices)
    def chapters(self) -> Rows:
        return self._chapters

    @Property(Rows, notify=choices)
    def keyRows(self) -> Rows:
        return self._key_rows

    @Property(str, notify=captioned)
    def caption(self) -> str:
        return self._caption

    @Property(float, notify=choices)
    def captionSize(self) -> float:
        return self._preferences().captions.scale

    @Property(float, notify=choices)
    def captionGround(self) -> float:
        return self._preferences().captions.background

    @Property(bool, notify=screen)
    def fullScreen(self) -> bool:
        return self._full_screen

    @Property(bool, notify=screen)
    def keysShown(self) -> bool:
        return self._keys_shown

    @Slot(QVideoSink)
    def showIn(self, sink: QVideoSink) -> None:
        self._surface.show_in(sink)

    @Slot()
    def togglePlay(self) -> None:
        if self._playback is None:
            return
        if self._face.playing:
            self._playback.pause()
        else:
            self._playback.play()

    @Slot(int)
    def seek(self, position_ms: int) -> None:
        if self._playback is not None:
            self._playback.seek(position_ms)

    @Slot(int)
    def step(self, by_ms: int) -> None:
        self.seek(max(0, self._position_ms() + by_ms))

    @Slot()
    def toggleMute(self) -> None:
        self._sound_is(self._volume, muted=not self._muted)

    @Slot(int)
    def setVolume(self, volume: int) -> None:
        self._sound_is(min(max(volume, 0), 100), muted=False)

    @Slot(str)
    def chooseRate(self, rate: str) -> None:
        chosen = next((each for each in RATES if f"{each:g}" == rate), None)
        if chosen is not None:
            self._play_at(chosen)

    @Slot(str)
    def chooseSound(self, index: str) -> None:
        if index.isdecimal() and int(index) < len(self._audios):
            self._hear(self._audios[int(index)])

    @Slot(str)
    def chooseCaptions(self, index: str) -> None:
        captions = self._playback.captions if self._playback is not None else ()
        if index.isdecimal() and int(index) < len(captions):
            self._captions = int(index)
            language = captions[self._captions].language
            self._prefer(captions_on=True, captions_language=language)
            self._load_cues()
        else:
            self._captions, self._cues = None, ()
            self._prefer(captions_on=False)
        self._choices_changed()
        self._show_caption()

    @Slot(str)
    def chooseQuality(self, quality: str) -> None:
        if self._playback is None:
            return
        self._quality = quality
        found = next((each for each in self._playback.videos if each.id == quality), None)
        if found is not None:
            self._playback.choose_video(found)
        self._choices_changed()

    @Slot()
    def toggleKeys(self) -> None:
        self._keys_shown = not self._keys_shown
        self.screen.emit()

    @Slot()
    def hideKeys(self) -> None:
        self._keys_shown = False
        self.screen.emit()

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
                self._open(self._film_id, self._position_ms() or None)
            case action:
                self._act_on(action)

    @Slot()
    def leave(self) -> None:
        """Out of full screen first, then back to where the viewer came from."""
        if self._full_screen:
            self.toggleFullScreen()
        elif self._navigation.can_go_back:
            self._navigation.back()
        else:
            self._navigation.instead(Place("film", self._film_id))

    @Slot(int, result=str)
    def placeText(self, position_ms: int) -> str:
        return faces.place_text(self._film.chapters if self._film else (), position_ms)

    @Slot(int, result=str)
    def previewSource(self, position_ms: int) -> str:
        has_some = self._playback is not None and self._playback.has_previews
        return self._previews.source(position_ms) if has_some else ""

    @Slot(int, str, result=bool)
    def press(self, key: int, text: str) -> bool:
        """Do what a key asks; whether it was one of the player's."""
        match Qt.Key(key), text.lower():
            case (Qt.Key.Key_Space, _) | (_, "k"):
                self.togglePlay()
            case (Qt.Key.Key_Left, _) | (_, "j"):
                self.step(-STEP_MS)
            case (Qt.Key.Key_Right, _) | (_, "l"):
                self.step(STEP_MS)
            case (Qt.Key.Key_Up, _):
                self.setVolume(self._volume + LOUDER)
            case (Qt.Key.Key_Down, _):
                self.setVolume(self._volume - LOUDER)
            case (Qt.Key.Key_Escape, _):
                self.leave()
            case (_, letter):
                return self._press_letter(letter)
        return True

    def _press_letter(self, letter: str) -> bool:
        match letter:
            case "m":
                self.toggleMute()
            case "f":
                self.toggleFullScreen()
            case "c":
                self._toggle_captions()
            case "a":
                self._toggle_description()
            case "[" | "]":
                self._play_at(faces.next_rate(self._rate, 1 if letter == "]" else -1))
            case "," | ".":
                if self._playback is not None:
                    self._playback.step(1 if letter == "." else -1)
            case "?":
                self.toggleKeys()
            case tenth if tenth and tenth in TENTHS:
                self.seek(self._length_ms * int(tenth) // 10)
            case _:
                return False
        return True

    @property
    def _length_ms(self) -> int:
        if self._state is not None:
            return self._state.length_ms
        return self._film.length_ms if self._film is not None else 0

    @property
    def _audios(self) -> tuple[Rendition, ...]:
        return self._playback.audios if self._playback is not None else ()

    def _position_ms(self) -> int:
        return self._state.position_ms(time.monotonic()) if self._state is not None else 0

    def _arrived(self, place: Place) -> None:
        if place.screen == "player" and place.film_id:
            self._open(place.film_id, None)
        elif self._film_id:
            self._close()

    def _open(self, film_id: str, from_ms: int | None) -> None:
        self._close()
        self._film_id = film_id
        turn = self._turn
        likes = self._preferences()
        self._volume, self._muted, self._rate = likes.volume, likes.muted, likes.rate
        self._quality = likes.quality
        self._choices_changed()
        wishes = Wishes(likes.volume, likes.muted, likes.rate)

        def hear(state: PlaybackState) -> None:
            self._post(lambda: self._heard(turn, state))

        def work() -> tuple[Film, Playback]:
            film = self._film_of(film_id)
            self._post(lambda: self._met(turn, film))
            return film, self._watch.open(film_id, from_ms, likes.taste, hear, wishes)

        self._tasks.run(work, lambda outcome: self._opened(turn, outcome))

    def _met(self, turn: int, film: Film) -> None:
        if turn == self._turn:
            self._film = film
            self._chapters.show(
                tuple(faces.ChapterMark(each.start_ms, each.title) for each in film.chapters)
            )
            self._choices_changed()

    def _opened(self, turn: int, outcome: Outcome[tuple[Film, Playback]]) -> None:
        if turn != self._turn:
            if isinstance(outcome, Done):
                outcome.value[1].close()
            return
        if isinstance(outcome, Failed):
            if not isinstance(outcome.error, Stopped):
                card = faces.failure_card(outcome.error)
                self._show(faces.MovingFace(opening=False, card=card))
            return
        self._playback = playback = outcome.value[1]
        self._previews.show(playback.preview)
        likes = self._preferences()
        self._sound = playback.audio
        self._captions = None
        if likes.captions_on:
            self._captions = faces.preferred_captions(playback.captions, likes.captions_language)
            self._load_cues()
        self._state = playback.state
        self._refresh.start()
        self._choices_changed()
        self._moved()

    def _close(self) -> None:
        self._turn += 1
        self._film_id = ""
        self._refresh.stop()
        self._cue_due.stop()
        self._playback = self._state = self._film = None
        self._cues, self._captions = (), None
        self._previews.show(None)
        self._watch.close()
        self._surface.clear()
        self._show(faces.MovingFace())
        self._show_caption()
        if self._full_screen:
            self.toggleFullScreen()

    def _heard(self, turn: int, state: PlaybackState) -> None:
        if turn != self._turn:
            return
        before, self._state = self._state, state
        self._moved()
        is_refused = state.refused is not None and (before is None or before.refused is None)
        if is_refused and self._playback is not None:
            self._quality, self._sound = self._playback.video.id, self._playback.audio
        anew = before is None or before.anchor_at != state.anchor_at
        if anew or is_refused:
            self._choices_changed()
        if before is None or before.phase is not state.phase or before.anchor_at != state.anchor_at:
            self._show_caption()

    def _moved(self) -> None:
        if self._state is not None:
            chapters = self._film.chapters if self._film is not None else ()
            self._show(faces.moving_face(self._state, chapters, time.monotonic()))

    def _load_cues(self) -> None:
        playback, index, turn = self._playback, self._captions, self._turn
        self._cues = ()
        if playback is None or index is None:
            return

        def loaded(outcome: Outcome[tuple[Cue, ...]]) -> None:
            if turn == self._turn and index == self._captions and isinstance(outcome, Done):
                self._cues = outcome.value
                self._show_caption()

        self._tasks.run(lambda: playback.cues(playback.captions[index]), loaded)

    def _show_caption(self) -> None:
        """Show what is due now, and come back when that changes."""
        self._cue_due.stop()
        position_ms = self._position_ms()
        text = "\n".join(cue.text for cue in active(self._cues, position_ms))
        if text != self._caption:
            self._caption = text
            self.captioned.emit()
        due_ms = next_change_ms(self._cues, position_ms)
        state = self._state
        if due_ms is not None and state is not None and state.phase is Phase.PLAYING:
            self._cue_due.start(
                max(1, min(REFRESH_MS * 4, round((due_ms - position_ms) / state.rate)))
            )

    def _toggle_captions(self) -> None:
        captions = self._playback.captions if self._playback is not None else ()
        language = self._preferences().captions_language
        wanted = faces.preferred_captions(captions, language) if self._captions is None else None
        self.chooseCaptions("off" if wanted is None else str(wanted))

    def _toggle_description(self) -> None:
        role = AudioRole.MAIN if faces.describes(self._sound) else AudioRole.DESCRIPTION
        language = self._preferences().audio_language
        wanted = preferred_audio(self._audios, Taste(audio_role=role, audio_language=language))
        if wanted is not None:
            self._hear(wanted)

    def _hear(self, wanted: Rendition) -> None:
        if self._playback is not None and wanted is not self._sound:
            self._playback.choose_audio(wanted)
        self._sound = wanted
        self._prefer(audio_role=wanted.role or AudioRole.MAIN)
        self._choices_changed()

    def _sound_is(self, volume: int, *, muted: bool) -> None:
        self._volume, self._muted = volume, muted
        if self._playback is not None:
            self._playback.set_volume(volume)
            self._playback.set_muted(muted=muted)
        self._prefer(volume=volume, muted=muted)
        self._choices_changed()

    def _play_at(self, rate: float) -> None:
        self._rate = rate
        if self._playback is not None:
            self._playback.set_rate(rate)
        self._prefer(rate=rate)
        self._choices_changed()

    def _choices_changed(self) -> None:
        playback = self._playback
        self._rates.show(faces.rate_lines(self._rate))
        self._sounds.show(faces.sound_lines(self._audios, self._sound))
        self._caption_choices.show(
            faces.caption_lines(playback.captions if playback else (), self._captions)
        )
        self._qualities.show(
            faces.quality_lines(
                playback.videos if playback else (),
                self._quality,
                playback.video if playback else None,
            )
        )
        self.choices.emit()

    def _show(self, face: faces.MovingFace) -> None:
        if face != self._face:
            self._face = face
            self.shown.emit()
