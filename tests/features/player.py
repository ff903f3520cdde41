"""A player without a window: every feature, built by hand over one profile folder."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from player_app.desktop.running_clock import running_s
from player_app.features.account import AccountDesk
from player_app.features.browse import Browse
from player_app.features.checkouts import Checkouts
from player_app.features.comments import Comments
from player_app.features.connection import Connection
from player_app.features.farewells import Farewells
from player_app.features.licence_keys import LicenceKeys
from player_app.features.licences import Licences
from player_app.features.own_films import OwnFilms
from player_app.features.pictures import Pictures
from player_app.features.positions import Positions
from player_app.features.progress import Progress
from player_app.features.rental_clock import RentalClock
from player_app.features.search import Search
from player_app.features.services import Services
from player_app.features.settings import Settings
from player_app.features.sign_in_keeper import SignInKeeper
from player_app.features.start_records import StartRecords
from player_app.features.starts import Starts
from player_app.service.transport import Transport
from player_app.storage.aside import Aside
from player_app.storage.catalogue import Catalogue
from player_app.storage.checkouts import CheckoutStore
from player_app.storage.clock import ClockStore
from player_app.storage.comments import CommentStore
from player_app.storage.database import open_database
from player_app.storage.kept import Kept
from player_app.storage.own_films import OwnFilmStore
from player_app.storage.paths import open_paths
from player_app.storage.pictures import PictureStore
from player_app.storage.positions import PositionStore
from player_app.storage.search import FilmSearch
from player_app.storage.secrets import Secrets, SecretStore
from player_app.storage.starts import StartStore
from player_app.storage.waiting_progress import WaitingProgress
from tests.fakes.browser import RecordingBrowser
from tests.fakes.keyring import MemoryKeyring


class SystemClock:
    def __init__(self) -> None:
        self.ahead_s = 0

    def now(self) -> int:
        return int(time.time()) + self.ahead_s

    def monotonic(self) -> float:
        return time.monotonic()


class Player:
    def __init__(
        self,
        folder: Path,
        browser: RecordingBrowser,
        keyring: SecretStore | None = None,
        read_timeout_s: float = 15.0,
    ) -> None:
        self.paths = open_paths(folder)
        self.browser = browser
        self.clock = SystemClock()
        self.database, self.damaged = open_database(self.paths.database)
        self.transport = Transport({}, "", "0.1.0", read_timeout_s)
        kept = Kept(self.database)
        self.secrets = Secrets(keyring or MemoryKeyring())
        self.connection = Connection(
            transport=self.transport,
            kept=kept,
            aside=Aside(self.database),
            keeper=SignInKeeper(self.secrets, self.paths.refresh_lock),
            clock=self.clock,
        )
        self.catalogue = Catalogue(self.database)
        checkouts, positions = CheckoutStore(self.database), PositionStore(self.database)
        self.farewells = Farewells(self.transport, kept, self.secrets, self.clock)
        self.desk = AccountDesk(self.connection, self.secrets, self.farewells, browser)
        self.start_records = StartRecords(
            StartStore(self.database), self.connection, self.desk.secret, self.desk.passing
        )
        self.rental_clock = RentalClock(
            os_now=self.clock.now,
            elapsed=running_s,
            store=ClockStore(self.database),
            secret=self.desk.secret,
            passing=self.desk.passing,
            service=lambda: getattr(self.connection.service, "address", ""),
            started_at=self.start_records.started_at,
        )
        self.connection.at_contact(self.rental_clock.contact)
        self.starts = Starts(self.connection, self.rental_clock, self.start_records)
        self.connection.at_contact(self.starts.contact)
        self.own_films = OwnFilms(self.connection, self.catalogue, OwnFilmStore(self.database))
        self.connection.at_contact(self.own_films.contact)
        self.services = Services(self.connection, self.catalogue, self.desk.sign_out)
        self.browse = Browse(
            connection=self.connection,
            catalogue=self.catalogue,
            own=self.own_films,
            positions=positions,
            checkouts=checkouts,
            starts=self.start_records,
            clock=self.rental_clock,
        )
        self.search = Search(FilmSearch(self.database))
        self.checkouts = Checkouts(self.connection, checkouts, browser, self.rental_clock.now)
        self.comments = Comments(self.connection, CommentStore(self.database))
        self.pictures = Pictures(self.connection, self.catalogue, PictureStore(self.paths.pictures))
        keys = LicenceKeys(self.connection, self.desk)
        self.licences = Licences(self.connection, self.desk, keys, self.rental_clock.now)
        waiting_progress = WaitingProgress(self.database)
        self.positions = Positions(
            positions, waiting_progress, self.connection.holder, self.rental_clock.now
        )
        self.progress = Progress(self.connection, waiting_progress)
        self.connection.at_sign_out(self.positions.leave)
        self.settings = Settings(kept)

    def close(self) -> None:
        self.starts.close()
        self.checkouts.close()
        self.transport.close()
        self.database.close()


@contextmanager
def refusing(player: Player) -> Iterator[None]:
    """Its database takes no change meanwhile."""

    def say(word: str) -> None:
        with player.database._own.alone() as writer:
            writer.execute(f"PRAGMA query_only={word}")

    say("ON")
    try:
        yield
    finally:
        say("OFF")
