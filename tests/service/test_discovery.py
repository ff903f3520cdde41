"""Whatever answers at an address: a service that keeps the contract, or not ours."""

from __future__ import annotations

import json
from typing import Any

import pytest

from player_app.core.errors import NotOurService, PlayerTooOld
from player_app.service.discovery import (
    discover,
    expect_safe,
    metadata_addresses,
    origin_from,
)
from player_app.service.transport import Transport
from tests.service.site import Answer, Site, say

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
        "authorization_response_iss_parameter_supported": True,
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
        {"scope": 'films"'},
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
        {"authorization_response_iss_parameter_supported": False},
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


def test_a_service_elsewhere_names_no_address_of_this_computer() -> None:
    for here in ("http://127.0.0.1:8123/v1", "https://localhost/v1", "https://[::1]/v1"):
        expect_safe("http://127.0.0.1:9000", here)
        with pytest.raises(NotOurService, match="names this computer"):
            expect_safe("https://films.example", here)


def test_a_web_page_and_a_redirect_elsewhere_are_not_ours(site: Site, transport: Transport) -> None:
    elsewhere = say(302, Location="http://127.0.0.1:9/")
    for other in (say(200, b"<html>"), elsewhere, say(401), say(403)):
        site.answers = {DISCOVERY: other}
        with pytest.raises(NotOurService):
            discover(transport, site.address)


@pytest.mark.parametrize(
    ("issuer", "by_rfc_8414", "by_openid"),
    [
        ("https://a.example", f"https://a.example{METADATA}", f"https://a.example{OPENID}"),
        ("https://a.example/", f"https://a.example{METADATA}", f"https://a.example{OPENID}"),
        (
            "https://a.example/b/c",
            f"https://a.example{METADATA}/b/c",
            f"https://a.example/b/c{OPENID}",
        ),
    ],
)
def test_an_issuer_describes_itself_where_the_standards_say(
    issuer: str, by_rfc_8414: str, by_openid: str
) -> None:
    assert metadata_addresses(issuer) == (by_rfc_8414, by_openid)


@pytest.mark.parametrize(
    "other", [say(404), say(200, b"<html>"), say(401), say(403), say(302, Location="/login")]
)
def test_a_host_that_knows_nothing_of_an_issuer_below_it_is_passed_over(
    site: Site, transport: Transport, other: Answer
) -> None:
    issuer = f"{site.address}/tenant"
    answer(site, described(site, issuer=issuer), metadata(site, issuer=issuer), f"/tenant{OPENID}")
    site.answers |= {f"{METADATA}/tenant": other, "/login": say(200, b"<html>")}
    assert discover(transport, site.address).endpoints.issuer == issuer
    site.answers[f"/tenant{OPENID}"] = other
    with pytest.raises(NotOurService):
        discover(transport, site.address)


@pytest.mark.parametrize(
    ("said", "supported", "scope"),
    [
        ("", [], ""),
        ("", ["openid", "email"], ""),
        ("", ["openid", "offline_access"], "offline_access"),
        ("films", ["openid", "offline_access"], "films"),
    ],
)
def test_a_sign_in_asks_for_what_the_service_says_or_for_a_lasting_one(
    site: Site, transport: Transport, said: str, supported: list[str], scope: str
) -> None:
    answer(site, described(site, scope=said), metadata(site, scopes_supported=supported))
    assert discover(transport, site.address).scope == scope


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
