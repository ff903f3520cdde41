"""The one table that says what follows on a failed try for a piece of film: a wait, or the end.

A failed segment would end the film in libVLC without a word, so almost everything is waited out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from player_app.core.errors import ServiceFailing, SlowDown, Stopped, Unreachable, VeriteError
from player_app.core.refusals import DeviceLimit, NoRight, NotAvailable, NotFound, Refused
from player_app.core.sign_in_errors import SignedOut
from player_app.core.storage_errors import DiskFull
from player_app.core.stream_errors import DamagedStream, LicenceError, MediaError

FIRST_WAIT_S = 0.25
LONGEST_WAIT_S = 8.0
LONGEST_ASKED_WAIT_S = 60.0
MOST_WRONG_CHECKSUMS = 3
LOST_AFTER = 3
"""After so many failures in a row to reach a host, and every so many more, it may have moved."""

UNAUTHORISED = (401, 403)
FATAL = (
    NotFound,
    NoRight,
    NotAvailable,
    DeviceLimit,
    SignedOut,
    LicenceError,
    MediaError,
    DiskFull,
    Stopped,
)


@dataclass(frozen=True, slots=True)
class Wait:
    """Try again after this many seconds; `elsewhere` if there may be another address by now."""

    seconds: float
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Renew:
    """Fetch a fresh signed address, then try again after this many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class End:
    """Nothing will help; the viewer is told why."""

    cause: VeriteError


Verdict = Wait | Renew | End


@dataclass(frozen=True, slots=True)
class Tries:
    """Failures in a row without a byte of progress, and checksums of this piece gone wrong."""

    failures: int = 0
    wrong_checksums: int = 0


def verdict(error: VeriteError, tries: Tries, chance: Callable[[], float]) -> Verdict:
    """What follows on `error`; `chance` gives numbers from 0 to 1, for the jitter."""
    if isinstance(error, DamagedStream) and tries.wrong_checksums < MOST_WRONG_CHECKSUMS:
        return Wait(0.0)
    if isinstance(error, FATAL):
        return End(error)
    pause_s = backoff_s(tries.failures, chance)
    if isinstance(error, Refused) and error.status in UNAUTHORISED:
        return Renew(0.0 if tries.failures <= 1 else pause_s)
    if isinstance(error, SlowDown | ServiceFailing) and error.retry_after_s is not None:
        return Wait(min(max(error.retry_after_s, pause_s), LONGEST_ASKED_WAIT_S))
    is_lost = isinstance(error, Unreachable) and tries.failures % LOST_AFTER == 0
    return Wait(pause_s, elsewhere=is_lost and tries.failures > 0)


def backoff_s(failures: int, chance: Callable[[], float]) -> float:
    """Doubling from a quarter of a second, half of it by chance."""
    full = min(LONGEST_WAIT_S, FIRST_WAIT_S * float(2 ** min(16, max(0, failures - 1))))
    return full * (0.5 + 0.5 * chance())
