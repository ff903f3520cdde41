"""Money, lengths and clocks, as a viewer reads them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from player_app.core.catalogue import Money
from player_app.core.rental import (
    ClockDoubt,
    Expired,
    Finishing,
    NotStarted,
    NotYet,
    Running,
    SecondClock,
    Standing,
)
from player_app.ui import formatting
from tests.ui import samples

NOW = int(datetime(2026, 11, 20, 14, 5, tzinfo=UTC).timestamp())
HOUR = 3_600
DAY = 24 * HOUR


@pytest.mark.parametrize(
    ("price", "said"),
    [
        (Money(100, "GBP"), "£1"),
        (Money(799, "GBP"), "£7.99"),
        (Money(450, "EUR"), "€4.50"),
        (Money(500, "JPY"), "JPY\N{NO-BREAK SPACE}500"),
    ],
)
def test_a_price(price: Money, said: str) -> None:
    assert formatting.money(price) == said


@pytest.mark.parametrize(
    ("length_ms", "said"), [(61_000, "1 min 1 s"), (45_000, "45 s"), (4_560_000, "76 min")]
)
def test_a_length(length_ms: int, said: str) -> None:
    assert formatting.length(length_ms) == said


@pytest.mark.parametrize(("position_ms", "said"), [(760_000, "12:40"), (3_725_000, "1:02:05")])
def test_a_position(position_ms: int, said: str) -> None:
    assert formatting.position(position_ms) == said


@pytest.mark.parametrize(
    ("standing", "said"),
    [
        (NotStarted(NOW + 30 * DAY), "30 days to start, until 20 Dec, 14:05"),
        (Running(NOW + 41 * HOUR), "41 h left · until Sunday 07:05"),
        (Running(NOW + 25 * 60), "25 min left · until 14:30"),
        (Finishing(NOW + HOUR), "May be finished until 15:05"),
        (NotYet(NOW + DAY), "From Saturday 14:05"),
        (Expired("finished", NOW - 10 * DAY), "Rental ended 10 Nov, 14:05"),
        (ClockDoubt("back"), "This computer's clock looks wrong; connect once to check it"),
        (None, ""),
    ],
)
def test_a_clock(standing: Standing | None, said: str) -> None:
    assert formatting.clock(standing, NOW, UTC) == said


def test_time_left_is_never_rounded_up() -> None:
    assert formatting.duration(2 * HOUR - 1) == "1 h"
    assert formatting.duration(4 * DAY - 1) == "3 days"


def test_terms_say_both_clocks() -> None:
    assert formatting.terms(samples.TERMS) == (
        "30 days to start",
        "48 h to finish, once you press Play",
    )
    assert samples.TERMS.second_clock is SecondClock.PLAY


@pytest.mark.parametrize(
    ("code", "said"), [("GB", "UK"), ("RU", "Russia"), ("AQ", "Antarctica"), ("X?", "X?")]
)
def test_a_country_is_named(code: str, said: str) -> None:
    assert formatting.country(code) == said
