"""The time that rentals are judged by: it can't be turned back, and is put right by the service."""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from player_app.core.high_water import (
    BEHIND_S,
    FRESH_S,
    Doubt,
    HighWater,
    advanced,
    contacted,
    doubt_of,
    played_in_doubt,
    raised,
)
from player_app.core.licence import Licence
from player_app.core.rental import Grant, Record, Standing, standing
from player_app.core.storage_errors import StorageError
from player_app.sealing import sealed, unsealed
from player_app.storage.clock import ClockStore
from player_app.storage.packing import pack, unpack

log = logging.getLogger(__name__)

LABEL = "verite clock v1"
Kept = dict[str, HighWater]
"""By the addresses of services."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """`known` was so when the clock that runs through sleep stood at `read_at`."""

    known: HighWater
    read_at: float


@dataclass(frozen=True, slots=True)
class _Told:
    """The service said `server_time` when the clock that runs through sleep stood at `read_at`."""

    server_time: int
    read_at: float


class RentalClock:
    """From any thread. `now`, `ahead_s` and `doubt` wait for nothing; all else may for the disk.

    Each service has a time of its own here: no other can set it. `elapsed` runs through sleep;
    `service` is the address of the one in use; `started_at` knows a right's earliest start. While
    the secret is a `passing` one nothing is kept by it: no licence is, either.
    """

    def __init__(
        self,
        *,
        os_now: Callable[[], int],
        elapsed: Callable[[], float],
        store: ClockStore,
        secret: Callable[[], bytes],
        passing: Callable[[], bool],
        service: Callable[[], str],
        started_at: Callable[[str], int | None],
    ) -> None:
        self._os_now = os_now
        self._elapsed = elapsed
        self._store = store
        self._secret = secret
        self._passing = passing
        self._service = service
        self._started_at = started_at
        self._guard = threading.Lock()
        self._keeping = threading.Lock()
        self._marks: dict[str, _Mark] = {}
        self._told: dict[str, _Told] = {}
        self._is_loaded = self._is_passing = False
        self._written: Kept | None = None
        self._played_s = 0.0

    def now(self) -> int:
        """Whole seconds since 1970, UTC; until it is loaded by the computer's clock alone."""
        return self._known().high_water

    def ahead_s(self) -> int:
        """By how much the computer's clock was ahead at a contact of this run; 0 without one."""
        return self._known().ahead_s

    def ran_s(self) -> int:
        """How long the player has run in all, as far as that was kept."""
        return self._known().ran_s

    def doubt(self) -> Doubt | None:
        """How long films may play still by a clock that is not believed; None for one that is."""
        return doubt_of(self._known(), self._os_now())

    def is_told(self) -> bool:
        """Whether it is the service's time: told in this run, and no clock has jumped since."""
        told, now = self._told.get(self._service()), self.now()
        if told is None:
            return False
        return now - told.server_time <= self._elapsed() - told.read_at + BEHIND_S

    def judge(
        self,
        grant: Grant,
        right_id: str,
        length_s: int = 0,
        playing_since: int | None = None,
    ) -> Standing:
        """Whether a film may be played, by its earliest known start; `playing_since` by `now`."""
        self._load()
        record = Record(self._started_at(right_id), playing_since, length_s, self.doubt())
        return standing(grant, record, self.now())

    def standing(self, licence: Licence) -> Standing:
        """Whether a playback may begin by this licence, which was signed no later than now."""
        self.at_least(licence.issued_at)
        return self.judge(licence.grant(), licence.right_id)

    def contact(self, server_time: int, age_s: float) -> None:
        """The service said so, asked `age_s` ago by the viewer's own sign-in; kept when it returns.

        Late answers are no contact: they only say that it can't be earlier.
        """
        with _logged():
            service = self._load()
            if age_s >= FRESH_S:
                self._change(service, lambda known: raised(known, server_time))
            else:
                with self._guard:
                    before, os_now = self._advanced(self._marks[service]), self._os_now()
                    known = contacted(before.known, server_time, os_now)
                    read_at = self._elapsed()
                    self._marks[service] = _Mark(known, read_at)
                    self._told[service] = _Told(known.high_water, read_at)
            self._keep()

    def at_least(self, seconds: int) -> None:
        """It can't be earlier: the service has signed something then."""
        self._change(self._load(), lambda known: raised(known, seconds))

    def played(self, seconds: float) -> None:
        """A film has played for so long: that counts while the clock is not believed."""
        if self.doubt() is not None:
            with self._guard:
                whole_s, self._played_s = divmod(self._played_s + seconds, 1)
            with _logged():
                self._change(self._load(), lambda known: played_in_doubt(known, int(whole_s)))

    def tick(self) -> None:
        """Keep it; durable when it returns. Where the disk refuses, films play on all the same."""
        with _logged():
            self._load()
            self._keep()

    def close(self) -> None:
        """Keep it once more, where it was known: nobody is waited for at the end."""
        if self._is_loaded:
            self.tick()

    def _known(self) -> HighWater:
        service = self._service()
        with self._guard:
            mark = self._marks.get(service)
            if mark is None:
                return HighWater(self._os_now())
            mark = self._marks[service] = self._advanced(mark)
            return mark.known

    def _advanced(self, mark: _Mark) -> _Mark:
        """The part of a second that is not counted yet stays to be counted."""
        elapsed_s = self._elapsed()
        gone_s = max(0, int(elapsed_s - mark.read_at))
        known = advanced(mark.known, self._os_now(), gone_s)
        by_os = known.high_water > mark.known.high_water + gone_s
        return _Mark(known, elapsed_s if by_os else mark.read_at + gone_s)

    def _change(self, service: str, change: Callable[[HighWater], HighWater]) -> None:
        with self._guard:
            before = self._advanced(self._marks[service])
            known = change(before.known)
            is_set = known.high_water != before.known.high_water
            read_at = self._elapsed() if is_set else before.read_at
            self._marks[service] = _Mark(known, read_at)

    def _load(self) -> str:
        """Know what was kept, and have a mark for the service in use: that one."""
        service = self._service()
        if self._is_read() and service in self._marks:
            return service
        with self._keeping:
            if not self._is_read():
                self._read()
            if service not in self._marks:
                is_lost = not self._is_passing and self._store.is_relied_on(service)
                with self._guard:
                    known = HighWater(self._os_now(), is_lost=is_lost)
                    self._marks[service] = _Mark(known, self._elapsed())
        return service

    def _is_read(self) -> bool:
        """To be read once more when a secret that lasts has come in the place of a passing one."""
        return self._is_loaded and (not self._is_passing or self._passing())

    def _read(self) -> None:
        row, secret = self._store.read(), self._secret()
        is_passing = self._passing()  # which is known once the secret was asked for
        content = unsealed(secret, LABEL, row) if row else None
        kept = (unpack(content, Kept) if content else None) or {}
        if row and content is None:
            log.info("the clock on this computer was not written by it")
        with self._guard:
            self._marks = {
                service: _Mark(replace(known, ahead_s=0), self._elapsed())
                for service, known in kept.items()
            }
            self._is_loaded, self._is_passing = True, is_passing

    def _keep(self) -> None:
        if self._passing():
            return
        with self._keeping:
            with self._guard:
                self._marks = {name: self._advanced(each) for name, each in self._marks.items()}
                kept = {name: each.known for name, each in self._marks.items()}
            if kept != self._written:
                self._store.write(sealed(self._secret(), LABEL, pack(kept)))
                self._written = kept


@contextlib.contextmanager
def _logged() -> Iterator[None]:
    try:
        yield
    except StorageError as error:
        log.warning("the clock is not kept: %s", type(error).__name__)
