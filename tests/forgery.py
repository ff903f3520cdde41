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


PUBLIC = base64.urlsafe_b64decode(PUBLISHED[0]["x"] + "=")
OTHER_JWK = OTHER_KEY.as_dict(private=False)
BY_TIME_ALONE = ("expired", "issued in the future")
"""Of the forged ones those that are right but for their time."""


def with_signature(token: str, signature: str) -> str:
    return f"{token.rpartition('.')[0]}.{signature}"


def with_claims_of(token: str, other: str) -> str:
    head, _, signature = token.split(".")
    return f"{head}.{other.split('.')[1]}.{signature}"


def forged(purpose: Purpose) -> dict[str, str]:
    """Every licence that is refused where the right one is for this purpose, by what is wrong."""

    def said(**instead: Any) -> dict[str, Any]:
        return claims(**{"purpose": purpose.value, **instead})

    def unsigned(header: dict[str, object]) -> str:
        parts = [encoded(json.dumps(each).encode()) for each in ({**HEADER, **header}, said())]
        return ".".join([*parts, ""])

    def terms(**instead: object) -> dict[str, object]:
        return {**claims()["terms"], **instead}

    right = signed(said())
    other = Purpose.OFFLINE if purpose is Purpose.STREAM else Purpose.STREAM
    return {
        "no signature": with_signature(right, ""),
        "a signature of zeros": with_signature(right, encoded(bytes(64))),
        "the signature of other claims": with_claims_of(right, signed(said(exp=NOW + 10**6))),
        "signed by another key under the same kid": signed(said(), key=OTHER_KEY),
        "signed by an unpublished key": signed(said(), {"kid": "k2"}, key=OTHER_KEY),
        "alg none": unsigned({"alg": "none"}),
        "alg None in capitals": unsigned({"alg": "NONE"}),
        "alg EdDSA": signed(said(), {"alg": "EdDSA"}),
        "HS256 with the public key": by_hmac(said(), {"alg": "HS256"}, PUBLIC),
        "HS256 with the public key as text": by_hmac(
            said(), {"alg": "HS256"}, PUBLISHED[0]["x"].encode()
        ),
        "HMAC that calls itself Ed25519": by_hmac(said(), {}, PUBLIC),
        "typ of an access token": signed(said(), {"typ": "at+jwt"}),
        "no typ": signed(said(), {"typ": None}),
        "crit": signed(said(), {"crit": ["exp"]}),
        "b64 false": signed(said(), {"b64": False, "crit": ["b64"]}),
        "jwk in the header": signed(said(), {"jwk": OTHER_JWK}, key=OTHER_KEY),
        "jku in the header": signed(said(), {"jku": "https://evil.example/jwks"}),
        "x5u in the header": signed(said(), {"x5u": "https://evil.example/pem"}),
        "zip in the header": signed(said(), {"zip": "DEF"}),
        "another issuer": signed(said(iss="https://evil.example")),
        "another account": signed(said(sub="acc-2")),
        "another device": signed(said(aud="dev-2")),
        "several devices": signed(said(aud=["dev-1", "dev-2"])),
        "another device key": signed(said(cnf={"jkt": OTHER_DEVICE.thumbprint})),
        "no device key": signed(said(cnf={})),
        "another film": signed(said(film="film-2")),
        "another purpose": signed(said(purpose=other.value)),
        "a purpose that does not exist": signed(said(purpose="copy")),
        "expired": signed(said(exp=NOW)),
        "expiry as a text": signed(said(exp=str(NOW + 3600))),
        "expiry beyond numbers": signed(said(exp=10**30)),
        "expiry not a number": signed(said(exp=float("nan"))),
        "issued in the future": signed(said(iat=NOW + 3600)),
        "of neither a rental nor a subscription": signed(said(source="gift")),
        "keys for another device": signed(said(keys=wrapped(device=OTHER_DEVICE))),
        "keys of other lengths": signed(said(keys=wrapped({"0" * 32: "11"}))),
        "keys that are no hex": signed(said(keys=wrapped({"0" * 32: "z" * 32}))),
        "keys that are a list": signed(said(keys=wrapped(["1" * 32]))),
        "keys that are too many": signed(
            said(keys=wrapped({f"{number:032x}": "1" * 32 for number in range(60)}))
        ),
        "keys compressed": signed(said(keys=wrapped(header={"zip": "DEF"}))),
        "keys wrapped otherwise": signed(said(keys=wrapped(header={"alg": "ECDH-ES+A128KW"}))),
        "keys in clear": signed(said(keys=CONTENT_KEYS)),
        "claims that are a list": signed([said()]),
        "claims nested without end": signed(said(terms=json.loads("[" * 400 + "]" * 400))),
        "a header nested without end": f"{encoded(b'[' * 9000)}.e30.e30",
        "half a licence": right[: len(right) // 2],
        "too long": right + "A" * 20_000,
        "nothing": "",
        "a negative rental period": signed(said(terms=terms(finish_within_s=-1))),
        "a truth for a number": signed(said(terms=terms(devices=True))),
    }
