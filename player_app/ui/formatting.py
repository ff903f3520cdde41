"""Values as a viewer reads them: money, lengths, dates and both clocks of a rental."""

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
_SHORTER = {"GB": "UK", "US": "USA", "HK": "Hong Kong"}


def money(price: Money) -> str:
    """`£1`, `£7.99`, `CHF 3.50`."""
    sign = _SYMBOLS.get(price.currency, price.currency + "\N{NO-BREAK SPACE}")
    if price.currency in _WHOLE:
        return f"{sign}{price.amount_minor}"
    whole, cents = divmod(price.amount_minor, 100)
    return f"{sign}{whole}" if cents == 0 else f"{sign}{whole}.{cents:02}"


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


def date(when: datetime, zone: tzinfo | None = None) -> str:
    """`20 December 2026`, local."""
    local = when.astimezone(zone)
    return f"{local.day} {local:%B %Y}"


def moment(when_s: int, now_s: int, zone: tzinfo | None = None) -> str:
    """`21:00`, `Sunday 21:00`, `20 Dec, 14:05`: absolute, local, as short as is clear."""
    when = datetime.fromtimestamp(when_s, UTC).astimezone(zone)
    now = datetime.fromtimestamp(now_s, UTC).astimezone(zone)
    days = (when.date() - now.date()).days
    if days == 0:
        return f"{when:%H:%M}"
    if 0 < days <= _WEEK_DAYS:
        return f"{when:%A %H:%M}"
    return f"{when.day} {when:%b}, {when:%H:%M}"


def duration(seconds: int) -> str:
    """`30 days`, `48 h`, `25 min`: rounded down, so that it never promises too much."""
    if seconds >= 3 * _DAY_S:
        return f"{seconds // _DAY_S} days"
    if seconds >= _HOUR_S:
        return f"{seconds // _HOUR_S} h"
    return f"{max(seconds // 60, 1)} min"


def clock(standing: r.Standing | None, now_s: int, zone: tzinfo | None = None) -> str:
    """A standing in words, with the time left and the local time at which it ends."""
    match standing:
        case None:
            return ""
        case r.NotStarted(start_by=by):
            return f"{duration(by - now_s)} to start, until {moment(by, now_s, zone)}"
        case r.Running(ends_at=at):
            return f"{duration(at - now_s)} left · until {moment(at, now_s, zone)}"
        case r.Finishing(until=until):
            return f"May be finished until {moment(until, now_s, zone)}"
        case r.NotYet(start=start):
            return f"From {moment(start, now_s, zone)}"
        case r.ClockDoubt():
            return "This computer's clock looks wrong; connect once to check it"
        case r.Expired(why=why, when=when) if why in _ENDED:
            return f"{_ENDED[why]} {moment(when, now_s, zone)}"
        case r.Expired(why="refunded"):
            return "The payment was given back; ended"
        case r.Expired():
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


def country(code: str) -> str:
    """A country's name by its ISO 3166 code; a code that Qt does not know stays as it is."""
    territory = QLocale.codeToTerritory(code)
    if territory == QLocale.Country.AnyTerritory:
        return code
    return _SHORTER.get(code, QLocale.territoryToString(territory))
