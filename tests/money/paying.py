"""What happens to the money: on the service's pages, at the provider's, and by its notices."""

from __future__ import annotations

from player_app.core.checkout import PendingCheckout
from player_app.reference_service import notices
from player_app.reference_service.payments import Word
from tests.money.buying import at_page_or_press, pressed
from tests.money.shopper import ASKS, DECLINED, GOOD, SLOW, at_once
from tests.money.walk import Walk
from tests.waiting import until


def pay(walk: Walk) -> None:
    found = at_page_or_press(walk)
    if found is None:
        return
    name, shopper, _ = found
    can = walk.can_pay(name, shopper)
    card = walk.random.choice((GOOD, GOOD, GOOD, DECLINED, ASKS, SLOW))
    answer = walk.random.choice(("yes", "yes", "no"))
    walk.note(f"{card[-4:]} {answer if card == ASKS else ''}")
    page = shopper.submit_card(name, card)
    assert (page is not None) == can, (can, page)
    if page is None:
        return
    if name in walk.model.unheard:
        walk.model.pay(name, walk.house.now())  # no card is asked for money that is there
    elif card in (GOOD, SLOW):
        walk.model.pay(name, walk.house.now())
        assert "yours to watch" in page.text, page.text
    elif card == DECLINED:
        walk.model.decline(name)
    elif (answered := shopper.answer_bank(page, answer)) is not None:
        if answer == "yes":
            walk.model.pay(name, walk.house.now())
            assert "yours to watch" in answered.text, answered.text
        else:
            walk.model.decline(name)


def pay_twice_at_once(walk: Walk) -> None:
    """The button pressed twice, or in two windows of the browser."""
    found = at_page_or_press(walk)
    if found is None:
        return
    name, shopper, _ = found
    page = shopper.pay_page(name)
    other = walk.random.choice((GOOD, SLOW))
    pages = at_once(
        lambda: shopper.submit_card(name, GOOD, page),
        lambda: shopper.submit_card(name, other, page),
    )
    if pages[0] is not None:
        walk.model.pay(name, walk.house.now())


def pay_for_both_at_once(walk: Walk) -> None:
    """Two checkouts of one film, paid in the same moment on two devices."""
    film, _, kind = wish = walk.wish()
    if len(walk.shoppers) < 2 or walk.model.held(kind, film, walk.house.now()):
        return
    both = []
    for shopper in walk.shoppers:
        answer = shopper.press(*wish[:2])
        pressed(walk, shopper, wish, [answer])
        assert isinstance(answer, PendingCheckout)
        shopper.open(answer.id, answer.address or "")
        both.append((shopper, answer.id))
    works = [(lambda who=who, name=name: who.submit_card(name, GOOD)) for who, name in both]
    pages = at_once(*works)
    assert sum("yours to watch" in page.text for page in pages if page is not None) == 1
    lines = walk.lines()
    (paid,) = [name for _, name in both if lines[name].state == "paid"]
    walk.model.pay(paid, walk.house.now())


def pay_and_leave(walk: Walk) -> None:
    """The browser is closed before the answer comes."""
    found = at_page_or_press(walk)
    if found is None:
        return
    name, shopper, _ = found
    card = walk.random.choice((GOOD, SLOW))
    if name in walk.model.unheard:
        return
    can = walk.can_pay(name, shopper)
    taken = shopper.send_card_and_leave(name, card, lambda: walk.lines()[name].bill == "paid")
    assert taken == can, (taken, can)
    if taken:
        walk.model.pay(name, walk.house.now())
        until(lambda: walk.lines()[name].state == "paid", "the payment to be settled")
    shopper.close_browser()


def money_moves_unheard(walk: Walk) -> None:
    """Taken by the provider, and the answer to the service got lost."""
    for name in walk.model.open_ones():
        if name in walk.pending and name not in walk.model.unheard:
            walk.books.move_money_unheard(walk.lines()[name])
            walk.model.unheard.add(name)
            walk.model.was_paid.add(name)
            return


def notices_come(walk: Walk) -> None:
    """Up to five, of any bill that has moved, in any order; some of them forged."""
    candidates = [name for name in walk.model.was_paid if name in walk.model.checkouts]
    if not candidates:
        return
    for _ in range(walk.random.randint(0, 5)):
        name = walk.random.choice(candidates)
        line = walk.lines()[name]
        words = [Word.PAID]
        gone = name in walk.model.given_back or walk.model.checkouts[name].state == "refunded"
        if gone:
            words.append(Word.REFUNDED)
        word = walk.random.choice(words)
        walk.note(word.value)
        body, signed = walk.books.notice(line, word)
        if walk.random.random() < 0.2:
            _forge(walk, body, signed)
            continue
        assert walk.books.send(body, signed) == 204
        now = walk.house.now()
        if word is Word.PAID and name in walk.model.unheard:
            walk.model.pay(name, now)
        elif word is Word.REFUNDED:
            walk.model.refund(name)


def _forge(walk: Walk, body: bytes, signed: str) -> None:
    forgeries = [
        (body, signed[:-1] + ("0" if signed[-1] != "0" else "1")),
        (body, ""),
        (body.replace(b"chk-", b"chk-0"), signed),
        (body, notices.signature(b"another key", body, walk.house.now())),
    ]
    assert walk.books.send(*walk.random.choice(forgeries)) == 403


def provider_gives_back(walk: Walk) -> None:
    """A purchase is given back at the provider's; its word on that comes later."""
    paid = [
        name
        for name, each in walk.model.checkouts.items()
        if each.state == "paid" and name not in walk.model.given_back
    ]
    if not paid:
        return
    name = walk.random.choice(paid)
    line = walk.lines()[name]
    walk.books.give_back(line)
    walk.model.given_back.add(name)
    if walk.random.random() < 0.5:
        assert walk.books.tell(line, Word.REFUNDED) == 204
        walk.model.refund(name)
