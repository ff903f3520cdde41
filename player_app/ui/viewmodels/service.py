"""Choosing a service: its name and address are shown before it is used."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from player_app.core.discovery import Service
from player_app.ui.messages.errors import message_for
from player_app.ui.tasks import Failed, Outcome, Tasks

if TYPE_CHECKING:
    from player_app.features.services import Services

QML_IMPORT_NAME = "Verite.Models"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class ServiceFace:
    """`phase` is asking, looking, found or choosing; `current` is the service in use."""

    phase: str = "asking"
    current_name: str = ""
    current_address: str = ""
    name: str = ""
    address: str = ""
    wrong: str = ""


@QmlElement
@QmlUncreatable("made in Python")
class ServiceViewModel(QObject):  # type: ignore[operator]
    shown = Signal()

    def __init__(
        self,
        *,
        services: Services,
        tasks: Tasks,
        current: Service | None,
        chosen: Callable[[Service], None],
    ) -> None:
        super().__init__()
        self._services = services
        self._tasks = tasks
        self._chosen = chosen
        self._found: Service | None = None
        self._face = ServiceFace(
            current_name=current.name if current else "",
            current_address=current.address if current else "",
        )

    @Property(str, notify=shown)
    def phase(self) -> str:
        return self._face.phase

    @Property(str, notify=shown)
    def currentName(self) -> str:
        return self._face.current_name

    @Property(str, notify=shown)
    def currentAddress(self) -> str:
        return self._face.current_address

    @Property(str, notify=shown)
    def name(self) -> str:
        return self._face.name

    @Property(str, notify=shown)
    def address(self) -> str:
        return self._face.address

    @Property(str, notify=shown)
    def wrong(self) -> str:
        return self._face.wrong

    @Property(bool, notify=shown)
    def hasCurrent(self) -> bool:
        return self._face.current_name != ""

    @Slot(str)
    def lookUp(self, address: str) -> None:
        wanted = address.strip()
        if not wanted:
            self._show(replace(self._face, wrong="Type the address of a service first."))
            return
        self._show(replace(self._face, phase="looking", wrong=""))
        self._tasks.run(lambda: self._services.look_up(wanted), self._answered)

    @Slot()
    def choose(self) -> None:
        if (found := self._found) is not None:
            self._show(replace(self._face, phase="choosing", wrong=""))
            self._tasks.run(lambda: self._services.choose(found), lambda o: self._kept(found, o))

    @Slot()
    def another(self) -> None:
        self._found = None
        self._show(replace(self._face, phase="asking", name="", address="", wrong=""))

    def now_uses(self, service: Service) -> None:
        """Show a service that was chosen elsewhere."""
        self._show(ServiceFace(current_name=service.name, current_address=service.address))

    def _answered(self, outcome: Outcome[Service]) -> None:
        if isinstance(outcome, Failed):
            wrong = message_for(outcome.error).text
            self._show(replace(self._face, phase="asking", wrong=wrong))
            return
        self._found = outcome.value
        self._show(
            replace(
                self._face, phase="found", name=outcome.value.name, address=outcome.value.address
            )
        )

    def _kept(self, found: Service, outcome: Outcome[None]) -> None:
        if isinstance(outcome, Failed):
            wrong = message_for(outcome.error).text
            self._show(replace(self._face, phase="found", wrong=wrong))
            return
        self._show(ServiceFace(current_name=found.name, current_address=found.address))
        self._chosen(found)

    def _show(self, face: ServiceFace) -> None:
        if face != self._face:
            self._face = face
            self.shown.emit()
