"""Devices of an account: their keys, their places."""

from __future__ import annotations

from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import OKPKey
from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from player_app.reference_service.accounts import moment
from player_app.reference_service.problems import Problem
from player_app.reference_service.service import Service
from player_app.reference_service.tables import Device, Licence
from player_app.reference_service.tokens import new_id

PASSING_S = 24 * 3600


def of_account(session: Session, account_id: str, now: int) -> list[Device]:
    """The account's devices, oldest first; passing ones that are over go."""
    over = (
        Device.account_id == account_id,
        Device.passing.is_(True),
        Device.added_at <= now - PASSING_S,
    )
    for device_id in session.scalars(select(Device.id).where(*over)).all():
        _forget(session, device_id)
    return listed(session, account_id, now)


def listed(session: Session, account_id: str, now: int) -> list[Device]:
    """The same, for who only looks."""
    stays = or_(Device.passing.is_(False), Device.added_at > now - PASSING_S)
    chosen = select(Device).where(Device.account_id == account_id, stays)
    return list(session.scalars(chosen.order_by(Device.added_at, Device.id)))


def add(
    service: Service,
    session: Session,
    account_id: str,
    *,
    name: str,
    platform: str,
    public_key: dict[str, Any],
    passing: bool,
) -> Device:
    """Add the device, or find it again by its key; a passing one may have come to last."""
    now = service.now()
    key = _x25519(public_key)
    thumbprint = key.thumbprint()
    known = of_account(session, account_id, now)
    same = next((device for device in known if device.thumbprint == thumbprint), None)
    lasting = sum(not device.passing for device in known)
    wants_a_place = not passing and (same is None or same.passing)
    if wants_a_place and lasting >= service.settings.device_limit:
        raise Problem("device-limit", "Every place for a device of this account is taken.")
    if same is not None:
        same.name, same.passing = name, same.passing and passing
        return same
    device = Device(
        id=new_id("dev"),
        account_id=account_id,
        name=name,
        platform=platform,
        public_key=str(key.as_dict(private=False)["x"]),
        thumbprint=thumbprint,
        passing=passing,
        added_at=now,
    )
    session.add(device)
    return device


def remove(session: Session, account_id: str, device_id: str) -> None:
    device = session.get(Device, device_id)
    if device is None or device.account_id != account_id:
        raise Problem("not-found", "There is no such device.")
    _forget(session, device_id)


def as_json(device: Device) -> dict[str, Any]:
    return {
        "id": device.id,
        "name": device.name,
        "platform": device.platform,
        "added_at": moment(device.added_at),
        "passing": device.passing,
        "this": False,
    }


def key_of(device: Device) -> OKPKey:
    return OKPKey.import_key({"kty": "OKP", "crv": "X25519", "x": device.public_key})


def _forget(session: Session, device_id: str) -> None:
    """Its licences take no place any more, but are known: a start may still be told of them."""
    its = Licence.device_id == device_id
    session.execute(update(Licence).where(its).values(returned=True))
    session.execute(delete(Device).where(Device.id == device_id))


def _x25519(public_key: dict[str, Any]) -> OKPKey:
    if public_key.get("kty") != "OKP" or public_key.get("crv") != "X25519":
        raise Problem("invalid", "The device's key must be an X25519 key.")
    try:
        return OKPKey.import_key({"kty": "OKP", "crv": "X25519", "x": str(public_key.get("x"))})
    except (JoseError, ValueError, TypeError) as wrong:
        raise Problem("invalid", "The device's key is no X25519 key.") from wrong
