"""What a contact with the service means for a licence kept here, and what came of its renewal."""

from __future__ import annotations

from dataclasses import dataclass

from player_app.core.licence import Licence, Permit
from player_app.core.rental import Expired, Record, Rental, RentalState, standing
from player_app.core.rights import Right, Rights, grant_of, right_to


@dataclass(frozen=True, slots=True)
class Renew:
    """Ask for it anew: another right covers the film, or this one has changed, or it is time."""


@dataclass(frozen=True, slots=True)
class Note:
    """There is none to be had any more: what the service says of the one that is kept.

    `started_at` is whole seconds since 1970. `revoked` is a word of `core.rental`; None where the
    clocks tell by themselves that it is over.
    """

    started_at: int | None
    revoked: str | None


@dataclass(frozen=True, slots=True)
class Renewed:
    """The film plays on with what is stored."""

    permit: Permit


@dataclass(frozen=True, slots=True)
class ListChanged:
    """The service packages the film anew, or it is another picture: what is missing must come.

    Until it has, what was there before plays as long as its own licence lasts.
    """

    permit: Permit


def follows(licence: Licence, rights: Rights) -> Renew | Note | None:
    """By what the service has just said, and by its own time."""
    right = right_to(licence.film_id, rights, rights.server_time)
    if licence.revoked is not None:
        return Renew() if right.may_play else None
    if licence.subscription:
        return _of_subscription(licence, rights, right)
    return _of_rental(licence, rights, right)


def _of_subscription(licence: Licence, rights: Rights, right: Right) -> Renew | Note | None:
    """Renewed once a third of the time that it lasts has gone."""
    if not right.may_play:
        return Note(None, "subscription-ended")
    bought, lasted_s = rights.subscription, rights.server_time - licence.issued_at
    ends_as_known = bought is not None and bought.until == licence.not_after
    is_time = 3 * lasted_s >= licence.terms.renew_within_s
    return Renew() if is_time or right.kind == "rental" or not ends_as_known else None


def _of_rental(licence: Licence, rights: Rights, right: Right) -> Renew | Note | None:
    now = rights.server_time
    own = next((each for each in rights.rentals if each.right_id == licence.right_id), None)
    if own is None:  # whoever asks for it anew is told why
        return Renew()
    if right_to(own.film_id, Rights((own,), None, now), now).may_play:
        return Renew() if _has_changed(licence, own, now) else None
    return Renew() if right.may_play else Note(own.started_at, _word(own, now))


def _has_changed(licence: Licence, own: Rental, now: int) -> bool:
    started = own.started_at is not None and own.started_at != licence.started_at
    changed = (own.not_after, own.terms) != (licence.not_after, licence.terms)
    return started or changed or licence.expires_at <= now


def _word(own: Rental, now: int) -> str | None:
    if own.state in (RentalState.REFUNDED, RentalState.REVOKED):
        return own.state.value
    by_the_clocks = standing(grant_of(own), Record(), now)
    return None if isinstance(by_the_clocks, Expired) else "finished"
