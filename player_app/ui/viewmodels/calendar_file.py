"""The end of a rental, saved as a file that any calendar takes, and opened in the viewer's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from player_app.ui.messages.errors import message_for
from player_app.ui.tasks import Failed, Outcome, Tasks

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

    def keep(self, title: str, text: str) -> None:
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
