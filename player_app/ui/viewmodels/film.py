"""The film page: what is known of one film, the right to it, and the one right action."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from player_app.core.account import Account
from player_app.ui.messages.message import ACTION_LABELS
from player_app.ui.models.cards import CardRow, plain_card
from player_app.ui.models.rows import Rows
from player_app.ui.navigation import Navigation, Place
from player_app.ui.tasks import Failed, Outcome, Tasks
from player_app.ui.viewer import Viewer
from player_app.ui.viewmodels.checkout import CheckoutViewModel
from player_app.ui.viewmodels.comments import CommentsViewModel
from player_app.ui.viewmodels.download import DownloadViewModel
from player_app.ui.viewmodels.failure import FailureViewModel
from player_app.ui.viewmodels.film_face import (
    ChapterRow,
    FilmFace,
    PersonRow,
    RightRow,
    film_face,
)

if TYPE_CHECKING:
    from player_app.features.browse import Browse, FilmFacts

QML_IMPORT_NAME = "Verite.Models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("made in Python")
class FilmViewModel(QObject):  # type: ignore[operator]
    """`needs_contact` blocks: whether a film plays only after a contact that can't be had now."""

    shown = Signal()

    def __init__(
        self,
        *,
        browse: Browse,
        navigation: Navigation,
        viewer: Viewer,
        checkout: CheckoutViewModel,
        comments: CommentsViewModel,
        download: DownloadViewModel,
        play: Callable[[str], None],
        renew: Callable[[str], None],
        needs_contact: Callable[[str], bool],
        prepare: Callable[[str], None],
        open_page: Callable[[str], None],
        act_on: Callable[[str], None],
        tasks: Tasks,
        now: Callable[[], int],
    ) -> None:
        super().__init__()
        self._browse = browse
        self._navigation = navigation
        self._viewer = viewer
        self._checkout = checkout
        self._comments = comments
        self._download = download
        self._play = play
        self._renew = renew
        self._needs_contact = needs_contact
        self._prepare = prepare
        self._open_page = open_page
        self._act_on = act_on
        self._tasks = tasks
        self._now_s = now
        self._film_id = ""
        self._offer_after_sign_in = ""
        self._face = FilmFace()
        self._failure = FailureViewModel(again=self.load, act_on=act_on, parent=self)
        self._people = Rows(PersonRow, self)
        self._chapters = Rows(ChapterRow, self)
        self._rights = Rows(RightRow, self)
        self._related = Rows(CardRow, self)
        navigation.watch(self._arrived)
        viewer.watch(self._viewer_changed)

    @Property(str, notify=shown)
    def phase(self) -> str:
        return self._face.phase

    @Property(str, notify=shown)
    def filmId(self) -> str:
        return self._face.film_id

    @Property(str, notify=shown)
    def title(self) -> str:
        return self._face.title

    @Property(str, notify=shown)
    def originalTitle(self) -> str:
        return self._face.original_title

    @Property(str, notify=shown)
    def tagline(self) -> str:
        return self._face.tagline

    @Property(str, notify=shown)
    def facts(self) -> str:
        return self._face.facts

    @Property(str, notify=shown)
    def languages(self) -> str:
        return self._face.languages

    @Property(str, notify=shown)
    def summary(self) -> str:
        return self._face.summary

    @Property(str, notify=shown)
    def synopsis(self) -> str:
        return self._face.synopsis

    @Property(str, notify=shown)
    def advisory(self) -> str:
        return self._face.advisory

    @Property(str, notify=shown)
    def backdrop(self) -> str:
        return self._face.backdrop.sha256

    @Property(str, notify=shown)
    def backdropColour(self) -> str:
        return self._face.backdrop.colour

    @Property(str, notify=shown)
    def backdropAlt(self) -> str:
        return self._face.backdrop.alt

    @Property(str, notify=shown)
    def actionLabel(self) -> str:
        return self._face.purchase.action_label

    @Property(str, notify=shown)
    def action(self) -> str:
        return self._face.purchase.action

    @Property(str, notify=shown)
    def purchaseHeading(self) -> str:
        return self._face.purchase.heading

    @Property(str, notify=shown)
    def purchaseLines(self) -> str:
        return self._face.purchase.lines

    @Property(str, notify=shown)
    def standing(self) -> str:
        return self._face.purchase.standing

    @Property(str, notify=shown)
    def subscribeLabel(self) -> str:
        return self._face.purchase.subscribe_label

    @Property(str, notify=shown)
    def subscribeLines(self) -> str:
        return self._face.purchase.subscribe_lines

    @Property(str, notify=shown)
    def wayOnLabel(self) -> str:
        return ACTION_LABELS[self._face.purchase.way_on]

    @Property(bool, notify=shown)
    def hasRightsPage(self) -> bool:
        return self._face.rights_address != ""

    @Property(FailureViewModel, notify=shown)
    def failure(self) -> FailureViewModel:
        return self._failure

    @Property(Rows, notify=shown)
    def people(self) -> Rows:
        return self._people

    @Property(Rows, notify=shown)
    def chapters(self) -> Rows:
        return self._chapters

    @Property(Rows, notify=shown)
    def rights(self) -> Rows:
        return self._rights

    @Property(Rows, notify=shown)
    def related(self) -> Rows:
        return self._related

    @Property(CheckoutViewModel, notify=shown)
    def checkout(self) -> CheckoutViewModel:
        return self._checkout

    @Property(CommentsViewModel, notify=shown)
    def comments(self) -> CommentsViewModel:
        return self._comments

    @Property(DownloadViewModel, notify=shown)
    def download(self) -> DownloadViewModel:
        return self._download

    @Slot()
    def act(self) -> None:
        """Do the one right action."""
        match self._face.purchase.action:
            case "play":
                self._play(self._film_id)
            case "renew":
                self._renew(self._film_id)
            case "rent":
                self._buy(self._face.purchase.rent_offer)
            case "subscribe":
                self._buy(self._face.purchase.subscribe_offer)

    @Slot()
    def goOn(self) -> None:
        """Do what is offered where there is nothing to play or to buy."""
        self._act_on(self._face.purchase.way_on)

    @Slot()
    def subscribe(self) -> None:
        self._buy(self._face.purchase.subscribe_offer)

    @Slot(str)
    def openRelated(self, film_id: str) -> None:
        self._navigation.go(Place("film", film_id))

    @Slot()
    def openRightsPage(self) -> None:
        """Hand over to the service's page that sells an educational licence."""
        self._open_page(self._face.rights_address)

    @Slot()
    def load(self) -> None:
        film_id = self._film_id
        self._tasks.run(lambda: self._read(film_id), lambda o: self._loaded(film_id, o))

    def _buy(self, offer_id: str) -> None:
        if not offer_id:
            return
        if self._viewer.account is None:
            self._offer_after_sign_in = offer_id
            self._navigation.go(Place("sign-in"))
            return
        self._checkout.begin(self._film_id, offer_id)

    def _arrived(self, place: Place) -> None:
        if place.screen not in {"film", "sign-in", "register"}:
            self._offer_after_sign_in = ""
        if place.screen != "film":
            return
        if place.film_id != self._film_id:
            self._film_id = place.film_id
            self._show(FilmFace())
            self._comments.open(place.film_id)
        self._checkout.look_at(place.film_id)
        self.load()

    def _viewer_changed(self, account: Account | None) -> None:
        if not self._film_id:
            return
        self.load()
        offer_id, self._offer_after_sign_in = self._offer_after_sign_in, ""
        if account is not None and offer_id:
            self._checkout.begin(self._film_id, offer_id)

    def _read(self, film_id: str) -> tuple[FilmFacts, bool]:
        return self._browse.film(film_id), self._needs_contact(film_id)

    def _loaded(self, film_id: str, outcome: Outcome[tuple[FilmFacts, bool]]) -> None:
        if film_id != self._film_id:
            return
        if isinstance(outcome, Failed):
            self._failure.show(outcome.error)
            self._show(FilmFace(phase="failed"))
            return
        (facts, needs_contact), now_s = outcome.value, self._now_s()
        signed_in = self._viewer.account is not None
        self._show(film_face(facts, now_s, signed_in=signed_in, needs_contact=needs_contact))
        self._download.look_at(facts)
        self._related.show(tuple(plain_card(film) for film in facts.related))
        if facts.right.may_play and not needs_contact:
            self._tasks.run(lambda: self._prepare(film_id), lambda _: None)

    def _show(self, face: FilmFace) -> None:
        if face == self._face:
            return
        self._face = face
        self._people.show(face.people)
        self._chapters.show(face.chapters)
        self._rights.show(face.rights)
        self.shown.emit()
