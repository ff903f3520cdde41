"""The checkout's pages as a browser without JavaScript meets them, over real HTTP."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from player_app.reference_service.visitor import (
    PageBrowser,
    open_checkout,
    pay,
    sign_in,
    type_card,
)
from tests.reference_service.page_stage import EMAIL, PASSWORD, Stage, register

RETURN = "http://127.0.0.1:40123/checkout"
DECLINED, ASKS = "4000 0000 0000 0002", "4000 0025 0000 3155"


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


def test_the_receipt_repeats_the_waiver(service: Stage) -> None:
    checkout = service.checkout()
    pay(service.link(checkout))
    browser = PageBrowser()
    assert "Sign in" in browser.open(f"{service.address}/receipts/{checkout.id}").text
    sign_in(browser, service.address, EMAIL, PASSWORD)
    page = browser.open(f"{service.address}/receipts/{checkout.id}")
    assert "right to withdraw" in page.text
    assert "£1" in page.text
