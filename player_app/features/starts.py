"""A rental's second clock begins to run: on disk before the first byte of its film goes out."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from player_app.core.errors import VeriteError
from player_app.core.high_water import FRESH_S, latest_start
from player_app.core.licence import Licence, Permit
from player_app.core.rental import SecondClock, earliest, may_play, why_not
from player_app.core.sign_in_errors import SignedOut
from player_app.core.storage_errors import StorageError
from player_app.core.stream_errors import RentalOver
from player_app.features.connection import Connection
from player_app.features.rental_clock import RentalClock
from player_app.features.start_records import Start, StartRecords
from player_app.features.telling_starts import TellingStarts

log = logging.getLogger(__name__)


class Starts:
    """Each right's start is written once, and told to the service until it has heard of it."""

    def __init__(self, connection: Connection, clock: RentalClock, records: StartRecords) -> None:
        self._connection = connection
        self._clock = clock
        self._records = records
        self._telling = TellingStarts(connection, records, self._read_clocks)
        self._guard = threading.Lock()
        self._listener: Callable[[], None] = lambda: None

    def listen(self, listener: Callable[[], None]) -> None:
        """Who hears, on a thread of a start, that what the viewer may watch has changed."""
        self._listener = listener

    def began(self, permit: Permit) -> None:
        """The first byte of this film may go out when it returns: its start is on disk.

        Raises what keeps it from being written, or `RentalOver` where it comes too late.
        """
        if permit.licence.terms.second_clock is not SecondClock.PURCHASE:
            self._note(permit.licence)

    def download_began(self, permit: Permit) -> None:
        """The same of the first byte of a download, where that starts the second clock."""
        if permit.licence.terms.second_clock is SecondClock.DOWNLOAD:
            self._note(permit.licence)

    def contact(self, server_time: int, age_s: float) -> None:
        """The service said so, asked `age_s` ago: it can be told what it has not heard of yet.

        To be called after the clock's own `contact`. Starts that were read off a clock which was
        ahead are put right.
        """
        owner, ran_s = self._connection.owner(), self._clock.ran_s()
        try:
            if owner is not None and age_s < FRESH_S:
                self._records.put_right(
                    owner, lambda start: latest_start(server_time, age_s, ran_s - start.ran_s)
                )
            if owner is not None and self._records.waits(owner):
                self._telling.begin()
        except StorageError as error:
            log.info("starts are told later, after: %s", type(error).__name__)

    def close(self) -> None:
        """No further tries; one under way ends with the transport."""
        self._telling.close()

    def _note(self, licence: Licence) -> None:
        if licence.subscription:
            return
        with self._guard:
            owner = self._connection.owner()
            if owner is None or owner.partition(" ")[0] != licence.account_id:
                raise SignedOut("whose licence this is has left")
            if self._records.local(licence.right_id) is not None:
                return
            known = earliest(licence.started_at, self._records.told_by_service(licence.right_id))
            start = Start(
                right_id=licence.right_id,
                licence_id=licence.id,
                device_id=licence.device_id,
                started_at=self._first(licence) if known is None else known,
                ran_s=self._clock.ran_s(),
            )
            self._records.keep(owner, start, told=known is not None)
        if known is None:
            self._telling.begin()

    def _first(self, licence: Licence) -> int:
        """Now, where that is still in time."""
        verdict = self._clock.judge(licence.grant(), licence.right_id)
        if not may_play(verdict):
            raise RentalOver(why_not(verdict))
        return self._clock.now()

    def _read_clocks(self) -> None:
        """The second clock runs now: what is kept here must say so, too."""
        try:
            self._connection.refresh_rights()
        except VeriteError as error:
            log.info("the clocks are read later, after: %s", type(error).__name__)
        else:
            self._listener()
