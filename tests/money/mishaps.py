"""What befalls a purchase from outside: time, closed browsers, killed players and services."""

from __future__ import annotations

from tests.money.shopper import SLOW
from tests.money.walk import MORE_THAN_TEN_MINUTES_S, Walk

MONTH_S = 31 * 24 * 3600


def close_browser(walk: Walk) -> None:
    walk.someone().close_browser()


def ten_minutes_pass(walk: Walk) -> None:
    walk.let_pass(MORE_THAN_TEN_MINUTES_S)


def a_minute_passes(walk: Walk) -> None:
    walk.let_pass(60)


def a_month_passes(walk: Walk) -> None:
    walk.let_pass(MONTH_S)
    for each in walk.shoppers:
        each.sign_in()


def player_killed(walk: Walk) -> None:
    walk.someone().killed()


def service_killed(walk: Walk) -> None:
    """Perhaps while a slow payment is under way; then it must be found again."""
    found = walk.any_pending()
    name = ""
    if found is not None and walk.can_pay(found[0], found[1]):
        name, shopper, _ = found
        taken = lambda: walk.lines()[name].bill == "paid"  # noqa: E731 - one line too long else
        assert shopper.send_card_and_leave(name, SLOW, taken)
        walk.model.unheard.add(name)
    walk.house.kill()
    walk.service_started()
