"""The search field: every film while it is empty, what was found and where once it is not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from player_app.core.catalogue import Film, Hit
from player_app.ui.messages.errors import message_for
from player_app.ui.messages.message import ACTION_LABELS
from player_app.ui.models.cards import CardRow, HitRow, hit_row, plain_card
from player_app.ui.models.rows import Rows
from player_app.ui.navigation import Navigation, Place
from player_app.ui.tasks import Failed, Outcome, Tasks

if TYPE_CHECKING:
    from player_app.features.browse import Browse, Home
    from player_app.features.search import Search

QML_IMPORT_NAME = "Verite.Models"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class SearchFace:
    """`phase` is all, found, nothing or failed; `said` is read out by a screen reader."""

    phase: str = "all"
    query: str = ""
    said: str = ""
    action: str = ""


def search_face(query: str, hits: int) -> SearchFace:
    if hits == 0:
        return SearchFace("nothing", query, f"Nothing found for “{query}”.")
    return SearchFace("found", query, "1 film" if hits == 1 else f"{hits} films")


def every_film(home: Home) -> tuple[Film, ...]:
    """Each film of the rows once, in the order of titles."""
    films = {card.film.id: card.film for row in home.rows for card in row.cards}
    return tuple(sorted(films.values(), key=lambda film: film.title.casefold()))


@QmlElement
@QmlUncreatable("made in Python")
class SearchViewModel(QObject):  # type: ignore[operator]
    shown = Signal()
    fieldWanted = Signal()

    def __init__(
        self,
        *,
        search: Search,
        browse: Browse,
        navigation: Navigation,
        act_on: Callable[[str], None],
        tasks: Tasks,
    ) -> None:
        super().__init__()
        self._search = search
        self._browse = browse
        self._navigation = navigation
        self._act_on = act_on
        self._tasks = tasks
        self._face = SearchFace()
        self._hits = Rows(HitRow, self)
        self._films = Rows(CardRow, self)
        navigation.watch(self._arrived)

    @Property(str, notify=shown)
    def phase(self) -> str:
        return self._face.phase

    @Property(str, notify=shown)
    def query(self) -> str:
        return self._face.query

    @Property(str, notify=shown)
    def said(self) -> str:
        return self._face.said

    @Property(str, notify=shown)
    def actionLabel(self) -> str:
        return ACTION_LABELS[self._face.action]

    @Property(Rows, notify=shown)
    def hits(self) -> Rows:
        return self._hits

    @Property(Rows, notify=shown)
    def films(self) -> Rows:
        return self._films

    @Slot(str)
    def find(self, query: str) -> None:
        """Search as the viewer types; an answer to an older query is not shown."""
        wanted = query.strip()
        self._face = replace(self._face, query=query)
        if not wanted:
            self._hits.show(())
            self._show(SearchFace())
            return
        self._tasks.run(lambda: self._search.find(wanted), lambda o: self._found(query, o))

    @Slot(str)
    def open(self, film_id: str) -> None:
        self._navigation.go(Place("film", film_id))

    @Slot()
    def act(self) -> None:
        """Do what is offered where the search did not work."""
        if self._face.action == "retry":
            self.find(self._face.query)
        else:
            self._act_on(self._face.action)

    def load(self) -> None:
        self._tasks.run(self._browse.home, self._every)

    def _every(self, outcome: Outcome[Home]) -> None:
        if not isinstance(outcome, Failed):
            self._films.show(tuple(plain_card(film) for film in every_film(outcome.value)))

    def _found(self, query: str, outcome: Outcome[tuple[Hit, ...]]) -> None:
        if query != self._face.query:
            return
        if isinstance(outcome, Failed):
            message = message_for(outcome.error)
            self._show(SearchFace("failed", query, message.text, message.action))
            return
        self._hits.show(tuple(hit_row(hit) for hit in outcome.value))
        self._show(search_face(query, len(outcome.value)))

    def _arrived(self, place: Place) -> None:
        if place.screen == "search":
            self.load()
            self.fieldWanted.emit()

    def _show(self, face: SearchFace) -> None:
        if face != self._face:
            self._face = face
            self.shown.emit()
