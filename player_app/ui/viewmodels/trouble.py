"""What keeps the player from starting: a sentence, and what the viewer decides to do."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from player_app.ui.messages.errors import message_for
from player_app.ui.messages.message import ACTION_LABELS

QML_IMPORT_NAME = "Verite.Models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("made in Python")
class TroubleViewModel(QObject):  # type: ignore[operator]
    """`decided` says whether to try once more."""

    told = Signal()
    decided = Signal(bool)

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self._message = message_for(error)

    @Property(str, notify=told)
    def title(self) -> str:
        return self._message.title

    @Property(str, notify=told)
    def text(self) -> str:
        return self._message.text

    @Property(str, notify=told)
    def label(self) -> str:
        """Of the one action; closing is always offered beside it."""
        return ACTION_LABELS[self._message.action] if self._message.action != "close" else ""

    @Slot()
    def act(self) -> None:
        self.decided.emit(True)

    @Slot()
    def leave(self) -> None:
        self.decided.emit(False)
