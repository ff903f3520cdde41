"""Checkouts, and what the viewer has bought."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from player_app.core.catalogue import Money
from player_app.core.checkout import Checkout, CheckoutState
from player_app.core.rental import Rental, RentalState, Terms
from player_app.core.rights import Rights
from player_app.service.wire.account import SubscriptionReply
from player_app.service.wire.codec import (
    Address,
    Id,
    Line,
    Time,
    seconds,
)


class CheckoutReply(Struct):
    id: Id
    state: CheckoutState
    offer: Id
    price: Money
    expires_at: Time
    film: Id | None = None
    address: Address | None = None
    reason: Line | None = None

    def checkout(self) -> Checkout:
        return Checkout(
            id=self.id,
            state=self.state,
            film_id=self.film,
            offer_id=self.offer,
            price=self.price,
            address=self.address,
            expires_at=int(self.expires_at.timestamp()),
            reason=self.reason,
        )


class _Rental(Struct):
    id: Id
    film: Id
    offer: Id
    terms: Terms
    purchased_at: Time
    state: RentalState
    started_at: Time | None = None
    not_after: Time | None = None

    def rental(self) -> Rental:
        return Rental(
            id=self.id,
            film_id=self.film,
            offer_id=self.offer,
            terms=self.terms,
            purchased_at=int(self.purchased_at.timestamp()),
            started_at=seconds(self.started_at),
            not_after=seconds(self.not_after),
            state=self.state,
        )


class RightsReply(Struct):
    rentals: Annotated[list[_Rental], Meta(max_length=10_000)]
    server_time: Time
    subscription: SubscriptionReply | None = None

    def rights(self) -> Rights:
        bought = self.subscription.value() if self.subscription else None
        rentals = tuple(each.rental() for each in self.rentals)
        return Rights(rentals, bought, int(self.server_time.timestamp()))
