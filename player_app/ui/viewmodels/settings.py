"""Settings: what the viewer prefers, shown at once and kept."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from player_app.ui.messages.errors import message_for
from player_app.ui.messages.message import ACTION_LABELS, Message
from player_app.ui.navigation import Navigation, Place
from player_app.ui.tasks import Failed, Outcome, Tasks

if TYPE_CHECKING:
    from player_app.features.settings import Preferences, Settings

QML_IMPORT_NAME = "Verite.Models"
QML_IMPORT_MAJOR_VERSION = 1

THEMES = ("system", "dark", "light")
QUALITIES = ("auto", "best", "least")
MOTIONS = ("system", "full", "less")
LEAST_SCALE, MOST_SCALE = 1.0, 2.0


@QmlElement
@QmlUncreatable("made in Python")
class SettingsViewModel(QObject):  # type: ignore[operator]
    """What is chosen holds at once; where it can't be kept, that is told until it is.

    `written` says that what is chosen is on disk, where others read it.
    """

    shown = Signal()
    kept = Signal()
    written = Signal()

    def __init__(
        self,
        *,
        settings: Settings,
        preferences: Preferences,
        navigation: Navigation,
        tasks: Tasks,
        versions: str,
    ) -> None:
        super().__init__()
        self._settings = settings
        self._navigation = navigation
        self._tasks = tasks
        self._versions = versions
        self._writing = threading.Lock()
        self._face = preferences
        self._unkept: Message | None = None

    @Property(str, notify=kept)
    def unkeptText(self) -> str:
        if self._unkept is None:
            return ""
        return f"What you choose holds until you close Verité, but is not kept. {self._unkept.text}"

    @Property(str, notify=kept)
    def unkeptLabel(self) -> str:
        """Of the one thing that can be done here: to try again."""
        is_retry = self._unkept is not None and self._unkept.action == "retry"
        return ACTION_LABELS["retry"] if is_retry else ""

    @Property(str, notify=shown)
    def theme(self) -> str:
        return self._face.theme

    @Property(float, notify=shown)
    def textScale(self) -> float:
        return self._face.text_scale

    @Property(str, notify=shown)
    def motion(self) -> str:
        return _motion(self._face.reduced_motion)

    @Property(bool, notify=shown)
    def still(self) -> bool:
        return bool(self._face.reduced_motion)

    @Property(bool, notify=shown)
    def captionsOn(self) -> bool:
        return self._face.captions_on

    @Property(str, notify=shown)
    def quality(self) -> str:
        return self._face.quality

    @Property(int, notify=shown)
    def volume(self) -> int:
        return self._face.volume

    @Property(str, notify=shown)
    def versions(self) -> str:
        return self._versions

    @Slot(str)
    def chooseTheme(self, theme: str) -> None:
        if theme in THEMES:
            self.prefer(theme=theme)

    @Slot(float)
    def scaleText(self, scale: float) -> None:
        self.prefer(text_scale=min(max(round(scale, 2), LEAST_SCALE), MOST_SCALE))

    @Slot(str)
    def chooseMotion(self, motion: str) -> None:
        if motion in MOTIONS:
            self.prefer(reduced_motion={"system": None, "full": False, "less": True}[motion])

    @Slot(bool)
    def showCaptions(self, on: bool) -> None:  # noqa: FBT001 - a slot's argument
        self.prefer(captions_on=on)

    @Slot(str)
    def chooseQuality(self, quality: str) -> None:
        if quality in QUALITIES:
            self.prefer(quality=quality)

    @Slot(int)
    def setVolume(self, volume: int) -> None:
        self.prefer(volume=min(max(volume, 0), 100))

    @Slot()
    def changeService(self) -> None:
        self._navigation.go(Place("service"))

    @property
    def preferences(self) -> Preferences:
        """What the viewer prefers now."""
        return self._face

    def prefer(self, **changes: Any) -> None:
        """Keep other preferences: fields of `Preferences` by name."""
        face = replace(self._face, **changes)
        if face == self._face:
            return
        self._face = face
        self.shown.emit()
        self.keep()

    @Slot()
    def keep(self) -> None:
        """Have what is chosen on disk."""
        self._tasks.run(self._write, self._written)

    def _write(self) -> None:
        """The latest: tasks may run in another order than the choices were made in."""
        with self._writing:
            self._settings.write(self._face)

    def _written(self, outcome: Outcome[None]) -> None:
        unkept = message_for(outcome.error) if isinstance(outcome, Failed) else None
        if unkept != self._unkept:
            self._unkept = unkept
            self.kept.emit()
        if unkept is None:
            self.written.emit()


def _motion(reduced: bool | None) -> str:  # noqa: FBT001 - three-valued, as it is kept
    if reduced is None:
        return "system"
    return "less" if reduced else "full"
