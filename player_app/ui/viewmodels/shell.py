"""The frame around every screen: where the viewer is, who that is, if the service answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from player_app.core.account import Account
from player_app.core.catalogue import Film
from player_app.core.clock import Clock
from player_app.core.errors import DatabaseDamaged, Unreachable
from player_app.ui import formatting
from player_app.ui.links import read_link
from player_app.ui.messages import message_for, passing_text
from player_app.ui.navigation import Navigation, Place
from player_app.ui.tasks import Done, Failed, Outcome, Tasks
from player_app.ui.viewer import Viewer

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
}


@dataclass(frozen=True, slots=True)
class ShellFace:
    place: Place
    can_go_back: bool = False
    account_name: str = ""
    signed_in: bool = False
    offline: str = ""
    damaged: str = ""
    passing: str = ""


def damaged_text(damaged: DatabaseDamaged | None) -> str:
    """What the viewer is told at the start when the library had to be begun anew."""
    if damaged is None:
        return ""
    message = message_for(damaged)
    return f"{message.title}. {message.text}"


def stale_text(error: Exception | None, offline_since_s: int | None, now_s: int) -> str:
    """Why what is shown may be old; "" where the service answered."""
    if error is None:
        return ""
    why = message_for(error).text
    if offline_since_s is not None:
        why = f"Offline since {formatting.moment(offline_since_s, now_s)}."
    return f"{why} Showing what is kept on this computer."


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
        clock: Clock,
        host: Callable[[], str],
        ask_about: Callable[[str], None],
        damaged: DatabaseDamaged | None,
    ) -> None:
        super().__init__()
        self._navigation = navigation
        self._viewer = viewer
        self._browse = browse
        self._catch_up = catch_up
        self._desk = desk
        self._tasks = tasks
        self._clock = clock
        self._host = host
        self._ask_about = ask_about
        self._refreshing = False
        self._offline_since_s: int | None = None
        self._face = ShellFace(navigation.here, damaged=damaged_text(damaged))
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

    @Property(str, notify=shown)
    def offlineText(self) -> str:
        return self._face.offline

    @Property(str, notify=shown)
    def damagedText(self) -> str:
        return self._face.damaged

    @Property(str, notify=shown)
    def passingText(self) -> str:
        return self._face.passing

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

    def start(self) -> None:
        """Find out who is signed in, then what changed."""
        self._tasks.run(self._desk.who, self._who)

    def tell(self, text: str) -> None:
        """Show a sentence about the store of secrets, until it is dismissed."""
        self._show(replace(self._face, passing=text))

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
            if outcome.value is None and reason is not None and self._desk.is_resting():
                self.tell(message_for(reason).text)
        self.refresh()

    def _refreshed(self, outcome: Outcome[bool]) -> None:
        self._refreshing = False
        error = outcome.error if isinstance(outcome, Failed) else None
        now_s = self._clock.now()
        if not isinstance(error, Unreachable):
            self._offline_since_s = None
        elif self._offline_since_s is None:
            self._offline_since_s = now_s
        self._show(replace(self._face, offline=stale_text(error, self._offline_since_s, now_s)))
        self.catalogueChanged.emit()

    def _arrived(self, place: Place) -> None:
        self._show(replace(self._face, place=place, can_go_back=self._navigation.can_go_back))

    def _viewer_changed(self, account: Account | None) -> None:
        name = account.display_name or account.username if account else ""
        reason = self._desk.passing_reason() if account else None
        passing = passing_text(reason) if reason else ""
        self.refresh()
        self._show(
            replace(self._face, account_name=name, signed_in=account is not None, passing=passing)
        )

    def _show(self, face: ShellFace) -> None:
        if face != self._face:
            self._face = face
            self.shown.emit()
