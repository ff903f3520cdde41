"""Replies of a hostile or broken service: values of the core, or a `BadReply`, nothing else."""

from __future__ import annotations

import json
from typing import Any

import pytest

from player_app.core.errors import BadReply
from player_app.core.refusals import FormRejected, NotFound, Refused
from player_app.core.sign_in_errors import SignedOut
from player_app.service.wire.account import AccountReply, CaptchaReply, RegistrationReply
from player_app.service.wire.codec import decode
from player_app.service.wire.comments import CommentsReply
from player_app.service.wire.discovery import DiscoveryReply
from player_app.service.wire.films import FilmsReply
from player_app.service.wire.licence import LicenceReply, segment_list_of
from player_app.service.wire.places import DevicesReply, LicencesReply, StartReply
from player_app.service.wire.problems import refusal
from player_app.service.wire.progress import ProgressReply, TakenReply
from player_app.service.wire.rights import CheckoutReply, RightsReply
from player_app.service.wire.tokens import TokenReply

KINDS: list[type[Any]] = [
    AccountReply,
    CaptchaReply,
    CheckoutReply,
    CommentsReply,
    DevicesReply,
    DiscoveryReply,
    FilmsReply,
    LicenceReply,
    LicencesReply,
    ProgressReply,
    RegistrationReply,
    RightsReply,
    StartReply,
    TakenReply,
    TokenReply,
]
BROKEN = [
    b"",
    b"null",
    b"[]",
    b'"text"',
    b"{}",
    b"<html>",
    b"\xff\xfe",
    b'{"id": NaN}',
    b"[" * 50_000,
    b'{"a":' * 50_000,
    b'{"id": "a", "id": "b"}',
]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("body", BROKEN, ids=range(len(BROKEN)))
def test_a_broken_reply_is_a_bad_reply(kind: type[Any], body: bytes) -> None:
    with pytest.raises(BadReply):
        decode("reply", body, kind)


@pytest.mark.parametrize(
    "film_id", ["", "a" * 129, "../..", "a/b", "a b", "a\n", "a?b", "a%2f", "ü", "\u202ea"]
)
def test_an_id_that_could_lead_elsewhere_is_refused(film_id: str) -> None:
    body = json.dumps({"films": [], "removed": [film_id], "cursor": "c"})
    with pytest.raises(BadReply):
        decode("films", body, FilmsReply)


@pytest.mark.parametrize("window", ["start_within_s", "finish_within_s", "renew_within_s"])
def test_terms_with_a_window_that_no_calendar_can_tell_are_refused(window: str) -> None:
    def rights(window_s: int) -> str:
        terms: dict[str, Any] = {"second_clock": "play", "mid_film": "stop", "exclusive": False}
        terms |= {"devices": 1, "start_within_s": 1, "finish_within_s": 1, "renew_within_s": 1}
        terms[window] = window_s
        day = "2026-11-20T14:05:00Z"
        bought = {"id": "sub-1", "state": "active", "since": day, "terms": terms}
        return json.dumps({"rentals": [], "server_time": day, "subscription": bought})

    assert decode("rights", rights(100 * 365 * 86_400), RightsReply).rights().subscription
    for far in (10**12, 101 * 366 * 86_400, 0):
        with pytest.raises(BadReply, match="window"):
            decode("rights", rights(far), RightsReply)


def test_one_film_that_breaks_the_contract_costs_no_other() -> None:
    body = json.dumps({"films": [{"id": "film-1"}, 5, None, {"id": ["x"]}], "cursor": "c"})
    page = decode("films", body, FilmsReply).page()
    assert page.films == ()
    assert page.cursor == "c"


@pytest.mark.parametrize(
    "path", ["/etc/passwd", "../key", "a/../b", "a//b", "C:\\x", ".hidden", "a\n"]
)
def test_a_segment_that_lies_elsewhere_is_refused(path: str) -> None:
    segment = {"path": path, "duration_ms": 1, "bytes": 16, "sha256": "0" * 64, "fragments": []}
    rendition = {
        "id": "v",
        "kind": "video",
        "bandwidth": 1,
        "codecs": "avc1",
        "key": "0" * 32,
        "playlist": "v/index.m3u8",
        "init": {"path": "v/init.mp4", "bytes": 1, "sha256": "0" * 64},
        "segments": [segment],
    }
    with pytest.raises(BadReply):
        segment_list_of(json.dumps({"length_ms": 1, "renditions": [rendition]}))
    segment["path"] = "v/0.m4s"
    assert segment_list_of(json.dumps({"length_ms": 1, "renditions": [rendition]})).length_ms == 1


@pytest.mark.parametrize("body", BROKEN, ids=range(len(BROKEN)))
def test_a_refusal_without_a_problem_is_still_one(body: bytes) -> None:
    assert isinstance(refusal(400, body), Refused)
    assert isinstance(refusal(401, body), SignedOut)
    assert isinstance(refusal(404, body), NotFound)


def test_a_forms_mistakes_come_by_field() -> None:
    problem = {
        "type": "urn:verite:problem:invalid",
        "errors": [{"field": "email", "code": "taken", "message": "In use."}, {"field": "terms"}],
    }
    error = refusal(422, json.dumps(problem).encode())
    assert isinstance(error, FormRejected)
    assert error.messages["email"] == "In use."
