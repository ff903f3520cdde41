"""Licences: signed permission for one film on one device, its keys wrapped to that device.

JWS (RFC 7515) with Ed25519 (RFC 8037, RFC 9864), the content keys as a JWE (RFC 7516).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from joserfc import jwe, jws
from sqlalchemy import select
from sqlalchemy.orm import Session

from player_app.reference_service import devices, films, media, places, rights
from player_app.reference_service.accounts import moment, subscription_of
from player_app.reference_service.problems import Problem
from player_app.reference_service.service import Service
from player_app.reference_service.tables import Account, Device, Film, Licence, Rental
from player_app.reference_service.tokens import new_id

STREAM_S = 6 * 3600
TYPE = "verite-licence+jwt"
_NEVER = "Neither a rental nor a subscription covers this film."
_NO_RIGHT = {
    "ended": "The rental of this film is over.",
    "refunded": "The rental of this film was refunded, and ended with it.",
    "revoked": "The rental of this film was taken back by the service.",
}


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
    session.get(Account, account.id, with_for_update=True)
    if started_at is not None:
        _note_told_start(session, device, film_id, started_at, now)
    right = _right(session, account.id, film_id, now)
    row = Licence(
        id=new_id("lic"),
        account_id=account.id,
        device_id=device.id,
        film_id=film_id,
        rental_id=right.rental.id if right.rental else None,
        purpose=purpose,
        issued_at=now,
    )
    places.make_room(session, row, right.terms, now)
    if purpose == "offline" and right.rental and right.terms["second_clock"] == "download":
        rights.note_start(session, right.rental, now, now)
    row.expires_at = _expires_at(purpose, right, package, now)
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


def start(
    session: Session, licence: Licence, started_at: int, device_id: str | None, now: int
) -> dict[str, Any]:
    """Note the start of the second clock: the earliest known wins, between purchase and now.

    A licence that was given back or is over still tells it, of a time when it was not over.
    """
    if device_id not in (None, licence.device_id):
        raise Problem("forbidden", "Only the licence's own device tells when its film began.")
    rental = session.get(Rental, licence.rental_id) if licence.rental_id else None
    if rental is None:
        began = min(max(started_at, licence.issued_at), now)
        return {"started_at": moment(began), "ends_at": None}
    rights.end_if_over(rental, now)
    if rental.state == "ended" and started_at >= licence.expires_at:
        raise Problem("conflict", "This licence was over by then.")
    known = rights.note_start(session, rental, started_at, now)
    return {"started_at": moment(known), "ends_at": moment(rights.ends_at(rental))}


def find(session: Session, account_id: str, licence_id: str) -> Licence:
    row = session.get(Licence, licence_id)
    if row is None or row.account_id != account_id:
        raise Problem("not-found", "There is no such licence.")
    return row


def _note_told_start(
    session: Session, device: Device, film_id: str, started_at: int, now: int
) -> None:
    """Of a rental that is over only what the device could have begun with a licence of it."""
    rental = rights.newest(session, device.account_id, film_id, now)
    if rental is None:
        return
    had = select(Licence.id).where(
        Licence.rental_id == rental.id,
        Licence.device_id == device.id,
        Licence.expires_at > started_at,
    )
    if rental.state == "active" or session.scalar(had.limit(1)) is not None:
        rights.note_start(session, rental, started_at, now)


def _right(session: Session, account_id: str, film_id: str, now: int) -> Right:
    """A rental that has not begun is left alone while a subscription runs."""
    rental = rights.for_film(session, account_id, film_id, now)
    subscription = subscription_of(session, account_id, now)
    subscribed = subscription is not None and subscription.state == "active"
    if rental is not None and (rights.has_begun(rental) or not subscribed):
        return Right(rental, rental.terms, rental.purchased_at, rental.not_after)
    if subscription is None or not subscribed:
        gone = rights.newest(session, account_id, film_id, now)
        raise Problem("no-right", _NO_RIGHT.get(gone.state if gone else "", _NEVER))
    return Right(None, subscription.terms, subscription.since, subscription.until)


def _expires_at(purpose: str, right: Right, package: media.Package, now: int) -> int:
    if purpose == "stream":
        return now + STREAM_S
    if right.rental is not None:
        return rights.may_end_at(right.rental, -(-package.length_ms // 1000))
    renew_by = now + int(right.terms["renew_within_s"])
    return renew_by if right.not_after is None else min(renew_by, right.not_after)


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
