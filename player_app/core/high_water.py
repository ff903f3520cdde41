"""The clock that can't be turned back: what time it is at least, and how far that can be trusted.

It keeps an honest viewer honest; whoever restores an older copy of the whole computer gets the time
between back until the next contact with the service.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil

BEHIND_S = 300
"""So far behind what is known already a computer's clock may be without being doubted."""

DOUBT_ALLOWANCE_S = 6 * 3600
"""How long films may play in all while the clock is doubted, from one contact to the next."""

FRESH_S = 60
"""An answer that took longer says what time it was, but not what time it is."""


@dataclass(frozen=True, slots=True)
class HighWater:
    """`high_water` is whole seconds since 1970, UTC.

    `ran_s` is how long the player has run in all, sleep included. `doubt_used_s` is how long films
    have played in doubt since the last contact. `ahead_s` is by how much the computer's clock was
    ahead of the service's at a contact of this run. `is_lost` says that what was known before
    can't be read: only a contact makes that good.
    """

    high_water: int
    ran_s: int = 0
    doubt_used_s: int = 0
    ahead_s: int = 0
    is_lost: bool = False


@dataclass(frozen=True, slots=True)
class Doubt:
    """The clock can't be believed; films may play by it for `left_s` more."""

    left_s: int


def advanced(known: HighWater, os_now: int, elapsed_s: int) -> HighWater:
    """After `elapsed_s` of a clock that runs through sleep; it never goes back."""
    by_os = os_now - known.ahead_s
    high_water = max(by_os, known.high_water + elapsed_s)
    return replace(known, high_water=high_water, ran_s=known.ran_s + elapsed_s)


def raised(known: HighWater, seconds: int) -> HighWater:
    """It is at least so late."""
    return replace(known, high_water=max(known.high_water, seconds))


def contacted(known: HighWater, server_time: int, os_now: int) -> HighWater:
    """After a fresh answer of the service: as late as that says, earlier than before or later."""
    # of two clocks read in whole seconds one may be just about to tick: in the viewer's favour
    ahead_s = os_now + 1 - server_time
    return HighWater(server_time, ran_s=known.ran_s, ahead_s=ahead_s)


def latest_start(server_time: int, age_s: float, ran_since_s: int) -> int:
    """When it began at the latest, by a fresh answer and by how long the player has run since.

    A start that was read off a clock that was ahead is put right by it.
    """
    return server_time + ceil(age_s) + 1 - max(0, ran_since_s)


def played_in_doubt(known: HighWater, played_s: int) -> HighWater:
    used_s = min(DOUBT_ALLOWANCE_S, known.doubt_used_s + played_s)
    return replace(known, doubt_used_s=used_s)


def is_doubtful(known: HighWater, os_now: int) -> bool:
    """Whether the computer's clock was turned back, as far as can be seen."""
    return known.is_lost or os_now - known.ahead_s < known.high_water - BEHIND_S


def doubt_of(known: HighWater, os_now: int) -> Doubt | None:
    if not is_doubtful(known, os_now):
        return None
    return Doubt(0 if known.is_lost else DOUBT_ALLOWANCE_S - known.doubt_used_s)
