"""Signatures and keys: what is derived from the device's secret, and licences that must verify."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from player_app.core.licence import Licence, Purpose
from player_app.core.rental import MidFilm, SecondClock, Terms
from player_app.core.stream_errors import LicenceError, LicenceUntimely

SIGNATURE = "Ed25519"
KEY_WRAP, CONTENT = "ECDH-ES+A256KW", "A256GCM"
LICENCE_TYPE = "verite-licence+jwt"
DEVICE_LABEL = "verite device key v1"
MOST_LICENCE_CHARACTERS = 16 * 1024
MOST_KEYS_BYTES = 4 * 1024
LEEWAY_S = 300
"""How far the service's clock may be ahead of the one that a licence is judged by."""

_KEY_ID = re.compile(r"[0-9a-fA-F]{32}")
_NONCE_BYTES, _TAG_BYTES = 12, 16
_JWE_HEADER = {"alg", "enc", "epk", "kid", "typ"}


@dataclass(frozen=True, slots=True)
class DeviceKey:
    """This computer's X25519 key; `public` as a JWK, `thumbprint` as in RFC 7638."""

    public: dict[str, str]
    thumbprint: str
    private: dict[str, str] = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Expected:
    """Whom and what a licence must be for; `now` is whole seconds since 1970.

    None where its times are judged by `core.rental.standing`, as those of a kept one are.
    """

    issuer: str
    account_id: str
    device_id: str
    film_id: str
    purpose: Purpose
    now: int | None


def derived(secret: bytes, label: str) -> bytes:
    """32 bytes for one use, named by its label (HKDF-SHA256)."""
    from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415 - late
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF  # noqa: PLC0415 - late

    return HKDF(algorithm=SHA256(), length=32, salt=None, info=label.encode()).derive(secret)


def sealed(secret: bytes, label: str, content: bytes) -> bytes:
    """The content behind its MAC."""
    return hmac.digest(derived(secret, label), content, "sha256") + content


def unsealed(secret: bytes, label: str, whole: bytes) -> bytes | None:
    """The content, if nobody changed it."""
    mac, content = whole[:32], whole[32:]
    right = hmac.digest(derived(secret, label), content, "sha256")
    return content if hmac.compare_digest(mac, right) else None


def hidden(secret: bytes, label: str, content: bytes) -> bytes:
    """The content, which nobody reads or changes without the secret (AES-256-GCM)."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - late

    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(derived(secret, label)).encrypt(nonce, content, None)


def shown(secret: bytes, label: str, whole: bytes) -> bytes | None:
    """The content of what was hidden under this label, if nobody changed it."""
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - late
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - late

    nonce, cipher = whole[:_NONCE_BYTES], whole[_NONCE_BYTES:]
    if len(cipher) < _TAG_BYTES:
        return None
    try:
        return AESGCM(derived(secret, label)).decrypt(nonce, cipher, None)
    except InvalidTag:
        return None


def sha256_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def device_key(secret: bytes) -> DeviceKey:
    from cryptography.hazmat.primitives.asymmetric import x25519  # noqa: PLC0415 - late

    private = derived(secret, DEVICE_LABEL)
    public = x25519.X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()
    jwk = {"crv": "X25519", "kty": "OKP", "x": _encoded(public)}
    canonical = json.dumps(jwk, separators=(",", ":"), sort_keys=True).encode()
    return DeviceKey(
        jwk, _encoded(hashlib.sha256(canonical).digest()), {**jwk, "d": _encoded(private)}
    )


def open_licence(
    token: str, licence_keys: Sequence[Mapping[str, str]], device: DeviceKey, expected: Expected
) -> Licence:
    """The licence, verified and its content keys unwrapped; raises `LicenceError`."""
    from joserfc.errors import JoseError  # noqa: PLC0415 - late

    try:
        claims = _verified(token, licence_keys)
        licence = _licence(claims, device)
    except (
        JoseError,
        KeyError,
        TypeError,
        ValueError,
        AttributeError,
        RecursionError,
    ) as error:
        raise LicenceError(f"not a licence: {type(error).__name__}") from error
    _expect("issuer", licence.issuer, expected.issuer)
    _expect("account", licence.account_id, expected.account_id)
    _expect("device", licence.device_id, expected.device_id)
    _expect("film", licence.film_id, expected.film_id)
    _expect("purpose", licence.purpose, expected.purpose)
    if expected.now is not None:
        expect_timely(licence, expected.now)
    return licence


def expect_timely(licence: Licence, now: int) -> None:
    """Raises `LicenceUntimely` where it is of another time than this."""
    if licence.issued_at > now + LEEWAY_S:
        raise LicenceUntimely("issued in the future")
    if licence.expires_at <= now:
        raise LicenceUntimely("out of date")


def signer_of(token: str, licence_keys: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """The one published key that a licence which opened was signed by."""
    header = json.loads(_decoded(token.split(".", 1)[0]))
    return dict(next(each for each in licence_keys if each.get("kid") == header["kid"]))


def _verified(token: str, licence_keys: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    from joserfc import jwk, jws  # noqa: PLC0415 - late

    if len(token) > MOST_LICENCE_CHARACTERS:
        raise LicenceError("too long")
    header = json.loads(_decoded(token.split(".", 1)[0]))
    if set(header) != {"alg", "typ", "kid"}:
        raise LicenceError("its header holds something else than alg, typ and kid")
    _expect("alg", header["alg"], SIGNATURE)
    _expect("typ", header["typ"], LICENCE_TYPE)
    known = [each for each in licence_keys if each.get("kid") == header["kid"]]
    if len(known) != 1 or (known[0].get("kty"), known[0].get("crv")) != ("OKP", "Ed25519"):
        raise LicenceError("signed by a key that the service has not published")
    key = jwk.OKPKey.import_key({name: known[0][name] for name in ("kty", "crv", "x")})
    opened = jws.deserialize_compact(token, key, algorithms=[SIGNATURE])
    claims = json.loads(opened.payload)
    if not isinstance(claims, dict):
        raise LicenceError("its claims are no object")
    return claims


def _licence(claims: dict[str, Any], device: DeviceKey) -> Licence:
    _expect("device key", claims["cnf"]["jkt"], device.thumbprint)
    source = claims["source"]
    if source not in ("rental", "subscription"):
        raise LicenceError("neither of a rental nor of a subscription")
    return Licence(
        id=_text(claims["jti"]),
        issuer=_text(claims["iss"]),
        account_id=_text(claims["sub"]),
        device_id=_text(claims["aud"]),
        film_id=_text(claims["film"]),
        purpose=Purpose(claims["purpose"]),
        subscription=source == "subscription",
        terms=_terms(claims["terms"]),
        issued_at=_seconds(claims["iat"]),
        expires_at=_seconds(claims["exp"]),
        purchased_at=_seconds(claims["purchased_at"]),
        started_at=_seconds_or_none(claims["started_at"]),
        not_after=_seconds_or_none(claims["not_after"]),
        segments_sha256=None
        if claims["segments_sha256"] is None
        else _text(claims["segments_sha256"]),
        keys=_content_keys(_text(claims["keys"], MOST_LICENCE_CHARACTERS), device),
    )


def _content_keys(wrapped: str, device: DeviceKey) -> dict[str, bytes]:
    from joserfc import jwe, jwk  # noqa: PLC0415 - late

    header = json.loads(_decoded(wrapped.split(".", 1)[0]))
    if not {"alg", "enc", "epk"} <= set(header) <= _JWE_HEADER:
        raise LicenceError("its keys are wrapped with something unknown")
    _expect("alg of the keys", header["alg"], KEY_WRAP)
    _expect("enc of the keys", header["enc"], CONTENT)
    key = jwk.OKPKey.import_key(dict(device.private))
    plain = jwe.decrypt_compact(wrapped, key, algorithms=[KEY_WRAP, CONTENT]).plaintext
    if plain is None or len(plain) > MOST_KEYS_BYTES:
        raise LicenceError("its keys are too long")
    keys = {key_id: bytes.fromhex(text) for key_id, text in json.loads(plain).items()}
    if not all(_KEY_ID.fullmatch(each) and len(keys[each]) == 16 for each in keys):  # noqa: PLR2004
        raise LicenceError("its keys are no AES-128 keys")
    return keys


def _terms(found: dict[str, Any]) -> Terms:
    if not isinstance(found["exclusive"], bool):
        raise TypeError("exclusive")
    return Terms(
        start_within_s=_seconds(found["start_within_s"]),
        finish_within_s=_seconds(found["finish_within_s"]),
        second_clock=SecondClock(found["second_clock"]),
        mid_film=MidFilm(found["mid_film"]),
        exclusive=found["exclusive"],
        devices=_seconds(found["devices"]),
        renew_within_s=_seconds(found["renew_within_s"]),
    )


def _text(value: object, most: int = 512) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= most:
        raise TypeError("a text")
    return value


def _seconds(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**53:
        raise TypeError("a number")
    return value


def _seconds_or_none(value: object) -> int | None:
    return None if value is None else _seconds(value)


def _expect(what: str, found: object, wanted: object) -> None:
    if found != wanted:
        raise LicenceError(f"another {what}")


def _encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
