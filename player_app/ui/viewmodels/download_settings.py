"""The viewer's wishes for films taken offline: where, how good, how fast, and when they go."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Property, QObject, QUrl, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from player_app.features.settings import DownloadWishes
from player_app.ui import formatting
from player_app.ui.messages.errors import message_for
from player_app.ui.tasks import Failed, LongWait, Outcome, Post
from player_app.ui.viewmodels.settings import SettingsViewModel

QML_IMPORT_NAME = "Verite.Models"
QML_IMPORT_MAJOR_VERSION = 1

Move = Callable[[Path, Callable[[int, int], None], threading.Event], int]
"""Blocks while everything goes to another folder; tells the bytes that are there, of how many.

The answer is how many films have to be fetched again there, since the old folder is gone.
"""

QUALITIES = ("best", "good", "least")
LIMITS_MB = (0, 1, 2, 5)
MOST_PARALLEL = 6
OWN_FOLDER = "Verité films"
MB = 1_000_000


@QmlElement
@QmlUncreatable("made in Python")
class DownloadSettingsViewModel(QObject):  # type: ignore[operator]
    """Keeps its wishes with the other settings; `usual` is the folder where none was chosen.

    `folder` answers where films are now: in another one only once all that was here is there.
    """

    shown = Signal()

    def __init__(
        self,
        *,
        settings: SettingsViewModel,
        usual: Path,
        folder: Callable[[], Path],
        move: Move,
        wait: LongWait,
        post: Post,
    ) -> None:
        super().__init__()
        self._settings = settings
        self._usual = usual
        self._folder = folder
        self._move = move
        self._wait = wait
        self._post = post
        self._moving = False
        self._progress = 0.0
        self._said = ""
        self._wrong = ""
        settings.shown.connect(self.shown)

    @Property(str, notify=shown)
    def quality(self) -> str:
        return self.wishes.quality

    @Property(int, notify=shown)
    def parallel(self) -> int:
        return self.wishes.parallel

    @Property(int, notify=shown)
    def limitMb(self) -> int:
        return (self.wishes.most_bytes_per_s or 0) // MB

    @Property(bool, notify=shown)
    def metered(self) -> bool:
        return self.wishes.on_metered

    @Property(bool, notify=shown)
    def goneWhenWatched(self) -> bool:
        return self.wishes.tidying.when_watched

    @Property(bool, notify=shown)
    def goneWhenExpired(self) -> bool:
        return self.wishes.tidying.when_expired

    @Property(str, notify=shown)
    def folder(self) -> str:
        return str(self._folder())

    @Property(QUrl, notify=shown)
    def folderUrl(self) -> QUrl:
        return QUrl.fromLocalFile(str(self._folder()))

    @Property(bool, notify=shown)
    def isUsual(self) -> bool:
        return self._folder() == self._usual

    @Property(bool, notify=shown)
    def moving(self) -> bool:
        return self._moving

    @Property(float, notify=shown)
    def progress(self) -> float:
        return self._progress

    @Property(str, notify=shown)
    def said(self) -> str:
        return self._said

    @Property(str, notify=shown)
    def wrong(self) -> str:
        return self._wrong

    @Slot(str)
    def chooseQuality(self, quality: str) -> None:
        if quality in QUALITIES:
            self._prefer(quality=quality)

    @Slot(int)
    def chooseParallel(self, parallel: int) -> None:
        self._prefer(parallel=min(max(parallel, 1), MOST_PARALLEL))

    @Slot(int)
    def chooseLimit(self, limit_mb: int) -> None:
        """Megabytes a second; 0 is no limit."""
        if limit_mb in LIMITS_MB:
            self._prefer(most_bytes_per_s=limit_mb * MB or None)

    @Slot(bool)
    def useMetered(self, use: bool) -> None:  # noqa: FBT001 - a slot's argument
        self._prefer(on_metered=use)

    @Slot(bool)
    def removeWhenWatched(self, remove: bool) -> None:  # noqa: FBT001 - a slot's argument
        self._prefer(tidying=replace(self.wishes.tidying, when_watched=remove))

    @Slot(bool)
    def removeWhenExpired(self, remove: bool) -> None:  # noqa: FBT001 - a slot's argument
        self._prefer(tidying=replace(self.wishes.tidying, when_expired=remove))

    @Slot(QUrl)
    def moveTo(self, folder: QUrl) -> None:
        """Take all films to a folder of their own in this one, which may be on another disk."""
        if folder.isLocalFile():
            chosen = Path(folder.toLocalFile())
            self._begin(chosen if chosen.name == OWN_FOLDER else chosen / OWN_FOLDER)

    @Slot()
    def moveBack(self) -> None:
        self._begin(self._usual)

    @Slot()
    def stopMove(self) -> None:
        """All stays where it was."""
        self._wait.stop()
        self._end("", "")

    @property
    def wishes(self) -> DownloadWishes:
        return self._settings.preferences.downloads

    def _begin(self, folder: Path) -> None:
        if folder == self._folder() or self._moving:
            return
        self._moving, self._progress, self._wrong = True, 0.0, ""
        self._said = f"Moving to {folder}"
        self.shown.emit()
        self._wait.run(
            lambda stop: self._move(folder, self._tell, stop), lambda o: self._moved(folder, o)
        )

    def _tell(self, done_bytes: int, whole_bytes: int) -> None:
        """From the thread that moves."""
        self._post(lambda: self._show_move(done_bytes, whole_bytes))

    def _show_move(self, done_bytes: int, whole_bytes: int) -> None:
        if self._moving and whole_bytes > 0:
            self._progress = done_bytes / whole_bytes
            amount = f"{formatting.size(done_bytes)} of {formatting.size(whole_bytes)}"
            self._said = f"{amount} moved"
            self.shown.emit()

    def _moved(self, folder: Path, outcome: Outcome[int]) -> None:
        if isinstance(outcome, Failed):
            message = message_for(outcome.error)
            self._end("", f"{message.title}. {message.text} The films stay where they were.")
            return
        if outcome.value:
            again = formatting.counted(outcome.value, "film")
            self._end(f"Kept in {folder} from now on. {again} to be downloaded again.", "")
        else:
            self._end(f"Moved to {folder}.", "")

    def _end(self, said: str, wrong: str) -> None:
        self._moving, self._progress, self._said, self._wrong = False, 0.0, said, wrong
        self.shown.emit()

    def _prefer(self, **changes: Any) -> None:
        self._settings.prefer(downloads=replace(self.wishes, **changes))
