"""The registration form as data, and the same rules applied."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from player_app.reference_service.problems import FieldError


@dataclass(frozen=True, slots=True)
class Rule:
    """One field; lengths in characters; `pattern` is matched whole."""

    name: str
    kind: str
    label: str
    hint: str = ""
    required: bool = True
    min_length: int = 0
    max_length: int = 256
    pattern: str | None = None
    message: str = ""
    same_as: str | None = None
    links: tuple[tuple[str, str], ...] = ()

    def as_json(self) -> dict[str, object]:
        links = [{"label": label, "address": address} for label, address in self.links]
        return {**asdict(self), "links": links}


def rules(origin: str) -> tuple[Rule, ...]:
    """The fields in the order of the form."""
    return (
        Rule(
            "username",
            "text",
            "Username",
            min_length=3,
            max_length=30,
            hint="Letters, numbers and underscore. It is shown with your comments.",
            pattern="^[A-Za-z0-9_]+$",
            message="Use letters, numbers and underscore only.",
        ),
        Rule(
            "display_name",
            "text",
            "Display name",
            min_length=1,
            max_length=60,
            hint="Letters, numerals and spaces.",
            pattern=r"^[^\W_]+(?: [^\W_]+)*$",
            message="Use letters, numerals and spaces only.",
        ),
        Rule(
            "email",
            "email",
            "Email",
            min_length=6,
            max_length=254,
            hint="This is how you sign in. We don't spam, and your email is kept private.",
            pattern=r"^[^\s@]+@[^\s@]+\.[^\s@]+$",
            message="This isn't an email address.",
        ),
        Rule(
            "email_again",
            "email",
            "Email again",
            max_length=254,
            same_as="email",
            message="The two addresses differ.",
        ),
        Rule(
            "password",
            "password",
            "Password",
            min_length=10,
            max_length=256,
            hint="At least 10 characters of any kind; a few words in a row are good.",
        ),
        Rule(
            "captcha",
            "captcha",
            "The five characters",
            min_length=5,
            max_length=5,
            hint="As you see them in the picture, or hear them.",
        ),
        Rule(
            "terms",
            "checkbox",
            "I accept the terms and conditions and the privacy policy",
            message="Please accept the terms to go on.",
            links=(
                ("Terms and conditions", f"{origin}/terms"),
                ("Privacy policy", f"{origin}/privacy"),
            ),
        ),
    )


def mistakes(fields: tuple[Rule, ...], values: Mapping[str, str]) -> tuple[FieldError, ...]:
    """Every field that breaks its rule; a ticked box has the value "true"."""
    found = (_mistake(rule, values) for rule in fields)
    return tuple(error for error in found if error is not None)


def _mistake(rule: Rule, values: Mapping[str, str]) -> FieldError | None:
    value = values.get(rule.name, "")
    if rule.kind == "checkbox":
        ticked = value == "true"
        return None if ticked else FieldError(rule.name, "not-accepted", rule.message)
    if not value:
        text = "Type the five characters." if rule.kind == "captcha" else "This is needed."
        return FieldError(rule.name, "required", text)
    if rule.same_as is not None:
        same = value == values.get(rule.same_as, "")
        return None if same else FieldError(rule.name, "differs", rule.message)
    if len(value) < rule.min_length:
        text = f"At least {rule.min_length} characters, please."
        return FieldError(rule.name, "too-short", text)
    if len(value) > rule.max_length:
        return FieldError(rule.name, "too-long", f"At most {rule.max_length} characters, please.")
    if rule.pattern is not None and re.fullmatch(rule.pattern, value) is None:
        return FieldError(rule.name, "pattern", rule.message)
    if rule.kind == "password" and value.casefold() in common_passwords():
        text = "This password is among the first that anybody would try."
        return FieldError(rule.name, "common", text)
    return None


@cache
def common_passwords() -> frozenset[str]:
    """Passwords of ten characters and more that are too well known."""
    file = Path(__file__).with_name("common_passwords.txt")
    return frozenset(file.read_text(encoding="utf-8").split("\n"))
