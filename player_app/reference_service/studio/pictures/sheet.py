"""The sheet a picture is drawn on: a frame in units of its subject, ground, shapes and grain."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import skia

from player_app.reference_service.studio.canvas import clouds, colour, fill

Point = tuple[float, float]
POSTER = "poster"
BACKDROP = "backdrop"
STILL = "still"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A canvas whose subject lies in x and y from -1 to 1; the edges tell how far the frame goes.

    A poster reaches from -1.5 to 1.5 in height, a backdrop far to the left of its subject.
    """

    canvas: skia.Canvas
    kind: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def is_poster(self) -> bool:
        return self.kind == POSTER

    def fill_ground(self, code: str) -> None:
        self.canvas.drawPaint(fill(code))

    def shade_ground(self, codes: Sequence[str], top: float = -1.5, bottom: float = 1.5) -> None:
        """The ground goes through colours from top to bottom."""
        ends = [skia.Point(0, top), skia.Point(0, bottom)]
        self.canvas.drawPaint(_along(ends, codes))

    def rectangle(
        self, left: float, top: float, right: float, bottom: float, paint: skia.Paint
    ) -> None:
        self.canvas.drawRect(skia.Rect.MakeLTRB(left, top, right, bottom), paint)

    def circle(self, x: float, y: float, radius: float, paint: skia.Paint) -> None:
        self.canvas.drawCircle(x, y, radius, paint)

    def polygon(self, points: Sequence[Point], paint: skia.Paint) -> None:
        self.canvas.drawPath(closed(points), paint)

    def stroke(self, points: Sequence[Point], paint: skia.Paint) -> None:
        self.canvas.drawPath(through(points), paint)


@dataclass(frozen=True, slots=True)
class Title:
    """How a poster's title stands: its lines, in the poster's 800 × 1200 points."""

    lines: tuple[str, ...]
    colour: str
    size: float = 92
    x: float = 56
    y: float = 1010
    leading: float = 0.98
    align: float = 0.0
    italic: bool = False
    byline: str | None = None


@dataclass(frozen=True, slots=True)
class Art:
    """One film's picture: what draws it, how its poster is titled, and where its stills look.

    A view is how near, and the point of the picture that comes to stand in the middle.
    """

    draw: Callable[[Sheet], None]
    title: Title
    views: tuple[tuple[float, float, float], ...] = ((1.7, 0.0, -0.2), (1.2, -0.1, 0.1))
    grain: float = 5.0
    lift: float = 0.0


def closed(points: Sequence[Point]) -> skia.Path:
    path = skia.PathBuilder()
    path.addPolygon([skia.Point(*point) for point in points], True)
    return path.detach()


def through(points: Sequence[Point], *, close: bool = False) -> skia.Path:
    """A smooth curve through all the points."""
    path = skia.PathBuilder()
    path.moveTo(*points[0])
    count = len(points)
    for i in range(count if close else count - 1):
        before = points[i - 1] if close or i else points[0]
        here, there = points[i], points[(i + 1) % count]
        after = points[(i + 2) % count] if close or i + 2 < count else points[-1]
        path.cubicTo(
            here[0] + (there[0] - before[0]) / 6,
            here[1] + (there[1] - before[1]) / 6,
            there[0] - (after[0] - here[0]) / 6,
            there[1] - (after[1] - here[1]) / 6,
            *there,
        )
    if close:
        path.close()
    return path.detach()


def around(x: float, y: float, radius: float, degrees: float) -> Point:
    """The point at that distance; 0 degrees is up, and they grow clockwise."""
    angle = math.radians(degrees - 90)
    return (x + radius * math.cos(angle), y + radius * math.sin(angle))


def across(start: Point, stop: Point, codes: Sequence[str]) -> skia.Paint:
    """Paint that goes through colours from one point to another."""
    return _along([skia.Point(*start), skia.Point(*stop)], codes)


def grained(rgb: npt.NDArray[np.float32], strength: float, seed: int) -> npt.NDArray[np.float32]:
    """The picture (0 to 255) with soft grain and the unevenness of ink on paper."""
    height, width = rgb.shape[:2]
    random = np.random.default_rng(seed)
    noise = random.standard_normal((height, width)).astype(np.float32)
    noise = noise + np.roll(noise, 1, 0) + np.roll(noise, 1, 1) + np.roll(noise, (1, 1), (0, 1))
    noise = (noise + np.roll(noise, 1, 0) + np.roll(noise, 1, 1)) / 1.9
    ink = clouds(width, height, seed, coarse=5, octaves=4) - 0.5
    tone = rgb.mean(axis=2) / 255
    weight = 0.45 + 1.1 * np.sqrt(tone * (1 - tone))
    uneven = (noise * (strength * 0.27) + ink * strength * 2.2) * weight
    return np.asarray(np.clip(rgb + uneven[..., None], 0, 255), np.float32)


def _along(ends: list[skia.Point], codes: Sequence[str]) -> skia.Paint:
    shader = skia.GradientShader.MakeLinear(ends, [colour(code) for code in codes])
    return skia.Paint(AntiAlias=True, Dither=True, Shader=shader)
