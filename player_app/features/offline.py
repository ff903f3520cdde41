"""Offline as a state: it follows real requests, or the viewer's own wish, and ends by itself."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from player_app.core.clock import Clock
from player_app.core.errors import Unreachable, VeriteError
from player_app.core.reach import Reach, heard
from player_app.features.connection import Connection
from player_app.service import discovery
from player_app.service.origins import origin_of
from player_app.service.transport import Transport
from player_app.storage.kept import Kept

log = logging.getLogger(__name__)

WISH = "work_offline"


class Offline:
    """`listener` hears every change of the state, on the thread of the request that showed it."""

    def __init__(
        self, transport: Transport, connection: Connection, kept: Kept, clock: Clock
    ) -> None:
        self._transport = transport
        self._connection = connection
        self._kept = kept
        self._clock = clock
        self._guard = threading.Lock()
        self._listener: Callable[[Reach], None] = lambda _: None
        self._reach = Reach(by_choice=kept.get(WISH, bool) is True)
        transport.keep_quiet(self._reach.by_choice)
        transport.listen(self._heard)

    @property
    def reach(self) -> Reach:
        return self._reach

    def listen(self, listener: Callable[[Reach], None]) -> None:
        self._listener = listener

    def choose(self, by_choice: bool) -> None:  # noqa: FBT001 - it is the wish itself
        """Ask nobody anything, from now on and after a restart; or do so again."""
        self._kept.put(WISH, by_choice)
        self._transport.keep_quiet(by_choice)
        self._become(lambda _: Reach(by_choice=by_choice))

    def look(self) -> bool:
        """Ask the service for a sign of life, briefly; whether it gave one."""
        service = self._connection.service
        if service is None or self._reach.by_choice:
            return False
        try:
            discovery.look(self._transport, service.address)
        except VeriteError as error:
            log.debug("the service is still out of reach: %s", type(error).__name__)
        return not self._reach.is_offline

    def _heard(self, address: str, error: Unreachable | None) -> None:
        service = self._connection.service
        if service is None or origin_of(address) not in (
            origin_of(service.api),
            origin_of(service.address),
        ):
            return
        self._become(lambda reach: heard(reach, error, self._clock.now()))

    def _become(self, change: Callable[[Reach], Reach]) -> None:
        with self._guard:
            before, self._reach = self._reach, change(self._reach)
            changed = (before.is_offline, before.by_choice, before.says_more) != (
                self._reach.is_offline,
                self._reach.by_choice,
                self._reach.says_more,
            )
        if changed:
            self._listener(self._reach)
