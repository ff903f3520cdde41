"""Writes captions as WebVTT: spoken lines with their measured lengths, and sounds in brackets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from player_app.reference_service.studio.film import Film

_LINE_CHARACTERS = 44
_READING_S = 0.5


@dataclass(frozen=True, slots=True)
class Spoken:
    """When a line is heard."""

    at_s: float
    until_s: float
    text: str
    french: str


def for_the_deaf(film: Film, spoken: Sequence[Spoken]) -> str:
    """English, with what is heard besides speech."""
    sounds = [(cue.at_s, cue.until_s, f"[{cue.text}]") for cue in film.cues]
    return _vtt("en", sorted(sounds + _timed([(s.at_s, s.until_s, s.text) for s in spoken])))


def in_french(spoken: Sequence[Spoken]) -> str:
    return _vtt("fr", _timed([(s.at_s, s.until_s, s.french) for s in spoken]))


def _timed(cues: list[tuple[float, float, str]]) -> list[tuple[float, float, str]]:
    """The cues, each left standing a little longer where the next one leaves room."""
    starts = [start for start, _, _ in cues[1:]] + [float("inf")]
    return [
        (start, min(end + _READING_S, following - 0.08), text)
        for (start, end, text), following in zip(cues, starts, strict=True)
    ]


def _vtt(language: str, cues: Sequence[tuple[float, float, str]]) -> str:
    parts = ["WEBVTT", f"NOTE language: {language}"]
    for number, (start, end, text) in enumerate(cues, 1):
        parts.append(f"{number}\n{_clock(start)} --> {_clock(end)}\n{_two_lines(text)}")
    return "\n\n".join(parts) + "\n"


def _two_lines(text: str) -> str:
    """Broken near the middle, so that both lines are of a length."""
    if len(text) <= _LINE_CHARACTERS:
        return text
    return "\n".join(wrap(text, max(len(text) // 2 + 6, 20)))


def _clock(seconds: float) -> str:
    whole = round(seconds * 1000)
    minutes, rest = divmod(whole, 60_000)
    return f"00:{minutes:02}:{rest // 1000:02}.{rest % 1000:03}"
