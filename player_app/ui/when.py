"""A day and a time as a viewer types them, and the one moment that both mean here."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, tzinfo

LONGEST = 40
SUNDAY, EVENING = 6, time(21, 0)
LEAST_AHEAD = timedelta(hours=12)

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_LEAST_LETTERS = 3
_WEEK = 7
_NOON = 12
_CENTURY = 100
_TIME = re.compile(r"(\d{1,2})(?:[:.h ]?(\d{2}))?\s*(am|pm)?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_FIGURES = re.compile(r"(\d{1,2})[./](\d{1,2})[./]?(\d{2}|\d{4})?")
_WORDS = re.compile(r"(?:([a-z]+)\s+)?(\d{1,2})(?:st|nd|rd|th)?\.?\s+([a-z]+)\s*(\d{4})?")


def read_time(text: str) -> time | None:
    """`21`, `21:00`, `2100`, `9 pm`; None for anything else."""
    found = _TIME.fullmatch(text.strip().lower()) if len(text) <= LONGEST else None
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3]:
        if not 1 <= hour <= _NOON:
            return None
        hour = hour % _NOON + (_NOON if found[3] == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None  # noqa: PLR2004


def read_day(text: str, today: date) -> date | None:
    """`today`, `tomorrow`, `Sunday`, `22 Nov`, `22.11.`, `2026-11-22`; None for anything else.

    A weekday, or a day without its year, is the next that comes.
    """
    words = " ".join(text.lower().replace(",", " ").split())
    if not words or len(words) > LONGEST:
        return None
    if words in ("today", "tomorrow"):
        return today + timedelta(days=int(words == "tomorrow"))
    weekday = _named(words, _DAYS)
    if weekday is not None:
        return today + timedelta(days=(weekday - today.weekday()) % _WEEK)
    if found := _ISO.fullmatch(words):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _FIGURES.fullmatch(words):
        return _coming(int(found[1]), int(found[2]), found[3], today)
    if (found := _WORDS.fullmatch(words)) and (month := _named(found[3], _MONTHS)) is not None:
        if found[1] and _named(found[1], _DAYS) is None:
            return None
        return _coming(int(found[2]), month + 1, found[4], today)
    return None


def moment_of(day: date, at: time, zone: tzinfo | None = None) -> int:
    """Seconds since 1970; where summer time makes two moments of it, or none, the later one."""
    shown = datetime.combine(day, at, tzinfo=zone)
    return max(int(shown.replace(fold=fold).timestamp()) for fold in (0, 1))


def next_sunday(now: datetime) -> datetime:
    """The first Sunday evening that is not almost here, in the zone of `now`."""
    day = now.date() + timedelta(days=(SUNDAY - now.weekday()) % _WEEK)
    evening = datetime.combine(day, EVENING, tzinfo=now.tzinfo)
    return evening if evening - now >= LEAST_AHEAD else evening + timedelta(days=_WEEK)


def _named(word: str, names: tuple[str, ...]) -> int | None:
    """The one of the names that begins with the word."""
    if len(word) < _LEAST_LETTERS:
        return None
    return next((number for number, name in enumerate(names) if name.startswith(word)), None)


def _coming(day: int, month: int, year: str | None, today: date) -> date | None:
    if year:
        wanted = int(year)
        return _day(wanted + today.year // _CENTURY * _CENTURY if wanted < _CENTURY else wanted,
                    month, day)  # fmt: skip
    years = range(today.year, today.year + 9)  # the 29th of February may be eight years away
    found = (_day(each, month, day) for each in years)
    return next((each for each in found if each is not None and each >= today), None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
