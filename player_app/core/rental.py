"""Rental terms, the two clocks, and the one function that decides whether a film may be played."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from player_app.core.high_water import Doubt


class SecondClock(StrEnum):
    """What starts the second clock."""

    PLAY = "play"
    DOWNLOAD = "download"
    PURCHASE = "purchase"


class MidFilm(StrEnum):
    """What happens to a playback under way when the rental ends."""

    FINISH = "finish"
    STOP = "stop"


LONGEST_WINDOW_S = 100 * 366 * 86_400
"""No window of any terms is longer: what is, is a mistake, and no calendar reaches its end."""


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of an offer, as data; durations in seconds."""

    start_within_s: int
    finish_within_s: int
    second_clock: SecondClock
    mid_film: MidFilm
    exclusive: bool
    devices: int
    renew_within_s: int

    def __post_init__(self) -> None:
        windows = (self.start_within_s, self.finish_within_s, self.renew_within_s)
        if min(windows) <= 0:
            raise ValueError("every window of the terms must be longer than nothing")
        if max(windows) > LONGEST_WINDOW_S:
            raise ValueError("no window of the terms may be longer than a hundred years")
        if self.devices < 1:
            raise ValueError("terms must allow one device at least")


class RentalState(StrEnum):
    """As the service keeps it."""

    ACTIVE = "active"
    ENDED = "ended"
    REFUNDED = "refunded"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Rental:
    """A bought right to one film. Times are whole seconds since 1970, UTC."""

    id: str
    film_id: str
    offer_id: str
    terms: Terms
    purchased_at: int
    started_at: int | None
    not_after: int | None
    state: RentalState

    @property
    def right_id(self) -> str:
        return right_id(self.film_id, self.purchased_at)


@dataclass(frozen=True, slots=True)
class Subscription:
    """A bought right to all films. Times are whole seconds since 1970, UTC."""

    id: str
    active: bool
    since: int
    until: int | None
    terms: Terms


def right_id(film_id: str, purchased_at: int) -> str:
    """What names a bought right on this computer, whichever licence it is used by."""
    return f"{film_id}@{purchased_at}"


@dataclass(frozen=True, slots=True)
class Grant:
    """What `standing` judges: the clocks' share of a rental, a subscription or a licence.

    All times are whole seconds since 1970, UTC. `started_at` is the start that the service knows;
    `not_after` caps all; from `renew_by` on the licence must be renewed first; `revoked` names why
    the service took it back.
    """

    terms: Terms
    purchased_at: int
    started_at: int | None = None
    not_before: int | None = None
    not_after: int | None = None
    renew_by: int | None = None
    subscription: bool = False
    revoked: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """What this device knows of the use: its start, a playback under way, and its own clock.

    `started_at` is the earliest start known here; `playing_since` when the playback under way was
    opened (None: nothing plays); `length_s` the film's length; `doubt` None for a clock that is
    believed.
    """

    started_at: int | None = None
    playing_since: int | None = None
    length_s: int = 0
    doubt: Doubt | None = None


@dataclass(frozen=True, slots=True)
class NotStarted:
    start_by: int


@dataclass(frozen=True, slots=True)
class Running:
    ends_at: int


@dataclass(frozen=True, slots=True)
class Finishing:
    until: int


@dataclass(frozen=True, slots=True)
class Expired:
    """`why`: not-started-in-time, finished, subscription-ended, cap, renewal-needed, or revoked."""

    why: str
    when: int


@dataclass(frozen=True, slots=True)
class NotYet:
    start: int


@dataclass(frozen=True, slots=True)
class ClockDoubt:
    """`why`: used-up, or over by a clock that a contact may yet put right."""

    why: str


Standing = NotStarted | Running | Finishing | Expired | NotYet | ClockDoubt

FINISH_GRACE_S = 30 * 60
"""How long past its own length a playback under way may take (`MidFilm.FINISH`)."""


def standing(grant: Grant, record: Record, now: int) -> Standing:
    """Whether the film may be played at `now`: valid while `now` is before a border, not on it."""
    if grant.revoked is not None:
        return Expired(grant.revoked, now)
    if grant.not_before is not None and now < grant.not_before:
        return NotYet(grant.not_before)
    if record.doubt is not None and record.doubt.left_s <= 0:
        return ClockDoubt("used-up")
    verdict = _by_the_clock(grant, record, now)
    if record.doubt is not None and isinstance(verdict, Expired):
        return ClockDoubt("over")
    return verdict


def may_play(verdict: Standing) -> bool:
    """Whether a standing lets a film play."""
    return isinstance(verdict, NotStarted | Running | Finishing)


def needs_renewal(verdict: Standing | None) -> bool:
    """Whether it takes one contact with the service, and no new right, to play again."""
    return isinstance(verdict, Expired) and verdict.why == "renewal-needed"


def why_not(verdict: Standing) -> str:
    """The word for a standing that lets nothing play: that of an end, not-yet, clock-doubt."""
    match verdict:
        case Expired(why=why):
            return why
        case NotYet():
            return "not-yet"
        case ClockDoubt():
            return "clock-doubt"
        case _:
            raise ValueError("it may be played")


def earliest(*starts: int | None) -> int | None:
    """Of what is known of a start here and elsewhere, what counts."""
    return min((each for each in starts if each is not None), default=None)


def _by_the_clock(grant: Grant, record: Record, now: int) -> Standing:
    started_at = _start_of_second_clock(grant, record)
    waits = started_at is None and not grant.subscription
    end = _end(grant, started_at)
    border = earliest(end.when if end else None, grant.renew_by)
    if border is None:
        return Running(now + grant.terms.renew_within_s)
    if now < border:
        return NotStarted(border) if waits else Running(border)
    over = end if end is not None and now >= end.when else Expired("renewal-needed", border)
    return over if waits else _finishing(grant, record, over, border, now)


def _start_of_second_clock(grant: Grant, record: Record) -> int | None:
    """None also where it came too late to count."""
    if grant.subscription:
        return None
    if grant.terms.second_clock is SecondClock.PURCHASE:
        return grant.purchased_at
    started_at = earliest(grant.started_at, record.started_at)
    if started_at is None or started_at >= grant.purchased_at + grant.terms.start_within_s:
        return None
    return max(started_at, grant.purchased_at)


def _end(grant: Grant, started_at: int | None) -> Expired | None:
    """Where the right ends, and why; None where no end is known."""
    if grant.subscription:
        return None if grant.not_after is None else Expired("subscription-ended", grant.not_after)
    if started_at is None:
        end = Expired("not-started-in-time", grant.purchased_at + grant.terms.start_within_s)
    else:
        end = Expired("finished", started_at + grant.terms.finish_within_s)
    if grant.not_after is not None and grant.not_after < end.when:
        return Expired("cap", grant.not_after)
    return end


def _finishing(grant: Grant, record: Record, over: Expired, border: int, now: int) -> Standing:
    since = record.playing_since
    if grant.terms.mid_film is not MidFilm.FINISH or since is None or since >= border:
        return over
    until = since + record.length_s + FINISH_GRACE_S
    if grant.not_after is not None:
        until = min(until, grant.not_after)
    return Finishing(until) if now < until else over
