"""What a viewer can find, buy and keep: the features over the service and the database."""

from __future__ import annotations

from collections.abc import Callable

from player_app.app.foundation import Foundation
from player_app.core.catalogue import Film
from player_app.desktop.running_clock import running_s
from player_app.features.account import AccountDesk
from player_app.features.browse import Browse
from player_app.features.catching_up import CatchingUp
from player_app.features.checkouts import Checkouts
from player_app.features.comments import Comments
from player_app.features.farewells import Farewells
from player_app.features.own_films import OwnFilms
from player_app.features.pictures import Pictures
from player_app.features.positions import Positions
from player_app.features.progress import Progress
from player_app.features.rental_clock import RentalClock
from player_app.features.search import Search
from player_app.features.services import Services
from player_app.features.settings import Settings
from player_app.features.start_records import StartRecords
from player_app.storage.catalogue import Catalogue
from player_app.storage.checkouts import CheckoutStore
from player_app.storage.clock import ClockStore
from player_app.storage.comments import CommentStore
from player_app.storage.own_films import OwnFilmStore
from player_app.storage.paths import Paths
from player_app.storage.pictures import PictureStore
from player_app.storage.positions import PositionStore
from player_app.storage.search import FilmSearch
from player_app.storage.starts import StartStore
from player_app.storage.waiting_progress import WaitingProgress


class Library:
    def __init__(self, foundation: Foundation, paths: Paths) -> None:
        connection, database = foundation.connection, foundation.database
        self._films_here: Callable[[], tuple[str, ...]] = tuple
        catalogue = Catalogue(database)
        checkout_store, position_store = CheckoutStore(database), PositionStore(database)
        waiting_progress = WaitingProgress(database)

        self.farewells = Farewells(
            connection.transport, connection.kept, foundation.secrets, connection.clock
        )
        self.desk = AccountDesk(connection, foundation.secrets, self.farewells, foundation.browser)
        self.starts = StartRecords(
            StartStore(database), connection, self.desk.secret, self.desk.passing
        )
        self.rental_clock = RentalClock(
            os_now=foundation.clock.now,
            elapsed=running_s,
            store=ClockStore(database),
            secret=self.desk.secret,
            passing=self.desk.passing,
            service=lambda: connection.service.address if connection.service else "",
            started_at=self.starts.started_at,
        )
        connection.at_contact(self.rental_clock.contact)
        self.own_films = OwnFilms(connection, catalogue, OwnFilmStore(database))
        connection.at_contact(self.own_films.contact)
        self.services = Services(connection, catalogue, self.desk.sign_out)
        self.browse = Browse(
            connection=connection,
            catalogue=catalogue,
            own=self.own_films,
            positions=position_store,
            checkouts=checkout_store,
            starts=self.starts,
            clock=self.rental_clock,
            here=self._here,
        )
        self.search = Search(FilmSearch(database))
        self.checkouts = Checkouts(
            connection, checkout_store, foundation.browser, self.rental_clock.now
        )
        self.comments = Comments(connection, CommentStore(database))
        self.progress = Progress(connection, waiting_progress)
        self.catching_up = CatchingUp(self.browse, self.comments, self.progress)
        self.pictures = Pictures(
            connection, catalogue, PictureStore(paths.pictures), foundation.segments.store.get
        )
        self.positions = Positions(
            position_store, waiting_progress, connection.holder, self.rental_clock.now
        )
        connection.at_sign_out(self.positions.leave)
        self.settings = Settings(foundation.kept)

    def know_films_here(self, films_here: Callable[[], tuple[str, ...]]) -> None:
        """Who answers the films on this computer, the newest first."""
        self._films_here = films_here

    def _here(self) -> tuple[str, ...]:
        return self._films_here()

    def film(self, film_id: str) -> Film:
        return self.browse.film(film_id).film
