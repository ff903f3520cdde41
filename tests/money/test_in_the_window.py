"""Buying as a viewer does it: in the real window, paid in a real Chromium."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page
from PySide6.QtCore import QRectF
from PySide6.QtGui import QGuiApplication

from player_app.reference_service.demo import EMAIL
from player_app.reference_service.payments import Word
from tests.bad_input.screened import Screened
from tests.money.books import Books, balance
from tests.money.conftest import StartIt
from tests.money.house import House

pytestmark = pytest.mark.promise(12)


def at_film(start: StartIt, house: House, slug: str) -> Screened:
    window = start(house.address)
    window.until(lambda: window.shows("filmRow"), "the films", 20.0)
    window.sign_in()
    window.open_film(slug)
    window.until(lambda: window.text("filmAction").startswith("Rent"), "Rent to be offered")
    return window


def opened(window: Screened, count: int) -> str:
    window.until(lambda: len(window.opened()) >= count, "the browser to be opened")
    return window.opened()[-1]


def to_the_card(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("#waiver").check()
    page.locator(".ticket-form button").click()
    page.wait_for_url("**/pay/*")


def type_card(page: Page) -> None:
    card = {"number": "4242424242424242", "expiry": "12/39", "cvc": "123", "name": "A Viewer"}
    for field, typed in card.items():
        page.locator(f"#{field}").fill(typed)


def bounds(window: Screened, name: str) -> QRectF:
    item = window.item(name)
    window._reveal(item)
    window._settle(item)
    return item.mapRectToScene(item.boundingRect())


def double_click(window: Screened, name: str, then: str) -> None:
    """The second click comes as late as `then` stands where `name` was."""
    pressed = bounds(window, name)
    window.until(lambda: window.item(name).property("enabled"), f"“{name}” to be enabled")
    hints = QGuiApplication.styleHints()
    usual_ms = hints.mouseDoubleClickInterval()
    hints.setMouseDoubleClickInterval(60_000)
    window.click_at(pressed.center())
    both = pressed.intersected(bounds(window, then))
    assert not both.isEmpty(), f"“{then}” stands elsewhere"
    window.click_at(both.center())
    hints.setMouseDoubleClickInterval(usual_ms)


def test_a_double_click_presses_nothing_that_takes_the_place_of_what_was_pressed(
    start: StartIt, house: House, books: Books
) -> None:
    window = at_film(start, house, "picture-start")
    before = set(books.lines(EMAIL))
    window.click("filmAction")
    opened(window, 1)
    window.click("cancelCheckout")
    window.reads("The payment was cancelled")

    double_click(window, "subscribe", "cancelCheckout")
    opened(window, 2)
    lines = books.lines(EMAIL)
    assert [lines[each].state for each in lines if each not in before] == ["cancelled", "open"]

    double_click(window, "cancelCheckout", "subscribe")
    window.reads("The payment was cancelled")
    window.click("filmAction")
    opened(window, 3)
    window.click("cancelCheckout")
    window.reads("The payment was cancelled")
    lines = books.lines(EMAIL)
    made = [lines[each] for each in lines if each not in before]
    assert [each.kind for each in made] == ["rental", "subscription", "rental"]
    assert {each.state for each in made} == {"cancelled"}
    assert len(window.opened()) == len(made)


def test_a_double_click_in_the_window_and_on_the_page_buys_one_rental(
    start: StartIt, chromium: Browser, house: House, books: Books
) -> None:
    window = at_film(start, house, "picture-start")
    before = set(books.lines(EMAIL))
    middle = bounds(window, "filmAction").center()
    window.click_at(middle)
    window.click_at(middle)
    link = opened(window, 1)
    bounds(window, "openAgain")
    window.click_at(middle)

    context = chromium.new_context()
    page = context.new_page()
    to_the_card(page, link)
    type_card(page)
    page.locator(".pay-form button.primary").dblclick(no_wait_after=True)
    page.get_by_role("heading", name="Picture Start is yours to watch").wait_for()
    window.until(lambda: window.text("filmAction") == "Play", "Play to be offered", 20.0)
    page.get_by_role("link", name="Back to Verité").click()
    page.get_by_text("You can go back to Verité.").wait_for()
    context.close()

    assert window.opened() == [link]
    lines = books.lines(EMAIL)
    (made,) = set(lines) - before
    assert lines[made].state == "paid"
    balance(books, lines, unheard=set())

    books.give_back(lines[made])
    assert books.tell(lines[made], Word.REFUNDED) == 204
    window.app.shell.refresh()
    window.until(lambda: window.text("filmAction").startswith("Rent"), "Rent to be offered again")
    assert window.text("standing") == "The payment was given back; ended"


def test_a_closed_browser_and_a_closed_player_cost_nobody_anything(
    start: StartIt, chromium: Browser, house: House, books: Books
) -> None:
    window = at_film(start, house, "the-brass-sea")
    before = set(books.lines(EMAIL))
    window.click("filmAction")
    context = chromium.new_context()
    page = context.new_page()
    to_the_card(page, opened(window, 1))
    page.close()
    window.stop()

    window = start("")
    window.until(lambda: window.shows("filmRow"), "the films", 20.0)
    window.open_film("the-brass-sea")
    window.reads("Waiting for your payment")
    window.click("openAgain")
    page = context.new_page()
    page.goto(opened(window, 2))
    page.get_by_role("link", name="Go on paying here").click()
    type_card(page)
    page.locator(".pay-form button.primary").click()
    page.get_by_role("heading", name="The Brass Sea is yours to watch").wait_for()
    context.close()
    window.until(lambda: window.text("filmAction") == "Play", "Play to be offered", 20.0)

    lines = books.lines(EMAIL)
    (made,) = set(lines) - before
    assert lines[made].state == "paid"
    balance(books, lines, unheard=set())
