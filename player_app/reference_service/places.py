"""Places: which device holds a licence of which film, and whether one more may."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from player_app.reference_service import rights
from player_app.reference_service.accounts import moment, subscription_of
from player_app.reference_service.problems import Problem
from player_app.reference_service.tables import Device, Licence, Rental

MOST_LISTED = 10_000
_TAKEN = "taken offline"
_STREAMED = "being streamed"


@dataclass(frozen=True, slots=True)
class Held:
    """A licence that takes a place, and the device that it is bound to."""

    licence: Licence
    device: Device


def held(session: Session, account_id: str, now: int) -> list[Held]:
    """Licences that were not given back, are not over and whose right runs; newest first."""
    chosen = (
        select(Licence, Device, Rental)
        .join(Device, Device.id == Licence.device_id)
        .outerjoin(Rental, Rental.id == Licence.rental_id)
        .where(
            Licence.account_id == account_id,
            Licence.returned.is_(False),
            Licence.expires_at > now,
        )
        .order_by(Licence.issued_at.desc(), Licence.id)
        .limit(MOST_LISTED)
    )
    subscription = subscription_of(session, account_id, now)
    subscribed = subscription is not None and subscription.state == "active"
    found = []
    for licence, device, rental in session.execute(chosen):
        if rental is not None:
            rights.end_if_over(rental, now)
        if subscribed if rental is None else rental.state == "active":
            found.append(Held(licence, device))
    return found


def make_room(session: Session, licence: Licence, terms: dict[str, Any], now: int) -> None:
    """Refuse a licence for which there is no place; give back what it replaces on its device."""
    others = [
        each
        for each in held(session, licence.account_id, now)
        if each.licence.film_id == licence.film_id and each.device.id != licence.device_id
    ]
    offline = [each.device for each in others if each.licence.purpose == "offline"]
    streaming = [each.device for each in others if each.licence.purpose == "stream"]
    if licence.purpose == "offline":
        if len({device.id for device in offline}) >= int(terms["devices"]):
            raise Problem("places-taken", _places_taken(offline))
        if terms["exclusive"] and streaming:
            raise Problem("held-elsewhere", _elsewhere(_STREAMED, streaming, _TAKEN))
    elif terms["exclusive"] and offline:
        raise Problem("held-elsewhere", _elsewhere(_TAKEN, offline, "streamed"))
    older = (
        Licence.account_id == licence.account_id,
        Licence.device_id == licence.device_id,
        Licence.film_id == licence.film_id,
        Licence.purpose == licence.purpose,
    )
    session.execute(update(Licence).where(*older).values(returned=True))


def as_json(held_licence: Held) -> dict[str, Any]:
    licence, device = held_licence.licence, held_licence.device
    return {
        "id": licence.id,
        "film": licence.film_id,
        "device": device.id,
        "device_name": device.name,
        "purpose": licence.purpose,
        "source": "rental" if licence.rental_id is not None else "subscription",
        "issued_at": moment(licence.issued_at),
        "expires_at": moment(licence.expires_at),
    }


def _places_taken(devices: Sequence[Device]) -> str:
    return (
        f"This film is taken offline on {_names(devices)}, which is as many devices as it may be "
        "at once. Give it back on one of them, or on your account page."
    )


def _elsewhere(how: str, devices: Sequence[Device], wanted: str) -> str:
    return (
        f"This film is {how} on {_names(devices)}, and can’t be {wanted} elsewhere meanwhile. "
        "Give it back there, or on your account page."
    )


def _names(devices: Iterable[Device]) -> str:
    *most, last = sorted({device.id: device.name for device in devices}.values())
    return f"{', '.join(most)} and {last}" if most else last
