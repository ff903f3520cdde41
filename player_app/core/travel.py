"""Whether a film will play without the internet until a moment: the verdict of a travel check."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from player_app.core.errors import VeriteError
from player_app.core.high_water import BEHIND_S
from player_app.core.rental import (
    ClockDoubt,
    Expired,
    Finishing,
    Grant,
    NotStarted,
    NotYet,
    Record,
    Running,
    SecondClock,
    Standing,
    standing,
)


class Obstacle(StrEnum):
    """Why a film will not play until then."""

    NOT_COMPLETE = "not-complete"
    """Its download is not done."""
    MISSING = "missing"
    """Some of its parts are gone, or damaged: these are fetched again by a repair."""
    LICENCE = "licence"
    """The licence on this computer can't be used: it takes one contact with the service."""
    RENEWAL = "renewal"
    """The licence has to be renewed before then."""
    OVER = "over"
    """The right has ended already."""
    ENDS = "ends"
    """The right ends before then."""
    NOT_YET = "not-yet"
    """The right begins only after then."""
    CLOCK = "clock"
    """This computer's clock is wrong, or in doubt until the service is asked."""
    PICTURE = "picture"
    """Nothing of it could be decoded."""


class Remedy(StrEnum):
    """The one thing to do."""

    NOTHING = ""
    DOWNLOAD = "download"
    REPAIR = "repair"
    CONNECT = "connect"
    RENT = "rent"
    WATCH_BEFORE = "watch-before"
    START_BEFORE = "start-before"
    WAIT = "wait"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class Clocks:
    """What the clocks alone say of a film until a moment.

    `at` is the time that the reason or the condition is about, in seconds since 1970. A film
    without an obstacle but with START_BEFORE plays until then if it is begun before `at`.
    `ahead_s` is by how much this computer's clock is fast, where that is the obstacle.
    """

    obstacle: Obstacle | None = None
    remedy: Remedy = Remedy.NOTHING
    at: int | None = None
    ahead_s: int = 0


@dataclass(frozen=True, slots=True)
class Parts:
    """What is on the disk of a film: files that are sound, missing, damaged, and bytes to fetch."""

    sound: int = 0
    missing: int = 0
    damaged: int = 0
    fetch_bytes: int = 0

    @property
    def all(self) -> int:
        return self.sound + self.missing + self.damaged

    @property
    def is_whole(self) -> bool:
        return self.missing == self.damaged == 0 and self.sound > 0


@dataclass(frozen=True, slots=True)
class Finding:
    """The verdict on one film; `cause` is an error where there was one."""

    film_id: str
    title: str
    clocks: Clocks
    parts: Parts = Parts()
    cause: VeriteError | None = None

    @property
    def plays(self) -> bool:
        return self.clocks.obstacle is None


def until(grant: Grant, record: Record, now: int, then: int, ahead_s: int = 0) -> Clocks:
    """Whether the clocks let a film that is not begun elsewhere be watched up to `then`.

    `ahead_s` is by how much this computer's clock is known to be fast. Only as long as the player
    runs that is made up for: a player that is started on the way judges by the wrong clock.
    """
    clocks = _by_what_is_known(grant, record, now, then)
    if clocks.obstacle is not None:
        return clocks
    if record.doubt is not None:
        return Clocks(Obstacle.CLOCK, Remedy.CONNECT)
    if abs(ahead_s) > BEHIND_S:
        return Clocks(Obstacle.CLOCK, Remedy.CONNECT, ahead_s=ahead_s)
    return clocks


def _by_what_is_known(grant: Grant, record: Record, now: int, then: int) -> Clocks:
    verdict = standing(grant, record, now)
    match verdict:
        case NotStarted(start_by=start_by):
            return _not_started(grant, start_by, then)
        case Running(ends_at=ends_at):
            return _ending(grant, ends_at, then)
        case _:
            return _no_longer(verdict)


def _no_longer(verdict: Standing) -> Clocks:
    match verdict:
        case Expired(why="renewal-needed", when=when):
            return Clocks(Obstacle.RENEWAL, Remedy.CONNECT, when)
        case Expired(when=when) | Finishing(until=when):
            return Clocks(Obstacle.OVER, Remedy.RENT, when)
        case NotYet(start=start):
            return Clocks(Obstacle.NOT_YET, Remedy.WAIT, start)
        case ClockDoubt():
            return Clocks(Obstacle.CLOCK, Remedy.CONNECT)
        case _:
            raise AssertionError(verdict)


def _not_started(grant: Grant, start_by: int, then: int) -> Clocks:
    """One begun late lasts beyond the time to begin it."""
    if then < start_by:
        return Clocks()
    lasts_until = start_by + grant.terms.finish_within_s
    if grant.not_after is not None:
        lasts_until = min(lasts_until, grant.not_after)
    if then < lasts_until and grant.terms.second_clock is SecondClock.PLAY:
        return Clocks(None, Remedy.START_BEFORE, start_by)
    return Clocks(Obstacle.ENDS, Remedy.WATCH_BEFORE, start_by)


def _ending(grant: Grant, ends_at: int, then: int) -> Clocks:
    if then < ends_at:
        return Clocks()
    if grant.subscription and ends_at != grant.not_after:
        return Clocks(Obstacle.RENEWAL, Remedy.CONNECT, ends_at)
    return Clocks(Obstacle.ENDS, Remedy.WATCH_BEFORE, ends_at)
