"""Captions as cues, and which of them are on screen."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

LONGEST_CUE_MS = 60_000


@dataclass(frozen=True, slots=True)
class Cue:
    """Plain text, shown from `start_ms` until before `end_ms`."""

    start_ms: int
    end_ms: int
    text: str


def active(cues: Sequence[Cue], position_ms: int) -> tuple[Cue, ...]:
    """The cues on screen; `cues` are in the order of their starts."""
    end = bisect_right(cues, position_ms, key=lambda cue: cue.start_ms)
    begin = bisect_right(cues, position_ms - LONGEST_CUE_MS, key=lambda cue: cue.start_ms)
    return tuple(cue for cue in cues[begin:end] if cue.end_ms > position_ms)


def next_change_ms(cues: Sequence[Cue], position_ms: int) -> int | None:
    """When another cue comes or one of those on screen goes."""
    coming = bisect_right(cues, position_ms, key=lambda cue: cue.start_ms)
    times = [cue.end_ms for cue in active(cues, position_ms)]
    if coming < len(cues):
        times.append(cues[coming].start_ms)
    return min(times, default=None)
