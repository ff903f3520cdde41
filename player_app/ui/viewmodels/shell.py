"""The frame around every screen: where the viewer is, who that is, if the service answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from player_app.core.account import Account
from player_app.core.catalogue import Film
from player_app.core.sign_in_errors import SignedOut
from player_app.core.storage_errors import DatabaseDamaged
from player_app.ui.links import read_link
from player_app.ui.messages.errors import message_for
from player_app.ui.messages.message import ACTION_LABELS
from player_app.ui.messages.unkept_sign_in import RESTING, passing_text
from player_app.ui.navigation import HOME, Navigation, Place
from player_app.ui.tasks import Done, Failed, Outcome, Tasks
from player_app.ui.viewer import Viewer
from player_app.ui.viewmodels.offline_bar import OfflineViewModel
from player_app.ui.viewmodels.shell_face import ShellFace, damaged_text

if TYPE_CHECKING:
    from player_app.features.account import AccountDesk
    from player_app.features.browse import Browse

QML_IMPORT_NAME = "Verite.Models"
QML_IMPORT_MAJOR_VERSION = 1

SECTIONS = {
    "film": "home",
    "player": "home",
    "sign-in": "account",
    "register": "account",
    "service": "settings",
    "kept": "library",
}


@QmlElement
@QmlUncreatable("made in Python")
class ShellViewModel(QObject):  # type: ignore[operator]
    shown = Signal()
    catalogueChanged = Signal()
    frontWanted = Signal()

    def __init__(
        self,
        *,
        navigation: Navigation,
        viewer: Viewer,
        browse: Browse,
        catch_up: Callable[[], bool],
        desk: AccountDesk,
        tasks: Tasks,
        offline: OfflineViewModel,
        host: Callable[[], str],
        ask_about: Callable[[str], None],
        open_page: Callable[[str], None],
        close: Callable[[], None],
        damaged: DatabaseDamaged | None,
    ) -> None:
        super().__init__()
        self._navigation = navigation
        self._viewer = viewer
        self._browse = browse
        self._catch_up = catch_up
        self._desk = desk
        self._tasks = tasks
        self._offline = offline
        self._host = host
        self._ask_about = ask_about
        self._open_page = open_page
        self._close = close
        self._refreshing = False
        self._ended: SignedOut | None = None
        self._face = ShellFace(
            navigation.here,
            damaged=damaged_text(damaged),
            damaged_action=message_for(damaged).action if damaged else "",
        )
        offline.cameBack.connect(self.refresh)
        offline.wanted.connect(self.act_on)
        offline.unkept.connect(self.tell)
        navigation.watch(self._arrived)
        viewer.watch(self._viewer_changed)

    @Property(str, notify=shown)
    def screen(self) -> str:
        return self._face.place.screen

    @Property(str, notify=shown)
    def section(self) -> str:
        return SECTIONS.get(self._face.place.screen, self._face.place.screen)

    @Property(bool, notify=shown)
    def canGoBack(self) -> bool:
        return self._face.can_go_back

    @Property(str, notify=shown)
    def accountName(self) -> str:
        return self._face.account_name

    @Property(bool, notify=shown)
    def signedIn(self) -> bool:
        return self._face.signed_in

    @Property(OfflineViewModel, notify=shown)
    def offline(self) -> OfflineViewModel:
        return self._offline

    @Property(str, notify=shown)
    def damagedText(self) -> str:
        return self._face.damaged

    @Property(str, notify=shown)
    def damagedLabel(self) -> str:
        return ACTION_LABELS[self._face.damaged_action]

    @Property(str, notify=shown)
    def passingText(self) -> str:
        return self._face.passing

    @Property(str, notify=shown)
    def passingLabel(self) -> str:
        return ACTION_LABELS[self._face.passing_action]

    @Slot(str)
    def go(self, section: str) -> None:
        if section == "account" and not self._face.signed_in:
            self._navigation.go(Place("sign-in"))
        else:
            self._navigation.go(Place(section))

    @Slot(str)
    def openFilm(self, film_id: str) -> None:
        self._navigation.go(Place("film", film_id))

    @Slot()
    def back(self) -> None:
        self._navigation.back()

    @Slot()
    def actOnDamaged(self) -> None:
        action = self._face.damaged_action
        self.dismissDamaged()
        self.act_on(action)

    @Slot()
    def actOnPassing(self) -> None:
        if self._face.passing_action == "retry":
            self._tasks.run(self._desk.try_store_again, self._store_was_tried)
        else:
            self.act_on(self._face.passing_action)

    @Slot()
    def dismissDamaged(self) -> None:
        self._show(replace(self._face, damaged=""))

    @Slot()
    def dismissPassing(self) -> None:
        self._show(replace(self._face, passing=""))

    @Slot()
    def refresh(self) -> None:
        """Ask the service what changed; what this computer knows stays on screen meanwhile."""
        if not self._refreshing:
            self._refreshing = True
            self._tasks.run(self._catch_up, self._refreshed)
            # beside it: a service that is silent is waited for
            self._tasks.run(self._desk.say_farewell, lambda _: None)

    def start(self) -> None:
        """Find out who is signed in, then what changed."""
        self._tasks.run(self._desk.who, self._who)

    def tell(self, text: str, action: str = "") -> None:
        """Show a sentence about the store of secrets, until it is dismissed."""
        self._show(replace(self._face, passing=text, passing_action=action))

    def act_on(self, action: str, *, instead: bool = False) -> None:
        """Do what a message offers; `instead` leaves the present place out of the way back."""
        arrive = self._navigation.instead if instead else self._navigation.go
        match action:
            case "retry" | "refresh":
                self.refresh()
            case "sign-in":
                arrive(Place("sign-in"))
            case "choose-service":
                arrive(Place("service"))
            case "rent":
                arrive(Place("film", self._navigation.here.film_id))
                self.refresh()  # the right that the service no longer knows of
            case "films":
                self._navigation.start_over(HOME)
            case "settings" | "library" | "kept":
                arrive(Place(action))
            case "help":
                self._open_page("help")
            case "go-online":
                self._offline.workOffline(False)
            case "close":
                self._close()

    def come_to_front(self) -> None:
        self.frontWanted.emit()

    def follow(self, text: str) -> None:
        """Go where a verite:// link points; one to another service is looked at first."""
        self.come_to_front()
        link = read_link(text)
        if link is None:
            return
        if link.host != self._host():
            self._navigation.go(Place("service"))
            self._ask_about(text)
        elif link.film:
            self._tasks.run(lambda: self._browse.film_by_slug(link.film), self._followed)

    def _followed(self, outcome: Outcome[Film | None]) -> None:
        if isinstance(outcome, Done) and outcome.value is not None:
            self.openFilm(outcome.value.id)

    def _who(self, outcome: Outcome[Account | None]) -> None:
        if isinstance(outcome, Done):
            self._viewer.is_now(outcome.value)
            reason = self._desk.passing_reason()
            if outcome.value is None and self._desk.is_resting():
                message = message_for(reason) if reason is not None else RESTING
                self.tell(message.text, message.action)
        self.refresh()

    def _store_was_tried(self, outcome: Outcome[Account | None]) -> None:
        if self._desk.passing_reason() is None:
            self.dismissPassing()
            if isinstance(outcome, Done):
                self._viewer.has_signed_in(outcome.value)
        else:
            self._who(outcome)

    def _refreshed(self, outcome: Outcome[bool]) -> None:
        self._refreshing = False
        error = outcome.error if isinstance(outcome, Failed) else None
        if isinstance(error, SignedOut) and error.by_service:
            self._ended = error
            self._viewer.is_now(None)
        self._offline.refreshed(error or self._ended)
        self.catalogueChanged.emit()

    def _arrived(self, place: Place) -> None:
        self._show(replace(self._face, place=place, can_go_back=self._navigation.can_go_back))

    def _viewer_changed(self, account: Account | None) -> None:
        name = account.display_name or account.username if account else ""
        reason = self._desk.passing_reason() if account else None
        if account is not None:
            self._ended = None
        self.refresh()
        self._show(
            replace(
                self._face,
                account_name=name,
                signed_in=account is not None,
                passing=passing_text(reason) if reason else "",
                passing_action=message_for(reason).action if reason else "",
            )
        )

    def _show(self, face: ShellFace) -> None:
        if face != self._face:
            self._face = face
            self.shown.emit()
