"""Values as a viewer reads them: money, lengths, sizes, dates and both clocks of a rental."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo

from PySide6.QtCore import QLocale

from player_app.core import rental as r
from player_app.core.catalogue import Money

_SYMBOLS = {"GBP": "£", "EUR": "€", "USD": "$"}
_WHOLE = {"JPY", "KRW"}
_DAY_S = 86_400
_HOUR_S = 3_600
_WEEK_DAYS = 6
_OTHER_YEAR_DAYS = 300
_FIRST = datetime(1970, 1, 2, tzinfo=UTC)
_LAST = datetime(2999, 12, 31, tzinfo=UTC)
"""Every system's calendar tells what lies between them, in every zone."""
# Qt sets the C library's language, which strftime follows; the player's own words are English
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_UNITS = ("B", "kB", "MB", "GB", "TB")
_SHORTER = {"GB": "UK", "US": "USA", "HK": "Hong Kong"}


def money(price: Money) -> str:
    """`£1`, `£7.99`, `CHF 3.50`."""
    sign = _SYMBOLS.get(price.currency, price.currency + "\N{NO-BREAK SPACE}")
    if price.currency in _WHOLE:
        return f"{sign}{price.amount_minor}"
    whole, cents = divmod(price.amount_minor, 100)
    return f"{sign}{whole}" if cents == 0 else f"{sign}{whole}.{cents:02}"


def year(number: int) -> str:
    return str(number) if number else ""


def length(length_ms: int) -> str:
    """`76 min`, seconds for a film shorter than two minutes: `1 min 1 s`; "" if not known."""
    if length_ms <= 0:
        return ""
    minutes, seconds = divmod(round(length_ms / 1000), 60)
    if minutes >= 2:  # noqa: PLR2004
        return f"{minutes} min"
    return f"{minutes} min {seconds} s" if minutes else f"{seconds} s"


def position(position_ms: int) -> str:
    """`12:40`, `1:02:05`."""
    minutes, seconds = divmod(position_ms // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def size(count: int) -> str:
    """Bytes: `512 B`, `340 kB`, `2.4 MB`, `412 MB`, `1.2 GB`, `38 GB`."""
    value, unit = float(max(count, 0)), 0
    while unit < len(_UNITS) - 1 and round(value) >= 1000:  # noqa: PLR2004 - a kilo
        value, unit = value / 1000, unit + 1
    exact = unit > 1 and round(value, 1) < 10  # noqa: PLR2004 - below, the tenths tell something
    return f"{value:.1f} {_UNITS[unit]}" if exact else f"{round(value)} {_UNITS[unit]}"


def percent(part: int, whole: int) -> str:
    """`43 %`: rounded down, so that 100 % means all of it."""
    return f"{min(max(part, 0) * 100 // whole, 100) if whole > 0 else 0} %"


def remaining(seconds: float) -> str:
    """`less than a minute left`, `4 min left`, `2 h 5 min left`."""
    hours, minutes = divmod(int(seconds) // 60, 60)
    if hours:
        return f"{hours} h {minutes} min left" if minutes else f"{hours} h left"
    return f"{minutes} min left" if minutes else "less than a minute left"


def date(when: datetime, zone: tzinfo | None = None) -> str:
    """`20 December 2026`, local."""
    shown = min(max(when, _FIRST), _LAST).astimezone(zone)
    return f"{shown.day} {_MONTHS[shown.month - 1]} {shown.year}"


def local(when_s: int, zone: tzinfo | None = None) -> datetime:
    """Of seconds since 1970; beyond the calendars, the last that they tell."""
    within = min(max(when_s, int(_FIRST.timestamp())), int(_LAST.timestamp()))
    return datetime.fromtimestamp(within, UTC).astimezone(zone)


def is_endless(when_s: int) -> bool:
    """Whether an end is none: no calendar reaches it."""
    return when_s >= int(_LAST.timestamp())


def day(when: datetime) -> str:
    """`Sunday 22 November`, as its own zone has it."""
    return f"{_DAYS[when.weekday()]} {when.day} {_MONTHS[when.month - 1]}"


def moment(when_s: int, now_s: int, zone: tzinfo | None = None) -> str:
    """`21:00`, `Sunday 21:00`, `20 Dec, 14:05`, `3 Jan 2028, 09:00`: as short as is clear.

    Absolute and local. An hour that comes twice, as summer time ends, is told with its zone.
    """
    when, now = local(when_s, zone), local(now_s, zone)
    time = f"{when:%H:%M} {when:%Z}" if _comes_twice(when, zone) else f"{when:%H:%M}"
    days = (when.date() - now.date()).days
    if days == 0:
        return time
    if 0 < days <= _WEEK_DAYS:
        return f"{_DAYS[when.weekday()]} {time}"
    year = f" {when.year}" if abs(days) >= _OTHER_YEAR_DAYS else ""
    return f"{when.day} {_MONTHS[when.month - 1][:3]}{year}, {time}"


def until(when_s: int, now_s: int, zone: tzinfo | None = None) -> str:
    """` until Sunday 21:00`; nothing for an end that is none."""
    return "" if is_endless(when_s) else f" until {moment(when_s, now_s, zone)}"


def moment_past(when_s: int, now_s: int, zone: tzinfo | None = None) -> str:
    """`today at 07:05`, `on 18 Nov, 21:00`."""
    said = moment(when_s, now_s, zone)
    return f"on {said}" if "," in said else f"today at {said}"


def _comes_twice(when: datetime, zone: tzinfo | None) -> bool:
    """Whether clocks on the wall show this time a second time, an hour later."""
    shown = when.replace(tzinfo=zone)
    first, second = (shown.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    return first < second


def duration(seconds: int) -> str:
    """`30 days`, `48 h`, `25 min`: rounded down, so that it never promises too much."""
    if seconds >= 3 * _DAY_S:
        return f"{seconds // _DAY_S} days"
    if seconds >= _HOUR_S:
        return f"{seconds // _HOUR_S} h"
    if seconds >= 60:  # noqa: PLR2004
        return f"{seconds // 60} min"
    return "less than a minute"


def window(seconds: int) -> str:
    """`48 hours`, `30 days`, `1 hour`: a length of time in whole words, rounded down."""
    if seconds >= 3 * _DAY_S:
        return counted(seconds // _DAY_S, "day")
    if seconds >= _HOUR_S:
        return counted(seconds // _HOUR_S, "hour")
    return counted(max(seconds // 60, 1), "minute")


def clock(standing: r.Standing | None, now_s: int, zone: tzinfo | None = None) -> str:
    """A standing in words, with the time left and the local time at which it ends."""
    match standing:
        case None:
            return ""
        case r.NotStarted(start_by=at) | r.Running(ends_at=at) if is_endless(at):
            return "Yours without an end"
        case r.NotStarted(start_by=by):
            return f"{sentence(duration(by - now_s))} to start, until {moment(by, now_s, zone)}"
        case r.Running(ends_at=at):
            return f"{sentence(duration(at - now_s))} left · until {moment(at, now_s, zone)}"
        case r.Finishing(until=at):
            return f"May be finished until {moment(at, now_s, zone)}"
        case r.NotYet(start=start):
            return f"From {moment(start, now_s, zone)}"
        case r.ClockDoubt():
            return "This computer's clock looks wrong; connect once to check it"
        case r.Expired():
            return _expired(standing, now_s, zone)


def _expired(verdict: r.Expired, now_s: int, zone: tzinfo | None) -> str:
    when = moment(verdict.when, now_s, zone)
    match verdict.why:
        case "renewal-needed":
            return f"Connect once to go on watching; kept until {when}"
        case "refunded":
            return "The payment was given back; ended"
        case why if why in _ENDED:
            return f"{_ENDED[why]} {when}"
        case _:
            return "Taken back by the service"


_ENDED = {
    "not-started-in-time": "Not started in time; ended",
    "finished": "Rental ended",
    "subscription-ended": "Subscription ended",
    "cap": "Ended",
}


def terms(bought: r.Terms) -> tuple[str, ...]:
    """Both clocks of an offer's terms, one sentence each."""
    start = f"{duration(bought.start_within_s)} to start"
    finish = f"{duration(bought.finish_within_s)} to finish"
    match bought.second_clock:
        case r.SecondClock.PLAY:
            return (start, f"{finish}, once you press Play")
        case r.SecondClock.DOWNLOAD:
            return (start, f"{finish}, once you play or download it")
        case r.SecondClock.PURCHASE:
            return (f"{finish}, from now",)


def joined(*facts: str) -> str:
    """Facts on one line, empty ones left out."""
    return " · ".join(fact for fact in facts if fact)


def counted(count: int, thing: str, things: str = "") -> str:
    """`1 film`, `3 films`, `1,204 segments`, `2 entries`."""
    return f"{count:,} {thing}" if count == 1 else f"{count:,} {things or f'{thing}s'}"


def sentence(words: str) -> str:
    """Words as a sentence begins."""
    return words[:1].upper() + words[1:]


def country(code: str) -> str:
    """A country's name by its ISO 3166 code; a code that Qt does not know stays as it is."""
    territory = QLocale.codeToTerritory(code)
    if territory == QLocale.Country.AnyTerritory:
        return code
    return _SHORTER.get(code, QLocale.territoryToString(territory))
