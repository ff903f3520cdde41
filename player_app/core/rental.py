"""Rental terms, the two clocks, and the one function that decides whether a film may be played."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class SecondClock(StrEnum):
    """What starts the second clock."""

    PLAY = "play"
    DOWNLOAD = "download"
    PURCHASE = "purchase"


class MidFilm(StrEnum):
    """What happens to a playback under way when the rental ends."""

    FINISH = "finish"
    STOP = "stop"


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
        if min(self.start_within_s, self.finish_within_s, self.renew_within_s) <= 0:
            raise ValueError("every window of the terms must be longer than nothing")
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


@dataclass(frozen=True, slots=True)
class Subscription:
    """A bought right to all films. Times are whole seconds since 1970, UTC."""

    id: str
    active: bool
    since: int
    until: int | None
    terms: Terms


@dataclass(frozen=True, slots=True)
class Grant:
    """What `standing` judges: the clocks' share of a rental, a subscription or a licence.

    `purchased_at`, `not_before` and `not_after` are whole seconds since 1970, UTC; `not_after`
    caps all; `revoked` names why the service took it back.
    """

    terms: Terms
    purchased_at: int
    not_before: int | None = None
    not_after: int | None = None
    subscription: bool = False
    revoked: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """What this device knows of the use: the earliest known start and a playback under way.

    `playing_since` is when the playback under way was opened (None: nothing plays);
    `length_s` the film's length.
    """

    started_at: int | None = None
    playing_since: int | None = None
    length_s: int = 0


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
    """`why`: not-started-in-time, finished, subscription-ended, cap, or a revocation's word."""

    why: str
    when: int


@dataclass(frozen=True, slots=True)
class NotYet:
    start: int


@dataclass(frozen=True, slots=True)
class ClockDoubt:
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
    if grant.subscription:
        return _subscribed(grant, now)
    started_at = _start_of_second_clock(grant, record)
    start_by = grant.purchased_at + grant.terms.start_within_s
    if started_at is None or started_at >= start_by:
        return _not_started(grant, start_by, now)
    ends_at = _capped(started_at + grant.terms.finish_within_s, grant.not_after)
    if now < ends_at:
        return Running(ends_at)
    return _finishing(grant, record, ends_at, now)


def may_play(verdict: Standing) -> bool:
    """Whether a standing lets a film play."""
    return isinstance(verdict, NotStarted | Running | Finishing)


def _start_of_second_clock(grant: Grant, record: Record) -> int | None:
    if grant.terms.second_clock is SecondClock.PURCHASE:
        return grant.purchased_at
    return record.started_at


def _not_started(grant: Grant, start_by: int, now: int) -> Standing:
    border = _capped(start_by, grant.not_after)
    if now < border:
        return NotStarted(border)
    return Expired("not-started-in-time" if border == start_by else "cap", border)


def _finishing(grant: Grant, record: Record, ends_at: int, now: int) -> Standing:
    why = "cap" if ends_at == grant.not_after else "finished"
    under_way = record.playing_since is not None and record.playing_since < ends_at
    if grant.terms.mid_film is MidFilm.FINISH and under_way and record.playing_since is not None:
        until = _capped(record.playing_since + record.length_s + FINISH_GRACE_S, grant.not_after)
        if now < until:
            return Finishing(until)
    return Expired(why, ends_at)


def _subscribed(grant: Grant, now: int) -> Standing:
    if grant.not_after is None:
        return Running(now + grant.terms.renew_within_s)
    if now < grant.not_after:
        return Running(grant.not_after)
    return Expired("subscription-ended", grant.not_after)


def _capped(border: int, cap: int | None) -> int:
    return border if cap is None else min(border, cap)
