"""The pages as a browser without JavaScript meets them, over real HTTP."""

from __future__ import annotations

from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from sqlalchemy import select

from player_app.reference_service.tables import Account, Comment, Film
from player_app.reference_service.visitor import PageBrowser
from tests.reference_service.caller import Caller
from tests.reference_service.page_stage import CHALLENGE, EMAIL, FILM, PASSWORD, Stage, register


@pytest.mark.parametrize(
    "path",
    [
        "/",
        f"/films/{FILM}",
        "/sign-in",
        "/register",
        "/subscribe",
        "/terms",
        "/privacy",
        "/cookies",
        "/help",
        "/educational-licence",
        "/forgotten-password",
    ],
)
def test_every_page_is_shown_with_its_safety_headers(onlooker: Caller, path: str) -> None:
    page = PageBrowser().open(onlooker.address + path)
    assert page.status == 200
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert page.headers["referrer-policy"] == "no-referrer"
    assert page.headers["cache-control"] == "no-store"
    cookie = page.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie


def test_a_form_without_its_token_is_refused(service: Stage) -> None:
    browser = PageBrowser()
    page = browser.open(f"{service.address}/sign-in")
    sent = {"csrf": "0" * 64, "email": EMAIL, "password": PASSWORD}
    assert browser.submit(page.form("/sign-in"), sent).status == 403


def test_a_comment_written_first_is_posted_after_registering(service: Stage) -> None:
    browser = PageBrowser()
    page = browser.open(f"{service.address}/films/{FILM}")
    form = page.form(f"/films/{FILM}/comments")
    words = "It starts <script>alert(1)</script> with <img src=x>."
    page = browser.submit(form, {"text": words}, button=("then", "register"))
    assert "is kept" in page.text
    wrong = browser.submit(
        page.form("/register"), {"username": "no spaces", "password": "secret-1"}
    )
    assert wrong.status == 422
    assert "secret-1" not in wrong.html
    assert 'value="no spaces"' in wrong.html
    assert wrong.html.count("autofocus") == 1
    page = register(browser, wrong, service, "paula")
    assert page.status == 200
    assert urlsplit(page.address).path == f"/films/{FILM}"
    assert words in page.text
    assert "<script>alert(1)" not in page.html
    with service.service.transaction() as session:
        posted = session.scalars(select(Comment).where(Comment.text == words)).all()
        author = session.scalars(select(Account).where(Account.username == "paula")).one()
        assert [each.account_id for each in posted] == [author.id]


def test_a_film_whose_texts_are_markup_is_shown_as_text(service: Stage) -> None:
    hostile = '<script>alert("t")</script><img src=x onerror=y>'
    with service.service.transaction() as session:
        film = session.scalars(select(Film).where(Film.slug == FILM)).one()
        body = {**film.body, "id": "film-hostile", "slug": "hostile", "title": hostile}
        body |= {"tagline": hostile, "summary": hostile, "synopsis": [hostile]}
        session.add(Film(id="film-hostile", slug="hostile", number=9999, streams=True, body=body))
    for path in ("/", "/films/hostile", "/educational-licence"):
        page = PageBrowser().open(service.address + path)
        assert hostile in page.text
        assert "<script" not in page.html


def test_a_player_signs_in_through_the_browser(service: Stage) -> None:
    back = "http://127.0.0.1:40123/signed-in"
    asked = {"response_type": "code", "client_id": "verite-player", "redirect_uri": back}
    asked |= {"code_challenge": CHALLENGE, "code_challenge_method": "S256", "state": "s&1"}
    browser = PageBrowser()
    page = browser.open(f"{service.address}/oauth/authorize?{urlencode(asked)}")
    assert "Verité player asks you to sign in" in page.text
    form = page.form("/oauth/authorize")
    page = browser.submit(form, {"email": EMAIL, "password": "wrong"})
    assert "is wrong" in page.text
    browser.submit(page.form("/oauth/authorize"), {"email": EMAIL, "password": PASSWORD})
    assert browser.left_for is not None
    assert browser.left_for.startswith(back + "?")
    told = parse_qs(urlsplit(browser.left_for).query)
    assert told["state"] == ["s&1"]
    assert told["iss"] == [service.address]
    assert told["code"]
    page = browser.open(f"{service.address}/oauth/authorize?{urlencode(asked)}")
    assert "Continue as The Viewer?" in page.text


def test_a_foreign_return_address_is_never_followed(service: Stage) -> None:
    asked = {"response_type": "code", "client_id": "verite-player"}
    asked["redirect_uri"] = "https://example.org/signed-in"
    browser = PageBrowser()
    page = browser.open(f"{service.address}/oauth/authorize?{urlencode(asked)}")
    assert page.status == 400
    assert browser.left_for is None


def test_the_cookie_notice_is_closed_for_good(service: Stage) -> None:
    browser = PageBrowser()
    page = browser.open(f"{service.address}/help")
    page = browser.submit(page.form("/cookies"))
    assert page.address == f"{service.address}/help"
    assert "Accept and close" not in page.text


def test_a_licence_request_is_confirmed(service: Stage) -> None:
    browser = PageBrowser()
    page = browser.open(f"{service.address}/educational-licence?film={FILM}")
    fields = {"institution": "Hill School", "person": "Ada", "email": "ada@example.org"}
    page = browser.submit(page.form("/educational-licence"), fields)
    assert "Enter a number" in page.text
    form = page.form("/educational-licence")
    page = browser.submit(form, {"viewers": "28"})
    assert "Your request is with us" in page.text


@pytest.mark.parametrize("path", ["/nothing-here", "/films/no-such-film"])
def test_a_missing_page_is_a_page(service: Stage, path: str) -> None:
    page = PageBrowser().open(service.address + path)
    assert page.status == 404
    assert "There is no such page" in page.text
