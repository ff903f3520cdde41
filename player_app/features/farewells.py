"""Sign-ins that have ended here and that their service is yet to be told about."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass

from player_app.core.clock import Clock
from player_app.core.errors import Refused, ServiceError, SignedOut
from player_app.service.client import give_back_device
from player_app.service.tokens import end_at_service
from player_app.service.transport import Transport
from player_app.service.wire.tokens import KeptTokens
from player_app.storage.kept import Kept
from player_app.storage.secrets import MOST_CHARACTERS, Secrets

log = logging.getLogger(__name__)

WAITING = "farewells"
GIVEN_UP_AFTER_S = 180 * 24 * 3600
"""By then a refresh token has long ended by itself."""


@dataclass(frozen=True, slots=True)
class Farewell:
    """`name` is where its token lies among the secrets; `device` a passing device's address."""

    name: str
    revoke: str | None
    client_id: str
    device: str | None
    since: int


class Farewells:
    """The tokens wait among the secrets, all else in the database."""

    def __init__(self, transport: Transport, kept: Kept, secrets: Secrets, clock: Clock) -> None:
        self._transport = transport
        self._kept = kept
        self._secrets = secrets
        self._clock = clock
        self._changing = threading.Lock()
        self._sending = threading.Lock()

    def wait(
        self, tokens: KeptTokens, *, revoke: str | None, client_id: str, device: str | None
    ) -> None:
        """Durable when it returns, where secrets are."""
        with self._changing:
            waiting = self.waiting()
            taken = {each.name for each in waiting}
            free = (f"farewell-{number}" for number in range(len(taken) + 1))
            name = next(each for each in free if each not in taken)
            both = f"{tokens.refresh}\n{tokens.access}"
            room = device is not None and len(both) <= MOST_CHARACTERS
            self._secrets.put(name, both if room else tokens.refresh)
            farewell = Farewell(name, revoke, client_id, device, self._clock.now())
            self._kept.put(WAITING, (*waiting, farewell))

    def waiting(self) -> tuple[Farewell, ...]:
        """The oldest first."""
        return self._kept.get(WAITING, tuple[Farewell, ...]) or ()

    def send(self) -> None:
        """Tell the services; what keeps one from hearing it now keeps the farewell waiting."""
        with self._sending:
            for each in self.waiting():
                token = self._secrets.get(each.name)
                if token is None and self._secrets.passing:
                    continue  # it lies in a store that does not serve now
                try:
                    self._tell(each, token or "")
                except Refused as error:
                    log.info("a service refused to end a sign-in: %s", error.problem)
                except ServiceError as error:
                    log.info("a sign-in is not yet ended: %s", type(error).__name__)
                    if self._clock.now() - each.since < GIVEN_UP_AFTER_S:
                        continue
                self._done(each)

    def _tell(self, farewell: Farewell, token: str) -> None:
        refresh, _, access = token.partition("\n")
        if farewell.device and access:
            try:
                give_back_device(self._transport, farewell.device, access)
            except (Refused, SignedOut):
                log.info("the passing device's place goes by itself")
        if farewell.revoke and refresh:
            end_at_service(self._transport, farewell.revoke, farewell.client_id, refresh)

    def _done(self, farewell: Farewell) -> None:
        with self._changing:
            left = tuple(each for each in self.waiting() if each != farewell)
            self._kept.put(WAITING, left)
            self._secrets.forget(farewell.name)
