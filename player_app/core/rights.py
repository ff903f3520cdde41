"""What a viewer may watch and how long still: one right out of rentals and subscription."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from player_app.core.high_water import Doubt
from player_app.core.licence import Licence
from player_app.core.rental import (
    ClockDoubt,
    Expired,
    Grant,
    Record,
    Rental,
    RentalState,
    Standing,
    Subscription,
    earliest,
    may_play,
    standing,
)


@dataclass(frozen=True, slots=True)
class Rights:
    """Everything an account has bought, as the service told it at `server_time`."""

    rentals: tuple[Rental, ...]
    subscription: Subscription | None
    server_time: int


NO_RIGHTS = Rights((), None, 0)


@dataclass(frozen=True, slots=True)
class Right:
    """The right to one film: through what, and where its clocks stand."""

    kind: Literal["none", "rental", "subscription"]
    standing: Standing | None = None
    rental: Rental | None = None

    @property
    def may_play(self) -> bool:
        return self.standing is not None and may_play(self.standing)

    @property
    def is_doubted(self) -> bool:
        """Whether the service has to say whether it may be played: it can't be told here."""
        return isinstance(self.standing, ClockDoubt)


NO_RIGHT = Right("none")


def right_to(film_id: str, rights: Rights, now: int, doubt: Doubt | None = None) -> Right:
    """The best right to a film: a subscription that runs, else the rental that lasts longest.

    `doubt` is of the clock that says `now`; where it leaves none to play by, what it leaves open
    comes before what is over.
    """
    subscribed = _subscribed(rights.subscription, now, doubt)
    if subscribed.may_play:
        return subscribed
    rented = [_rented(each, now, doubt) for each in rights.rentals if each.film_id == film_id]
    playable = [each for each in rented if each.may_play]
    if not playable and subscribed.is_doubted:
        return subscribed
    open_yet = [each for each in rented if each.is_doubted]
    return _latest(playable) or _latest(open_yet) or _latest(rented) or NO_RIGHT


def may_be_exclusive(film_id: str, rights: Rights) -> bool:
    """Whether streaming the film may keep it from every other device meanwhile."""
    bought = rights.subscription
    return (bought is not None and bought.active and bought.terms.exclusive) or any(
        each.terms.exclusive
        for each in rights.rentals
        if each.film_id == film_id and each.state is RentalState.ACTIVE
    )


def right_by(
    licence: Licence, started_at: int | None, now: int, doubt: Doubt | None = None
) -> Right:
    """The right that playing by this licence uses; `started_at` is the earliest start known."""
    verdict = standing(licence.grant(), Record(started_at, doubt=doubt), now)
    if licence.subscription:
        return Right("subscription", verdict)
    rental = Rental(
        id="",
        film_id=licence.film_id,
        offer_id="",
        terms=licence.terms,
        purchased_at=licence.purchased_at,
        started_at=earliest(licence.started_at, started_at),
        not_after=licence.not_after,
        state=RentalState.ACTIVE,
    )
    return Right("rental", verdict, rental)


def rental_of(film_id: str, rights: Rights, now: int, doubt: Doubt | None = None) -> Right:
    """The best right to a film out of rentals alone."""
    return right_to(film_id, replace(rights, subscription=None), now, doubt)


def with_starts(rights: Rights, starts: Mapping[str, int]) -> Rights:
    """The same, with the starts that this computer knows: of two the earlier counts."""
    rentals = tuple(
        replace(each, started_at=earliest(each.started_at, starts.get(each.right_id)))
        for each in rights.rentals
    )
    return replace(rights, rentals=rentals)


def grant_of(rental: Rental) -> Grant:
    """What `standing` judges of a rental."""
    gone = rental.state in (RentalState.REFUNDED, RentalState.REVOKED)
    return Grant(
        terms=rental.terms,
        purchased_at=rental.purchased_at,
        started_at=rental.started_at,
        not_after=rental.not_after,
        revoked=rental.state.value if gone else None,
    )


def _rented(rental: Rental, now: int, doubt: Doubt | None) -> Right:
    has_ended = rental.state is RentalState.ENDED
    verdict = standing(grant_of(rental), Record(doubt=None if has_ended else doubt), now)
    if has_ended and may_play(verdict):
        verdict = Expired("finished", now)
    return Right("rental", verdict, rental)


def _subscribed(subscription: Subscription | None, now: int, doubt: Doubt | None) -> Right:
    if subscription is None or not (subscription.active or subscription.until):
        return NO_RIGHT
    grant = Grant(
        terms=subscription.terms,
        purchased_at=subscription.since,
        not_after=subscription.until,
        subscription=True,
    )
    return Right("subscription", standing(grant, Record(doubt=doubt), now))


def _latest(found: Iterable[Right]) -> Right | None:
    return max(
        found, key=lambda right: right.rental.purchased_at if right.rental else 0, default=None
    )
