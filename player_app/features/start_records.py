"""When rights' second clocks began to run, as this computer knows: on disk, behind its MAC."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from player_app.core.rental import earliest
from player_app.core.rights import Rights, with_starts
from player_app.features.connection import Connection
from player_app.sealing import sealed, unsealed
from player_app.storage.packing import pack, unpack
from player_app.storage.starts import StartRow, StartStore

log = logging.getLogger(__name__)

LABEL = "verite start v1"
MAC_BYTES = 32


@dataclass(frozen=True, slots=True)
class Start:
    """`started_at` is whole seconds since 1970, UTC; `licence_id` was used on `device_id`.

    `ran_s` is for how long the player had run in all when it began.
    """

    right_id: str
    licence_id: str
    device_id: str
    started_at: int
    ran_s: int


class StartRecords:
    """Of whoever is signed in; `secret` is this computer's, and may be waited for.

    While that is a `passing` one, what was written by the lasting one can't be verified, and counts
    all the same: none of it is lost, and only what the service permits is played.
    """

    def __init__(
        self,
        store: StartStore,
        connection: Connection,
        secret: Callable[[], bytes],
        passing: Callable[[], bool],
    ) -> None:
        self._store = store
        self._connection = connection
        self._secret = secret
        self._passing = passing
        self._guard = threading.Lock()
        self._known: dict[str, dict[str, Start]] = {}

    def started_at(self, right_id: str) -> int | None:
        """The earliest start known here: of this computer's and what the service last told."""
        return earliest(self.local(right_id), self.told_by_service(right_id))

    def local(self, right_id: str) -> int | None:
        """What is on this computer's own disk."""
        owner = self._connection.owner()
        start = None if owner is None else self._of(owner).get(right_id)
        return None if start is None else start.started_at

    def told_by_service(self, right_id: str) -> int | None:
        rentals = self._connection.rights().rentals
        return earliest(*(each.started_at for each in rentals if each.right_id == right_id))

    def rights(self) -> Rights:
        """What the viewer may watch with every start that is known; to be shown, not judged by.

        No store of secrets is waited for, so that a start that was tampered with counts here.
        """
        owner, rights = self._connection.owner(), self._connection.rights()
        if owner is None:
            return rights
        found = (_read(owner, row, row.sealed[MAC_BYTES:]) for row in self._store.all(owner))
        return with_starts(rights, {each.right_id: each.started_at for each in found if each})

    def keep(self, owner: str, start: Start, *, told: bool) -> None:
        """On disk when it returns; `told` where the service knows."""
        self._of(owner)
        row = StartRow(start.right_id, self._sealed(owner, start), told)
        self._store.keep(owner, row)
        self._remember(owner, start)

    def waits(self, owner: str) -> bool:
        """Whether there may be something to tell the service."""
        return not all(each.told for each in self._store.all(owner))

    def untold(self, owner: str) -> tuple[Start, ...]:
        """What the service has yet to hear of."""
        rows = (each for each in self._store.all(owner) if not each.told)
        return tuple(start for row in rows if (start := self._verified(owner, row)) is not None)

    def told(self, owner: str, start: Start) -> None:
        self._store.told(owner, start.right_id)

    def put_right(self, owner: str, latest: Callable[[Start], int]) -> None:
        """None began later than `latest` says: what does is written anew, by a lasting secret."""
        for start in () if self._passing() else tuple(self._of(owner).values()):
            if start.started_at > latest(start):
                right = replace(start, started_at=latest(start))
                self._store.put_right(owner, start.right_id, self._sealed(owner, right))
                self._remember(owner, right)

    def _of(self, owner: str) -> Mapping[str, Start]:
        with self._guard:
            known = self._known.get(owner)
        if known is None:
            found = (self._verified(owner, row) for row in self._store.all(owner))
            known = {each.right_id: each for each in found if each is not None}
            with self._guard:
                known = self._known.setdefault(owner, known)
        return known

    def _remember(self, owner: str, start: Start) -> None:
        with self._guard:
            self._known[owner] = {**self._known.get(owner, {}), start.right_id: start}

    def _sealed(self, owner: str, start: Start) -> bytes:
        return sealed(self._secret(), LABEL, pack((owner, start)))

    def _verified(self, owner: str, row: StartRow) -> Start | None:
        content = unsealed(self._secret(), LABEL, row.sealed)
        if content is None and self._passing():
            content = row.sealed[MAC_BYTES:]
        start = None if content is None else _read(owner, row, content)
        if start is None:
            log.info("a start on this computer was not written by it")
        return start


def _read(owner: str, row: StartRow, content: bytes) -> Start | None:
    """What was written for this very right of this very owner."""
    whose, start = unpack(content, tuple[str, Start]) or ("", None)
    return start if start and (whose, start.right_id) == (owner, row.right_id) else None
