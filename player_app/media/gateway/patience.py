"""The one table that says what follows on a failed try for a piece of film: a wait, or the end.

A failed segment would end the film in libVLC without a word, so almost everything is waited out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from player_app.core.errors import (
    PlayerTooOld,
    ServiceFailing,
    SlowDown,
    Stopped,
    Unreachable,
    VeriteError,
)
from player_app.core.refusals import (
    DeviceLimit,
    HeldElsewhere,
    NoRight,
    NotAvailable,
    NotFound,
    PlacesTaken,
    Refused,
)
from player_app.core.sign_in_errors import SignInError
from player_app.core.storage_errors import (
    KeyringLocked,
    KeyringMissing,
    KeyringSilent,
    StorageError,
)
from player_app.core.stream_errors import DamagedStream, LicenceError, MediaError

FIRST_WAIT_S = 0.25
LONGEST_WAIT_S = 8.0
LONGEST_ASKED_WAIT_S = 60.0
MOST_WRONG_CHECKSUMS = 3
LOST_AFTER = 3
"""After so many failures in a row to reach a host, and every so many more, it may have moved."""

STALLED_AFTER_S = 8.0
"""So long a try may take to begin, or to make progress, before it is broken off."""

OPENING_PATIENCE_S = 8.0
"""So long in all for the files that a film can't open without; segments are waited for always."""

REFUSED_ADDRESS = (401, 403)
GONE_ADDRESS = 410
"""A signed address that is over; or the file itself is, which a fresh address shows."""

FATAL = (
    NotFound,
    NoRight,
    NotAvailable,
    DeviceLimit,
    PlacesTaken,
    HeldElsewhere,
    SignInError,
    PlayerTooOld,
    LicenceError,
    MediaError,
    StorageError,
    Stopped,
)
BUT_NOT = (KeyringMissing, KeyringLocked, KeyringSilent)
"""Of those, what may go by itself: the store of secrets is back, is unlocked, or answers."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Try again after this many seconds; `elsewhere` if there may be another address by now."""

    seconds: float
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Renew:
    """After this many seconds fetch a fresh signed address, then try again."""

    seconds: float


@dataclass(frozen=True, slots=True)
class End:
    """Nothing will help; the viewer is told why."""

    cause: VeriteError


Verdict = Wait | Renew | End


@dataclass(frozen=True, slots=True)
class Tries:
    """Failures in a row, and fresh addresses fetched, without a byte of progress in between.

    `wrong_checksums` counts those of the whole piece.
    """

    failures: int = 0
    wrong_checksums: int = 0
    renewals: int = 0

    def failed(self, *, had_progress: bool, was_wrong: bool) -> Tries:
        """One more failure; progress begins the count anew."""
        wrong = self.wrong_checksums + was_wrong
        return Tries(1, wrong) if had_progress else Tries(self.failures + 1, wrong, self.renewals)

    def renewed(self) -> Tries:
        return replace(self, renewals=self.renewals + 1)


def verdict(error: VeriteError, tries: Tries, chance: Callable[[], float]) -> Verdict:
    """What follows on `error`; `chance` gives numbers from 0 to 1, for the jitter."""
    if isinstance(error, DamagedStream) and tries.wrong_checksums < MOST_WRONG_CHECKSUMS:
        return Wait(0.0)
    if isinstance(error, Refused) and error.status == GONE_ADDRESS and not tries.renewals:
        return Renew(0.0)
    if isinstance(error, FATAL) and not isinstance(error, BUT_NOT):
        return End(error)
    pause_s = backoff_s(tries.failures, chance)
    if isinstance(error, Refused) and error.status in REFUSED_ADDRESS:
        return Renew(pause_s if tries.renewals else 0.0)
    if isinstance(error, SlowDown | ServiceFailing) and error.retry_after_s is not None:
        return Wait(min(max(error.retry_after_s, pause_s), LONGEST_ASKED_WAIT_S))
    is_lost = isinstance(error, Unreachable) and tries.failures % LOST_AFTER == 0
    return Wait(pause_s, elsewhere=is_lost and tries.failures > 0)


def verdict_on_renewal(error: VeriteError, failures: int, chance: Callable[[], float]) -> Verdict:
    """What follows on a fresh address that could not be had, `failures` times in a row.

    Who asks may not: 401, 403 and 410 are the end here. The refused address is not asked again
    before there is another.
    """
    follows = verdict(error, Tries(failures, MOST_WRONG_CHECKSUMS), chance)
    return Renew(follows.seconds) if isinstance(follows, Wait) else End(error)


def backoff_s(failures: int, chance: Callable[[], float]) -> float:
    """Doubling from a quarter of a second, half of it by chance."""
    full = min(LONGEST_WAIT_S, FIRST_WAIT_S * float(2 ** min(16, max(0, failures - 1))))
    return full * (0.5 + 0.5 * chance())
