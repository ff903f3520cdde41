"""Money, lengths and clocks, as a viewer reads them."""

from __future__ import annotations

import contextlib
import locale
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

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
        (Running(NOW + 59), "Less than a minute left · until 14:05"),
        (
            Expired("renewal-needed", NOW - 2 * HOUR),
            "Connect once to go on watching; kept until 12:05",
        ),
        (Expired("refunded", NOW), "The payment was given back; ended"),
        (Expired("revoked", NOW), "Taken back by the service"),
        (ClockDoubt("back"), "This computer's clock looks wrong; connect once to check it"),
        (None, ""),
    ],
)
def test_a_clock(standing: Standing | None, said: str) -> None:
    assert formatting.clock(standing, NOW, UTC) == said


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "less than a minute"),
        (59, "less than a minute"),
        (60, "1 min"),
        (HOUR - 1, "59 min"),
        (HOUR, "1 h"),
        (2 * HOUR - 1, "1 h"),
        (3 * DAY - 1, "71 h"),
        (3 * DAY, "3 days"),
        (4 * DAY - 1, "3 days"),
    ],
)
def test_time_left_is_never_rounded_up(seconds: int, said: str) -> None:
    assert formatting.duration(seconds) == said


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (2 * DAY, "48 hours"),
        (HOUR, "1 hour"),
        (90 * 60, "1 hour"),
        (59 * 60, "59 minutes"),
        (30 * DAY, "30 days"),
    ],
)
def test_a_window_is_told_in_whole_words(seconds: int, said: str) -> None:
    assert formatting.window(seconds) == said


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1_000, "1 kB"),
        (999_499, "999 kB"),
        (999_500, "1.0 MB"),
        (2_400_000, "2.4 MB"),
        (9_960_000, "10 MB"),
        (412_300_000, "412 MB"),
        (999_600_000, "1.0 GB"),
        (1_230_000_000, "1.2 GB"),
        (38_400_000_000, "38 GB"),
    ],
)
def test_a_size(count: int, said: str) -> None:
    assert formatting.size(count) == said


def test_a_hundred_per_cent_is_all_of_it() -> None:
    assert formatting.percent(999, 1000) == "99 %"
    assert formatting.percent(1000, 1000) == "100 %"
    assert formatting.percent(5, 0) == "0 %"


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (59.9, "less than a minute left"),
        (60, "1 min left"),
        (3_599, "59 min left"),
        (3_600, "1 h left"),
        (7_500, "2 h 5 min left"),
    ],
)
def test_the_time_that_a_download_still_takes(seconds: float, said: str) -> None:
    assert formatting.remaining(seconds) == said


LONDON = ZoneInfo("Europe/London")
NO_END = int(datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC).timestamp())


@pytest.mark.parametrize("zone", [UTC, ZoneInfo("Pacific/Kiritimati"), ZoneInfo("Pacific/Niue")])
@pytest.mark.parametrize("far", [NO_END, 2**53, -62_135_596_800, -(2**53)])
def test_a_time_beyond_the_calendar_keeps_no_words_from_being_told(
    far: int, zone: ZoneInfo
) -> None:
    assert formatting.moment(far, NOW, zone)
    assert formatting.moment(NOW, far, zone)
    assert formatting.moment_past(far, NOW, zone)
    for end in (NotStarted(far), Running(far), Finishing(far), NotYet(far), Expired("cap", far)):
        assert formatting.clock(end, NOW, zone)


def test_a_date_beyond_the_calendar_is_told_as_the_last_one() -> None:
    for year in (1, 9999):
        beyond = datetime(year, 12, 31, 23, 59, tzinfo=UTC)
        assert formatting.date(beyond, ZoneInfo("Pacific/Kiritimati"))


def test_an_end_that_no_calendar_reaches_is_none() -> None:
    assert formatting.clock(Running(NO_END), NOW, UTC) == "Yours without an end"
    assert formatting.clock(NotStarted(NO_END), NOW, UTC) == "Yours without an end"
    assert formatting.until(NO_END, NOW, UTC) == ""
    assert formatting.until(NOW + HOUR, NOW, UTC) == " until 15:05"


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (NOW, "14:05"),
        (NOW + 10 * HOUR - 5 * 60 - 1, "23:59"),
        (NOW + 10 * HOUR - 5 * 60, "Saturday 00:00"),
        (NOW + 6 * DAY, "Thursday 14:05"),
        (NOW + 7 * DAY, "27 Nov, 14:05"),
        (NOW + 60 * DAY, "19 Jan, 14:05"),
        (NOW + 400 * DAY, "25 Dec 2027, 14:05"),
        (NOW - DAY, "19 Nov, 14:05"),
    ],
)
def test_a_moment_is_as_short_as_is_clear(when: int, said: str) -> None:
    assert formatting.moment(when, NOW, UTC) == said


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "Sunday 01:30 BST"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "Sunday 01:30 GMT"),
        (datetime(2026, 10, 25, 2, 30, tzinfo=UTC), "Sunday 02:30"),
        (datetime(2027, 3, 28, 0, 59, tzinfo=UTC), "28 Mar, 00:59"),
        (datetime(2027, 3, 28, 1, 0, tzinfo=UTC), "28 Mar, 02:00"),
    ],
)
def test_an_hour_that_comes_twice_is_told_with_its_zone(when: datetime, said: str) -> None:
    before = int(datetime(2026, 10, 23, 12, tzinfo=UTC).timestamp())

    assert formatting.moment(int(when.timestamp()), before, LONDON) == said


def test_days_and_months_are_in_the_players_language_whatever_the_systems_is() -> None:
    before = locale.setlocale(locale.LC_ALL)
    others = ("de_DE.UTF-8", "fr_FR.UTF-8", "C")
    for name in others:
        with contextlib.suppress(locale.Error):
            locale.setlocale(locale.LC_ALL, name)
    try:
        assert formatting.moment(NOW + 2 * DAY, NOW, UTC) == "Sunday 14:05"
        assert formatting.date(datetime(2026, 12, 20, tzinfo=UTC), UTC) == "20 December 2026"
    finally:
        locale.setlocale(locale.LC_ALL, before)


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
