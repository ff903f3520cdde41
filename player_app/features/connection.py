"""The chosen service with its client and its sign-in, shared by the features that ask it."""

from __future__ import annotations

import threading

from player_app.core.account import Account
from player_app.core.clock import Clock
from player_app.core.discovery import Service
from player_app.core.errors import SignedOut
from player_app.core.rights import NO_RIGHTS, Rights
from player_app.service.client import Client
from player_app.service.tokens import TokenKeeper, Tokens
from player_app.service.transport import Transport
from player_app.storage.kept import Kept


class Connection:
    """`client()` raises `SignedOut` while no service is chosen."""

    def __init__(
        self, *, transport: Transport, kept: Kept, keeper: TokenKeeper, clock: Clock
    ) -> None:
        self.transport = transport
        self.kept = kept
        self.clock = clock
        self._keeper = keeper
        self._lock = threading.Lock()
        self._service = kept.get("service", Service)
        self._client = self._built(self._service)
        self.account = kept.get("account", Account)

    @property
    def service(self) -> Service | None:
        return self._service

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
        self.kept.put("account", account)
        self.account = account

    def signed_out(self) -> None:
        """Forget locally who was signed in, and what was theirs."""
        self.account = None
        self.kept.forget("account", "rights", "watchlist", "device")

    def rights(self) -> Rights:
        """As last told by the service."""
        return self.kept.get("rights", Rights) or NO_RIGHTS

    def refresh_rights(self) -> Rights:
        """Ask the service what the viewer may watch, and keep the answer."""
        fresh = self.client().rights()
        self.kept.put("rights", fresh)
        return fresh

    def _built(self, service: Service | None) -> Client | None:
        if service is None:
            return None
        tokens = Tokens(self.transport, service, self._keeper, self.clock)
        return Client(self.transport, service, tokens)
