"""The page of everything that this computer keeps: each with its size and why, and its removal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from player_app.core.kept_here import KeptThings, Kind
from player_app.ui.messages.errors import message_for
from player_app.ui.models.rows import Rows
from player_app.ui.navigation import Navigation, Place
from player_app.ui.tasks import Failed, Outcome, Tasks
from player_app.ui.viewmodels.failure import FailureViewModel
from player_app.ui.viewmodels.kept_face import (
    KeptFace,
    KeptRow,
    kept_rows,
    removal_of,
    removal_of_all,
    total_words,
)
from player_app.ui.viewmodels.question import QuestionViewModel

QML_IMPORT_NAME = "Verite.Models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("made in Python")
class KeptHereViewModel(QObject):  # type: ignore[operator]
    """`read`, `remove` and `remove_all` block; `removed` hears that something went."""

    shown = Signal()

    def __init__(
        self,
        *,
        read: Callable[[], tuple[KeptThings, ...]],
        remove: Callable[[Kind], None],
        remove_all: Callable[[], None],
        removed: Callable[[], None],
        question: QuestionViewModel,
        navigation: Navigation,
        act_on: Callable[[str], None],
        tasks: Tasks,
    ) -> None:
        super().__init__()
        self._read = read
        self._remove = remove
        self._remove_all = remove_all
        self._removed = removed
        self._question = question
        self._tasks = tasks
        self._things: tuple[KeptThings, ...] = ()
        self._face = KeptFace()
        self._rows = Rows(KeptRow, self)
        self._failure = FailureViewModel(again=self.load, act_on=act_on, parent=self)
        navigation.watch(self._arrived)

    @Property(str, notify=shown)
    def phase(self) -> str:
        return self._face.phase

    @Property(str, notify=shown)
    def total(self) -> str:
        return self._face.total

    @Property(str, notify=shown)
    def said(self) -> str:
        return self._face.said

    @Property(bool, notify=shown)
    def busy(self) -> bool:
        return self._face.busy

    @Property(Rows, notify=shown)
    def things(self) -> Rows:
        return self._rows

    @Property(FailureViewModel, notify=shown)
    def failure(self) -> FailureViewModel:
        return self._failure

    @Slot()
    def load(self) -> None:
        self._tasks.run(self._read, self._loaded)

    @Slot(str)
    def remove(self, kind: str) -> None:
        """Once the viewer has said so."""
        thing = next((each for each in self._things if each.kind == kind), None)
        if thing is not None and thing.may_be_removed:
            self._question.ask(
                removal_of(thing), lambda: self._do(lambda: self._remove(thing.kind))
            )

    @Slot()
    def removeAll(self) -> None:
        """Once the viewer has said so."""
        self._question.ask(removal_of_all(self._things), lambda: self._do(self._remove_all))

    def _do(self, work: Callable[[], None]) -> None:
        self._show(replace(self._face, busy=True, said=""))
        self._tasks.run(work, self._done)

    def _done(self, outcome: Outcome[None]) -> None:
        said = ""
        if isinstance(outcome, Failed):
            message = message_for(outcome.error)
            said = f"{message.title}. {message.text}"
        self._show(replace(self._face, busy=False, said=said))
        self._removed()
        self.load()

    def _loaded(self, outcome: Outcome[tuple[KeptThings, ...]]) -> None:
        if isinstance(outcome, Failed):
            if self._face.phase != "ready":
                self._failure.show(outcome.error)
                self._show(KeptFace(phase="failed"))
            return
        self._things = outcome.value
        self._rows.show(kept_rows(self._things))
        self._show(replace(self._face, phase="ready", total=total_words(self._things)))

    def _arrived(self, place: Place) -> None:
        if place.screen == "kept":
            self.load()

    def _show(self, face: KeptFace) -> None:
        if face != self._face:
            self._face = face
            self.shown.emit()
