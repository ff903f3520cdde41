"""Money, times, terms and addresses as the pages say them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

_SIGNS = {"GBP": "£", "EUR": "€", "USD": "$"}
_LANGUAGES = {
    "ar": "Arabic",
    "cs": "Czech",
    "cy": "Welsh",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "fa": "Persian",
    "fi": "Finnish",
    "fr": "French",
    "ga": "Irish",
    "gd": "Gaelic",
    "hi": "Hindi",
    "is": "Icelandic",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "nl": "Dutch",
    "no": "Norwegian",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sv": "Swedish",
    "sw": "Swahili",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "zh": "Chinese",
}
_COUNTRIES = {
    "AT": "Austria",
    "AU": "Australia",
    "BE": "Belgium",
    "BR": "Brazil",
    "CA": "Canada",
    "CH": "Switzerland",
    "CL": "Chile",
    "CN": "China",
    "DE": "Germany",
    "DK": "Denmark",
    "EC": "Ecuador",
    "EE": "Estonia",
    "ES": "Spain",
    "ET": "Ethiopia",
    "FI": "Finland",
    "FR": "France",
    "GB": "United Kingdom",
    "HK": "Hong Kong",
    "IE": "Ireland",
    "IN": "India",
    "IS": "Iceland",
    "IT": "Italy",
    "JP": "Japan",
    "KE": "Kenya",
    "KZ": "Kazakhstan",
    "LT": "Lithuania",
    "LV": "Latvia",
    "ML": "Mali",
    "MX": "Mexico",
    "NL": "Netherlands",
    "NO": "Norway",
    "NZ": "New Zealand",
    "PL": "Poland",
    "PT": "Portugal",
    "RU": "Russia",
    "SE": "Sweden",
    "UA": "Ukraine",
    "US": "United States",
    "UZ": "Uzbekistan",
    "ZA": "South Africa",
}
_CLOCK_STARTS = {
    "play": "Once you press play",
    "download": "Once you press play or download it",
    "purchase": "From the moment you pay",
}
_READABLE = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_HOUR_S = 3600
_DAY_S = 86_400
_HOURS_UP_TO_S = 3 * _DAY_S


def receipt_number(checkout_id: str) -> str:
    """A number that can be read out: eight characters of Crockford's base32."""
    digest = int.from_bytes(hashlib.sha256(checkout_id.encode()).digest()[:5], "big")
    text = "".join(_READABLE[digest >> shift & 31] for shift in range(35, -5, -5))
    return f"V-{text[:4]}-{text[4:]}"


def price(money: Mapping[str, Any]) -> str:
    """£1, not £1.00; £7.99."""
    pounds, pence = divmod(int(money["amount_minor"]), 100)
    figure = f"{pounds:,}" if pence == 0 else f"{pounds:,}.{pence:02d}"
    currency = str(money["currency"])
    return _SIGNS[currency] + figure if currency in _SIGNS else f"{figure} {currency}"


def duration(seconds: int) -> str:
    """Hours up to three days, whole days above."""
    if seconds < _HOUR_S:
        return _counted(max(1, round(seconds / 60)), "minute")
    if seconds < _HOURS_UP_TO_S or (seconds % _DAY_S and seconds < 10 * _DAY_S):
        return _counted(round(seconds / _HOUR_S), "hour")
    return _counted(round(seconds / _DAY_S), "day")


def length(length_ms: int) -> str:
    """Minutes; seconds for a film of less than two."""
    seconds = round(length_ms / 1000)
    return f"{seconds} s" if seconds < 120 else f"{round(seconds / 60)} min"  # noqa: PLR2004


def timecode(position_ms: int) -> str:
    minutes, seconds = divmod(position_ms // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"


def instant(value: str | datetime | int) -> datetime:
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=UTC)
    if isinstance(value, int):
        return datetime.fromtimestamp(value, UTC)
    return datetime.fromisoformat(value)


def day(value: str | datetime | int) -> str:
    moment = instant(value).astimezone(UTC)
    return f"{moment.day} {moment:%B %Y}"


def moment(value: str | datetime | int) -> str:
    return f"{day(value)}, {instant(value).astimezone(UTC):%H:%M} UTC"


def first_clock(terms: Mapping[str, Any], bought_at: datetime) -> str:
    span = duration(terms["start_within_s"])
    until = bought_at + timedelta(seconds=terms["start_within_s"])
    return f"You have {span} to start watching: until {moment(until)}"


def second_clock(terms: Mapping[str, Any]) -> str:
    starts = _CLOCK_STARTS.get(str(terms["second_clock"]), _CLOCK_STARTS["play"])
    span = duration(terms["finish_within_s"])
    end = (
        "A showing under way may run on to its end."
        if terms["mid_film"] == "finish"
        else "It stops then, even in the middle of the film."
    )
    return f"{starts} you have {span} to watch it, as often as you like. {end}"


def masked(email: str) -> str:
    """m•••@example.org: enough to recognise, not enough to read over a shoulder."""
    name, _, host = email.partition("@")
    return f"{name[:1]}•••@{host}"


def language(code: str) -> str:
    return _LANGUAGES.get(code.split("-", maxsplit=1)[0].lower(), code)


def country(code: str) -> str:
    return _COUNTRIES.get(code.upper(), code)


def path_of(address: str) -> str:
    """An address of this service as a path, so that a page works under every name of the host."""
    return urlsplit(address).path


def local_path(text: str | None, fallback: str = "/") -> str:
    """Where to go next, if that is a path of this service; browsers read a backslash as a slash."""
    if text and re.fullmatch(r"/(?![/\\])[\x21-\x5b\x5d-\x7e]{0,4000}", text):
        return text
    return fallback


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
