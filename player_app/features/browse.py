"""Home and film pages from the local catalogue, and bringing that catalogue up to date."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from player_app.core.catalogue import Collection, Film
from player_app.core.checkout import PendingCheckout
from player_app.core.errors import BadReply
from player_app.core.position import Position
from player_app.core.refusals import NotFound
from player_app.core.rental import Standing
from player_app.core.rights import NO_RIGHT, Right, Rights, rental_of, right_to
from player_app.core.sign_in_errors import SignedOut
from player_app.features.connection import Connection
from player_app.features.own_films import OwnFilms
from player_app.features.rental_clock import RentalClock
from player_app.features.start_records import StartRecords
from player_app.service.client import Client
from player_app.storage.catalogue import Catalogue, Change
from player_app.storage.checkouts import CheckoutStore
from player_app.storage.positions import PositionStore

LONGEST_ROW = 40
STALE_AFTER_S = 24 * 3600


@dataclass(frozen=True, slots=True)
class Card:
    film: Film
    position_ms: int | None
    time_left: Standing | None
    offline: bool


@dataclass(frozen=True, slots=True)
class Row:
    id: str
    title: str
    description: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Home:
    """`stale_since` is when the service was last asked, if that is long ago (s since 1970)."""

    featured: Film | None
    rows: tuple[Row, ...]
    stale_since: int | None
    empty: bool


@dataclass(frozen=True, slots=True)
class FilmFacts:
    """`listed` is whether the service still shows it: who has the film has it all the same.

    `rental` is the best right to it out of rentals alone.
    """

    film: Film
    right: Right
    position_ms: int | None
    related: tuple[Film, ...]
    pending: PendingCheckout | None
    listed: bool = True
    rental: Right = NO_RIGHT


class Browse:
    """`here` answers the films that are on this computer, all of each, the newest first."""

    def __init__(
        self,
        *,
        connection: Connection,
        catalogue: Catalogue,
        own: OwnFilms,
        positions: PositionStore,
        checkouts: CheckoutStore,
        starts: StartRecords,
        clock: RentalClock,
        here: Callable[[], tuple[str, ...]] = tuple,
    ) -> None:
        self._connection = connection
        self._starts = starts
        self._clock = clock
        self._here = here
        self._catalogue = catalogue
        self._own = own
        self._positions = positions
        self._checkouts = checkouts

    def home(self) -> Home:
        """From this computer alone; only the films of its rows are read."""
        kept, now, doubt = self._connection.kept, self._clock.now(), self._clock.doubt()
        positions, rights = self._positions.all(), self._starts.rights()
        here = self._here()
        own = self._own_rows(positions, rights, here)
        collections = kept.get("collections", tuple[Collection, ...]) or ()
        rows = [
            *own,
            *((each.id, each.title, each.description, each.films) for each in collections),
        ]
        films = self._catalogue.films(
            film_id for *_, film_ids in rows for film_id in film_ids[:LONGEST_ROW]
        )
        newest = self._catalogue.newest(LONGEST_ROW)
        films.update((film.id, film) for film in newest)
        rows.append(("all", "All films", "", tuple(film.id for film in newest)))

        def card(film_id: str) -> Card:
            right, position = right_to(film_id, rights, now, doubt), positions.get(film_id)
            return Card(
                film=films[film_id],
                position_ms=position.position_ms if position and not position.finished else None,
                time_left=right.standing if right.kind == "rental" else None,
                offline=film_id in here,
            )

        shown = (
            Row(
                row_id,
                title,
                text,
                tuple(card(each) for each in ids[:LONGEST_ROW] if each in films),
            )
            for row_id, title, text, ids in rows
        )
        refreshed_at = kept.get("refreshed_at", int)
        asked_s_ago = now - (refreshed_at or 0)
        stale = refreshed_at is not None and asked_s_ago > STALE_AFTER_S
        return Home(
            featured=self._catalogue.featured() or (newest[0] if newest else None),
            rows=tuple(row for row in shown if row.cards),
            stale_since=refreshed_at if stale else None,
            empty=not newest,
        )

    def film(self, film_id: str) -> FilmFacts:
        """What this computer knows of a film; `NotFound` when that is nothing."""
        listed = self._catalogue.film(film_id)
        film = listed or self._own.film(film_id)
        if film is None:
            raise NotFound(404, "not-found", film_id)
        position = self._positions.of(film_id)
        related = self._catalogue.films(film.related)
        rights, now, doubt = self._starts.rights(), self._clock.now(), self._clock.doubt()
        return FilmFacts(
            film=film,
            right=right_to(film_id, rights, now, doubt),
            position_ms=position.position_ms if position and not position.finished else None,
            related=tuple(related[each] for each in film.related if each in related),
            pending=next(
                (each for each in self._checkouts.pending() if each.film_id == film_id), None
            ),
            listed=listed is not None,
            rental=rental_of(film_id, rights, now, doubt),
        )

    def film_by_slug(self, slug: str) -> Film | None:
        return self._catalogue.film_by_slug(slug)

    def refresh(self) -> bool:
        """Ask the service what changed, and keep it; True if anything did."""
        client, kept = self._connection.client(), self._connection.kept
        changed = self._refresh_films(client)
        changed |= self._keep("collections", client.collections(), tuple[Collection, ...])
        if self._connection.account is not None:
            changed |= self._refresh_own()
        kept.put("refreshed_at", self._clock.now())
        return changed

    def _refresh_films(self, client: Client) -> bool:
        """Page by page; a feed that never ends is one that the service got wrong."""
        changed, more, seen = False, True, set[str | None]()
        while more:
            cursor = self._catalogue.cursor()
            if cursor in seen:
                raise BadReply("films", "the same cursor again")
            seen.add(cursor)
            # the tag is of what followed this very cursor
            tagged = self._connection.kept.get("films_etag", tuple[str, str])
            answer = client.films(cursor, tagged[1] if tagged and tagged[0] == cursor else "")
            if answer is None:
                break
            page, etag = answer
            if page.removed:
                self._own.settle()  # what goes from the list may be the viewer's
            if page.films or page.removed or page.cursor != cursor:
                self._catalogue.apply(Change(page.films, page.removed, page.cursor))
            elif etag:
                self._connection.kept.put("films_etag", (cursor, etag))
            changed = changed or bool(page.films or page.removed)
            more = page.more
        return changed

    def _refresh_own(self) -> bool:
        whose, before = self._connection.account, self._connection.rights()
        try:
            fresh = self._connection.refresh_rights()
            watchlist = self._connection.client().watchlist()
            listed = watchlist != self._connection.kept.get("watchlist", tuple[str, ...])
            if listed:
                self._connection.keep_own("watchlist", watchlist, whose)
        except SignedOut as error:
            if error.by_service:
                self._connection.signed_out()
            raise
        return listed or (fresh.rentals, fresh.subscription) != (
            before.rentals,
            before.subscription,
        )

    def _keep(self, name: str, value: object, kind: type[object]) -> bool:
        if self._connection.kept.get(name, kind) == value:
            return False
        self._connection.kept.put(name, value)
        return True

    def _own_rows(
        self, positions: dict[str, Position], rights: Rights, here: tuple[str, ...]
    ) -> list[tuple[str, str, str, tuple[str, ...]]]:
        begun = tuple(each.film_id for each in positions.values() if not each.finished)
        rented = _unique(each.film_id for each in reversed(rights.rentals))
        listed = self._connection.kept.get("watchlist", tuple[str, ...]) or ()
        return [
            ("continue", "Go on watching", "", begun),
            ("rented", "Your rentals", "", rented),
            ("offline", "Ready offline", "", here),
            ("watchlist", "Your list", "", listed),
        ]


def _unique(film_ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(film_ids))
