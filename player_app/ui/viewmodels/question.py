"""One question over the window, before something that can't be taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from player_app.ui.navigation import Navigation

QML_IMPORT_NAME = "Verite.Models"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class QuestionFace:
    """`is_removal` where saying yes takes something away."""

    title: str = ""
    text: str = ""
    yes_label: str = ""
    no_label: str = ""
    symbol: str = ""
    is_removal: bool = False


NOTHING = QuestionFace()


@QmlElement
@QmlUncreatable("made in Python")
class QuestionViewModel(QObject):  # type: ignore[operator]
    """A question is put away, as with a no, when the viewer goes to another place."""

    shown = Signal()

    def __init__(self, navigation: Navigation) -> None:
        super().__init__()
        self._face = NOTHING
        self._then: Callable[[], None] = lambda: None
        navigation.watch(lambda _: self.no())

    @Property(bool, notify=shown)
    def asked(self) -> bool:
        return self._face != NOTHING

    @Property(str, notify=shown)
    def title(self) -> str:
        return self._face.title

    @Property(str, notify=shown)
    def text(self) -> str:
        return self._face.text

    @Property(str, notify=shown)
    def yesLabel(self) -> str:
        return self._face.yes_label

    @Property(str, notify=shown)
    def noLabel(self) -> str:
        return self._face.no_label

    @Property(str, notify=shown)
    def symbol(self) -> str:
        return self._face.symbol

    @Property(bool, notify=shown)
    def isRemoval(self) -> bool:
        return self._face.is_removal

    @Slot()
    def yes(self) -> None:
        then, asked = self._then, self.asked
        self.no()
        if asked:
            then()

    @Slot()
    def no(self) -> None:
        self._then = lambda: None
        self._show(NOTHING)

    def ask(self, face: QuestionFace, then: Callable[[], None]) -> None:
        """Call `then` if the answer is yes."""
        self._then = then
        self._show(face)

    def _show(self, face: QuestionFace) -> None:
        if face != self._face:
            self._face = face
            self.shown.emit()
