"""A verified licence: signed permission for one film on one device, with its keys."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from player_app.core.rental import Grant, Terms
from player_app.core.stream import SegmentList


class Purpose(StrEnum):
    STREAM = "stream"
    OFFLINE = "offline"


@dataclass(frozen=True, slots=True)
class Licence:
    """The claims of a licence whose signature, device, account and film were checked.

    Times are whole seconds since 1970, UTC. `keys` maps a key id to its 16 bytes and is never
    shown, logged or written.
    """

    id: str
    issuer: str
    account_id: str
    device_id: str
    film_id: str
    purpose: Purpose
    subscription: bool
    terms: Terms
    issued_at: int
    expires_at: int
    purchased_at: int
    started_at: int | None
    not_after: int | None
    segments_sha256: str | None
    keys: dict[str, bytes] = field(repr=False, compare=False)

    def grant(self) -> Grant:
        """What `standing` judges of this licence."""
        return Grant(
            terms=self.terms,
            purchased_at=self.purchased_at,
            not_after=self.not_after,
            subscription=self.subscription,
        )


@dataclass(frozen=True, slots=True)
class Permit:
    """One permitted playback: the licence, where its media lies until when, and its segments.

    `media_address` is the master playlist; `media_expires_at` whole seconds since 1970.
    `segment_list` is None for a service that publishes none.
    """

    licence: Licence
    media_address: str = field(repr=False)
    media_expires_at: int
    segment_list: SegmentList | None
