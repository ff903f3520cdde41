"""Tells the service that a film began to play, so that the rental's second clock runs there."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from player_app.core.errors import ServiceFailing, SlowDown, Unreachable, VeriteError
from player_app.core.licence import Permit
from player_app.core.rental import SecondClock
from player_app.features.connection import Connection
from player_app.service.client import Client

log = logging.getLogger(__name__)

PAUSES_S = (1.0, 2.0, 4.0, 8.0, 16.0, 30.0)


class Starts:
    """Each licence's start is told once, on a thread of its own, through any outage."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._guard = threading.Lock()
        self._told: set[str] = set()
        self._listener: Callable[[], None] = lambda: None
        self._stop = threading.Event()

    def listen(self, listener: Callable[[], None]) -> None:
        """Who hears, on a thread of a start, that what the viewer may watch has changed."""
        self._listener = listener

    def began(self, permit: Permit) -> None:
        """The first bytes of this film go out now; returns at once."""
        licence = permit.licence
        starts_a_clock = licence.terms.second_clock is SecondClock.PLAY
        if licence.subscription or licence.started_at is not None or not starts_a_clock:
            return
        with self._guard:
            if licence.id in self._told or self._stop.is_set():
                return
            self._told.add(licence.id)
        told = (self._connection.client(), licence.id, self._connection.clock.now())
        threading.Thread(target=self._tell, args=told, name="start", daemon=True).start()

    def close(self) -> None:
        """No further tries; one under way ends with the transport."""
        self._stop.set()

    def _tell(self, client: Client, licence_id: str, started_at: int) -> None:
        failures = 0
        while not self._stop.is_set():
            try:
                client.start(licence_id, started_at)
            except (Unreachable, ServiceFailing, SlowDown) as error:
                asked_s = None if isinstance(error, Unreachable) else error.retry_after_s
                self._stop.wait(max(asked_s or 0.0, PAUSES_S[min(failures, len(PAUSES_S) - 1)]))
                failures += 1
            except VeriteError as error:
                log.warning("the service did not take a start: %s", error)
                return
            else:
                self._read_clocks()
                return

    def _read_clocks(self) -> None:
        """The second clock runs now: what is kept here must say so, too."""
        try:
            self._connection.refresh_rights()
        except VeriteError as error:
            log.info("the clocks are read later, after: %s", type(error).__name__)
        else:
            self._listener()
