"""Licences open only for whom and what they were signed; everything else is a `LicenceError`."""

from __future__ import annotations

import base64
import json
import random

import pytest

from player_app.core.stream_errors import LicenceError
from player_app.sealing import device_key, open_licence, sealed, unsealed
from tests.forgery import (
    CONTENT_KEYS,
    DEVICE,
    EXPECTED,
    HEADER,
    KEY,
    NOW,
    OTHER_DEVICE,
    OTHER_KEY,
    PUBLISHED,
    by_hmac,
    claims,
    encoded,
    signed,
    wrapped,
)
from tests.plugins.promises import Promise

RIGHT = signed(claims())
PUBLIC = base64.urlsafe_b64decode(PUBLISHED[0]["x"] + "=")
OTHER_JWK = OTHER_KEY.as_dict(private=False)


def with_signature(token: str, signature: str) -> str:
    return f"{token.rpartition('.')[0]}.{signature}"


def with_claims_of(token: str, other: str) -> str:
    head, _, signature = token.split(".")
    return f"{head}.{other.split('.')[1]}.{signature}"


def unsigned(header: dict[str, object]) -> str:
    parts = [encoded(json.dumps(each).encode()) for each in ({**HEADER, **header}, claims())]
    return ".".join([*parts, ""])


def terms(**instead: object) -> dict[str, object]:
    return {**claims()["terms"], **instead}


FORGED = {
    "no signature": with_signature(RIGHT, ""),
    "a signature of zeros": with_signature(RIGHT, encoded(bytes(64))),
    "the signature of other claims": with_claims_of(RIGHT, signed(claims(exp=NOW + 10**6))),
    "signed by another key under the same kid": signed(claims(), key=OTHER_KEY),
    "signed by an unpublished key": signed(claims(), {"kid": "k2"}, key=OTHER_KEY),
    "alg none": unsigned({"alg": "none"}),
    "alg None in capitals": unsigned({"alg": "NONE"}),
    "alg EdDSA": signed(claims(), {"alg": "EdDSA"}),
    "HS256 with the public key": by_hmac(claims(), {"alg": "HS256"}, PUBLIC),
    "HS256 with the public key as text": by_hmac(
        claims(), {"alg": "HS256"}, PUBLISHED[0]["x"].encode()
    ),
    "HMAC that calls itself Ed25519": by_hmac(claims(), {}, PUBLIC),
    "typ of an access token": signed(claims(), {"typ": "at+jwt"}),
    "no typ": signed(claims(), {"typ": None}),
    "crit": signed(claims(), {"crit": ["exp"]}),
    "b64 false": signed(claims(), {"b64": False, "crit": ["b64"]}),
    "jwk in the header": signed(claims(), {"jwk": OTHER_JWK}, key=OTHER_KEY),
    "jku in the header": signed(claims(), {"jku": "https://evil.example/jwks"}),
    "x5u in the header": signed(claims(), {"x5u": "https://evil.example/pem"}),
    "zip in the header": signed(claims(), {"zip": "DEF"}),
    "another issuer": signed(claims(iss="https://evil.example")),
    "another account": signed(claims(sub="acc-2")),
    "another device": signed(claims(aud="dev-2")),
    "several devices": signed(claims(aud=["dev-1", "dev-2"])),
    "another device key": signed(claims(cnf={"jkt": OTHER_DEVICE.thumbprint})),
    "no device key": signed(claims(cnf={})),
    "another film": signed(claims(film="film-2")),
    "another purpose": signed(claims(purpose="offline")),
    "a purpose that does not exist": signed(claims(purpose="copy")),
    "expired": signed(claims(exp=NOW)),
    "expiry as a text": signed(claims(exp=str(NOW + 3600))),
    "expiry beyond numbers": signed(claims(exp=10**30)),
    "expiry not a number": signed(claims(exp=float("nan"))),
    "issued in the future": signed(claims(iat=NOW + 3600)),
    "of neither a rental nor a subscription": signed(claims(source="gift")),
    "keys for another device": signed(claims(keys=wrapped(device=OTHER_DEVICE))),
    "keys of other lengths": signed(claims(keys=wrapped({"0" * 32: "11"}))),
    "keys that are no hex": signed(claims(keys=wrapped({"0" * 32: "z" * 32}))),
    "keys that are a list": signed(claims(keys=wrapped(["1" * 32]))),
    "keys that are too many": signed(
        claims(keys=wrapped({f"{number:032x}": "1" * 32 for number in range(60)}))
    ),
    "keys compressed": signed(claims(keys=wrapped(header={"zip": "DEF"}))),
    "keys wrapped otherwise": signed(claims(keys=wrapped(header={"alg": "ECDH-ES+A128KW"}))),
    "keys in clear": signed(claims(keys=CONTENT_KEYS)),
    "claims that are a list": signed([claims()]),
    "claims nested without end": signed(claims(terms=json.loads("[" * 400 + "]" * 400))),
    "a header nested without end": f"{encoded(b'[' * 9000)}.e30.e30",
    "half a licence": RIGHT[: len(RIGHT) // 2],
    "too long": RIGHT + "A" * 20_000,
    "nothing": "",
    "a negative rental period": signed(claims(terms=terms(finish_within_s=-1))),
    "a truth for a number": signed(claims(terms=terms(devices=True))),
}


def test_the_right_licence_opens() -> None:
    licence = open_licence(RIGHT, PUBLISHED, DEVICE, EXPECTED)
    assert {each: key.hex() for each, key in licence.keys.items()} == CONTENT_KEYS
    assert licence.terms.finish_within_s == 172800


@pytest.mark.promise(20)
@pytest.mark.parametrize("case", FORGED)
def test_a_forged_licence_is_refused(case: str) -> None:
    with pytest.raises(LicenceError):
        open_licence(FORGED[case], PUBLISHED, DEVICE, EXPECTED)


@pytest.mark.promise(20)
def test_published_keys_of_another_kind_verify_nothing() -> None:
    for key in (
        {"kty": "oct", "k": PUBLISHED[0]["x"], "kid": "k1"},
        {"kty": "OKP", "crv": "X25519", "x": PUBLISHED[0]["x"], "kid": "k1"},
        {"kty": "OKP", "crv": "Ed25519", "kid": "k1"},
    ):
        with pytest.raises(LicenceError):
            open_licence(RIGHT, [key], DEVICE, EXPECTED)
    with pytest.raises(LicenceError):
        open_licence(RIGHT, [*PUBLISHED, *PUBLISHED], DEVICE, EXPECTED)


@pytest.mark.promise(20)
def test_any_changed_character_makes_a_licence_error_or_no_difference(promise: Promise) -> None:
    chance = random.Random(20)  # noqa: S311 - which characters change is no secret
    right = open_licence(RIGHT, PUBLISHED, DEVICE, EXPECTED)
    for _ in range(promise.count(smoke=150, full=2_000)):
        at = chance.randrange(len(RIGHT))
        letter = chance.choice("ABCxyz019-_.=*\x00é")
        mutated = RIGHT[:at] + letter + RIGHT[at + 1 :]
        try:
            opened = open_licence(mutated, PUBLISHED, DEVICE, EXPECTED)
        except LicenceError:
            pass
        else:
            # the unused last bits of a base64 text
            assert opened == right
        promise.tried()


def test_what_is_sealed_opens_by_its_secret_and_label_alone() -> None:
    whole = sealed(b"s" * 32, "of this", b"content")
    assert unsealed(b"s" * 32, "of this", whole) == b"content"
    assert unsealed(b"t" * 32, "of this", whole) is None
    assert unsealed(b"s" * 32, "of that", whole) is None
    assert unsealed(b"s" * 32, "of this", whole[:-1] + b"T") is None
    assert unsealed(b"s" * 32, "of this", b"") is None


def test_a_device_key_is_its_secrets_and_shows_nothing_private() -> None:
    key = device_key(b"d" * 32)
    assert key == DEVICE
    assert key != OTHER_DEVICE
    assert key.private["d"] not in repr(key)
    assert KEY.kid == "k1"
