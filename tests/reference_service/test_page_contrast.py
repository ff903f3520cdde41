"""The pages' colours: words on every ground they stand on are read by eyes that see little."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest

from player_app.reference_service import pages

STYLE = (Path(pages.__file__).parent / "static" / "style.css").read_text(encoding="utf-8")
GROUNDS = ("ground0", "ground1", "ground2")
WORDS = ("text1", "text2", "text3", "accent", "accent-hover", "danger", "good", "info")
PAIRS = [*product(WORDS, GROUNDS), ("on-accent", "accent"), ("on-accent", "accent-hover")]
LEAST = 4.5
"""WCAG 2.2, 1.4.3."""


def themes() -> dict[str, dict[str, str]]:
    dark, light, *_ = re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)
    tokens = [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})", block)) for block in (dark, light)]
    return {"dark": tokens[0], "light": tokens[0] | tokens[1]}


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * each for each in colour[1:])
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_black_on_white_is_twenty_one() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize(("words", "ground"), PAIRS)
def test_words_stand_out_from_their_ground(theme: str, words: str, ground: str) -> None:
    tokens = themes()[theme]
    assert contrast(tokens[words], tokens[ground]) >= LEAST
