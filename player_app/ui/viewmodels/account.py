"""The account page: who is signed in, the subscription, the service's pages, the way out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from player_app.core.account import Account
from player_app.core.storage_errors import KeyringError
from player_app.ui import formatting
from player_app.ui.messages.unkept_sign_in import left_in_store, left_on_disk
from player_app.ui.navigation import HOME, Navigation, Place
from player_app.ui.tasks import Done, Failed, Outcome, Tasks
from player_app.ui.viewer import Viewer

if TYPE_CHECKING:
    from player_app.features.account import AccountDesk

QML_IMPORT_NAME = "Verite.Models"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class AccountFace:
    name: str = ""
    username: str = ""
    email: str = ""
    subscription: str = ""
    passing: bool = False
    busy: bool = False


def account_face(account: Account | None, now_s: int, *, passing: bool) -> AccountFace:
    if account is None:
        return AccountFace()
    subscription = account.subscription
    if subscription is None or not subscription.active:
        said = "No subscription. Every film can be rented on its own."
    elif subscription.until is None:
        said = "Subscribed: every film is yours to watch."
    else:
        said = f"Subscribed{formatting.until(subscription.until, now_s)}."
    return AccountFace(
        name=account.display_name or account.username,
        username=account.username,
        email=account.email,
        subscription=said,
        passing=passing,
    )


@QmlElement
@QmlUncreatable("made in Python")
class AccountViewModel(QObject):  # type: ignore[operator]
    shown = Signal()

    def __init__(
        self,
        *,
        desk: AccountDesk,
        navigation: Navigation,
        viewer: Viewer,
        tasks: Tasks,
        now: Callable[[], int],
        open_page: Callable[[str], None],
        tell: Callable[[str], None],
    ) -> None:
        super().__init__()
        self._desk = desk
        self._navigation = navigation
        self._viewer = viewer
        self._tasks = tasks
        self._now = now
        self._open_page = open_page
        self._tell = tell
        self._face = AccountFace()
        viewer.watch(self._viewer_changed)

    @Property(str, notify=shown)
    def name(self) -> str:
        return self._face.name

    @Property(str, notify=shown)
    def username(self) -> str:
        return self._face.username

    @Property(str, notify=shown)
    def email(self) -> str:
        return self._face.email

    @Property(str, notify=shown)
    def subscription(self) -> str:
        return self._face.subscription

    @Property(bool, notify=shown)
    def passing(self) -> bool:
        return self._face.passing

    @Property(bool, notify=shown)
    def busy(self) -> bool:
        return self._face.busy

    @Slot()
    def signOut(self) -> None:
        self._show(replace(self._face, busy=True))
        self._tasks.run(self._desk.sign_out, self._signed_out)

    @Slot(str)
    def openPage(self, name: str) -> None:
        """Open one of the service's own pages: receipts, help, terms, privacy."""
        self._open_page(name)

    @Slot()
    def showKept(self) -> None:
        """Go to the page of all that is kept on this computer."""
        self._navigation.go(Place("kept"))

    def _signed_out(self, outcome: Outcome[KeyringError | None]) -> None:
        if isinstance(outcome, Failed):
            error = outcome.error
            self._tasks.run(self._desk.who, lambda who: self._not_signed_out(error, who))
        else:
            self._gone()
            if outcome.value is not None:
                self._tell(left_in_store(outcome.value))
        self._tasks.run(self._desk.say_farewell, lambda _: None)

    def _not_signed_out(self, error: Exception, who: Outcome[Account | None]) -> None:
        """Not wholly: the sign-in may be gone though the database refused."""
        if isinstance(who, Done) and who.value is None:
            self._gone()
        self._show(replace(self._face, busy=False))
        self._tell(left_on_disk(error))

    def _gone(self) -> None:
        self._navigation.start_over(HOME)
        self._viewer.is_now(None)

    def _viewer_changed(self, account: Account | None) -> None:
        passing = account is not None and self._desk.passing()
        self._show(account_face(account, self._now(), passing=passing))

    def _show(self, face: AccountFace) -> None:
        if face != self._face:
            self._face = face
            self.shown.emit()
