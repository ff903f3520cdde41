"""The chosen service with its client and its sign-in, shared by the features that ask it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from player_app.core.account import Account
from player_app.core.clock import Clock
from player_app.core.discovery import Service
from player_app.core.rights import NO_RIGHTS, Rights
from player_app.core.sign_in_errors import SignedOut
from player_app.core.storage_errors import StorageError
from player_app.desktop.running_clock import running_s
from player_app.service.client import Client
from player_app.service.tokens import TokenKeeper, Tokens
from player_app.service.transport import Transport
from player_app.storage.aside import Aside
from player_app.storage.kept import Kept

OWN = ("account", "rights", "watchlist", "device", "passing_sign_in")


class Connection:
    """`client()` raises `SignedOut` while no service is chosen."""

    def __init__(
        self,
        *,
        transport: Transport,
        kept: Kept,
        aside: Aside,
        keeper: TokenKeeper,
        clock: Clock,
    ) -> None:
        self.transport = transport
        self.kept = kept
        self.clock = clock
        self._aside = aside
        self._keeper = keeper
        self._lock = threading.RLock()
        self._at_sign_out: list[Callable[[], None]] = []
        self._at_contact: list[Callable[[int, float], None]] = []
        self._service = kept.get("service", Service)
        self._client = self._built(self._service)
        self.account = kept.get("account", Account)

    @property
    def service(self) -> Service | None:
        return self._service

    def owner(self) -> str | None:
        """Whose the things are that are kept here for who is signed in; None for nobody."""
        account = self.account
        return None if account is None else self._owner(account)

    def client(self) -> Client:
        client = self._client
        if client is None:
            raise SignedOut("no service is chosen")
        return client

    def choose(self, service: Service) -> None:
        with self._lock:
            self.kept.put("service", service)
            self._service = service
            self._client = self._built(service)

    def signed_in_as(self, account: Account) -> None:
        """What this account left here comes back; what another one left goes out of sight."""
        self.make_room_for(account)
        with self._lock:
            self._aside.bring_back(self._owner(account), account=account)
            self.account = account

    def make_room_for(self, account: Account) -> None:
        """Sign out here whoever else was signed in."""
        before = self.kept.get("account", Account)
        if before is not None and before.id != account.id:
            self.signed_out()

    def at_sign_out(self, call: Callable[[], None]) -> None:
        """`call` is made on the thread that signs out, before the account's own things go.

        The last that asked is called first.
        """
        self._at_sign_out.append(call)

    def signed_out(self) -> None:
        """Forget locally who was signed in and what the service said of them.

        What they wrote and where they stopped is kept, out of the next one's sight. A database
        that refuses leaves all as it was.
        """
        with self._lock:
            was, self.account = self.account, None
        # unlocked: a call may wait for a thread that has something to keep
        for call in reversed(self._at_sign_out):
            call()
        with self._lock:
            before = self.kept.get("account", Account)
            if self.account is not None:  # who came meanwhile has sent the one before away
                return
            try:
                if before is None:
                    self.kept.forget(*OWN)
                else:
                    self._aside.put(self._owner(before), *OWN)
            except StorageError:
                self.account = was
                raise

    def rest(self) -> None:
        """Nobody can be spoken for at present; all that is theirs stays until they sign in."""
        self.account = None

    def wake(self) -> None:
        """Whoever rested can be spoken for again."""
        self.account = self.kept.get("account", Account)

    def holder(self) -> str | None:
        """Whose things lie here: `owner`, but also of who rests or is just leaving."""
        account = self.kept.get("account", Account)
        return None if account is None else self._owner(account)

    @contextmanager
    def staying(self, owner: str) -> Iterator[None]:
        """Until the end of the block nobody leaves; `SignedOut` where this one has."""
        with self._lock:
            if self.owner() != owner:
                raise SignedOut("signed out meanwhile")
            yield

    def keep_own(self, name: str, value: object, whose: Account | None) -> None:
        """Keep what the service answered to `whose` question, if they are still signed in."""
        with self._lock:
            if whose is None or self.account is None or whose.id != self.account.id:
                raise SignedOut("signed out meanwhile")
            self.kept.put(name, value)

    def rights(self) -> Rights:
        """As last told by the service."""
        return self.kept.get("rights", Rights) or NO_RIGHTS

    def refresh_rights(self) -> Rights:
        """Ask the service what the viewer may watch, and keep the answer."""
        whose, asked_at = self.account, running_s()
        fresh = self.client().rights()
        took_s = running_s() - asked_at
        self.keep_own("rights", fresh, whose)
        self.contact(fresh.server_time, took_s)
        return fresh

    def contact(self, server_time: int, took_s: float) -> None:
        """The service has just said what time it is, where nobody could have changed that."""
        for call in self._at_contact:
            call(server_time, took_s)

    def at_contact(self, call: Callable[[int, float], None]) -> None:
        """`call` gets the service's time, and how many seconds ago it was asked for it.

        It is made on the thread that asked, by the viewer's own sign-in, for what they may watch.
        """
        self._at_contact.append(call)

    def _owner(self, account: Account) -> str:
        return f"{account.id} {self._service.address if self._service else ''}"

    def _built(self, service: Service | None) -> Client | None:
        if service is None:
            return None
        tokens = Tokens(self.transport, service, self._keeper, self.clock)
        return Client(self.transport, service, tokens)
