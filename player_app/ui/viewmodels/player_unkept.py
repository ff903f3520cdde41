"""What is said over the picture where the viewer's place in the film can't be kept."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from player_app.core.storage_errors import StorageError
from player_app.ui.viewmodels.player_face import Card, unkept_card

QML_IMPORT_NAME = "Verite.Models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("made in Python")
class UnkeptPlaceViewModel(QObject):  # type: ignore[operator]
    """`wanted` asks for the place to be kept after all."""

    shown = Signal()
    wanted = Signal()

    def __init__(self, *, act_on: Callable[[str], None], parent: QObject) -> None:
        super().__init__(parent)
        self._act_on = act_on
        self._card = Card()

    @Property(str, notify=shown)
    def text(self) -> str:
        return self._card.text

    @Property(str, notify=shown)
    def label(self) -> str:
        return self._card.label

    @Slot()
    def act(self) -> None:
        """Do what is offered; what is said is over with that."""
        action = self._card.action
        self.dismiss()
        if action == "retry":
            self.wanted.emit()
        else:
            self._act_on(action)

    @Slot()
    def dismiss(self) -> None:
        self.show(None)

    def show(self, why_not: StorageError | None) -> None:
        """Whether the place is kept on this computer."""
        card = unkept_card(why_not)
        if card != self._card:
            self._card = card
            self.shown.emit()
