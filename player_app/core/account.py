"""Accounts, devices, and the registration form that a service describes as data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from player_app.core.rental import Subscription


@dataclass(frozen=True, slots=True)
class Account:
    id: str
    username: str
    display_name: str
    email: str
    subscription: Subscription | None


@dataclass(frozen=True, slots=True)
class Device:
    id: str
    name: str
    platform: str
    passing: bool
    this: bool


class FieldKind(StrEnum):
    TEXT = "text"
    EMAIL = "email"
    PASSWORD = "password"  # noqa: S105 - the kind of a field
    CAPTCHA = "captcha"
    CHECKBOX = "checkbox"


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    address: str


@dataclass(frozen=True, slots=True)
class FieldRule:
    """One field of the registration form; lengths in characters, `pattern` matched whole."""

    name: str
    kind: FieldKind
    label: str
    hint: str
    required: bool
    min_length: int
    max_length: int
    pattern: re.Pattern[str] | None
    message: str
    same_as: str | None
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class RegistrationForm:
    fields: tuple[FieldRule, ...]


@dataclass(frozen=True, slots=True)
class Captcha:
    """Five characters as a picture (PNG) and as sound (WAV)."""

    id: str
    picture: bytes
    sound: bytes


def mistake(rule: FieldRule, values: Mapping[str, str]) -> str | None:
    """What is wrong with a field's value, in the service's words where it has some, else None.

    A ticked checkbox has the value "true".
    """
    value = values.get(rule.name, "")
    if rule.kind is FieldKind.CHECKBOX:
        return (
            None if value == "true" or not rule.required else _said(rule, "Please tick this box.")
        )
    if not value:
        return "This is needed." if rule.required else None
    if rule.same_as is not None:
        same = value == values.get(rule.same_as, "")
        return None if same else _said(rule, "The two differ.")
    if len(value) < rule.min_length:
        return f"At least {rule.min_length} characters, please."
    if len(value) > rule.max_length:
        return f"At most {rule.max_length} characters, please."
    if rule.pattern is not None and rule.pattern.fullmatch(value) is None:
        return _said(rule, "This can't be used here.")
    return None


def mistakes(form: RegistrationForm, values: Mapping[str, str]) -> dict[str, str]:
    """Every field that is wrong, in the form's order, with what is wrong."""
    found = ((rule.name, mistake(rule, values)) for rule in form.fields)
    return {name: text for name, text in found if text is not None}


def _said(rule: FieldRule, otherwise: str) -> str:
    return rule.message or otherwise
