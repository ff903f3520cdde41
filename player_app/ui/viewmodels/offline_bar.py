"""The bar over every screen while the service is out of reach, and the wish to leave it alone."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from player_app.core.clock import Clock
from player_app.core.reach import Reach
from player_app.ui.messages.errors import message_for
from player_app.ui.messages.message import ACTION_LABELS
from player_app.ui.tasks import Failed, Outcome, Tasks
from player_app.ui.viewmodels.offline_face import OfflineFace, offline_face

QML_IMPORT_NAME = "Verite.Models"
QML_IMPORT_MAJOR_VERSION = 1

LABELS = {**ACTION_LABELS, "library": "See what plays"}


@QmlElement
@QmlUncreatable("made in Python")
class OfflineViewModel(QObject):  # type: ignore[operator]
    """`choose` keeps the viewer's wish, and blocks.

    `wanted` names what a message offers, `unkept` says why a wish is not kept.
    """

    shown = Signal()
    cameBack = Signal()
    wanted = Signal(str)
    unkept = Signal(str)

    def __init__(
        self,
        *,
        reach: Reach,
        choose: Callable[[bool], None],
        tasks: Tasks,
        clock: Clock,
    ) -> None:
        super().__init__()
        self._reach = reach
        self._choose = choose
        self._ready = 0
        self._tasks = tasks
        self._clock = clock
        self._wished = reach.by_choice
        self._error: Exception | None = None
        self._face = OfflineFace()

    @Property(str, notify=shown)
    def text(self) -> str:
        return self._face.text

    @Property(str, notify=shown)
    def symbol(self) -> str:
        return self._face.symbol

    @Property(str, notify=shown)
    def label(self) -> str:
        return LABELS[self._face.action]

    @Property(str, notify=shown)
    def wayOutLabel(self) -> str:
        return LABELS[self._face.way_out]

    @Property(bool, notify=shown)
    def byChoice(self) -> bool:
        return self._wished

    @property
    def is_offline(self) -> bool:
        return self._reach.is_offline

    @Slot()
    def act(self) -> None:
        self.wanted.emit(self._face.action)

    @Slot()
    def goOut(self) -> None:
        """Go to what plays without the service."""
        self.wanted.emit(self._face.way_out)

    @Slot(bool)
    def workOffline(self, wished: bool) -> None:  # noqa: FBT001 - a slot's argument
        """Ask no service for anything, from now on; or do so again."""
        if wished != self._wished:
            self._wished = wished
            self.shown.emit()
            self._tasks.run(lambda: self._choose(wished), self._chosen)

    def reached(self, reach: Reach) -> None:
        """Whether the service is within reach has changed, or the viewer's wish has."""
        is_back = self._reach.is_offline and not reach.is_offline
        self._reach, self._wished = reach, reach.by_choice
        if is_back:
            self._error = None
        self._renew()
        if is_back:
            self.cameBack.emit()

    def refreshed(self, error: Exception | None) -> None:
        """The service was asked what changed: what kept it from answering, if anything did."""
        self._error = error
        self._renew()

    def ready_are(self, films: int) -> None:
        """How many films play without the service."""
        if films != self._ready:
            self._ready = films
            self._renew()

    def _renew(self) -> None:
        self._show(offline_face(self._error, self._reach, self._clock.now(), self._ready))

    def _chosen(self, outcome: Outcome[None]) -> None:
        if isinstance(outcome, Failed):
            message = message_for(outcome.error)
            self.unkept.emit(f"{message.title}. {message.text}")
            self._wished = self._reach.by_choice
            self.shown.emit()

    def _show(self, face: OfflineFace) -> None:
        self._face = face
        self.shown.emit()
