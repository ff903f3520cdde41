"""Tells the service when second clocks began to run here, until it has heard of every one."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from player_app.core.errors import (
    ServiceError,
    ServiceFailing,
    SlowDown,
    Stopped,
    VeriteError,
)
from player_app.core.refusals import Refused
from player_app.core.sign_in_errors import SignedOut
from player_app.features.connection import Connection
from player_app.features.start_records import Start, StartRecords

log = logging.getLogger(__name__)

PAUSES_S = (1.0, 2.0, 4.0, 8.0, 16.0, 30.0)


class TellingStarts:
    """One thread, while there is something to tell; `told` is called on it after each."""

    def __init__(
        self, connection: Connection, records: StartRecords, told: Callable[[], None]
    ) -> None:
        self._connection = connection
        self._records = records
        self._told = told
        self._guard = threading.Lock()
        self._thread: threading.Thread | None = None
        self._again = threading.Event()
        self._stop = threading.Event()

    def begin(self) -> None:
        """Tell what waits, and at once what is being waited with; returns at once."""
        with self._guard:
            self._again.set()
            if self._thread is None and not self._stop.is_set():
                self._thread = threading.Thread(target=self._work, name="start", daemon=True)
                self._thread.start()

    def close(self) -> None:
        """No further tries; one under way ends with the transport."""
        self._stop.set()
        self._again.set()

    def _work(self) -> None:
        while self._is_asked():
            try:
                self._tell_all()
            except (SignedOut, Stopped):
                log.info("starts wait for a sign-in")
            except VeriteError as error:
                if not self._stop.is_set():  # at the end the database may be gone before it
                    log.warning("starts wait after: %s", type(error).__name__)

    def _is_asked(self) -> bool:
        """Whether to look once more; the thread is done otherwise."""
        with self._guard:
            if self._again.is_set() and not self._stop.is_set():
                self._again.clear()
                return True
            self._thread = None
            return False

    def _tell_all(self) -> None:
        failures = 0
        while not self._stop.is_set() and (owner := self._connection.owner()) is not None:
            waiting = self._records.untold(owner)
            if not waiting:
                return
            try:
                self._tell(owner, waiting[0])
            except (SignedOut, Stopped):
                raise
            except ServiceError as error:
                self._wait(error, failures)
                failures += 1
            else:
                failures = 0

    def _tell(self, owner: str, start: Start) -> None:
        try:
            self._connection.client().start(
                start.licence_id,
                start.started_at,
                start.device_id,
                whose=owner.partition(" ")[0],
            )
        except Refused as error:
            log.warning("the service did not take a start: %s", error)
            self._records.told(owner, start)
        else:
            self._records.told(owner, start)
            self._told()

    def _wait(self, error: ServiceError, failures: int) -> None:
        """Until it may be tried again; sooner where the service is seen to be there."""
        pause_s = PAUSES_S[min(failures, len(PAUSES_S) - 1)]
        if isinstance(error, ServiceFailing | SlowDown):
            self._stop.wait(max(error.retry_after_s or 0.0, pause_s))
        else:
            self._again.wait(pause_s)
            self._again.clear()
