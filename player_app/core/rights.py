"""What a viewer may watch and how long still: one right out of rentals and subscription."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from player_app.core.rental import (
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


NO_RIGHT = Right("none")


def right_to(film_id: str, rights: Rights, now: int) -> Right:
    """The best right to a film: a subscription that runs, else the rental that lasts longest."""
    subscribed = _subscribed(rights.subscription, now)
    if subscribed.may_play:
        return subscribed
    rented = [_rented(each, now) for each in rights.rentals if each.film_id == film_id]
    playable = [each for each in rented if each.may_play]
    return _latest(playable) or _latest(rented) or NO_RIGHT


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


def _rented(rental: Rental, now: int) -> Right:
    verdict = standing(grant_of(rental), Record(), now)
    if rental.state is RentalState.ENDED and may_play(verdict):
        verdict = Expired("finished", now)
    return Right("rental", verdict, rental)


def _subscribed(subscription: Subscription | None, now: int) -> Right:
    if subscription is None or not (subscription.active or subscription.until):
        return NO_RIGHT
    grant = Grant(
        terms=subscription.terms,
        purchased_at=subscription.since,
        not_after=subscription.until,
        subscription=True,
    )
    return Right("subscription", standing(grant, Record(), now))


def _latest(found: Iterable[Right]) -> Right | None:
    return max(
        found, key=lambda right: right.rental.purchased_at if right.rental else 0, default=None
    )
