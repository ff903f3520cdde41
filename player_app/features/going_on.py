"""Whether a film that plays may go on: its rental's end, a revocation, a clock turned back."""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from player_app.core.errors import VeriteError
from player_app.core.licence import Licence, Permit, Purpose
from player_app.core.playback import Phase
from player_app.core.rental import ClockDoubt, Expired, Grant, Standing, may_play, why_not
from player_app.core.rights import Rights, grant_of
from player_app.core.storage_errors import StorageError
from player_app.core.stream_errors import LicenceError, RentalOver
from player_app.features.rental_clock import RentalClock

log = logging.getLogger(__name__)

LOOK_EVERY_S = 1.0
KEEP_CLOCK_EVERY_S = 30.0
LONGEST_LOOK_S = 5.0
"""Between two looks no more was played than this: the machine slept, or the process stood still."""

OVER = (Phase.ENDED, Phase.FAILED)


class GoesOn(Protocol):
    """What whoever leads a film asks again and again, from one thread."""

    def look(self, phase: Phase) -> VeriteError | None:
        """Why the film must end now, if it must."""

    def end(self) -> None:
        """Nothing plays any more."""


class GoingOn:
    """One playback, which is under way from now on until its film has ended, however it pauses.

    `rights` is what the service said last, `kept` the licence that is kept of a film, if one is;
    `ended` hears which film is over. No disk that fails ends a film.
    """

    def __init__(
        self,
        permit: Permit,
        clock: RentalClock,
        *,
        rights: Callable[[], Rights],
        kept: Callable[[str], Licence | None],
        ended: Callable[[str], None],
    ) -> None:
        length_ms = permit.segment_list.length_ms if permit.segment_list else 0
        self._licence = permit.licence
        self._length_s = -(-length_ms // 1000)
        self._clock = clock
        self._rights = rights
        self._kept = kept
        self._ended = ended
        self._since: int | None = clock.now()
        self._phase = Phase.OPENING
        self._looked_at = self._kept_at = time.monotonic()
        self._is_first = True

    def look(self, phase: Phase) -> VeriteError | None:
        now = time.monotonic()
        is_due = self._is_first or now - self._looked_at >= LOOK_EVERY_S
        if phase is self._phase and not is_due:
            return None
        self._is_first = False
        self._account(phase, now)
        if phase in OVER:
            self._since = None
            return None
        if self._since is None:
            self._since = self._clock.now()
        try:
            return self._ending()
        except StorageError as error:
            log.info("a film goes on unjudged after: %s", type(error).__name__)
            return None

    def end(self) -> None:
        self._account(Phase.ENDED, time.monotonic())
        self._clock.tick()
        self._ended(self._licence.film_id)

    def _account(self, phase: Phase, now: float) -> None:
        """Count what was played since the last look, and keep the clock now and again."""
        before, self._phase = self._phase, phase
        if before is Phase.PLAYING:
            self._clock.played(min(LONGEST_LOOK_S, now - self._looked_at))
        self._looked_at = now
        has_paused = before is Phase.PLAYING and phase is Phase.PAUSED
        if has_paused or (before is Phase.PLAYING and now - self._kept_at >= KEEP_CLOCK_EVERY_S):
            self._kept_at = now
            self._clock.tick()

    def _ending(self) -> VeriteError | None:
        rights, streams = self._rights(), self._licence.purpose is Purpose.STREAM
        verdict = self._judged(rights)
        if not may_play(verdict) and not streams and self._is_renewed():
            verdict = self._judged(rights)
        if may_play(verdict):
            return None
        match verdict:
            case ClockDoubt() if streams:
                return None  # the service itself has let it play
            case Expired(why="subscription-ended", when=when) if (
                streams and rights.server_time < when
            ):
                return None  # it may have been renewed: the next contact says
            case _:
                return RentalOver(why_not(verdict))

    def _is_renewed(self) -> bool:
        """Whether another licence is kept by now."""
        newest = None
        with contextlib.suppress(LicenceError, StorageError):
            newest = self._kept(self._licence.film_id)
        if newest is None or newest.id == self._licence.id:
            return False
        self._licence = newest
        return True

    def _judged(self, rights: Rights) -> Standing:
        right, length_s = self._licence.right_id, self._length_s
        return self._clock.judge(self._grant(rights), right, length_s, self._since)

    def _grant(self, rights: Rights) -> Grant:
        """The licence's, with what the service has said of the right since."""
        licence, subscription = self._licence, rights.subscription
        grant = licence.grant()
        for rental in rights.rentals:
            if rental.right_id == licence.right_id and not licence.subscription:
                grant = replace(grant, revoked=grant.revoked or grant_of(rental).revoked)
        streams = licence.purpose is Purpose.STREAM
        if licence.subscription and streams and subscription is not None and subscription.active:
            grant = replace(grant, not_after=_later(grant.not_after, subscription.until))
        return grant


def _later(one: int | None, other: int | None) -> int | None:
    """None is no end at all."""
    return None if one is None or other is None else max(one, other)
