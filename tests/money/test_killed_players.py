"""A player killed at any moment of buying finds its checkout again, and nothing is paid twice."""

from __future__ import annotations

import random
import shutil
import threading
import time
from pathlib import Path

import pytest

from player_app.core.checkout import CheckoutState
from player_app.reference_service.visitor import pay
from tests.money.books import PASSWORD, Books, balance
from tests.money.house import House
from tests.money.player_process import BuyingProcess, player_at
from tests.money.shopper import profile_for
from tests.plugins.promises import Promise

LONGEST_S = 0.12


@pytest.mark.promise(12)
def test_a_player_killed_while_it_begins_to_buy_buys_once(
    house: House, books: Books, quick_path: Path, promise: Promise
) -> None:
    for number in range(promise.count(smoke=2, full=25)):
        folder, email = quick_path / str(number), books.new_account()
        film = books.films[number % len(books.films)]
        offer = f"offer-{film[-2:]}-rental"
        shutil.copytree(profile_for(house), folder / "profile")
        player = player_at(folder)
        player.clock.ahead_s = house.ahead_s
        player.desk.sign_in(email, PASSWORD, None)
        player.close()

        process = BuyingProcess(folder, film, offer, house.ahead_s)
        process.press()
        after_s = random.uniform(0, LONGEST_S)  # noqa: S311 - a moment
        time.sleep(after_s)
        process.kill()

        player = player_at(folder)
        player.clock.ahead_s = house.ahead_s
        try:
            player.checkouts.recover()
            pending = player.checkouts.begin(film, offer)
            assert player.checkouts.pending() == (pending,), f"killed after {after_s:.3f} s"
            assert list(books.lines(email)) == [pending.id], f"killed after {after_s:.3f} s"
            pay(pending.address or "")
            ended = player.checkouts.wait(pending, threading.Event())
            assert ended.state is CheckoutState.PAID
            assert player.checkouts.pending() == ()
        finally:
            player.close()
        balance(books, books.lines(email), unheard=set())
        promise.tried()
