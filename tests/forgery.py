"""Licences as a service makes them, and as a forger would."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from joserfc import jwe
from joserfc.jwk import OKPKey

from player_app.core.licence import Purpose
from player_app.sealing import CONTENT, KEY_WRAP, DeviceKey, Expected, device_key

NOW = 1_800_000_000
DEVICE = device_key(b"d" * 32)
OTHER_DEVICE = device_key(b"o" * 32)
KEY = OKPKey.generate_key("Ed25519", {"kid": "k1"}, private=True)
OTHER_KEY = OKPKey.generate_key("Ed25519", {"kid": "k2"}, private=True)
PUBLISHED = [
    {name: str(value) for name, value in KEY.as_dict(private=False).items()} | {"kid": "k1"}
]
CONTENT_KEYS = {"0" * 32: "1" * 32, "a" * 32: "b" * 32}
EXPECTED = Expected(
    issuer="https://films.example",
    account_id="acc-1",
    device_id="dev-1",
    film_id="film-1",
    purpose=Purpose.STREAM,
    now=NOW,
)
HEADER = {"alg": "Ed25519", "typ": "verite-licence+jwt", "kid": "k1"}


def encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def wrapped(
    keys: object = None,
    device: DeviceKey = DEVICE,
    header: Mapping[str, str] | None = None,
) -> str:
    """Content keys as a JWE to a device."""
    used = {"alg": KEY_WRAP, "enc": CONTENT, **(header or {})}
    plain = json.dumps(CONTENT_KEYS if keys is None else keys)
    return jwe.encrypt_compact(
        used, plain, OKPKey.import_key(dict(device.public)), algorithms=list(used.values())
    )


def claims(**instead: Any) -> dict[str, Any]:
    return {
        "iss": EXPECTED.issuer,
        "sub": EXPECTED.account_id,
        "aud": EXPECTED.device_id,
        "cnf": {"jkt": DEVICE.thumbprint},
        "film": EXPECTED.film_id,
        "jti": "lic-1",
        "iat": NOW - 5,
        "exp": NOW + 3600,
        "purpose": "stream",
        "source": "rental",
        "terms": {
            "start_within_s": 2592000,
            "finish_within_s": 172800,
            "second_clock": "play",
            "mid_film": "finish",
            "exclusive": False,
            "devices": 2,
            "renew_within_s": 604800,
        },
        "purchased_at": NOW - 10,
        "started_at": None,
        "not_after": None,
        "segments_sha256": "0" * 64,
        "keys": wrapped(),
        **instead,
    }


def signed(claims: object, header: Mapping[str, object] | None = None, key: OKPKey = KEY) -> str:
    """A JWS by hand, so that nothing refuses to make it."""
    parts = [encoded(json.dumps(each).encode()) for each in ({**HEADER, **(header or {})}, claims)]
    signing = ".".join(parts).encode()
    private = key.private_key
    assert isinstance(private, Ed25519PrivateKey)
    return f"{signing.decode()}.{encoded(private.sign(signing))}"


def by_hmac(claims: object, header: Mapping[str, object], secret: bytes) -> str:
    """HS256 with whatever the forger takes for the secret."""
    parts = [encoded(json.dumps(each).encode()) for each in ({**HEADER, **header}, claims)]
    signing = ".".join(parts)
    mac = hmac.digest(secret, signing.encode(), hashlib.sha256)
    return f"{signing}.{encoded(mac)}"
