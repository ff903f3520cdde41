"""What a film of the studio is: pictures as a function of time, spoken lines, music, chapters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import skia

Samples: TypeAlias = npt.NDArray[np.float32]

FRAMES_PER_SECOND = 24
SAMPLE_RATE = 48_000
WIDTH = 1280
HEIGHT = 720


@dataclass(frozen=True, slots=True)
class Line:
    """One spoken line, which is one caption; `spoken` replaces it where a voice needs help."""

    at_s: float
    text: str
    french: str
    spoken: str | None = None


@dataclass(frozen=True, slots=True)
class SoundCue:
    """A sound that the captions for the deaf tell of."""

    at_s: float
    until_s: float
    text: str


@dataclass(frozen=True, slots=True)
class Chapter:
    at_s: float
    title: str


@dataclass(frozen=True, slots=True)
class Film:
    """A film before it is drawn. `draw` gets a cleared canvas and the time in seconds."""

    slug: str
    title: str
    length_s: int
    draw: Callable[[skia.Canvas, float], None]
    music: Callable[[], Samples]
    lines: tuple[Line, ...]
    cues: tuple[SoundCue, ...]
    chapters: tuple[Chapter, ...]
    stills_s: tuple[float, float, float, float]
    voice: str = "joe"
    pace: float = 1.0
    description: tuple[Line, ...] = ()
    wears_edge_code: bool = False
    bits_720: int = 215_000
    bits_360: int = 78_000

    def tone_times(self) -> tuple[int, ...]:
        """The seconds at which a film with edge code has its marker tone."""
        return tuple(range(5, self.length_s, 10)) if self.wears_edge_code else ()
