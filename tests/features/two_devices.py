"""Devices of one account over real profiles, what their viewer really did, and what must follow.

Each place of a film has a number and lies at so many times 7 s: it tells when it was watched.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import delete, text

from player_app.core.discovery import Service
from player_app.core.position import Position, WaitingPosition
from player_app.features.account import AccountDesk
from player_app.features.connection import Connection
from player_app.features.farewells import Farewells
from player_app.features.positions import Positions
from player_app.features.progress import Progress
from player_app.features.services import Services
from player_app.features.sign_in_keeper import SignInKeeper
from player_app.reference_service.hooks import TestHooks
from player_app.reference_service.server import RunningService
from player_app.reference_service.tables import Account, RateLimit
from player_app.service.discovery import discover
from player_app.service.transport import Transport
from player_app.storage.aside import Aside
from player_app.storage.catalogue import Catalogue
from player_app.storage.database import open_database
from player_app.storage.kept import Kept
from player_app.storage.paths import open_paths
from player_app.storage.positions import PositionStore
from player_app.storage.secrets import Secrets
from player_app.storage.waiting_progress import WaitingProgress
from tests.fakes.browser import RecordingBrowser
from tests.fakes.keyring import MemoryKeyring
from tests.features.player import Player

PLACE = text(
    "SELECT position_ms, finished, watched_at FROM progress "
    "WHERE account_id = :account AND film_id = :film"
)
PASSWORD = "a seat by the aisle"
SEEN, SECOND = "film-01", "film-02"
APART_MS = 7_000
UNSURE_S = 3
"""Entries are told in whole seconds, and one is dated a second after what it went on from."""


class SkewedClock:
    """The service's, wrong by `skew_s`."""

    def __init__(self, hooks: TestHooks) -> None:
        self._hooks = hooks
        self.skew_s = 0

    def now(self) -> int:
        return self._hooks.now() + self.skew_s

    def monotonic(self) -> float:
        return float(self._hooks.now())


class Device:
    """A profile with its sign-in; `kill` ends all that was only in memory."""

    def __init__(self, folder: Path, hooks: TestHooks, service: Service) -> None:
        self.clock = SkewedClock(hooks)
        self._paths = open_paths(folder)
        self._keyring = MemoryKeyring()
        self._open()
        self.services.choose(service)

    def _open(self) -> None:
        self.database, damaged = open_database(self._paths.database)
        assert damaged is None
        self.transport = Transport({}, "", "0.1.0")
        kept, secret = Kept(self.database), Secrets(self._keyring)
        self.connection = Connection(
            transport=self.transport,
            kept=kept,
            aside=Aside(self.database),
            keeper=SignInKeeper(secret, self._paths.refresh_lock),
            clock=self.clock,
        )
        farewells = Farewells(self.transport, kept, secret, self.clock)
        self.desk = AccountDesk(self.connection, secret, farewells, RecordingBrowser())
        self.services = Services(self.connection, Catalogue(self.database), self.desk.sign_out)
        self.waiting_progress = WaitingProgress(self.database)
        self.places = PositionStore(self.database)
        self.positions = Positions(
            self.places, self.waiting_progress, self.connection.holder, self.clock.now
        )
        self.connection.at_sign_out(self.positions.leave)
        self.progress = Progress(self.connection, self.waiting_progress)

    def kill(self) -> None:
        self.close()
        self._open()

    def close(self) -> None:
        self.transport.close()
        self.database.close()

    def waiting(self) -> tuple[WaitingPosition, ...]:
        owner = self.connection.owner()
        assert owner is not None
        return self.waiting_progress.waiting(owner, 500)

    @contextmanager
    def offline(self) -> Iterator[None]:
        self.transport.keep_quiet(True)
        try:
            yield
        finally:
            self.transport.keep_quiet(False)


def found(service: RunningService) -> Service:
    """As a player finds it."""
    return discover(Transport({}, "", "0.1.0"), service.address)


def new_account(service: RunningService) -> tuple[str, str]:
    """Its id and email; also, nobody has tried to sign in before."""
    name = f"a{secrets.token_hex(6)}"
    account = Account(
        id=f"acc-{name}",
        username=name,
        username_folded=name,
        display_name="Nemo",
        email=f"{name}@example.org",
        email_folded=f"{name}@example.org",
        password_hash=service.service.passwords.hash(PASSWORD),
        created_at=1,
    )
    with service.service.transaction() as session:
        session.execute(delete(RateLimit))
        session.add(account)
    return account.id, account.email


def place_at_service(service: RunningService, account: str, film_id: str) -> Position | None:
    """Read past the service's own way of telling it."""
    asked = {"account": account, "film": film_id}
    with service.service.engine.connect() as connection:
        row = connection.execute(PLACE, asked).first()
    return None if row is None else Position(film_id, row[0], bool(row[1]), row[2])


@dataclass(frozen=True, slots=True)
class Watched:
    """What the viewer did. `knew` are the numbers of all that came before, as far as is sure.

    `is_true` when the device's clock was right, and nothing that was dated wrong went before.
    """

    number: int
    at: int
    finished: bool
    is_true: bool
    knew: frozenset[int]

    @property
    def position_ms(self) -> int:
        return self.number * APART_MS


@dataclass(slots=True)
class Memory:
    """What one device has seen of one film.

    It is ahead, since the service heard of it or since the film was opened, where something is
    dated later than it was.
    """

    knew: frozenset[int] = frozenset()
    shows: int | None = None
    is_ahead: bool = False
    opened_ahead: bool = False


@dataclass(slots=True)
class Story:
    """One film, as its viewer lived it."""

    watched: dict[int, Watched] = field(default_factory=dict)
    memories: dict[int, Memory] = field(default_factory=dict)
    place: int | None = None
    """Of the service, when it was last looked at."""

    def open(self, device: int) -> None:
        memory = self._memory(device)
        memory.opened_ahead = memory.is_ahead

    def watch(self, device: int, at: int, skew_s: int, *, finished: bool) -> Watched:
        memory = self._memory(device)
        memory.opened_ahead |= skew_s > 0
        memory.is_ahead |= memory.opened_ahead
        is_true = skew_s == 0 and not memory.is_ahead
        number = len(self.watched) + 1
        now = self.watched[number] = Watched(number, at, finished, is_true, memory.knew)
        memory.knew |= {number}
        memory.shows = number
        return now

    def is_ahead(self, device: int) -> bool:
        return self._memory(device).is_ahead

    def caught_up(self, device: int) -> None:
        """The device and the service told each other all that they know."""
        memory = self._memory(device)
        memory.is_ahead = False
        if self.place is not None:
            memory.knew |= {self.place, *self.watched[self.place].knew}

    def _memory(self, device: int) -> Memory:
        return self.memories.setdefault(device, Memory())

    def see(self, position: Position | None) -> None:
        """What the service has now."""
        self.place = self._moved(self.place, position)

    def show(self, device: int, position: Position | None) -> None:
        """What this device shows now."""
        memory = self._memory(device)
        memory.shows = self._moved(memory.shows, position)

    def _moved(self, before: int | None, position: Position | None) -> int | None:
        """The place after another one: it never goes back."""
        if position is None:
            assert before is None
            return None
        now = self.named(position.position_ms, finished=position.finished)
        if before is not None and before != now.number:
            was = self.watched[before]
            assert now.number not in was.knew, "a place came back that the viewer had left"
            if now.is_true and was.is_true and before not in now.knew:
                assert now.at >= was.at - UNSURE_S, "an earlier place came for a later one"
        return now.number

    def named(self, position_ms: int, *, finished: bool) -> Watched:
        found = self.watched.get(position_ms // APART_MS)
        assert found is not None, f"the viewer never was at {position_ms} ms"
        assert found.finished == finished, f"finished is {finished} at {position_ms} ms"
        return found

    def is_settled(self) -> None:
        """The place is the last one the viewer was at, as far as anybody can know which that is."""
        assert self.place is not None
        place = self.watched[self.place]
        passed = frozenset[int]().union(*(each.knew for each in self.watched.values()))
        assert place.number not in passed, "the viewer went on from this place"
        last = [each for each in self.watched.values() if each.number not in passed]
        if all(each.is_true for each in last):
            latest = max(each.at for each in last)
            assert place.at >= latest - UNSURE_S, "the viewer was elsewhere later"


def waiting(player: Player) -> tuple[WaitingPosition, ...]:
    """What its service has yet to hear of."""
    owner = player.connection.owner()
    assert owner is not None
    return WaitingProgress(player.database).waiting(owner, 5_000)


def place(player: Player, film_id: str = SEEN) -> tuple[int, bool] | None:
    found = player.positions.of(film_id)
    return None if found is None else (found.position_ms, found.finished)
