"""What the viewer chooses of a film that plays: volume, speed, sound, captions, quality."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from player_app.core.catalogue import AudioRole
from player_app.core.playback import RATES
from player_app.core.stream import CaptionFile, Rendition, Taste, preferred_audio
from player_app.ui.models.rows import Rows
from player_app.ui.viewmodels import player_face as faces
from player_app.ui.viewmodels.player_captions import CaptionLineViewModel

if TYPE_CHECKING:
    from player_app.features.playback import Playback
    from player_app.features.settings import Preferences

QML_IMPORT_NAME = "Verite.Models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("made in Python")
class ChoicesViewModel(QObject):  # type: ignore[operator]
    """Each choice is carried out on the film, remembered as preferred, and shown in its menu."""

    shown = Signal()

    def __init__(
        self,
        *,
        preferences: Callable[[], Preferences],
        prefer: Callable[..., None],
        caption_line: CaptionLineViewModel,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._prefer = prefer
        self._caption_line = caption_line
        self._playback: Playback | None = None
        self._volume = 100
        self._muted = False
        self._rate = 1.0
        self._sound: Rendition | None = None
        self._captions: int | None = None
        self._quality = "auto"
        self._rates = Rows(faces.ChoiceLine, self)
        self._sounds = Rows(faces.ChoiceLine, self)
        self._caption_choices = Rows(faces.ChoiceLine, self)
        self._qualities = Rows(faces.ChoiceLine, self)

    @Property(int, notify=shown)
    def volume(self) -> int:
        return self._volume

    @Property(bool, notify=shown)
    def muted(self) -> bool:
        return self._muted

    @Property(str, notify=shown)
    def rateText(self) -> str:
        return faces.rate_text(self._rate)

    @Property(bool, notify=shown)
    def describing(self) -> bool:
        return faces.describes(self._sound)

    @Property(bool, notify=shown)
    def captionsOn(self) -> bool:
        return self._captions is not None

    @Property(str, notify=shown)
    def qualityText(self) -> str:
        return faces.quality_label(self._playback.video if self._playback else None)

    @Property(Rows, notify=shown)
    def rates(self) -> Rows:
        return self._rates

    @Property(Rows, notify=shown)
    def sounds(self) -> Rows:
        return self._sounds

    @Property(Rows, notify=shown)
    def captionChoices(self) -> Rows:
        return self._caption_choices

    @Property(Rows, notify=shown)
    def qualities(self) -> Rows:
        return self._qualities

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
        files = self._caption_files
        if index.isdecimal() and int(index) < len(files):
            self._captions = int(index)
            self._prefer(captions_on=True, captions_language=files[self._captions].language)
        else:
            self._captions = None
            self._prefer(captions_on=False)
        self._read_captions()
        self.show()

    @Slot(str)
    def chooseQuality(self, quality: str) -> None:
        if self._playback is None:
            return
        self._quality = quality
        found = next((each for each in self._playback.videos if each.id == quality), None)
        if found is not None:
            self._playback.choose_video(found)
        self.show()

    def begin(self) -> None:
        """A film is about to be opened: it starts from what the viewer prefers."""
        likes = self._preferences()
        self._volume, self._muted, self._rate = likes.volume, likes.muted, likes.rate
        self._quality = likes.quality
        self.show()

    def opened(self, playback: Playback) -> None:
        """There is a film to choose from."""
        likes = self._preferences()
        self._playback, self._sound = playback, playback.audio
        # They may have been changed while it was being opened.
        playback.set_volume(self._volume)
        playback.set_muted(muted=self._muted)
        playback.set_rate(self._rate)
        if likes.captions_on:
            self._captions = faces.preferred_captions(playback.captions, likes.captions_language)
            self._read_captions()
        self.show()

    def refused(self) -> None:
        """What was chosen last can't be had: what plays is what is chosen."""
        if self._playback is not None:
            self._quality, self._sound = self._playback.video.id, self._playback.audio
        self.show()

    def end(self) -> None:
        self._playback = self._sound = self._captions = None

    def show(self) -> None:
        playback = self._playback
        self._rates.show(faces.rate_lines(self._rate))
        self._sounds.show(faces.sound_lines(self._audios, self._sound))
        self._caption_choices.show(faces.caption_lines(self._caption_files, self._captions))
        self._qualities.show(
            faces.quality_lines(
                playback.videos if playback else (),
                self._quality,
                playback.video if playback else None,
            )
        )
        self.shown.emit()

    def louder(self, by: int) -> None:
        self.setVolume(self._volume + by)

    def faster(self, steps: int) -> None:
        self._play_at(faces.next_rate(self._rate, steps))

    def toggle_captions(self) -> None:
        files, language = self._caption_files, self._preferences().captions_language
        wanted = faces.preferred_captions(files, language) if self._captions is None else None
        self.chooseCaptions("off" if wanted is None else str(wanted))

    def toggle_description(self) -> None:
        role = AudioRole.MAIN if faces.describes(self._sound) else AudioRole.DESCRIPTION
        language = self._preferences().audio_language
        wanted = preferred_audio(self._audios, Taste(audio_role=role, audio_language=language))
        if wanted is not None:
            self._hear(wanted)

    @property
    def _audios(self) -> tuple[Rendition, ...]:
        return self._playback.audios if self._playback is not None else ()

    @property
    def _caption_files(self) -> tuple[CaptionFile, ...]:
        return self._playback.captions if self._playback is not None else ()

    def _read_captions(self) -> None:
        if self._playback is not None:
            index = self._captions
            file = self._playback.captions[index] if index is not None else None
            self._caption_line.read(self._playback, file)

    def _hear(self, wanted: Rendition) -> None:
        if self._playback is not None and wanted is not self._sound:
            self._playback.choose_audio(wanted)
        self._sound = wanted
        self._prefer(audio_role=wanted.role or AudioRole.MAIN)
        self.show()

    def _sound_is(self, volume: int, *, muted: bool) -> None:
        self._volume, self._muted = volume, muted
        if self._playback is not None:
            self._playback.set_volume(volume)
            self._playback.set_muted(muted=muted)
        self._prefer(volume=volume, muted=muted)
        self.show()

    def _play_at(self, rate: float) -> None:
        self._rate = rate
        if self._playback is not None:
            self._playback.set_rate(rate)
        self._prefer(rate=rate)
        self.show()
