"""Licences: signed permission for one film on one device, its keys wrapped to that device.

JWS (RFC 7515) with Ed25519 (RFC 8037, RFC 9864), the content keys as a JWE (RFC 7516).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from joserfc import jwe, jws
from sqlalchemy.orm import Session

from player_app.reference_service import devices, films, media, rights
from player_app.reference_service.accounts import moment, subscription_of
from player_app.reference_service.problems import Problem
from player_app.reference_service.service import Service
from player_app.reference_service.tables import Account, Device, Film, Licence, Rental
from player_app.reference_service.tokens import new_id

STREAM_S = 6 * 3600
TYPE = "verite-licence+jwt"


@dataclass(frozen=True, slots=True)
class Right:
    """What covers the film: a rental, or the subscription's terms."""

    rental: Rental | None
    terms: dict[str, Any]
    purchased_at: int
    not_after: int | None


def issue(
    service: Service,
    session: Session,
    account: Account,
    *,
    film_id: str,
    device_id: str,
    purpose: str,
    started_at: int | None = None,
) -> dict[str, Any]:
    """A licence with its media address and segment list; `started_at` is what the player knows."""
    now = service.now()
    film = films.find(session, film_id)
    package = media.package(service.settings.resources / "streams" / film.slug)
    if not film.streams or package is None:
        raise Problem("not-available", "This film can't be seen yet.")
    device = session.get(Device, device_id)
    if device is None or device.account_id != account.id:
        raise Problem("device-unknown", "This device is not one of the account's.")
    if device.passing and purpose == "offline":
        raise Problem("forbidden", "A passing device only streams.")
    right = _right(session, account.id, film_id, now)
    if right.rental is not None and started_at is not None:
        _note_start(right.rental, started_at, now)
        right = _right(session, account.id, film_id, now)
    row = Licence(
        id=new_id("lic"),
        account_id=account.id,
        device_id=device.id,
        film_id=film_id,
        rental_id=right.rental.id if right.rental else None,
        purpose=purpose,
        issued_at=now,
        expires_at=now + _lifetime_s(purpose, right),
    )
    session.add(row)
    return {
        "licence": _signed(
            service,
            account=account,
            device=device,
            film=film,
            package=package,
            right=right,
            row=row,
        ),
        "media": _media(service, film, now),
        "segment_list": package.segment_list,
    }


def start(session: Session, licence: Licence, started_at: int, now: int) -> dict[str, Any]:
    """Note the start of the second clock: the earliest known wins, between purchase and now."""
    rental = session.get(Rental, licence.rental_id) if licence.rental_id else None
    if rental is None:
        return {"started_at": moment(min(started_at, now)), "ends_at": None}
    known = _note_start(rental, started_at, now)
    return {"started_at": moment(known), "ends_at": moment(rights.ends_at(rental))}


def _note_start(rental: Rental, started_at: int, now: int) -> int:
    """The earliest start known, after this one is known too."""
    clamped = min(max(started_at, rental.purchased_at), now)
    if rental.started_at is None or clamped < rental.started_at:
        rental.started_at = clamped
    return rental.started_at


def find(session: Session, account_id: str, licence_id: str) -> Licence:
    row = session.get(Licence, licence_id)
    if row is None or row.account_id != account_id:
        raise Problem("not-found", "There is no such licence.")
    return row


def _right(session: Session, account_id: str, film_id: str, now: int) -> Right:
    rental = rights.for_film(session, account_id, film_id, now)
    if rental is not None:
        return Right(rental, rental.terms, rental.purchased_at, rental.not_after)
    subscription = subscription_of(session, account_id, now)
    if subscription is None or subscription.state != "active":
        raise Problem("no-right", "Neither a rental nor a subscription covers this film.")
    return Right(None, subscription.terms, subscription.since, subscription.until)


def _lifetime_s(purpose: str, right: Right) -> int:
    if purpose == "stream":
        return STREAM_S
    if right.rental is None:
        return int(right.terms["renew_within_s"])
    return int(right.terms["start_within_s"]) + int(right.terms["finish_within_s"])


def _media(service: Service, film: Film, now: int) -> dict[str, str]:
    expires_at = now + service.settings.media_grant_s
    grant = media.sign(service.keys, film.id, expires_at)
    address = f"{service.settings.origin}/media/{grant}/{film.id}/master.m3u8"
    return {"address": address, "expires_at": moment(expires_at)}


def _signed(
    service: Service,
    *,
    account: Account,
    device: Device,
    film: Film,
    package: media.Package,
    right: Right,
    row: Licence,
) -> str:
    key = devices.key_of(device)
    wrapping = {"alg": "ECDH-ES+A256KW", "enc": "A256GCM"}
    plain = json.dumps(package.content_keys, separators=(",", ":"))
    sealed = jwe.encrypt_compact(wrapping, plain, key, algorithms=list(wrapping.values()))
    claims = {
        "iss": service.settings.origin,
        "sub": account.id,
        "aud": device.id,
        "cnf": {"jkt": device.thumbprint},
        "film": film.id,
        "jti": row.id,
        "iat": row.issued_at,
        "exp": row.expires_at,
        "purpose": row.purpose,
        "source": "rental" if right.rental else "subscription",
        "terms": right.terms,
        "purchased_at": right.purchased_at,
        "started_at": right.rental.started_at if right.rental else None,
        "not_after": right.not_after,
        "segments_sha256": package.segments_sha256,
        "keys": sealed,
    }
    header = {"alg": "Ed25519", "typ": TYPE, "kid": str(service.keys.licence.kid)}
    payload = json.dumps(claims, separators=(",", ":"))
    return jws.serialize_compact(header, payload, service.keys.licence, algorithms=["Ed25519"])
