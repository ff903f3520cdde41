"""Random sequences of everything that happens around a payment, against a small model."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import pytest

from tests.money import buying, mishaps, paying
from tests.money.books import Books
from tests.money.house import House
from tests.money.walk import Step, Walk
from tests.plugins.promises import Promise

STEPS: dict[Step, int] = {
    buying.press: 16,
    buying.press_twice_at_once: 4,
    buying.press_and_lose_the_answer: 4,
    buying.open_page: 6,
    buying.come_back: 5,
    buying.cancel_in_the_player: 4,
    buying.cancel_on_the_page: 2,
    buying.wait: 8,
    paying.pay: 16,
    paying.pay_twice_at_once: 5,
    paying.pay_for_both_at_once: 5,
    paying.pay_and_leave: 3,
    paying.money_moves_unheard: 3,
    paying.notices_come: 9,
    paying.provider_gives_back: 4,
    mishaps.close_browser: 3,
    mishaps.a_minute_passes: 2,
    mishaps.ten_minutes_pass: 3,
    mishaps.a_month_passes: 1,
    mishaps.player_killed: 4,
    mishaps.service_killed: 1,
}
"""With how often each is taken."""
IN_A_WALK = 14
SEED = "VERITE_MONEY_SEED"
"""Set to the number that a failure names, it repeats that walk alone."""


@pytest.mark.promise(12)
def test_paid_checkouts_are_rentals_whatever_happens_around_them(
    house: House, books: Books, quick_path: Path, promise: Promise
) -> None:
    asked = os.environ.get(SEED)
    count = 1 if asked else promise.count(smoke=6, full=300)
    for number in range(count):
        seed = int(asked) if asked else secrets.randbits(48)
        walk = Walk(house, books, quick_path / str(number), seed)
        try:
            walk.go(STEPS, IN_A_WALK)
        except Exception as error:
            story = "\n  ".join(walk.story)
            raise AssertionError(f"{SEED}={seed}, walk {number}:\n  {story}\n{error!r}") from error
        finally:
            walk.close()
        promise.tried()
