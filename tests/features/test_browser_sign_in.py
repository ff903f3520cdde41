"""Signing in by the service's own pages, back to the player's listener on loopback."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest

from player_app.core.errors import Stopped
from player_app.core.sign_in_errors import SignInAbandoned
from player_app.reference_service.demo import EMAIL, PASSWORD
from player_app.reference_service.visitor import PageBrowser
from tests.fakes.browser import RecordingBrowser
from tests.features.coming_back import changed, come_back
from tests.features.conftest import NewPlayer
from tests.features.player import Player
from tests.waiting import until


def consent(address: str) -> str:
    """Sign in on the page; where it then leads."""
    browser = PageBrowser()
    form = browser.open(address).form("/oauth/authorize")
    browser.submit(form, {"email": EMAIL, "password": PASSWORD})
    assert browser.left_for is not None
    return browser.left_for


def signing_in(player: Player, stop: threading.Event) -> tuple[threading.Thread, list[object]]:
    outcome: list[object] = []

    def sign_in() -> None:
        try:
            outcome.append(player.desk.sign_in_in_browser(stop, lambda _: None))
        except (SignInAbandoned, Stopped) as error:
            outcome.append(error)

    thread = threading.Thread(target=sign_in, name="sign-in")
    thread.start()
    return thread, outcome


def address_given_to(browser: RecordingBrowser) -> str:
    until(lambda: browser.opened, "the browser to be opened")
    return browser.opened[0]


def test_the_browser_comes_back_and_the_viewer_is_signed_in(new_player: NewPlayer) -> None:
    pages: list[tuple[int, str]] = []
    browser = RecordingBrowser(lambda address: pages.append(come_back(consent(address))))
    player = new_player(browser=browser)
    told: list[str] = []

    account = player.desk.sign_in_in_browser(threading.Event(), told.append)
    browser.close()

    assert account.email == EMAIL
    assert player.desk.who() == account
    assert player.connection.client().account() == account
    assert told == browser.opened
    status, page = pages[0]
    assert status == 200
    assert "You can go back to Verité." in page


def test_the_page_is_asked_with_a_challenge_and_no_secret(new_player: NewPlayer) -> None:
    stop = threading.Event()
    browser = RecordingBrowser(lambda _: stop.set())
    player = new_player(browser=browser)
    with pytest.raises(Stopped):
        player.desk.sign_in_in_browser(stop, lambda _: None)

    asked = parse_qs(urlsplit(browser.opened[0]).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["response_type"] == ["code"]
    assert urlsplit(asked["redirect_uri"][0]).hostname == "127.0.0.1"
    assert "code_verifier" not in asked


@pytest.mark.parametrize(
    "spoilt",
    [
        pytest.param(lambda right: changed(right, state="somebody else's"), id="another state"),
        pytest.param(lambda right: urlsplit(right)._replace(query="").geturl(), id="no query"),
        pytest.param(lambda right: right + "".join(f"&a{n}=1" for n in range(30)), id="too many"),
        pytest.param(lambda right: right + "&code=another", id="a field twice"),
    ],
)
def test_a_return_that_is_not_this_sign_ins_is_refused_and_waited_past(
    new_player: NewPlayer, spoilt: Callable[[str], str]
) -> None:
    browser = RecordingBrowser()
    player = new_player(browser=browser)
    thread, outcome = signing_in(player, threading.Event())
    right = consent(address_given_to(browser))

    status, page = come_back(spoilt(right))
    assert status in (400, 404)
    assert "go back to Verité" not in page
    assert not outcome

    assert come_back(right)[0] == 200
    thread.join(10)
    assert player.desk.who() in outcome


def test_the_answer_of_another_issuer_is_not_redeemed(new_player: NewPlayer) -> None:
    browser = RecordingBrowser()
    player = new_player(browser=browser)
    thread, outcome = signing_in(player, threading.Event())
    come_back(changed(consent(address_given_to(browser)), iss="https://elsewhere.example"))
    thread.join(10)
    assert isinstance(outcome[0], SignInAbandoned)
    assert player.desk.who() is None


def test_a_refused_consent_is_an_abandoned_sign_in(new_player: NewPlayer) -> None:
    def refuse(address: str) -> None:
        browser = PageBrowser()
        page = browser.open(address)
        consent_page = browser.submit(
            browser.open(f"{urlsplit(address)._replace(path='/sign-in', query='').geturl()}").form(
                "/sign-in"
            ),
            {"email": EMAIL, "password": PASSWORD},
        )
        assert consent_page.status == 200
        page = browser.open(address)
        browser.submit(page.form("/oauth/authorize"), button=("decision", "refuse"))
        assert browser.left_for is not None
        come_back(browser.left_for)

    browser = RecordingBrowser(refuse)
    player = new_player(browser=browser)
    with pytest.raises(SignInAbandoned, match="access_denied"):
        player.desk.sign_in_in_browser(threading.Event(), lambda _: None)
    browser.close()


def test_stopping_ends_the_wait_within_a_second_even_with_a_silent_caller(
    new_player: NewPlayer,
) -> None:
    browser, stop = RecordingBrowser(), threading.Event()
    thread, outcome = signing_in(new_player(browser=browser), stop)
    query = parse_qs(urlsplit(address_given_to(browser)).query)
    port = urlsplit(query["redirect_uri"][0]).port
    with socket.create_connection(("127.0.0.1", port)):
        stop.set()
        begun = time.monotonic()
        thread.join(5)
        took = time.monotonic() - begun
    assert took < 1
    assert isinstance(outcome[0], Stopped)


def test_a_connection_that_says_nothing_holds_nobody_up(new_player: NewPlayer) -> None:
    browser = RecordingBrowser()
    player = new_player(browser=browser)
    thread, outcome = signing_in(player, threading.Event())
    right = consent(address_given_to(browser))
    with socket.create_connection(("127.0.0.1", urlsplit(right).port)):
        begun = time.monotonic()
        assert come_back(right)[0] == 200
        assert time.monotonic() - begun < 2
    thread.join(10)
    assert player.desk.who() in outcome
