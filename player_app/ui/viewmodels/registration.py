"""Registration: a form that the service describes as data, checked here first and there last."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from player_app.core.account import (
    Account,
    FieldKind,
    FieldRule,
    RegistrationForm,
    mistake,
    mistakes,
)
from player_app.core.refusals import FormRejected
from player_app.ui.messages.errors import message_for
from player_app.ui.models.rows import Rows
from player_app.ui.navigation import HOME, Navigation, Place
from player_app.ui.tasks import Failed, Outcome, Tasks
from player_app.ui.viewer import Viewer
from player_app.ui.viewmodels.captcha import CaptchaViewModel

if TYPE_CHECKING:
    from player_app.features.account import AccountDesk

QML_IMPORT_NAME = "Verite.Models"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field as the form shows it; what is typed stays in the view and in the view model."""

    id: str
    kind: str
    label: str
    hint: str
    wrong: str
    longest: int
    first_link: str
    second_link: str


@dataclass(frozen=True, slots=True)
class RegistrationFace:
    """`phase` is loading, form, sending or failed."""

    phase: str = "loading"
    wrong: str = ""
    title: str = ""
    action: str = ""


def field_row(rule: FieldRule, wrong: str) -> FieldRow:
    labels = [link.label for link in rule.links]
    return FieldRow(
        id=rule.name,
        kind=rule.kind.value,
        label=rule.label,
        hint=rule.hint,
        wrong=wrong,
        longest=max(rule.max_length, 1),
        first_link=labels[0] if labels else "",
        second_link=labels[1] if len(labels) > 1 else "",
    )


@QmlElement
@QmlUncreatable("made in Python")
class RegistrationViewModel(QObject):  # type: ignore[operator]
    shown = Signal()
    firstWrong = Signal(int)

    def __init__(
        self,
        *,
        desk: AccountDesk,
        navigation: Navigation,
        viewer: Viewer,
        captcha: CaptchaViewModel,
        tasks: Tasks,
        open_address: Callable[[str], None],
    ) -> None:
        super().__init__()
        self._desk = desk
        self._navigation = navigation
        self._viewer = viewer
        self._captcha = captcha
        self._tasks = tasks
        self._open_address = open_address
        self._form = RegistrationForm(())
        self._values: dict[str, str] = {}
        self._wrong: dict[str, str] = {}
        self._face = RegistrationFace()
        self._rows = Rows(FieldRow, self)
        navigation.watch(self._arrived)

    @Property(str, notify=shown)
    def phase(self) -> str:
        return self._face.phase

    @Property(str, notify=shown)
    def wrong(self) -> str:
        return self._face.wrong

    @Property(str, notify=shown)
    def messageTitle(self) -> str:
        return self._face.title

    @Property(CaptchaViewModel, notify=shown)
    def captcha(self) -> CaptchaViewModel:
        return self._captcha

    @Property(Rows, notify=shown)
    def fields(self) -> Rows:
        return self._rows

    @Slot(str, str)
    def type(self, name: str, value: str) -> None:
        """Keep what is typed; a field that was wrong is judged again as it changes."""
        self._values[name] = value
        rule = next((rule for rule in self._form.fields if rule.name == name), None)
        if rule is not None and name in self._wrong:
            self._judge({**self._wrong, name: mistake(rule, self._values) or ""})

    @Slot(str, result=str)
    def typed(self, name: str) -> str:
        return self._values.get(name, "")

    @Slot(str)
    def leave(self, name: str) -> None:
        """A field that was filled in is judged when the viewer leaves it."""
        rule = next((rule for rule in self._form.fields if rule.name == name), None)
        if rule is not None and self._values.get(name):
            self._judge({**self._wrong, name: mistake(rule, self._values) or ""})

    @Slot(str, int)
    def openLink(self, name: str, number: int) -> None:
        for rule in self._form.fields:
            if rule.name == name and number < len(rule.links):
                self._open_address(rule.links[number].address)

    @Slot()
    def send(self) -> None:
        if self._face.phase == "sending":
            return
        found = mistakes(self._form, self._values)
        self._judge(found)
        if found:
            self._point_at_first()
            return
        values, captcha_id = dict(self._values), self._captcha.shown_id
        self._show(replace(self._face, phase="sending", wrong=""))
        self._tasks.run(lambda: self._registered(values, captcha_id), self._sent)

    @Slot()
    def signInInstead(self) -> None:
        self._navigation.instead(Place("sign-in"))

    @Slot()
    def load(self) -> None:
        self._show(RegistrationFace())
        self._tasks.run(self._desk.registration_form, self._form_came)

    def _form_came(self, outcome: Outcome[RegistrationForm]) -> None:
        if isinstance(outcome, Failed):
            message = message_for(outcome.error)
            self._show(RegistrationFace("failed", message.text, message.title))
            return
        self._form = outcome.value
        self._judge({})
        self._show(RegistrationFace("form"))
        if any(rule.kind is FieldKind.CAPTCHA for rule in self._form.fields):
            self._captcha.another()

    def _registered(self, values: Mapping[str, str], captcha_id: str) -> Account | None:
        """Who is signed in afterwards: nobody, where signing in is the browser's alone."""
        self._desk.register(values, captcha_id)
        return self._desk.who()

    def _sent(self, outcome: Outcome[Account | None]) -> None:
        if isinstance(outcome, Failed):
            self._refused(outcome.error)
            return
        self._values = {}
        self._captcha.clear()
        self._show(RegistrationFace())
        if outcome.value is None:
            self._navigation.instead(Place("sign-in"))
            return
        if self._navigation.here.screen == "register":
            self._navigation.back_or(HOME)
        self._viewer.is_now(outcome.value)

    def _refused(self, error: Exception) -> None:
        """A captcha is good for one try: after a refusal there is another."""
        for rule in self._form.fields:
            if rule.kind is FieldKind.CAPTCHA:
                self._values.pop(rule.name, None)
                self._captcha.another()
        self._show(RegistrationFace("form", message_for(error).text))
        if isinstance(error, FormRejected):
            self._judge(error.messages)
            self._point_at_first()

    def _judge(self, wrong: Mapping[str, str]) -> None:
        self._wrong = {name: text for name, text in wrong.items() if text}
        self._rows.show(
            tuple(field_row(rule, self._wrong.get(rule.name, "")) for rule in self._form.fields)
        )

    def _point_at_first(self) -> None:
        names = [rule.name for rule in self._form.fields]
        first = next((i for i, name in enumerate(names) if name in self._wrong), -1)
        if first >= 0:
            self.firstWrong.emit(first)

    def _arrived(self, place: Place) -> None:
        if place.screen == "register":
            self.load()
        else:
            self._forget_secrets()

    def _forget_secrets(self) -> None:
        for rule in self._form.fields:
            if rule.kind is FieldKind.PASSWORD:
                self._values.pop(rule.name, None)

    def _show(self, face: RegistrationFace) -> None:
        if face != self._face:
            self._face = face
            self.shown.emit()
