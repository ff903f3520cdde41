"""The service is killed while a checkout is pending: what it had not heard of is found again."""

from __future__ import annotations

import threading

import pytest

from player_app.core.checkout import Checkout, CheckoutState, PendingCheckout
from tests.money.books import Books, balance
from tests.money.house import House
from tests.money.shopper import SLOW, Shopper

FILM, OFFER = "film-02", "offer-02-rental"
pytestmark = pytest.mark.promise(12)


def begun(shopper: Shopper) -> PendingCheckout:
    pending = shopper.press(FILM, OFFER)
    assert isinstance(pending, PendingCheckout)
    return pending


def take_and_kill(shopper: Shopper, pending: PendingCheckout, books: Books, email: str) -> None:
    """The provider has the money, and the service is gone before it hears of it."""
    shopper.open(pending.id, pending.address or "")
    taken = shopper.send_card_and_leave(
        pending.id, SLOW, lambda: books.lines(email)[pending.id].bill == "paid"
    )
    books.house.kill()
    assert taken
    assert books.lines(email)[pending.id].state == "open"


def test_a_payment_that_a_killed_service_had_not_heard_of_is_kept_at_its_next_start(
    shopper: Shopper, house: House, books: Books, email: str
) -> None:
    pending = begun(shopper)
    take_and_kill(shopper, pending, books, email)
    house.start()
    lines = books.lines(email)
    assert lines[pending.id].state == "paid"
    balance(books, lines, unheard=set())
    assert shopper.waits_for(pending).state is CheckoutState.PAID
    assert shopper.player.browse.film(FILM).right.may_play


def test_a_player_that_waits_is_told_of_it_by_the_service_that_came_back(
    shopper: Shopper, house: House, books: Books, email: str
) -> None:
    pending = begun(shopper)
    told: list[Checkout] = []
    waiting = threading.Thread(
        target=lambda: told.append(shopper.waits_for(pending)), name="waiting"
    )
    waiting.start()
    take_and_kill(shopper, pending, books, email)
    house.start()
    waiting.join(20)
    assert [each.state for each in told] == [CheckoutState.PAID]
    balance(books, books.lines(email), unheard=set())


def test_a_payment_of_a_killed_service_whose_time_is_over_is_given_back(
    shopper: Shopper, house: House, books: Books, email: str
) -> None:
    pending = begun(shopper)
    take_and_kill(shopper, pending, books, email)
    house.ahead_s += 601
    house.start()
    shopper.follow_clock()
    assert shopper.waits_for(pending).state is CheckoutState.EXPIRED
    line = books.lines(email)[pending.id]
    assert (line.bill, line.record, line.rights) == ("over", "returned", ())


def test_both_killed_the_next_player_finds_one_rental(
    shopper: Shopper, house: House, books: Books, email: str
) -> None:
    pending = begun(shopper)
    take_and_kill(shopper, pending, books, email)
    house.start()
    shopper.killed()
    assert shopper.player.checkouts.pending() == (pending,)
    assert shopper.waits_for(pending).state is CheckoutState.PAID
    assert shopper.player.browse.film(FILM).right.may_play
    lines = books.lines(email)
    assert list(lines) == [pending.id]
    balance(books, lines, unheard=set())
