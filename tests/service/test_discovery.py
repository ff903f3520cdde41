"""Whatever answers at an address: a service that keeps the contract, or not ours."""

from __future__ import annotations

import json
from typing import Any

import pytest

from player_app.core.errors import NotOurService, PlayerTooOld
from player_app.service.discovery import discover, origin_from
from player_app.service.transport import Transport
from tests.service.site import Site, say

DISCOVERY = "/.well-known/verite"
METADATA = "/.well-known/oauth-authorization-server"
OPENID = "/.well-known/openid-configuration"


def described(site: Site, **instead: Any) -> dict[str, Any]:
    return {
        "name": "Films",
        "version": 1,
        "issuer": site.address,
        "api": f"{site.address}/v1",
        "client_id": "verite-player",
        "jwks": {"keys": []},
        "pages": {"home": f"{site.address}/"},
        "media_origins": [site.address],
        **instead,
    }


def metadata(site: Site, **instead: Any) -> dict[str, Any]:
    return {
        "issuer": site.address,
        "authorization_endpoint": f"{site.address}/oauth/authorize",
        "token_endpoint": f"{site.address}/oauth/token",
        "code_challenge_methods_supported": ["S256"],
        "authorization_challenge_endpoint": f"{site.address}/oauth/authorize-challenge",
        **instead,
    }


def answer(site: Site, about: dict[str, Any], tokens: dict[str, Any], at: str = METADATA) -> None:
    site.answers = {path: say(404) for path in (METADATA, OPENID)}
    site.answers[DISCOVERY] = say(200, json.dumps(about).encode())
    site.answers[at] = say(200, json.dumps(tokens).encode())


def test_a_service_is_found_with_its_endpoints(site: Site, transport: Transport) -> None:
    answer(site, described(site), metadata(site))
    service = discover(transport, site.address)
    assert service.name == "Films"
    assert service.endpoints.challenge is not None
    answer(site, described(site), metadata(site), at=OPENID)
    assert discover(transport, site.address).endpoints == service.endpoints


@pytest.mark.parametrize(
    "instead",
    [
        {"version": 2},
        {"issuer": "http://films.example"},
        {"api": "http://films.example/v1"},
        {"api": "file:///etc/passwd"},
        {"media_origins": ["http://films.example"]},
        {"media_origins": ["https://[::1"]},
        {"api": "https://films.example:99999/v1"},
        {"pages": {"terms": "https://[half/terms"}},
        {"pages": {"terms": "https://elsewhere.example/terms"}},
        {"pages": {"terms": "javascript:alert(1)"}},
        {"name": ""},
        {"name": "x" * 101},
        {"client_id": "a b"},
        {"jwks": {"keys": [{}] * 21}},
    ],
    ids=str,
)
def test_a_description_that_breaks_the_contract_is_not_ours(
    site: Site, transport: Transport, instead: dict[str, Any]
) -> None:
    answer(site, described(site, **instead), metadata(site))
    with pytest.raises(NotOurService):
        discover(transport, site.address)


@pytest.mark.parametrize(
    "instead",
    [
        {"issuer": "https://elsewhere.example"},
        {"code_challenge_methods_supported": ["plain"]},
        {"token_endpoint": "http://elsewhere.example/token"},
        {"authorization_challenge_endpoint": "https://elsewhere.example/challenge"},
    ],
    ids=str,
)
def test_metadata_of_somebody_else_is_not_ours(
    site: Site, transport: Transport, instead: dict[str, Any]
) -> None:
    answer(site, described(site), metadata(site, **instead))
    with pytest.raises(NotOurService):
        discover(transport, site.address)


def test_a_web_page_and_a_redirect_elsewhere_are_not_ours(site: Site, transport: Transport) -> None:
    for other in (say(200, b"<html>"), say(302, Location="http://127.0.0.1:9/"), say(403)):
        site.answers = {DISCOVERY: other}
        with pytest.raises(NotOurService):
            discover(transport, site.address)


def test_a_service_for_newer_players_says_so(site: Site, transport: Transport) -> None:
    answer(site, described(site, least_player_version="99.0"), metadata(site))
    with pytest.raises(PlayerTooOld):
        discover(transport, site.address)


@pytest.mark.parametrize(
    ("typed", "origin"),
    [
        ("films.example", "https://films.example"),
        (" https://films.example/watch?x=1 ", "https://films.example"),
        ("verite://films.example/film/one", "https://films.example"),
        ("127.0.0.1:8123", "http://127.0.0.1:8123"),
        ("[::1]:8123", "http://[::1]:8123"),
        ("https://viewer:secret@films.example", "https://films.example"),
    ],
)
def test_an_address_is_read_as_a_viewer_means_it(typed: str, origin: str) -> None:
    assert origin_from(typed) == origin


@pytest.mark.parametrize(
    "typed",
    ["", "two words", "http://films.example", "javascript:alert(1)", "films.example@127.0.0.1",
     "https://", "https://[::1", "https://films.example:99999", "verite://", "a\nb"],
)  # fmt: skip
def test_what_is_no_safe_address_is_not_ours(typed: str, transport: Transport) -> None:
    with pytest.raises(NotOurService):
        discover(transport, typed)
