"""The pages in a real Chromium: without JavaScript, by keyboard, and back to a player."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.reference_service.page_stage import CHALLENGE, EMAIL, FILM, PASSWORD, Stage, stage


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Stage]:
    with stage(tmp_path / "service") as running:
        yield running


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def tab_to(page: Page, selector: str) -> None:
    wanted = page.locator(f"{selector}:focus")
    for _ in range(40):
        if wanted.count():
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never reached {selector}")


def test_a_checkout_is_paid_by_keyboard_alone_without_javascript(
    service: Stage, page: Page
) -> None:
    checkout = service.checkout()
    page.goto(service.link(checkout))
    tab_to(page, "#waiver")
    page.keyboard.press("Space")
    tab_to(page, ".ticket-form button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/pay/*")
    for field, typed in (
        ("#number", "4242424242424242"),
        ("#expiry", "12/39"),
        ("#cvc", "123"),
        ("#name", "A Viewer"),
    ):
        tab_to(page, field)
        page.keyboard.type(typed)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Picture Start is yours to watch").wait_for()
    assert service.state(checkout) == "paid"
    assert service.rentals(checkout) == 1


def test_the_first_wrong_field_has_the_focus_and_says_why(service: Stage, page: Page) -> None:
    page.goto(f"{service.address}/register")
    page.get_by_label("Username").fill("good_name")
    page.get_by_label("Display name").fill("Good Name")
    page.get_by_label("Email", exact=True).fill("no address")
    page.get_by_label("Password").fill("short")
    page.get_by_role("button", name="Create the account").click()
    page.locator("#email:focus").wait_for()
    assert page.locator("#email").get_attribute("aria-invalid") == "true"
    assert "This isn't an email address." in page.locator("#email-wrong").inner_text()
    assert page.get_by_label("Username").input_value() == "good_name"
    assert page.get_by_label("Password").input_value() == ""


def test_signing_in_by_the_browser_reaches_the_players_loopback(service: Stage, page: Page) -> None:
    asked_for: list[str] = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked_for.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"signed in")

        def log_message(self, *_: object) -> None:
            return

    listener = HTTPServer(("127.0.0.1", 0), Listener)
    thread = threading.Thread(target=listener.handle_request)
    thread.start()
    try:
        back = f"http://127.0.0.1:{listener.server_port}/signed-in"
        asked = {"response_type": "code", "client_id": "verite-player", "redirect_uri": back}
        asked |= {"code_challenge": CHALLENGE, "code_challenge_method": "S256", "state": "s1"}
        page.goto(f"{service.address}/oauth/authorize?{urlencode(asked)}")
        page.get_by_label("Email").fill(EMAIL)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(f"{back}**")
    finally:
        thread.join(5)
        listener.server_close()
    assert parse_qs(urlsplit(asked_for[0]).query)["state"] == ["s1"]


@pytest.mark.promise(25)
def test_markup_in_a_comment_is_shown_and_never_run(service: Stage, chromium: Browser) -> None:
    context = chromium.new_context()
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    hostile = '<img src="/taken"><script>document.title="taken"</script>'
    page.goto(f"{service.address}/sign-in?next=/films/{FILM}")
    page.get_by_label("Email").fill(EMAIL)
    page.get_by_label("Password").fill(PASSWORD)
    page.locator(".form-page button").click()
    page.get_by_label("Your comment").fill(hostile)
    page.get_by_role("button", name="Post").click()
    page.get_by_text("Your comment is posted.").wait_for()
    assert page.locator(".comment-text").first.inner_text() == hostile
    assert page.title() != "taken"
    assert not [address for address in asked if "taken" in address]
    context.close()
