"""Signing in at an authorization server of another house, by its own pages and its own rules."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Route

from player_app.core.refusals import Refused
from player_app.core.sign_in_errors import SignedOut, SignInAbandoned
from player_app.reference_service.visitor import PageBrowser
from tests.features.coming_back import changed, come_back
from tests.features.foreign.service import (
    CLIENT_ID,
    VIEWER,
    Authority,
    authority,
    film_service,
)
from tests.features.foreign.viewer import LATER_S, consent, kept, player_of, sign_in, signing_in
from tests.features.player import Player


@pytest.mark.parametrize("path", ["", "/films"])
def test_a_viewer_signs_in_by_the_pages_of_a_foreign_server(path: str, tmp_path: Path) -> None:
    with (
        authority(path) as server,
        film_service(server) as site,
        player_of(site, tmp_path) as player,
    ):
        account = sign_in(player)
        assert account.username == VIEWER
        assert player.desk.who() == account
        assert player.connection.client().account() == account
        assert server.subject_of(kept(player)["access"]) == VIEWER
        assert server.subject_of(kept(player)["refresh"]) == VIEWER


def test_a_real_browser_comes_back_from_the_foreign_pages(
    player: Player, chromium: Browser
) -> None:
    def here_only(route: Route) -> None:
        if urlsplit(route.request.url).hostname == "127.0.0.1":
            route.continue_()
        else:
            route.abort()

    with signing_in(player) as going_on, chromium.new_context() as context:
        page = context.new_page()
        page.route("**", here_only)
        page.goto(going_on.page())
        page.get_by_placeholder("Enter any login").fill(VIEWER)
        page.get_by_placeholder("and password").fill("of no matter")
        page.get_by_role("button", name="Sign-in").click()
        page.get_by_role("button", name="Continue").click()
        page.get_by_text("You can go back to Verité.").wait_for()
        assert going_on.ended() == player.desk.who()


def test_the_sign_in_is_renewed_and_its_token_turns_over(server: Authority, player: Player) -> None:
    account = sign_in(player)
    for turn in (1, 2):
        before = kept(player)
        player.clock.ahead_s = turn * LATER_S
        assert player.connection.client().account() == account
        after = kept(player)
        assert after["refresh"] != before["refresh"]
        assert after["access"] != before["access"]
        assert server.subject_of(before["refresh"]) is None
        assert server.subject_of(after["refresh"]) == VIEWER


def test_an_older_refresh_token_used_by_a_thief_ends_the_sign_in(player: Player) -> None:
    sign_in(player)
    stolen = kept(player)["refresh"]
    player.clock.ahead_s = LATER_S
    player.connection.client().account()
    form = {"grant_type": "refresh_token", "refresh_token": stolen, "client_id": CLIENT_ID}
    with pytest.raises(Refused, match="invalid_grant"):
        player.transport.send("POST", player.connection.client().service.endpoints.token, form=form)

    player.clock.ahead_s = 2 * LATER_S
    with pytest.raises(SignedOut) as ended:
        player.connection.client().account()
    assert ended.value.by_service
    assert player.secrets.get("sign-in") is None


def test_signing_out_kills_the_tokens_at_the_foreign_server(
    server: Authority, player: Player
) -> None:
    sign_in(player)
    tokens = kept(player)
    assert {server.subject_of(tokens["refresh"]), server.subject_of(tokens["access"])} == {VIEWER}

    assert player.desk.sign_out() is None
    player.desk.say_farewell()

    assert player.desk.who() is None
    assert player.secrets.get("sign-in") is None
    assert server.subject_of(tokens["refresh"]) is None
    assert server.subject_of(tokens["access"]) is None
    assert player.farewells.waiting() == ()


def test_a_return_with_another_state_is_waited_past(player: Player) -> None:
    with signing_in(player) as going_on:
        right = consent(going_on.page())
        assert come_back(changed(right, state="somebody else's"))[0] == 400
        assert not going_on.outcome
        assert come_back(right)[0] == 200
        assert going_on.ended() == player.desk.who()


@pytest.mark.parametrize("issuer", ["https://elsewhere.example", None])
def test_a_return_from_another_issuer_or_from_none_is_not_redeemed(
    player: Player, issuer: str | None
) -> None:
    with signing_in(player) as going_on:
        come_back(changed(consent(going_on.page()), iss=issuer))
        assert isinstance(going_on.ended(), SignInAbandoned)
    assert player.desk.who() is None
    assert player.secrets.get("sign-in") is None


def test_a_viewer_who_cancels_on_the_foreign_page_is_not_signed_in(player: Player) -> None:
    with signing_in(player) as going_on:
        browser = PageBrowser()
        browser.open(browser.open(going_on.page()).link("Cancel"))
        assert browser.left_for is not None
        come_back(browser.left_for)
        ended = going_on.ended()
    assert isinstance(ended, SignInAbandoned)
    assert ended.why == "access_denied"
    assert player.secrets.get("sign-in") is None


def test_a_code_that_somebody_else_took_on_its_way_is_worth_nothing(player: Player) -> None:
    with signing_in(player) as going_on:
        asked = parse_qs(urlsplit(going_on.page()).query)
        code = parse_qs(urlsplit(consent(going_on.page())).query)["code"][0]
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": asked["redirect_uri"][0],
            "client_id": CLIENT_ID,
            "code_verifier": "a" * 64,
        }
        with pytest.raises(Refused, match="invalid_grant"):
            player.transport.send(
                "POST", player.connection.client().service.endpoints.token, form=form
            )
