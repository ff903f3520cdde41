"""Sign-ins that have ended here and that their service is yet to be told about."""

from __future__ import annotations

import logging
import threading
from collections import defaultdict
from dataclasses import dataclass
from urllib.parse import urlsplit

from player_app.core.clock import Clock
from player_app.core.errors import ServiceError
from player_app.core.refusals import Refused
from player_app.core.sign_in_errors import SignedOut
from player_app.core.storage_errors import StorageError
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
    """`name` is where its token lies among the secrets; `device` is this device's address."""

    name: str
    revoke: str | None
    client_id: str
    device: str | None
    since: int

    @property
    def service(self) -> str:
        """The host that has to hear of it."""
        return urlsplit(self.revoke or self.device or "").netloc


class Farewells:
    """The tokens wait among the secrets, all else in the database."""

    def __init__(self, transport: Transport, kept: Kept, secrets: Secrets, clock: Clock) -> None:
        self._transport = transport
        self._kept = kept
        self._secrets = secrets
        self._clock = clock
        self._changing = threading.Lock()
        self._unkept: tuple[Farewell, ...] = ()
        self._telling: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)

    def wait(
        self, tokens: KeptTokens, *, revoke: str | None, client_id: str, device: str | None
    ) -> None:
        """Durable when it returns, where secrets and the database are; else until the end."""
        with self._changing:
            taken = {each.name for each in self.waiting()}
            free = (f"farewell-{number}" for number in range(len(taken) + 1))
            name = next(each for each in free if each not in taken)
            both = f"{tokens.refresh}\n{tokens.access}"
            room = device is not None and len(both) <= MOST_CHARACTERS
            self._secrets.put(name, both if room else tokens.refresh)
            farewell = Farewell(name, revoke, client_id, device, self._clock.now())
            try:
                self._kept.put(WAITING, (*self._durable(), farewell))
            except StorageError as error:
                log.info("a farewell lasts until the player closes: %s", type(error).__name__)
                self._unkept = (*self._unkept, farewell)

    def waiting(self) -> tuple[Farewell, ...]:
        """The oldest first."""
        return self._durable() + self._unkept

    def names(self) -> tuple[str, ...]:
        """Of the tokens that lie among the secrets."""
        return tuple(each.name for each in self.waiting() if self._secrets.get(each.name))

    def forget(self) -> None:
        """No service is told any more."""
        for each in self.waiting():
            self._done(each)

    def send(self) -> None:
        """Tell the services; one that can't be spoken to now is asked once, all of its wait.

        A service that another thread is telling is left to that one, which takes up what is new.
        """
        for service in dict.fromkeys(each.service for each in self.waiting()):
            self._speak_to(service, self._telling[service])

    def _speak_to(self, service: str, turn: threading.Lock) -> None:
        tried = set[Farewell]()
        while self._left(service, tried) and turn.acquire(blocking=False):
            try:
                for each in self._left(service, tried):
                    tried.add(each)
                    if not self._heard(each):
                        return
            finally:
                turn.release()

    def _left(self, service: str, tried: set[Farewell]) -> list[Farewell]:
        return [each for each in self.waiting() if each.service == service and each not in tried]

    def _heard(self, farewell: Farewell) -> bool:
        """Whether the next one may be told; False where the service can't be spoken to now."""
        token = self._secrets.get(farewell.name)
        if token is None:
            if not self._secrets.passing:  # else it lies in a store that does not serve now
                log.warning("a sign-in that ended here goes on: the store lost its token")
                self._done(farewell)
            return True
        try:
            self._tell(farewell, token)
        except Refused as error:
            log.info("a service refused to end a sign-in: %s", error.problem)
        except ServiceError as error:
            log.info("a sign-in is not yet ended: %s", type(error).__name__)
            if self._clock.now() - farewell.since >= GIVEN_UP_AFTER_S:
                self._done(farewell)
            return False
        self._done(farewell)
        return True

    def _tell(self, farewell: Farewell, token: str) -> None:
        refresh, _, access = token.partition("\n")
        if farewell.device and access:
            try:
                give_back_device(self._transport, farewell.device, access)
            except (Refused, SignedOut):
                log.info("this device's place was gone already, or goes by hand")
        if farewell.revoke and refresh:
            end_at_service(self._transport, farewell.revoke, farewell.client_id, refresh)

    def _done(self, farewell: Farewell) -> None:
        with self._changing:
            self._unkept = tuple(each for each in self._unkept if each != farewell)
            durable = self._durable()
            if farewell in durable:
                self._kept.put(WAITING, tuple(each for each in durable if each != farewell))
            self._secrets.forget(farewell.name)

    def _durable(self) -> tuple[Farewell, ...]:
        return self._kept.get(WAITING, tuple[Farewell, ...]) or ()
