"""The end of a rental, saved as a file that any calendar takes, and opened in the viewer's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from player_app.core.rental import NotStarted
from player_app.features.calendar_export import calendar_text
from player_app.ui.messages.errors import message_for
from player_app.ui.tasks import Failed, Outcome, Tasks
from player_app.ui.viewmodels.library_face import end_of

if TYPE_CHECKING:
    from player_app.features.holdings import Held

QML_IMPORT_NAME = "Verite.Models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("made in Python")
class CalendarFileViewModel(QObject):  # type: ignore[operator]
    """`save` writes a file of this title and text, and says where; it blocks."""

    shown = Signal()

    def __init__(
        self,
        *,
        save: Callable[[str, str], Path],
        open_file: Callable[[Path], None],
        tasks: Tasks,
    ) -> None:
        super().__init__()
        self._save = save
        self._open_file = open_file
        self._tasks = tasks
        self._saved: Path | None = None
        self._text = ""

    @Property(str, notify=shown)
    def text(self) -> str:
        return self._text

    @Property(bool, notify=shown)
    def isSaved(self) -> bool:
        return self._saved is not None

    @Slot()
    def open(self) -> None:
        if self._saved is not None:
            self._open_file(self._saved)
        self.dismiss()

    @Slot()
    def dismiss(self) -> None:
        self._show(None, "")

    def keep_end(self, held: Held, now_s: int) -> None:
        """Nothing, where the rental has no end that is known."""
        title, standing = held.film.title, held.right.standing
        ends_at = end_of(standing)
        if ends_at is None:
            return
        text = calendar_text(
            film_id=held.film.id,
            title=title,
            ends_at=ends_at,
            made_at=now_s,
            starts=isinstance(standing, NotStarted),
        )
        self._tasks.run(lambda: self._save(title, text), self._kept)

    def _kept(self, outcome: Outcome[Path]) -> None:
        if isinstance(outcome, Failed):
            message = message_for(outcome.error)
            self._show(None, f"{message.title}. {message.text}")
        else:
            path = outcome.value
            self._show(path, f"Saved in {path.parent.name} as {path.name}")

    def _show(self, saved: Path | None, text: str) -> None:
        self._saved, self._text = saved, text
        self.shown.emit()
