"""Servers of other houses differ: in what they describe, ask for, leave out and give."""

from __future__ import annotations

import http.server
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlsplit

import pytest

from player_app.core.discovery import Endpoints
from player_app.core.errors import BadReply, NotOurService
from player_app.core.sign_in_errors import BrowserNeeded, SignedOut
from tests.features.coming_back import come_back
from tests.features.foreign.service import (
    DISCOVERY,
    VIEWER,
    Authority,
    answer_json,
    authority,
    body_of,
    described,
    film_service,
)
from tests.features.foreign.viewer import LATER_S, consent, kept, player_of, sign_in, signing_in
from tests.features.player import Player
from tests.service.site import Site, say

RFC_8414 = "/.well-known/oauth-authorization-server"
OPENID = "/.well-known/openid-configuration"


def with_metadata(site: Site, server: Authority, **instead: Any) -> None:
    """The film service names an issuer that is the server, but for what its metadata says."""
    issuer = f"{site.address}/tenant"
    said = {**server.metadata(), "issuer": issuer, **instead}
    metadata = {name: value for name, value in said.items() if value is not None}
    site.answers[DISCOVERY] = answer_json(described(site, issuer))
    site.answers[f"{RFC_8414}/tenant"] = answer_json(metadata)


def with_endpoints(player: Player, change: Callable[[Endpoints], Endpoints]) -> None:
    """The chosen service goes on with other endpoints."""
    service = player.connection.client().service
    player.services.choose(replace(service, endpoints=change(service.endpoints)))


@pytest.mark.parametrize(
    "instead",
    [
        {"issuer": "https://elsewhere.example"},
        {"issuer": None},
        {"code_challenge_methods_supported": ["plain"]},
        {"authorization_response_iss_parameter_supported": None},
        {"token_endpoint": "http://elsewhere.example/token"},
        {"token_endpoint": None},
    ],
    ids=str,
)
def test_metadata_that_a_player_could_not_trust_makes_no_service(
    site: Site, server: Authority, player: Player, instead: dict[str, Any]
) -> None:
    with_metadata(site, server)
    sound = player.services.look_up(site.address).endpoints
    assert sound.token == server.metadata()["token_endpoint"]
    with_metadata(site, server, **instead)
    site.answers[f"/tenant{OPENID}"] = say(404)
    with pytest.raises(NotOurService):
        player.services.look_up(site.address)


def test_a_foreign_server_gets_no_password_from_the_players_own_form(
    site: Site, server: Authority, tmp_path: Path
) -> None:
    asked: list[str] = []

    def listen(request: http.server.BaseHTTPRequestHandler) -> None:
        asked.append(request.path)
        say(200, b'{"authorization_code": "x"}')(request)

    with film_service(server) as other:
        other.answers["/challenge"] = listen
        challenge = f"{other.address}/challenge"
        with_metadata(other, server, authorization_challenge_endpoint=challenge)
        foreign = f"{other.address}/tenant"
        site.answers[DISCOVERY] = answer_json(described(site, foreign))
        with player_of(site, tmp_path) as player:
            assert not player.desk.offers_form()
            with pytest.raises(BrowserNeeded):
                player.desk.sign_in("rosa@example.org", "a password", None)
    assert asked == []


def test_a_server_without_a_revocation_endpoint_is_left_by_forgetting(
    site: Site, server: Authority, player: Player
) -> None:
    with_endpoints(player, lambda usual: replace(usual, revoke=None))
    sign_in(player)
    tokens = kept(player)
    player.desk.sign_out()
    player.desk.say_farewell()
    assert player.desk.who() is None
    assert player.secrets.get("sign-in") is None
    assert player.farewells.waiting() == ()
    assert server.subject_of(tokens["refresh"]) == VIEWER

    with_metadata(site, server, revocation_endpoint=None)
    assert player.services.look_up(site.address).endpoints.revoke is None


def test_another_issuer_of_the_same_service_never_sees_the_sign_in(
    site: Site, server: Authority, player: Player
) -> None:
    sign_in(player)
    with_metadata(site, server, token_endpoint=f"{site.address}/token")
    player.services.choose(player.services.look_up(site.address))
    assert player.desk.who() is None
    assert player.secrets.get("sign-in") is None
    with pytest.raises(SignedOut):
        player.connection.client().account()
    assert "/token" not in site.asked


def test_an_authorization_endpoint_keeps_the_query_that_it_has(player: Player) -> None:
    with_endpoints(
        player, lambda usual: replace(usual, authorize=f"{usual.authorize}?ui_locales=cy")
    )
    with signing_in(player) as going_on:
        assert parse_qs(urlsplit(going_on.page()).query)["ui_locales"] == ["cy"]
        come_back(consent(going_on.page()))
        assert going_on.ended() == player.desk.who()


@pytest.mark.parametrize("stated", ["", "openid offline_access"])
def test_what_a_refresh_token_is_given_for_is_asked_for(
    site: Site, server: Authority, tmp_path: Path, stated: str
) -> None:
    site.answers[DISCOVERY] = answer_json(described(site, server.issuer, scope=stated))
    with player_of(site, tmp_path) as player, signing_in(player) as going_on:
        asked = parse_qs(urlsplit(going_on.page()).query)
        assert asked["scope"] == [stated or "offline_access"]
        assert asked["prompt"] == ["consent"]
        come_back(consent(going_on.page()))
        assert going_on.ended() == player.desk.who()


def test_a_server_that_gives_no_refresh_token_signs_nobody_in(
    site: Site, server: Authority, tmp_path: Path
) -> None:
    site.answers[DISCOVERY] = answer_json(described(site, server.issuer, scope="openid"))
    with player_of(site, tmp_path) as player, signing_in(player) as going_on:
        come_back(consent(going_on.page()))
        assert isinstance(going_on.ended(), BadReply)
        assert player.secrets.get("sign-in") is None


def test_a_refresh_token_that_is_not_renewed_goes_on(tmp_path: Path) -> None:
    def renew(request: http.server.BaseHTTPRequestHandler) -> None:
        reply = server_of_one_token.tokens(body_of(request))
        del reply["refresh_token"]
        answer_json(reply)(request)

    with (
        authority(rotates=False) as server_of_one_token,
        film_service(server_of_one_token) as site,
        player_of(site, tmp_path) as player,
    ):
        account = sign_in(player)
        before = kept(player)
        site.answers["/token"] = renew
        with_endpoints(player, lambda usual: replace(usual, token=f"{site.address}/token"))
        for turn in (1, 2):
            player.clock.ahead_s = turn * LATER_S
            assert player.connection.client().account() == account
        assert kept(player)["refresh"] == before["refresh"]
        assert kept(player)["access"] != before["access"]
        assert "/token" in site.asked


def test_without_grace_at_the_server_a_lost_renewal_ends_the_sign_in(
    site: Site, server: Authority, player: Player
) -> None:
    def lose(request: http.server.BaseHTTPRequestHandler) -> None:
        server.tokens(body_of(request))
        site.answers["/token"] = pass_on

    def pass_on(request: http.server.BaseHTTPRequestHandler) -> None:
        try:
            answer_json(server.tokens(body_of(request)))(request)
        except HTTPError as refused:
            with refused:
                say(refused.code, refused.read())(request)

    sign_in(player)
    site.answers["/token"] = lose
    with_endpoints(player, lambda usual: replace(usual, token=f"{site.address}/token"))
    player.clock.ahead_s = LATER_S
    with pytest.raises(SignedOut) as ended:
        player.connection.client().account()
    assert ended.value.by_service
    assert site.asked.count("/token") == 2
    assert player.secrets.get("sign-in") is None
