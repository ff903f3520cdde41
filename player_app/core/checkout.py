"""A checkout: one attempt to buy, finished in the browser."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from player_app.core.catalogue import Money


class CheckoutState(StrEnum):
    OPEN = "open"
    PAID = "paid"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    DECLINED = "declined"
    REFUNDED = "refunded"


@dataclass(frozen=True, slots=True)
class Checkout:
    """As the service tells it. `address` is the one-time page, only while it is open.

    Times are whole seconds since 1970, UTC; `reason` is the service's sentence about a decline.
    """

    id: str
    state: CheckoutState
    film_id: str | None
    offer_id: str
    price: Money
    address: str | None
    expires_at: int
    reason: str | None

    @property
    def is_over(self) -> bool:
        """Whether nothing more can come of it."""
        return self.state is not CheckoutState.OPEN


@dataclass(frozen=True, slots=True)
class PendingCheckout:
    """What the player keeps across a restart; `nonce` comes back in the loopback return."""

    id: str
    film_id: str | None
    offer_id: str
    address: str | None
    expires_at: int
    nonce: str
    idempotency_key: str
