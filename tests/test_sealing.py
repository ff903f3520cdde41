"""Licences open only for whom and what they were signed; everything else is a `LicenceError`."""

from __future__ import annotations

import random

import pytest

from player_app.core.licence import Purpose
from player_app.core.stream_errors import LicenceError
from player_app.sealing import device_key, hidden, open_licence, sealed, shown, unsealed
from tests.forgery import (
    CONTENT_KEYS,
    DEVICE,
    EXPECTED,
    KEY,
    OTHER_DEVICE,
    PUBLISHED,
    claims,
    forged,
    signed,
)
from tests.plugins.promises import Promise

RIGHT = signed(claims())
FORGED = forged(Purpose.STREAM)


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


def test_what_is_hidden_shows_by_its_secret_and_label_alone() -> None:
    whole = hidden(b"s" * 32, "of this", b"content")
    assert shown(b"s" * 32, "of this", whole) == b"content"
    assert b"content" not in whole
    assert whole != hidden(b"s" * 32, "of this", b"content")
    assert shown(b"t" * 32, "of this", whole) is None
    assert shown(b"s" * 32, "of that", whole) is None
    for at in (0, 12, len(whole) - 1):
        changed = whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]
        assert shown(b"s" * 32, "of this", changed) is None
    assert shown(b"s" * 32, "of this", whole[:20]) is None
    assert shown(b"s" * 32, "of this", b"") is None


def test_a_device_key_is_its_secrets_and_shows_nothing_private() -> None:
    key = device_key(b"d" * 32)
    assert key == DEVICE
    assert key != OTHER_DEVICE
    assert key.private["d"] not in repr(key)
    assert KEY.kid == "k1"
