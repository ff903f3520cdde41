"""Signing in: in the browser by default, by a form in the window where the service offers one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from player_app.core.account import Account
from player_app.core.sign_in_errors import BrowserNeeded, CaptchaNeeded
from player_app.ui.messages.errors import message_for
from player_app.ui.navigation import HOME, Navigation, Place
from player_app.ui.tasks import Done, Failed, LongWait, Outcome, Tasks
from player_app.ui.viewer import Viewer
from player_app.ui.viewmodels.captcha import CaptchaViewModel

if TYPE_CHECKING:
    from player_app.features.account import AccountDesk

QML_IMPORT_NAME = "Verite.Models"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class SignInFace:
    """`phase` is choosing, browser (waiting for it) or form; `busy` while the form is away."""

    phase: str = "choosing"
    offers_form: bool = False
    busy: bool = False
    wrong: str = ""
    captcha: bool = False
    address: str = ""


@QmlElement
@QmlUncreatable("made in Python")
class SignInViewModel(QObject):  # type: ignore[operator]
    shown = Signal()

    def __init__(
        self,
        *,
        desk: AccountDesk,
        navigation: Navigation,
        viewer: Viewer,
        captcha: CaptchaViewModel,
        tasks: Tasks,
        wait: LongWait,
        post: Callable[[Callable[[], None]], None],
        copy: Callable[[str], None],
        front: Callable[[], None],
        open_page: Callable[[str], None],
    ) -> None:
        super().__init__()
        self._desk = desk
        self._navigation = navigation
        self._viewer = viewer
        self._captcha = captcha
        self._tasks = tasks
        self._wait = wait
        self._post = post
        self._copy = copy
        self._front = front
        self._open_page = open_page
        self._face = SignInFace()
        navigation.watch(self._arrived)

    @Property(str, notify=shown)
    def phase(self) -> str:
        return self._face.phase

    @Property(bool, notify=shown)
    def offersForm(self) -> bool:
        return self._face.offers_form

    @Property(bool, notify=shown)
    def busy(self) -> bool:
        return self._face.busy

    @Property(str, notify=shown)
    def wrong(self) -> str:
        return self._face.wrong

    @Property(bool, notify=shown)
    def captchaWanted(self) -> bool:
        return self._face.captcha

    @Property(bool, notify=shown)
    def canCopy(self) -> bool:
        return self._face.address != ""

    @Property(CaptchaViewModel, notify=shown)
    def captcha(self) -> CaptchaViewModel:
        return self._captcha

    @Slot()
    def inBrowser(self) -> None:
        self._show(replace(self._face, phase="browser", wrong="", address=""))
        self._wait.run(
            lambda stop: self._desk.sign_in_in_browser(
                stop, lambda address: self._post(lambda: self._opened(address))
            ),
            self._signed_in,
        )

    @Slot()
    def inForm(self) -> None:
        self._show(replace(self._face, phase="form", wrong=""))

    @Slot()
    def stopWaiting(self) -> None:
        self._wait.stop()
        self._show(replace(self._face, phase="choosing", wrong="", address=""))

    @Slot()
    def copyLink(self) -> None:
        self._copy(self._face.address)

    @Slot(str, str, str)
    def signIn(self, email: str, password: str, answer: str) -> None:
        """The password is handed on and kept nowhere here."""
        if self._face.busy:
            return
        if not email.strip() or not password:
            self._show(replace(self._face, wrong="Both the email and the password are needed."))
            return
        wanted = self._face.captcha
        solved = (self._captcha.shown_id, answer.strip().upper()) if wanted else None
        self._show(replace(self._face, busy=True, wrong=""))
        self._tasks.run(
            lambda: self._desk.sign_in(email.strip(), password, solved), self._signed_in
        )

    @Slot()
    def register(self) -> None:
        self._navigation.instead(Place("register"))

    @Slot()
    def forgotPassword(self) -> None:
        self._open_page("forgotten_password")

    def _opened(self, address: str) -> None:
        if self._face.phase == "browser":
            self._show(replace(self._face, address=address))

    def _signed_in(self, outcome: Outcome[Account]) -> None:
        if isinstance(outcome, Failed):
            self._refused(outcome.error)
            return
        was_waiting = self._face.phase == "browser"
        self._captcha.clear()
        self._show(SignInFace(offers_form=self._face.offers_form))
        if was_waiting:
            self._front()
        if self._navigation.here.screen == "sign-in":
            self._navigation.back_or(HOME)
        self._viewer.has_signed_in(outcome.value)

    def _refused(self, error: Exception) -> None:
        wrong = message_for(error).text
        if isinstance(error, CaptchaNeeded):
            captcha = getattr(error, "captcha", None)
            if captcha is not None:
                self._captcha.show(captcha)
            else:
                self._captcha.another()
            self._show(replace(self._face, busy=False, wrong=wrong, captcha=True))
        elif isinstance(error, BrowserNeeded):
            self._show(SignInFace(wrong=wrong))
        else:
            phase = "choosing" if self._face.phase == "browser" else self._face.phase
            if self._face.captcha:
                self._captcha.another()
            self._show(replace(self._face, phase=phase, busy=False, wrong=wrong, address=""))

    def _arrived(self, place: Place) -> None:
        if place.screen == "sign-in":
            self._tasks.run(self._desk.offers_form, self._form_offered)
        elif self._face.phase == "browser":
            self.stopWaiting()

    def _form_offered(self, outcome: Outcome[bool]) -> None:
        offered = isinstance(outcome, Done) and outcome.value
        self._show(replace(self._face, offers_form=offered))

    def _show(self, face: SignInFace) -> None:
        if face != self._face:
            self._face = face
            self.shown.emit()
