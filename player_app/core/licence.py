"""A verified licence: signed permission for one film on one device, with its keys."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum

from player_app.core.rental import Grant, Terms, right_id
from player_app.core.stream import Rendition, SegmentList


class Purpose(StrEnum):
    STREAM = "stream"
    OFFLINE = "offline"


@dataclass(frozen=True, slots=True)
class Licence:
    """The claims of a licence whose signature, device, account and film were checked.

    Times are whole seconds since 1970, UTC. `keys` maps a key id to its 16 bytes and is never
    shown, logged or written. `revoked` is what the service has said of it since: a word of
    `core.rental`.
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
    revoked: str | None = None

    @property
    def right_id(self) -> str:
        return right_id(self.film_id, self.purchased_at)

    def grant(self) -> Grant:
        """What `standing` judges of this licence."""
        return Grant(
            terms=self.terms,
            purchased_at=self.purchased_at,
            started_at=self.started_at,
            not_after=self.not_after,
            renew_by=self.expires_at if self.purpose is Purpose.OFFLINE else None,
            subscription=self.subscription,
            revoked=self.revoked,
        )


@dataclass(frozen=True, slots=True)
class Permit:
    """One permitted playback: the licence, where its media lies until when, and its segments.

    `media_address` is the master playlist; `media_expires_at` whole seconds since 1970.
    `segment_list` is None for a service that publishes none. `only_video` names the one picture
    that was taken offline; None where any may be shown.
    """

    licence: Licence
    media_address: str = field(repr=False)
    media_expires_at: int
    segment_list: SegmentList | None
    only_video: str | None = None

    def shown(self, pictures: tuple[Rendition, ...]) -> tuple[Rendition, ...]:
        """Those that may be shown."""
        return tuple(each for each in pictures if self.only_video in (None, each.id))

    def narrowed(self) -> Permit:
        """With every sound, but no picture other than those that may be shown."""
        listed = self.segment_list
        if listed is None:
            return self
        only = (*self.shown(listed.videos()), *listed.audios())
        kept = tuple(each for each in listed.renditions if each in only)
        return replace(self, segment_list=replace(listed, renditions=kept))
