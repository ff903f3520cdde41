"""Home: one featured film and rows, from what this computer knows of the catalogue."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from player_app.core.catalogue import Film
from player_app.ui import formatting
from player_app.ui.models.cards import (
    BACKDROP_WIDTH,
    NO_PICTURE,
    FilmsRow,
    Shown,
    card_row,
    film_facts,
    films_row,
    shown,
)
from player_app.ui.models.rows import Rows
from player_app.ui.navigation import Navigation, Place
from player_app.ui.tasks import Failed, Outcome, Tasks
from player_app.ui.viewmodels.failure import FailureViewModel
from player_app.ui.viewmodels.film_face import purchase

if TYPE_CHECKING:
    from player_app.features.browse import Browse, FilmFacts, Home

QML_IMPORT_NAME = "Verite.Models"
QML_IMPORT_MAJOR_VERSION = 1


READY_OFFLINE = "offline"


@dataclass(frozen=True, slots=True)
class HomeFace:
    """`phase` is loading, ready, empty or failed."""

    phase: str = "loading"
    film_id: str = ""
    title: str = ""
    tagline: str = ""
    facts: str = ""
    backdrop: Shown = NO_PICTURE
    action: str = ""
    action_label: str = ""


def featured_film(home: Home, *, offline: bool) -> Film | None:
    """Without the service, a film that plays all the same, if there is one."""
    ready = next((row.cards for row in home.rows if row.id == READY_OFFLINE), ())
    return ready[0].film if offline and ready else home.featured


def home_face(
    home: Home,
    featured: FilmFacts | None,
    now_s: int,
    *,
    service_was_asked: bool,
    needs_contact: bool,
) -> HomeFace:
    """Nothing to show is only told once the service was asked; until then it may be coming."""
    if home.empty:
        return HomeFace(phase="empty" if service_was_asked else "loading")
    if featured is None:
        return HomeFace(phase="ready")
    film = featured.film
    card = purchase(featured, now_s, signed_in=True, needs_contact=needs_contact)
    marks = ("CC" if film.captions else "", "AD" if len(film.audio) > 1 else "")
    return HomeFace(
        phase="ready",
        film_id=film.id,
        title=film.title,
        tagline=film.tagline,
        facts=formatting.joined(film_facts(film), *film.subjects[:2], *marks),
        backdrop=shown(film.backdrop, BACKDROP_WIDTH),
        action=card.action,
        action_label=card.action_label,
    )


@QmlElement
@QmlUncreatable("made in Python")
class HomeViewModel(QObject):  # type: ignore[operator]
    """`needs_contact` blocks: whether a film plays only after a contact that can't be had now."""

    shown = Signal()

    def __init__(
        self,
        *,
        browse: Browse,
        navigation: Navigation,
        play: Callable[[str], None],
        needs_contact: Callable[[str], bool],
        is_offline: Callable[[], bool],
        prefetch: Callable[[Iterable[str]], None],
        act_on: Callable[[str], None],
        tasks: Tasks,
        now: Callable[[], int],
    ) -> None:
        super().__init__()
        self._browse = browse
        self._navigation = navigation
        self._play = play
        self._needs_contact = needs_contact
        self._is_offline = is_offline
        self._prefetch = prefetch
        self._tasks = tasks
        self._now_s = now
        self._service_was_asked = False
        self._face = HomeFace()
        self._failure = FailureViewModel(again=self.load, act_on=act_on, parent=self)
        self._rows = Rows(FilmsRow, self)

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
    def tagline(self) -> str:
        return self._face.tagline

    @Property(str, notify=shown)
    def facts(self) -> str:
        return self._face.facts

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
    def action(self) -> str:
        return self._face.action

    @Property(str, notify=shown)
    def actionLabel(self) -> str:
        return self._face.action_label

    @Property(FailureViewModel, notify=shown)
    def failure(self) -> FailureViewModel:
        return self._failure

    @Property(Rows, notify=shown)
    def rows(self) -> Rows:
        return self._rows

    @Slot()
    def load(self) -> None:
        """Read the local catalogue again; what is on screen stays until it is there."""
        self._tasks.run(self._read, self._loaded)

    def begin(self) -> None:
        """Show what is known of a service that has yet to be asked."""
        self._service_was_asked = False
        self.load()

    def refreshed(self) -> None:
        """The service was asked and has answered, or cannot."""
        self._service_was_asked = True
        self.load()

    @Slot(str)
    def open(self, film_id: str) -> None:
        self._navigation.go(Place("film", film_id))

    @Slot()
    def act(self) -> None:
        """Do the featured film's one right action."""
        if self._face.action == "play":
            self._play(self._face.film_id)
        else:
            self.open(self._face.film_id)

    def _read(self) -> tuple[Home, FilmFacts | None, bool]:
        home = self._browse.home()
        featured = featured_film(home, offline=self._is_offline())
        if featured is None:
            return home, None, False
        return home, self._browse.film(featured.id), self._needs_contact(featured.id)

    def _loaded(self, outcome: Outcome[tuple[Home, FilmFacts | None, bool]]) -> None:
        if isinstance(outcome, Failed):
            if self._face.phase != "ready":
                self._failure.show(outcome.error)
                self._show(HomeFace(phase="failed"))
            return
        home, featured, needs_contact = outcome.value
        now_s = self._now_s()
        face = home_face(
            home,
            featured,
            now_s,
            service_was_asked=self._service_was_asked,
            needs_contact=needs_contact,
        )
        self._show_rows(home, now_s)
        posters = (card.poster for row in self._rows.rows for card in row.cards.rows)
        self._prefetch(sha256 for sha256 in (face.backdrop.sha256, *posters) if sha256)
        self._show(face)

    def _show_rows(self, home: Home, now_s: int) -> None:
        """Rows that stay keep their cards' model, so that the view keeps its place in them."""
        known: dict[str, FilmsRow] = {row.id: row for row in self._rows.rows}
        fresh = []
        for row in home.rows:
            if row.id in known:
                kept = known[row.id]
                kept.cards.show(tuple(card_row(card, now_s) for card in row.cards))
                fresh.append(FilmsRow(row.id, row.title, row.description, kept.cards))
            else:
                fresh.append(films_row(row, now_s))
        self._rows.show(tuple(fresh))

    def _show(self, face: HomeFace) -> None:
        if face != self._face:
            self._face = face
            self.shown.emit()
