"""The library: rentals with both clocks, films taken offline, and what may be done with them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import tzinfo
from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from player_app.core.account import Account
from player_app.core.download_reasons import Reason
from player_app.core.travel import Remedy
from player_app.ui.messages.message import Message
from player_app.ui.models.rows import Rows
from player_app.ui.navigation import Navigation, Place
from player_app.ui.tasks import Tasks
from player_app.ui.viewer import Viewer
from player_app.ui.viewmodels.calendar_file import CalendarFileViewModel
from player_app.ui.viewmodels.download_deeds import DownloadDeeds
from player_app.ui.viewmodels.download_words import not_taken, told
from player_app.ui.viewmodels.failure import FailureViewModel
from player_app.ui.viewmodels.held_films import HeldFilms
from player_app.ui.viewmodels.library_face import (
    LibraryFace,
    RentalRow,
    ShelfRow,
    library_face,
    moving,
    rental_row,
    shelf_row,
)
from player_app.ui.viewmodels.travel_face import HELP_OF
from player_app.ui.viewmodels.verifying import Verifying

if TYPE_CHECKING:
    from player_app.core.download import Progress
    from player_app.features.holdings import Holding

QML_IMPORT_NAME = "Verite.Models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("made in Python")
class LibraryViewModel(QObject):  # type: ignore[operator]
    """`read` blocks. `beat` is to be called twice a second, and `tick` twice a minute, or so."""

    shown = Signal()
    announced = Signal(str)

    def __init__(
        self,
        *,
        read: Callable[[], Holding],
        progress: Callable[[str], Progress],
        verifying: Verifying,
        calendar: CalendarFileViewModel,
        deeds: DownloadDeeds,
        navigation: Navigation,
        viewer: Viewer,
        act_on: Callable[[str], None],
        tasks: Tasks,
        now: Callable[[], int],
        zone: tzinfo | None = None,
    ) -> None:
        super().__init__()
        self._held = HeldFilms(read=read, progress=progress, tasks=tasks, now=now)
        self._verifying = verifying
        self._calendar = calendar
        self._deeds = deeds
        self._navigation = navigation
        self._viewer = viewer
        self._now_s = now
        self._zone = zone
        self._face = LibraryFace()
        self._failure = FailureViewModel(again=self.load, act_on=act_on, parent=self)
        self._rentals = Rows(RentalRow, self)
        self._downloads = Rows(ShelfRow, self)
        self.remedied: Callable[[], None] = lambda: None
        self._held.came = self._show_holding
        self._held.failed = self._not_read
        self._held.ended = self.announced.emit
        deeds.done = lambda _film_id: self._done()
        deeds.failed = self._not_done
        verifying.changed = self._show_shelf
        verifying.found = self._found
        verifying.mended = self._done
        verifying.failed = self._not_done
        navigation.watch(self._arrived)
        viewer.watch(self._viewer_changed)

    @Property(str, notify=shown)
    def phase(self) -> str:
        return self._face.phase

    @Property(str, notify=shown)
    def subscription(self) -> str:
        return self._face.subscription

    @Property(str, notify=shown)
    def room(self) -> str:
        return self._face.room

    @Property(str, notify=shown)
    def trouble(self) -> str:
        return self._face.trouble

    @Property(bool, notify=shown)
    def gone(self) -> bool:
        return self._face.gone

    @Property(str, notify=shown)
    def unkept(self) -> str:
        return self._face.unkept

    @Property(str, notify=shown)
    def noneTaken(self) -> str:
        return self._face.none_taken

    @Property(float, notify=shown)
    def moving(self) -> float:
        return self._face.moving

    @Property(str, notify=shown)
    def movingText(self) -> str:
        return self._face.moving_text

    @Property(str, notify=shown)
    def said(self) -> str:
        return self._face.said

    @Property(CalendarFileViewModel, notify=shown)
    def calendar(self) -> CalendarFileViewModel:
        return self._calendar

    @Property(FailureViewModel, notify=shown)
    def failure(self) -> FailureViewModel:
        return self._failure

    @Property(Rows, notify=shown)
    def rentals(self) -> Rows:
        return self._rentals

    @Property(Rows, notify=shown)
    def downloads(self) -> Rows:
        return self._downloads

    @Slot()
    def load(self) -> None:
        """Read again what is held; what is on screen stays until it is there."""
        self._held.load()

    @Slot(str)
    def open(self, film_id: str) -> None:
        self._navigation.go(Place("film", film_id))

    @Slot(str)
    def act(self, film_id: str) -> None:
        """Do the one right action of a rental."""
        row = next((each for each in self._rentals.rows if each.id == film_id), None)
        if row is not None and row.action == "play":
            self._deeds.play(film_id)
        elif row is not None:
            self.open(film_id)

    @Slot(str)
    def play(self, film_id: str) -> None:
        self._deeds.play(film_id)

    @Slot(str)
    def pause(self, film_id: str) -> None:
        self._deeds.pause(film_id)

    @Slot(str)
    def resume(self, film_id: str) -> None:
        self._deeds.resume(film_id)

    @Slot(str)
    def sooner(self, film_id: str) -> None:
        self._deeds.sooner(film_id)

    @Slot(str)
    def remove(self, film_id: str) -> None:
        if (taken := self._held.taken_of(film_id)) is not None:
            self._deeds.remove(taken)

    @Slot(str)
    def giveBack(self, film_id: str) -> None:
        if (taken := self._held.taken_of(film_id)) is not None:
            self._deeds.give_back(taken)

    @Slot(str)
    def help(self, film_id: str) -> None:
        """Do what is offered beside a download's state."""
        if (taken := self._held.taken_of(film_id)) is not None:
            self._deeds.help(told(taken, self._now_s(), self._zone).help, film_id)

    @Slot(str)
    def check(self, film_id: str) -> None:
        """Read every segment of a film, and say whether all are sound; one film at a time."""
        self._verifying.check(film_id)

    @Slot()
    def stopCheck(self) -> None:
        self._verifying.stop()

    @Slot(str)
    def repair(self, film_id: str) -> None:
        """Fetch again what is missing or damaged."""
        self._verifying.repair(film_id)

    @Slot(str)
    def exportEnd(self, film_id: str) -> None:
        """Save the end of a rental as a calendar's event, in the folder for downloads."""
        if (held := self._held.rental_of(film_id)) is not None:
            self._calendar.keep_end(held, self._now_s())

    @Slot()
    def dismissSaid(self) -> None:
        self._show(replace(self._face, said=""))

    @Slot()
    def showKept(self) -> None:
        """Go to the page of all that is kept on this computer."""
        self._navigation.go(Place("kept"))

    @property
    def ready(self) -> int:
        """How many films play without the service."""
        return self._held.ready

    def changed(self) -> None:
        """Some download is not as it was."""
        self.load()

    def finished(self, film_id: str) -> None:
        self.announced.emit(f"{self._held.title(film_id)} is ready offline")
        self.load()

    def failed(self, film_id: str, reason: Reason) -> None:
        self.announced.emit(not_taken(self._held.title(film_id), reason))
        self.load()

    def beat(self) -> None:
        """Show how far the film has come that is being taken."""
        self._held.beat()

    def tick(self) -> None:
        """Let the clocks go on, and see whether the films are still there."""
        self._held.tick()

    def remedy(self, remedy: Remedy, film_id: str) -> None:
        """The one thing to do that a travel check found."""
        if remedy is Remedy.REPAIR:
            self.repair(film_id)
        elif remedy in HELP_OF:
            self._deeds.help(HELP_OF[remedy], film_id)

    def _not_read(self, error: Exception) -> None:
        if self._face.phase != "ready":
            self._failure.show(error)
            self._show(LibraryFace(phase="failed"))

    def _show_holding(self, holding: Holding) -> None:
        now_s = self._now_s()
        self._rentals.show(tuple(rental_row(each, now_s, self._zone) for each in holding.rentals))
        self._show_shelf()
        face = library_face(holding, now_s, signed_in=self._viewer.account is not None)
        part, text = moving(holding)
        self._show(replace(face, moving=part, moving_text=text, said=self._face.said))

    def _show_shelf(self) -> None:
        now_s, check = self._now_s(), self._verifying.of
        rows = (
            shelf_row(each, check(each.download.film_id), now_s, self._zone)
            for each in self._held.taken
        )
        self._downloads.show(tuple(rows))

    def _found(self, film_id: str, said: str) -> None:
        self.announced.emit(f"{self._held.title(film_id)}: {said}")

    def _done(self) -> None:
        self._show(replace(self._face, said=""))
        self.load()
        self.remedied()

    def _not_done(self, film_id: str, message: Message) -> None:
        title = self._held.title(film_id)
        self._show(replace(self._face, said=f"{title}: {message.title}. {message.text}"))

    def _arrived(self, place: Place) -> None:
        if place.screen == "library":
            self.load()
        else:
            self._calendar.dismiss()

    def _viewer_changed(self, _account: Account | None) -> None:
        self._verifying.stop()
        self._held.forget()
        self.load()

    def _show(self, face: LibraryFace) -> None:
        if face != self._face:
            self._face = face
            self.shown.emit()
