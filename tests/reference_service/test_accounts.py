"""Registration and signing in, over real HTTP."""

from __future__ import annotations

import base64
import concurrent.futures

import pytest
from joserfc.jwk import OKPKey

from tests.reference_service.caller import PASSWORD, Caller


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"username": "a b"}, "username", "pattern"),
        ({"username": "ab"}, "username", "too-short"),
        ({"username": ""}, "username", "required"),
        ({"display_name": "Rosa!"}, "display_name", "pattern"),
        ({"email": "rosa", "email_again": "rosa"}, "email", "too-short"),
        ({"email": "rosa at example", "email_again": "rosa at example"}, "email", "pattern"),
        ({"email_again": "other@example.org"}, "email_again", "differs"),
        ({"password": "short"}, "password", "too-short"),
        ({"password": "password123"}, "password", "common"),
        ({"captcha": "xxxxx"}, "captcha", "wrong"),
        ({"captcha_id": "cap-unknown"}, "captcha", "expired"),
        ({"terms": False}, "terms", "not-accepted"),
    ],
)
def test_a_field_that_breaks_its_rule_is_named(
    onlooker: Caller, changes: dict[str, object], field: str, code: str
) -> None:
    reply = onlooker.post("/v1/accounts", json=onlooker.registration("rosa", **changes))
    assert reply.status_code == 422
    assert reply.headers["Content-Type"] == "application/problem+json"
    assert [(each["field"], each["code"]) for each in reply.json()["errors"]] == [(field, code)]


def test_a_password_may_hold_every_character(caller: Caller) -> None:
    password = "ein Wörterbuch & ein 映画館!"
    reply = caller.post("/v1/accounts", json=caller.registration("rosa", password=password))
    assert reply.status_code == 201
    caller.sign_in("rosa@example.org", password)
    assert caller.get("/v1/account").json()["username"] == "rosa"


def test_a_name_and_an_address_belong_to_one_account(caller: Caller) -> None:
    caller.register("rosa")
    again = caller.post("/v1/accounts", json=caller.registration("ROSA"))
    assert {each["field"] for each in again.json()["errors"]} == {"username", "email"}


def test_a_captcha_is_good_for_one_try(caller: Caller) -> None:
    form = caller.registration("rosa")
    assert caller.post("/v1/accounts", json={**form, "username": "!"}).status_code == 422
    again = caller.post("/v1/accounts", json=form)
    assert [each["code"] for each in again.json()["errors"]] == ["expired"]


def test_a_captcha_is_over_after_ten_minutes(caller: Caller) -> None:
    form = caller.registration("rosa")
    caller.hooks.ahead_s = 600
    reply = caller.post("/v1/accounts", json=form)
    assert [each["code"] for each in reply.json()["errors"]] == ["expired"]


def test_signing_in_asks_for_a_captcha_after_three_failures(caller: Caller) -> None:
    caller.register("rosa")
    for _ in range(3):
        reply, _ = caller.challenge("rosa@example.org", "not this one")
        assert reply.json()["error"] == "invalid_grant"
    reply, _ = caller.challenge("rosa@example.org", PASSWORD)
    captcha = reply.json()["captcha"]["id"]
    assert reply.json()["error"] == "insufficient_authorization"
    answer = caller.hooks.captcha_answer(captcha)
    reply, _ = caller.challenge("rosa@example.org", PASSWORD, captcha_id=captcha, captcha=answer)
    assert "authorization_code" in reply.json()


def test_a_web_page_cannot_sign_in_as_the_player(onlooker: Caller) -> None:
    form = {"client_id": "verite-player", "username": "x", "password": "y"}
    reply = onlooker.post(
        "/oauth/authorize-challenge", data=form, headers={"Origin": "https://evil.example"}
    )
    assert reply.status_code == 403


def test_a_code_is_good_once_and_its_replay_ends_what_it_gave(caller: Caller) -> None:
    caller.register("rosa")
    reply, verifier = caller.challenge("rosa@example.org", PASSWORD)
    form = {
        "grant_type": "authorization_code",
        "code": reply.json()["authorization_code"],
        "code_verifier": verifier,
    }
    caller.tokens = caller.token(**form).json()
    assert caller.get("/v1/account").status_code == 200
    assert caller.token(**form).json()["error"] == "invalid_grant"
    assert caller.get("/v1/account").status_code == 401


def test_a_code_needs_its_verifier_and_its_minute(caller: Caller) -> None:
    caller.register("rosa")
    reply, _ = caller.challenge("rosa@example.org", PASSWORD)
    code = reply.json()["authorization_code"]
    wrong = caller.token(grant_type="authorization_code", code=code, code_verifier="v" * 43)
    assert wrong.json()["error"] == "invalid_grant"
    reply, verifier = caller.challenge("rosa@example.org", PASSWORD)
    caller.hooks.ahead_s = 60
    code = reply.json()["authorization_code"]
    late = caller.token(grant_type="authorization_code", code=code, code_verifier=verifier)
    assert late.json()["error"] == "invalid_grant"


def _refresh(caller: Caller, token: str) -> dict[str, str]:
    reply: dict[str, str] = caller.token(grant_type="refresh_token", refresh_token=token).json()
    return reply


@pytest.mark.promise(13)
def test_a_lost_reply_is_repeated_and_signs_nobody_out(viewer: Caller) -> None:
    first = viewer.tokens["refresh_token"]
    lost, repeated = _refresh(viewer, first), _refresh(viewer, first)
    assert lost["refresh_token"] == repeated["refresh_token"]
    viewer.tokens = dict(repeated)
    assert viewer.get("/v1/account").status_code == 200


@pytest.mark.promise(13)
def test_many_refreshes_at_once_get_the_same_successor(viewer: Caller) -> None:
    first = viewer.tokens["refresh_token"]
    with concurrent.futures.ThreadPoolExecutor(8) as threads:
        got = list(threads.map(lambda _: _refresh(viewer, first)["refresh_token"], range(16)))
    assert len(set(got)) == 1


@pytest.mark.promise(13)
def test_an_older_token_ends_the_family(viewer: Caller) -> None:
    first = viewer.tokens["refresh_token"]
    second = _refresh(viewer, first)["refresh_token"]
    third = _refresh(viewer, second)
    assert _refresh(viewer, first)["error"] == "invalid_grant"
    assert _refresh(viewer, third["refresh_token"])["error"] == "invalid_grant"
    viewer.tokens = dict(third)
    assert viewer.get("/v1/account").status_code == 401


@pytest.mark.promise(13)
def test_the_grace_lasts_a_minute(viewer: Caller) -> None:
    first = viewer.tokens["refresh_token"]
    _refresh(viewer, first)
    viewer.hooks.ahead_s = 60
    assert _refresh(viewer, first)["error"] == "invalid_grant"


def test_revoking_ends_the_family(viewer: Caller) -> None:
    viewer.post("/oauth/revoke", data={"token": viewer.tokens["refresh_token"]})
    assert viewer.get("/v1/account").status_code == 401
    assert _refresh(viewer, viewer.tokens["refresh_token"])["error"] == "invalid_grant"


def test_an_account_has_places_for_so_many_devices(viewer: Caller) -> None:
    for _ in range(5):
        assert viewer.add_device().status_code == 201
        viewer.device_key = OKPKey.generate_key("X25519")
    assert viewer.add_device().json()["type"] == "urn:verite:problem:device-limit"
    assert viewer.add_device(passing=True).status_code == 201
    devices = viewer.get("/v1/devices").json()["devices"]
    lasting = next(device["id"] for device in devices if not device["passing"])
    assert viewer.delete(f"/v1/devices/{lasting}").status_code == 204
    viewer.device_key = OKPKey.generate_key("X25519")
    assert viewer.add_device().status_code == 201


def test_the_same_key_is_the_same_device(viewer: Caller) -> None:
    assert viewer.add_device().json()["id"] == viewer.add_device(name="new").json()["id"]


def test_a_repeated_registration_makes_one_account_and_gets_the_same_reply(caller: Caller) -> None:
    form, key = caller.registration("rosa"), {"Idempotency-Key": "reg-1"}
    first = caller.post("/v1/accounts", json=form, headers=key)
    again = caller.post("/v1/accounts", json=form, headers=key)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    other = caller.post("/v1/accounts", json={**form, "display_name": "R"}, headers=key)
    assert other.json()["type"] == "urn:verite:problem:idempotency-key-reused"


def test_a_refused_registration_frees_its_key(caller: Caller) -> None:
    key = {"Idempotency-Key": "reg-2"}
    wrong = caller.registration("rosa", captcha="00000")
    assert caller.post("/v1/accounts", json=wrong, headers=key).status_code == 422
    form = caller.registration("rosa")
    assert caller.post("/v1/accounts", json=form, headers=key).status_code == 201


def test_an_id_has_128_random_bits(caller: Caller) -> None:
    identity = caller.register("rosa")["id"]
    assert len(bytes.fromhex(identity.removeprefix("acc-"))) == 16


def test_a_captcha_is_drawn_and_spoken_and_opens_the_registration(caller: Caller) -> None:
    shown = caller.get("/v1/captcha").json()
    assert base64.b64decode(shown["picture"]).startswith(b"\x89PNG")
    assert base64.b64decode(shown["sound"]).startswith(b"RIFF")
    answer = caller.hooks.captcha_answer(shown["id"])
    form = caller.registration("rosa", captcha_id=shown["id"], captcha=answer)
    assert caller.post("/v1/accounts", json=form).status_code == 201
