"""Days and times as they are typed, and the moments they mean, also where clocks are changed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from player_app.ui import when

TODAY = date(2026, 11, 20)  # a Friday
LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("21", time(21, 0)),
        ("21:00", time(21, 0)),
        ("2130", time(21, 30)),
        ("9.05", time(9, 5)),
        ("9 pm", time(21, 0)),
        ("12am", time(0, 0)),
        ("12 PM", time(12, 0)),
        ("0:00", time(0, 0)),
        ("23:59", time(23, 59)),
        ("24:00", None),
        ("21:60", None),
        ("13 pm", None),
        ("0 am", None),
        ("noonish", None),
        ("", None),
        ("9" * 400, None),
    ],
)
def test_a_time_is_read(typed: str, read: time | None) -> None:
    assert when.read_time(typed) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("today", TODAY),
        ("Tomorrow", date(2026, 11, 21)),
        ("friday", TODAY),
        ("Sun", date(2026, 11, 22)),
        ("thu", date(2026, 11, 26)),
        ("Sunday 22 November", date(2026, 11, 22)),
        ("22 Nov", date(2026, 11, 22)),
        ("22nd november 2027", date(2027, 11, 22)),
        ("19 Nov", date(2027, 11, 19)),
        ("29 Feb", date(2028, 2, 29)),
        ("22.11.", date(2026, 11, 22)),
        ("22/11/27", date(2027, 11, 22)),
        ("2026-11-22", date(2026, 11, 22)),
        ("2026-13-01", None),
        ("31 Feb", None),
        ("su", None),
        ("someday 22 Nov", None),
        ("22 Nov 99999", None),
        ("", None),
        ("sunday " * 30, None),
    ],
)
def test_a_day_is_read(typed: str, read: date | None) -> None:
    assert when.read_day(typed, TODAY) == read


def test_a_time_that_comes_twice_is_the_later_one() -> None:
    told = when.moment_of(date(2026, 10, 25), time(1, 30), LONDON)

    assert told == int(datetime(2026, 10, 25, 1, 30, tzinfo=UTC).timestamp())


def test_a_time_that_is_left_out_is_the_later_one_that_it_may_mean() -> None:
    told = when.moment_of(date(2026, 3, 29), time(1, 30), LONDON)

    assert told == int(datetime(2026, 3, 29, 1, 30, tzinfo=UTC).timestamp())


@pytest.mark.parametrize(
    ("now", "evening"),
    [
        (datetime(2026, 11, 20, 14, 5, tzinfo=UTC), datetime(2026, 11, 22, 21, tzinfo=UTC)),
        (datetime(2026, 11, 22, 9, 0, tzinfo=UTC), datetime(2026, 11, 22, 21, tzinfo=UTC)),
        (datetime(2026, 11, 22, 9, 1, tzinfo=UTC), datetime(2026, 11, 29, 21, tzinfo=UTC)),
        (datetime(2026, 11, 22, 23, 0, tzinfo=UTC), datetime(2026, 11, 29, 21, tzinfo=UTC)),
    ],
)
def test_the_sunday_that_is_asked_about_first_is_not_almost_here(
    now: datetime, evening: datetime
) -> None:
    assert when.next_sunday(now) == evening
