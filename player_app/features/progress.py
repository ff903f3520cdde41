"""Places in films exchanged with the service, so that every device of an account has the same."""

from __future__ import annotations

import logging
import threading

from player_app.core.account import Account
from player_app.core.errors import BadReply
from player_app.core.position import RemotePosition, WaitingPosition
from player_app.core.refusals import Refused
from player_app.features.connection import Connection
from player_app.features.positions import new_watch_session
from player_app.service.client import Client
from player_app.service.wire.progress import MOST_IN_A_POST
from player_app.storage.waiting_progress import WaitingProgress

log = logging.getLogger(__name__)

INVALID = 422


class Progress:
    """At most one request at a time; what waits is told before what others did is read."""

    def __init__(self, connection: Connection, store: WaitingProgress) -> None:
        self._connection = connection
        self._store = store
        self._turn = threading.Lock()
        self._wanted = False

    def catch_up(self) -> bool:
        """Whether places moved; raises what kept the service from hearing or telling.

        Where another thread is at it already, that one goes on with what is new, and this returns.
        """
        moved, self._wanted = False, True
        while self._wanted and self._turn.acquire(blocking=False):
            try:
                self._wanted = False
                moved |= self._exchange()
            finally:
                self._turn.release()
        return moved

    def _exchange(self) -> bool:
        whose, owner = self._connection.account, self._connection.owner()
        if whose is None or owner is None or self._connection.account != whose:
            return False
        speaking = _Speaking(self._connection, self._store, whose, owner)
        moved = speaking.tell()
        moved |= speaking.read()
        if speaking.takes_up():
            moved |= speaking.tell()
        return moved


class _Speaking:
    """For one account; `SignedOut` once it is not signed in any more."""

    def __init__(
        self, connection: Connection, store: WaitingProgress, whose: Account, owner: str
    ) -> None:
        self._connection = connection
        self._store = store
        self._whose = whose.id
        self._owner = owner
        self._client: Client = connection.client()

    def tell(self) -> bool:
        moved = False
        while batch := self._store.waiting(self._owner, MOST_IN_A_POST):
            moved |= self._tell(batch)
        return moved

    def read(self) -> bool:
        moved, more, seen = False, True, set[str | None]()
        cursor = self._store.cursor(self._owner)
        while more:
            if cursor in seen:
                raise BadReply("progress", "the same cursor again")
            seen.add(cursor)
            try:
                page = self._client.progress(cursor, self._whose)
            except Refused:
                if cursor is None:
                    raise
                log.info("the service knows nothing of a cursor of its own")
                cursor = None
                continue
            cursor, more = page.cursor, page.more
            moved |= self._learn(page.entries, cursor=cursor)
        return moved

    def takes_up(self) -> bool:
        """Whether there are places here that the service, now that all is read, never heard of."""
        with self._connection.staying(self._owner):
            return self._store.take_up(self._owner, new_watch_session())

    def _tell(self, batch: tuple[WaitingPosition, ...]) -> bool:
        """One that the service refuses keeps none of the others from being told."""
        try:
            taken = self._client.send_progress(batch, self._whose)
        except Refused as error:
            if error.status != INVALID:
                raise
            if len(batch) == 1:
                log.warning("the service refuses a place in a film: %s", error.problem)
                return self._learn(_as_said(batch), told=batch)
            half = len(batch) // 2
            moved = self._tell(batch[:half])
            return self._tell(batch[half:]) or moved
        unknown = [each for each in batch if each.film_id in taken.unknown]
        return self._learn((*taken.entries, *_as_said(unknown)), told=batch)

    def _learn(
        self,
        said: tuple[RemotePosition, ...],
        *,
        told: tuple[WaitingPosition, ...] = (),
        cursor: str | None = None,
    ) -> bool:
        with self._connection.staying(self._owner):
            return self._store.learn(self._owner, said, told=told, cursor=cursor)


def _as_said(
    untold: tuple[WaitingPosition, ...] | list[WaitingPosition],
) -> tuple[RemotePosition, ...]:
    """What the service will not have is this computer's alone, and is not told again."""
    return tuple(
        RemotePosition(each.film_id, each.position_ms, each.finished, each.at, number=0)
        for each in untold
    )
