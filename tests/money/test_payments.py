"""Payments in the same moment, notices, refunds, and returns that prove nothing."""

from __future__ import annotations

import secrets
from functools import partial

import pytest

from player_app.core.checkout import CheckoutState, PendingCheckout
from player_app.core.refusals import AlreadyHeld, NoRight
from player_app.core.rental import Expired
from player_app.reference_service import notices
from player_app.reference_service.payments import Bill, Notice, Word
from player_app.reference_service.visitor import PageBrowser, open_checkout, type_card
from tests.money.books import Books, Line, balance
from tests.money.conftest import NewShopper
from tests.money.house import House
from tests.money.shopper import DECLINED, GOOD, SLOW, Shopper, at_once
from tests.plugins.promises import Promise

FILM, OFFER = "film-01", "offer-01-rental"
pytestmark = pytest.mark.promise(12)


def begun(shopper: Shopper, offer: str = OFFER) -> PendingCheckout:
    pending = shopper.press(FILM, offer)
    assert isinstance(pending, PendingCheckout)
    return pending


def paid(shopper: Shopper, card: str = GOOD) -> PendingCheckout:
    pending = begun(shopper)
    shopper.open(pending.id, pending.address or "")
    shopper.submit_card(pending.id, card)
    assert shopper.waits_for(pending).state is CheckoutState.PAID
    return pending


def give_everything_back(books: Books, email: str) -> None:
    for line in books.lines(email).values():
        if line.state == "paid":
            books.give_back(line)
            assert books.tell(line, Word.REFUNDED) == 204


def line_of(books: Books, email: str, pending: PendingCheckout) -> Line:
    return books.lines(email)[pending.id]


def test_of_many_checkouts_of_one_film_paid_in_the_same_moment_one_is_kept(
    shopper: Shopper, books: Books, email: str, promise: Promise
) -> None:
    for number in range(promise.count(smoke=1, full=8)):
        film = books.films[number % len(books.films)]
        offer = f"offer-{film[-2:]}-rental"
        before = set(books.lines(email))
        forms = []
        for _ in range(6):
            client = shopper.player.connection.client()
            made = client.begin_checkout(
                film_id=film,
                offer_id=offer,
                return_to=None,
                state="n",
                idempotency_key=secrets.token_urlsafe(16),
            )
            browser = PageBrowser()
            forms.append((browser, open_checkout(browser, made.address or "")))
        cards = (GOOD, SLOW)
        works = [
            (lambda each=each, card=cards[place % 2]: type_card(each[0], each[1], card))
            for place, each in enumerate(forms)
        ]
        pages = at_once(*works)
        assert sum("is yours to watch" in page.text for page in pages) == 1
        others = [page.text for page in pages if "is yours to watch" not in page.text]
        assert all("You have rented this film already." in text for text in others)
        lines = books.lines(email)
        balance(books, lines, unheard=set())
        states = sorted(lines[name].state for name in set(lines) - before)
        assert states == ["cancelled"] * 5 + ["paid"]
        assert isinstance(shopper.press(film, offer), AlreadyHeld)
        promise.tried()
        if number % len(books.films) == len(books.films) - 1:
            give_everything_back(books, email)


def test_a_subscription_refuses_rentals_and_a_rental_no_subscription(
    new_shopper: NewShopper, books: Books, email: str, promise: Promise
) -> None:
    desk, sofa = new_shopper(), new_shopper()
    for rental_first in (True, False):
        every_month = begun(desk, "offer-subscription")
        rental = begun(sofa)
        desk.open(every_month.id, every_month.address or "")
        sofa.open(rental.id, rental.address or "")
        if rental_first:
            sofa.submit_card(rental.id, GOOD)
        desk.submit_card(every_month.id, GOOD)
        assert sofa.submit_card(rental.id, GOOD) is None
        lines = books.lines(email)
        assert lines[every_month.id].state == "paid"
        assert lines[rental.id].state == ("paid" if rental_first else "cancelled")
        balance(books, lines, unheard=set())
        give_everything_back(books, email)
        promise.tried()


def test_a_rental_and_a_subscription_paid_in_the_same_moment_are_in_some_order(
    new_shopper: NewShopper, books: Books, email: str, promise: Promise
) -> None:
    desk, sofa = new_shopper(), new_shopper()
    for number in range(promise.count(smoke=1, full=8)):
        every_month = begun(desk, "offer-subscription")
        rental = begun(sofa)
        desk.open(every_month.id, every_month.address or "")
        sofa.open(rental.id, rental.address or "")
        cards = (GOOD, SLOW) if number % 2 else (SLOW, GOOD)
        at_once(
            partial(desk.submit_card, every_month.id, cards[0]),
            partial(sofa.submit_card, rental.id, cards[1]),
        )
        lines = books.lines(email)
        assert lines[every_month.id].state == "paid"
        assert lines[rental.id].state in {"paid", "cancelled"}
        balance(books, lines, unheard=set())
        give_everything_back(books, email)
        promise.tried()


def test_two_checkouts_in_one_browser_are_each_paid_for_as_what_they_are(
    shopper: Shopper, books: Books, email: str
) -> None:
    first, second = begun(shopper), shopper.press("film-02", "offer-02-rental")
    assert isinstance(second, PendingCheckout)
    for pending in (first, second):
        shopper.open(pending.id, pending.address or "")
    assert shopper.submit_card(first.id, DECLINED) is not None
    taken = lambda: line_of(books, email, first).bill == "paid"  # noqa: E731
    assert shopper.send_card_and_leave(first.id, GOOD, taken)
    assert line_of(books, email, second).state == "open"
    assert shopper.submit_card(second.id, GOOD) is not None
    assert [shopper.waits_for(each).state for each in (first, second)] == [CheckoutState.PAID] * 2
    lines = books.lines(email)
    assert [line.film for line in lines.values()] == [FILM, "film-02"]
    balance(books, lines, unheard=set())


def test_an_unheard_payment_is_kept_once_by_five_notices_at_once(
    shopper: Shopper, books: Books, email: str
) -> None:
    pending = begun(shopper)
    line = line_of(books, email, pending)
    books.move_money_unheard(line)
    assert set(at_once(*[lambda: books.tell(line, Word.PAID)] * 5)) == {204}
    assert line_of(books, email, pending).state == "paid"
    balance(books, books.lines(email), unheard=set())
    assert shopper.waits_for(pending).state is CheckoutState.PAID
    assert shopper.player.browse.film(FILM).right.may_play


def test_a_payment_that_nobody_spoke_of_is_given_back_when_the_time_is_over(
    shopper: Shopper, books: Books, house: House, email: str
) -> None:
    pending = begun(shopper)
    books.move_money_unheard(line_of(books, email, pending))
    house.let_pass(601)
    shopper.follow_clock()
    assert shopper.waits_for(pending).state is CheckoutState.EXPIRED
    assert line_of(books, email, pending).bill == "over"
    assert books.tell(line_of(books, email, pending), Word.PAID) == 204
    balance(books, books.lines(email), unheard=set())


@pytest.mark.parametrize("minor", [1, 99, 101, 100_000])
def test_another_amount_than_was_asked_for_buys_nothing_and_goes_back(
    shopper: Shopper, books: Books, house: House, email: str, minor: int
) -> None:
    pending = begun(shopper)
    body = notices.written(Notice(Bill(pending.id, minor, "GBP"), Word.PAID))
    assert books.send(body, notices.signature(books.notice_key, body, house.now())) == 204
    line = line_of(books, email, pending)
    assert (line.state, line.bill, line.record) == ("cancelled", "over", "returned")
    assert line.rights == ()


def test_a_notice_that_the_provider_did_not_just_sign_is_refused(
    shopper: Shopper, books: Books, house: House, email: str
) -> None:
    pending = begun(shopper)
    line = line_of(books, email, pending)
    body, signed = books.notice(line, Word.PAID)
    at = int(signed[2:].partition(",")[0])
    forged = {
        "unsigned": (body, ""),
        "another body": (body.replace(b'"paid"', b'"refunded"'), signed),
        "another key": (body, notices.signature(b"guessed", body, house.now())),
        "another time": (body, signed.replace(str(at), str(at + 1))),
        "old": (body, notices.signature(books.notice_key, body, house.now() - 301)),
        "of the future": (body, notices.signature(books.notice_key, body, house.now() + 302)),
        "no signature": (body, "t=1,v1=zz"),
    }
    assert {name: books.send(*each) for name, each in forged.items()} == dict.fromkeys(forged, 403)
    unknown = body.replace(pending.id.encode(), b"chk-none")
    assert books.send(unknown, notices.signature(books.notice_key, unknown, house.now())) == 404
    garbage = b"[1]"
    assert books.send(garbage, notices.signature(books.notice_key, garbage, house.now())) == 422
    assert line_of(books, email, pending) == line


def test_a_refunded_rental_ends_and_the_player_shows_it(
    shopper: Shopper, books: Books, email: str
) -> None:
    pending = paid(shopper)
    assert shopper.player.browse.film(FILM).right.may_play
    shopper.player.licences.permit(FILM)
    line = line_of(books, email, pending)
    books.give_back(line)
    for word in (Word.REFUNDED, Word.PAID, Word.REFUNDED):
        assert books.tell(line, word) == 204
    assert shopper.player.browse.refresh()
    right = shopper.player.browse.film(FILM).right
    assert isinstance(right.standing, Expired)
    assert right.standing.why == "refunded"
    with pytest.raises(NoRight):
        shopper.player.licences.permit(FILM)
    balance(books, books.lines(email), unheard=set())
    paid(shopper)
    assert shopper.player.browse.film(FILM).right.may_play


def test_a_refund_of_a_part_ends_nothing(
    shopper: Shopper, books: Books, house: House, email: str
) -> None:
    pending = paid(shopper)
    body = notices.written(Notice(Bill(pending.id, 50, "GBP"), Word.REFUNDED))
    assert books.send(body, notices.signature(books.notice_key, body, house.now())) == 204
    assert line_of(books, email, pending).state == "paid"


def test_word_of_a_refund_before_word_of_the_payment_makes_no_rental(
    shopper: Shopper, books: Books, email: str
) -> None:
    pending = begun(shopper)
    line = line_of(books, email, pending)
    books.move_money_unheard(line)
    books.give_back(line)
    assert books.tell(line, Word.REFUNDED) == 204
    assert books.tell(line, Word.PAID) == 204
    assert shopper.waits_for(pending).state is CheckoutState.CANCELLED
    assert line_of(books, email, pending).rights == ()
    balance(books, books.lines(email), unheard=set())


def test_a_return_to_the_player_proves_nothing_whatever_it_says(
    shopper: Shopper, books: Books, email: str
) -> None:
    pending = begun(shopper)
    line = line_of(books, email, pending)
    address = line.return_to or ""
    assert shopper.comes_back(address, pending.nonce) == 200
    assert shopper.comes_back(address, "forged") == 400
    assert shopper.comes_back(f"{address}?paid=true&rental=ren-1", None) == 400
    assert line_of(books, email, pending) == line
    assert not shopper.player.connection.refresh_rights().rentals
    assert shopper.player.checkouts.pending() == (pending,)


def test_who_comes_back_after_the_player_knows_still_finds_it(
    shopper: Shopper, books: Books, email: str
) -> None:
    pending = paid(shopper)
    assert shopper.comes_back(line_of(books, email, pending).return_to or "", pending.nonce) == 200


def test_what_is_bought_on_one_device_ends_the_other_ones_checkout(
    new_shopper: NewShopper, books: Books, email: str
) -> None:
    desk, sofa = new_shopper(), new_shopper()
    left_open = begun(desk)
    paid(sofa)
    ended = desk.waits_for(left_open)
    assert ended.state is CheckoutState.CANCELLED
    assert ended.reason == "You have rented this film already."
    assert desk.player.browse.film(FILM).right.may_play
    assert isinstance(desk.press(FILM, OFFER), AlreadyHeld)
    assert len(books.lines(email)) == 2
