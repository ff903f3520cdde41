"""What stands in place of films where they can't be read: a sentence, and the one way on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from player_app.ui.messages.errors import message_for
from player_app.ui.messages.message import ACTION_LABELS, Message

QML_IMPORT_NAME = "Verite.Models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("made in Python")
class FailureViewModel(QObject):  # type: ignore[operator]
    """To try again is the screen's own way on; the others lead away from it."""

    shown = Signal()

    def __init__(
        self, *, again: Callable[[], None], act_on: Callable[[str], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._again = again
        self._act_on = act_on
        self._message = Message("", "")

    @Property(str, notify=shown)
    def title(self) -> str:
        return self._message.title

    @Property(str, notify=shown)
    def text(self) -> str:
        return self._message.text

    @Property(str, notify=shown)
    def label(self) -> str:
        return ACTION_LABELS[self._message.action]

    @Slot()
    def act(self) -> None:
        if self._message.action == "retry":
            self._again()
        else:
            self._act_on(self._message.action)

    def show(self, error: Exception) -> None:
        message = message_for(error)
        if message != self._message:
            self._message = message
            self.shown.emit()
