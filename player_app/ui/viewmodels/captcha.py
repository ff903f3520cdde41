"""A captcha as picture and as sound, for whichever form asks for one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from player_app.core.account import Captcha
from player_app.ui.messages.errors import message_for
from player_app.ui.tasks import Failed, Outcome, Tasks

if TYPE_CHECKING:
    from player_app.features.account import AccountDesk

QML_IMPORT_NAME = "Verite.Models"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class CaptchaFace:
    id: str = ""
    busy: bool = False
    wrong: str = ""


@QmlElement
@QmlUncreatable("made in Python")
class CaptchaViewModel(QObject):  # type: ignore[operator]
    shown = Signal()
    renewed = Signal()

    def __init__(
        self,
        *,
        desk: AccountDesk,
        tasks: Tasks,
        keep_picture: Callable[[bytes], None],
        play: Callable[[bytes], None],
    ) -> None:
        super().__init__()
        self._desk = desk
        self._tasks = tasks
        self._keep_picture = keep_picture
        self._play = play
        self._captcha: Captcha | None = None
        self._face = CaptchaFace()

    @Property(str, notify=shown)
    def captchaId(self) -> str:
        return self._face.id

    @Property(str, notify=shown)
    def wrong(self) -> str:
        return self._face.wrong

    @Property(bool, notify=shown)
    def busy(self) -> bool:
        return self._face.busy

    @property
    def shown_id(self) -> str:
        return self._face.id

    @Slot()
    def another(self) -> None:
        self._show(CaptchaFace(self._face.id, busy=True))
        self._tasks.run(self._desk.captcha, self._came)

    @Slot()
    def hear(self) -> None:
        if self._captcha is not None:
            self._play(self._captcha.sound)

    def show(self, captcha: Captcha) -> None:
        """Show a captcha that came with a refusal, or by asking."""
        self._captcha = captcha
        self._keep_picture(captcha.picture)
        self._show(CaptchaFace(captcha.id))
        self.renewed.emit()

    def clear(self) -> None:
        self._captcha = None
        self._show(CaptchaFace())

    def _came(self, outcome: Outcome[Captcha]) -> None:
        if isinstance(outcome, Failed):
            self._show(CaptchaFace(wrong=message_for(outcome.error).text))
        else:
            self.show(outcome.value)

    def _show(self, face: CaptchaFace) -> None:
        if face != self._face:
            self._face = face
            self.shown.emit()
