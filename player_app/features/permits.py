"""Permission to play a film: by the licence that is kept with it, else by one to stream."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Protocol

from player_app.core.errors import ServiceFailing, SlowDown, Stopped, Unreachable, VeriteError
from player_app.core.licence import Licence, Permit
from player_app.core.refusals import HeldElsewhere, NoRight, PlacesTaken
from player_app.core.renewal import ListChanged, Renewed
from player_app.core.storage_errors import StorageError
from player_app.core.stream_errors import LicenceError, RentalOver

OUT_OF_REACH = (Unreachable, ServiceFailing, SlowDown)
NO_REASON_AGAINST_STREAMING = (
    PlacesTaken,
    HeldElsewhere,
    LicenceError,
    RentalOver,
    StorageError,
    Stopped,
)
"""Why there may be no licence to keep though there is one to stream."""


class Streams(Protocol):
    def permit(self, film_id: str) -> Permit: ...


class Offline(Protocol):
    def kept(self, film_id: str) -> Permit | None: ...

    def has(self, film_id: str) -> bool: ...

    def renew(self, film_id: str) -> Renewed | ListChanged: ...


class Permits:
    """`renewed` is called, on the thread that asks, when a kept licence lets a film play again."""

    def __init__(
        self, streams: Streams, offline: Offline, renewed: Callable[[], None] = lambda: None
    ) -> None:
        self._streams = streams
        self._offline = offline
        self._renewed = renewed
        self._streaming: dict[str, Licence] = {}

    def let_go(self, film_id: str) -> Licence | None:
        """The film does not stream any more: the licence whose place others may wait for."""
        licence = self._streaming.pop(film_id, None)
        return licence if licence is not None and licence.terms.exclusive else None

    def look(self, film_id: str) -> tuple[Permit, Licence | None]:
        """To see what a film consists of, with the licence whose place is not needed after it."""
        streams = film_id in self._streaming
        permit = self.permit(film_id)
        return permit, None if streams else self.unplayed(permit)

    def unplayed(self, permit: Permit) -> Licence | None:
        """The same as `let_go` of a permit that led to nothing; not where there is a newer one."""
        film_id = permit.licence.film_id
        is_last = self._streaming.get(film_id) is permit.licence
        return self.let_go(film_id) if is_last else None

    def permit(self, film_id: str) -> Permit:
        """Without the network where a kept licence lets the film play, else the service's word.

        What keeps the film from playing here is raised where the service can't be asked.
        """
        try:
            kept = self._offline.kept(film_id)
        except (RentalOver, LicenceError, StorageError) as reason:
            return self._asked(film_id, reason)
        return kept if kept is not None else self._streamed(film_id)

    def fresh(self, film_id: str) -> Permit:
        """The service's word in any case, with a media address that is good from now on."""
        if self._offline.has(film_id):
            with contextlib.suppress(*NO_REASON_AGAINST_STREAMING):
                return self._offline.renew(film_id).permit
        return self._streamed(film_id)

    def _streamed(self, film_id: str) -> Permit:
        permit = self._streams.permit(film_id)
        self._streaming[film_id] = permit.licence
        return permit

    def _asked(self, film_id: str, reason: VeriteError) -> Permit:
        """What is stored may play again by a new licence, bought or renewed; else it streams."""
        try:
            with contextlib.suppress(*NO_REASON_AGAINST_STREAMING):
                self._offline.renew(film_id)
                kept = self._offline.kept(film_id)
                if kept is not None:
                    self._renewed()
                    return kept
            return self._streamed(film_id)
        except OUT_OF_REACH as error:
            raise reason from error
        except NoRight as error:
            if isinstance(reason, RentalOver):
                raise reason from error
            raise
