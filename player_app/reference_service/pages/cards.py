"""The card form: what was typed, checked field by field; nothing of it is stored or logged."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

_DIGITS = re.compile(r"[0-9]{12,19}")
_EXPIRY = re.compile(r"(0?[1-9]|1[0-2])\s*[/-]?\s*(?:20)?([0-9]{2})")
_CVC = re.compile(r"[0-9]{3,4}")
_LONGEST_NAME = 100
_FURTHEST_YEARS = 20


@dataclass(frozen=True, slots=True)
class Card:
    """A card as the payment provider takes it. Its text shows no number, nor does its repr."""

    number: str = field(repr=False)
    expiry_month: int = field(repr=False)
    expiry_year: int = field(repr=False)
    cvc: str = field(repr=False)
    name: str = field(repr=False)


def read_card(form: Mapping[str, str], now: datetime) -> tuple[Card | None, dict[str, str]]:
    """The card, or what is wrong by field, in the order of the form."""
    wrong: dict[str, str] = {}
    number = re.sub(r"[\s-]", "", form.get("number", ""))
    if not number:
        wrong["number"] = "Enter the number on the front of the card."
    elif not _DIGITS.fullmatch(number) or not _checksum_holds(number):
        wrong["number"] = "This isn't a card number. Check the digits and type it again."
    expiry = _EXPIRY.fullmatch(form.get("expiry", "").strip())
    month, year = (int(expiry[1]), 2000 + int(expiry[2])) if expiry else (0, 0)
    if expiry is None:
        wrong["expiry"] = "Enter month and year as on the card, for example 04/29."
    elif (year, month) < (now.year, now.month):
        wrong["expiry"] = "This card has expired. Use another card."
    elif year > now.year + _FURTHEST_YEARS:
        wrong["expiry"] = "Check the year: no card lasts that long."
    cvc = form.get("cvc", "").strip()
    if not _CVC.fullmatch(cvc):
        wrong["cvc"] = "Enter the 3 or 4 digits of the security code."
    name = form.get("name", "").strip()
    if not name:
        wrong["name"] = "Enter the name as it stands on the card."
    elif len(name) > _LONGEST_NAME:
        wrong["name"] = f"Use at most {_LONGEST_NAME} characters."
    return (None if wrong else Card(number, month, year, cvc, name)), wrong


def _checksum_holds(number: str) -> bool:
    """ISO/IEC 7812: every second digit from the right doubled, the digits' sum divisible by ten."""
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(number)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0  # noqa: PLR2004
