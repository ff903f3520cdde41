"""The pages as a browser without JavaScript meets them, over real HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from sqlalchemy import select

from player_app.reference_service.tables import Account, Comment, Film
from player_app.reference_service.visitor import (
    Page,
    PageBrowser,
    open_checkout,
    pay,
    sign_in,
    type_card,
)
from tests.reference_service.caller import Caller
from tests.reference_service.page_stage import CHALLENGE, EMAIL, FILM, PASSWORD, Stage, stage

RETURN = "http://127.0.0.1:40123/checkout"
DECLINED, ASKS = "4000 0000 0000 0002", "4000 0025 0000 3155"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with stage(tmp_path_factory.mktemp("pages") / "service") as running:
        yield running


@pytest.fixture
def service(shared: Stage) -> Stage:
    """One service for all: each test has a checkout and a browser of its own, and a clock."""
    shared.hooks.ahead_s = 0
    return shared


def register(browser: PageBrowser, page: Page, service: Stage, name: str) -> Page:
    fields = {
        "username": name,
        "display_name": name.capitalize(),
        "email": f"{name}@example.org",
        "email_again": f"{name}@example.org",
        "password": "a lamp in the fog",
        "captcha": service.newest_captcha(),
    }
    return browser.submit(page.form("/register"), fields, ticked=["terms"])


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


def test_asking_for_the_link_thrice_changes_nothing(service: Stage) -> None:
    checkout = service.checkout()
    for _ in range(3):
        page = PageBrowser().open(service.link(checkout))
        assert page.status == 200
    assert "Rent Picture Start for £1" in page.text
    assert "v•••@example.org" in page.text
    assert EMAIL not in page.html
    assert "30 days to start" in page.text
    assert "48 hours" in page.text
    kept = service.again(checkout)
    assert (kept.state, kept.link_used) == ("open", False)


@pytest.mark.promise(12)
def test_paying_makes_one_rental_and_leads_back_to_the_player(service: Stage) -> None:
    checkout = service.checkout(return_to=RETURN)
    browser = PageBrowser()
    form = open_checkout(browser, service.link(checkout))
    assert "/checkout/" not in form.address
    done = type_card(browser, form, "4242 4242 4242 4242")
    again = type_card(browser, form, "4242 4242 4242 4242")
    assert service.state(checkout) == "paid"
    assert service.rentals(checkout) == 1
    assert done.link("Back to Verité") == f"{RETURN}?state=nonce-1"
    assert "yours to watch" in again.text


def test_without_the_waiver_the_link_stays_unused(service: Stage) -> None:
    checkout = service.checkout()
    browser = PageBrowser()
    page = browser.open(service.link(checkout))
    page = browser.submit(page.form(urlsplit(page.address).path))
    assert page.status == 422
    assert "Tick this box" in page.text
    assert service.again(checkout).link_used is False


def test_a_declined_card_can_be_followed_by_a_good_one(service: Stage) -> None:
    checkout = service.checkout()
    browser = PageBrowser()
    page = type_card(browser, open_checkout(browser, service.link(checkout)), DECLINED)
    assert "declined" in page.text
    assert service.state(checkout) == "open"
    type_card(browser, page, "4242 4242 4242 4242")
    assert service.state(checkout) == "paid"


def test_the_third_declined_card_ends_it(service: Stage) -> None:
    checkout = service.checkout()
    browser = PageBrowser()
    page = open_checkout(browser, service.link(checkout))
    for _ in range(3):
        page = type_card(browser, page, DECLINED)
    kept = service.again(checkout)
    assert kept.state == "declined"
    assert kept.reason
    assert service.rentals(checkout) == 0


def test_a_payment_can_ask_for_a_confirmation_and_be_refused_it(service: Stage) -> None:
    checkout = service.checkout()
    browser = PageBrowser()
    page = type_card(browser, open_checkout(browser, service.link(checkout)), ASKS)
    assert "Is this you?" in page.text
    assert service.state(checkout) == "open"
    path = urlsplit(page.address).path
    refused = browser.submit(page.form(path), button=("answer", "no"))
    assert "not confirmed" in refused.text
    assert service.state(checkout) == "open"
    browser.submit(page.form(path), button=("answer", "yes"))
    assert service.state(checkout) == "open"
    confirmed = service.checkout()
    pay(service.link(confirmed), ASKS)
    assert service.state(confirmed) == "paid"


def test_cancelling_pays_nothing(service: Stage) -> None:
    checkout = service.checkout()
    browser = PageBrowser()
    page = open_checkout(browser, service.link(checkout))
    page = browser.submit(page.form(f"/pay/{checkout.id}/cancel"))
    assert "Nothing was bought" in page.text
    assert service.state(checkout) == "cancelled"


def test_a_used_link_and_another_browser_are_told_so(service: Stage) -> None:
    checkout = service.checkout()
    form = open_checkout(PageBrowser(), service.link(checkout))
    assert "used already" in PageBrowser().open(service.link(checkout)).text
    assert PageBrowser().open(form.address).status == 410


def test_an_expired_link_says_so(service: Stage) -> None:
    checkout = service.checkout()
    service.hooks.ahead_s += 601
    try:
        page = PageBrowser().open(service.link(checkout))
    finally:
        service.hooks.ahead_s -= 601
    assert page.status == 410
    assert "run out" in page.text


def test_someone_else_signed_in_is_told_and_stopped(service: Stage) -> None:
    browser = PageBrowser()
    page = browser.open(f"{service.address}/register")
    register(browser, page, service, "otto")
    checkout = service.checkout()
    page = browser.open(service.link(checkout))
    assert page.status == 403
    assert "signed in here as someone else" in page.text
    assert service.again(checkout).link_used is False


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


def test_the_receipt_repeats_the_waiver(service: Stage) -> None:
    checkout = service.checkout()
    pay(service.link(checkout))
    browser = PageBrowser()
    assert "Sign in" in browser.open(f"{service.address}/receipts/{checkout.id}").text
    sign_in(browser, service.address, EMAIL, PASSWORD)
    page = browser.open(f"{service.address}/receipts/{checkout.id}")
    assert "right to withdraw" in page.text
    assert "£1" in page.text


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
