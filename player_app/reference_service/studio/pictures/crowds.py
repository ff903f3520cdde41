"""Art of the films about people: the stack of paper, the chain of hands, the ball."""

from __future__ import annotations

import math

import numpy as np
import skia

from player_app.reference_service.studio.canvas import colour, fill, line
from player_app.reference_service.studio.pictures.sheet import (
    Art,
    Point,
    Sheet,
    Title,
    across,
    around,
    through,
)


def _complaints(s: Sheet) -> None:
    s.shade_ground(["#0a121c", "#14283a", "#0d1b28"], -1.5, 1.3)
    base = 0.66 if s.is_poster else 0.74
    random = np.random.default_rng(450)
    s.rectangle(
        s.left, base + 0.02, s.right, s.bottom, across((0, base), (0, 1.5), ["#16293a", "#0a131d"])
    )
    left, top, wide, high = 0.34, -1.24 if s.is_poster else -0.86, 0.42, 0.34
    for i in range(3):
        row = base * 0.0 - 0.6 + i * 0.47
        s.stroke([(s.left, row), (s.right, row)], line("#0a121c", 0.004, 0.5))
    beam = across((left + 0.2, top + 0.1), (-0.25, base), ["#dfeaf0", "#6d8ba0", "#1a3145"])
    beam.setAlphaf(0.30)
    beam.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, 0.02))
    s.polygon(
        [(left, top), (left + wide, top + high), (0.42, base + 0.16), (-0.98, base + 0.16)], beam
    )
    s.canvas.drawOval(
        skia.Rect.MakeLTRB(-1.0, base - 0.02, 0.5, base + 0.24), fill("#9db8c8", 0.28, blur=0.04)
    )
    frame = skia.Rect.MakeLTRB(left, top, left + wide, top + high)
    s.canvas.drawRect(frame, fill("#eef4f4"))
    s.canvas.drawRect(frame, line("#060b12", 0.05))
    for i in range(1, 4):
        x = left + wide * i / 4
        s.stroke([(x, top), (x, top + high)], line("#060b12", 0.026))
    s.stroke([(left, top + high / 2), (left + wide, top + high / 2)], line("#060b12", 0.02))
    s.polygon(
        [(-0.66, base - 0.02), (0.14, base - 0.02), (-0.35, base + 0.2), (-1.3, base + 0.2)],
        fill("#04080d", 0.7, blur=0.03),
    )
    s.rectangle(-0.66, base - 0.02, 0.16, base + 0.025, fill("#04080d", 0.9, blur=0.012))
    tall, drift = 1.16, 0.0
    s.canvas.saveLayer()
    for i in range(450):
        y = base - tall * i / 450
        drift = drift * 0.985 + random.normal(0, 0.0035)
        near = -0.62 + drift + random.normal(0, 0.006)
        far = 0.14 + drift + random.normal(0, 0.006)
        tone = random.uniform(0.0, 1.0)
        code = "#f3efe4" if tone > 0.55 else "#cfcdc4" if tone > 0.25 else "#9aa2a8"
        s.rectangle(near, y, far, y + 0.0032, fill(code))
        if tone < 0.12:
            s.rectangle(near, y, far, y + 0.003, fill("#2b3a48", 0.9))
    shade = _fading((-0.7, 0), (0.2, 0), "#060d17", (0.92, 0.5, 0.0))
    shade.setBlendMode(skia.BlendMode.kSrcATop)
    s.rectangle(-0.9, base - tall, 0.3, base + 0.01, shade)
    s.canvas.restore()
    y = base - tall
    s.polygon(
        [
            (-0.62 + drift, y),
            (0.14 + drift, y),
            (0.22 + drift, y - 0.075),
            (-0.46 + drift, y - 0.075),
        ],
        fill("#fbf8ef"),
    )
    for i in range(6):
        ly = y - 0.012 - i * 0.0095
        slide = (y - ly) * 1.6
        s.stroke(
            [
                (-0.54 + drift + slide, ly),
                (0.06 + drift + slide * 0.8 - (0.25 if i == 5 else 0), ly),
            ],
            line("#4b5a68", 0.0028),
        )


def _fading(start: Point, stop: Point, code: str, alphas: tuple[float, ...]) -> skia.Paint:
    ends = [skia.Point(*start), skia.Point(*stop)]
    shader = skia.GradientShader.MakeLinear(ends, [colour(code, alpha) for alpha in alphas])
    return skia.Paint(AntiAlias=True, Dither=True, Shader=shader)


def _person(s: Sheet, x: float, y: float, tall: float, code: str, *, skirt: bool) -> None:
    ink = fill(code)
    s.circle(x, y - tall * 0.89, tall * 0.105, ink)
    hips = tall * (0.20 if skirt else 0.14)
    s.polygon(
        [
            (x - tall * 0.13, y - tall * 0.75),
            (x + tall * 0.13, y - tall * 0.75),
            (x + hips, y - tall * 0.3),
            (x - hips, y - tall * 0.3),
        ],
        ink,
    )
    for side in (-1, 1):
        s.stroke(
            [(x + side * tall * 0.07, y - tall * 0.34), (x + side * tall * 0.075, y)],
            line(code, tall * 0.09),
        )


def _chain(s: Sheet) -> None:
    s.shade_ground(["#f0c14b", "#e9a63a", "#d9792e"], -1.5, 1.4)
    level = -0.62
    s.circle(-0.5, level, 0.3, fill("#fbe3a0"))
    s.rectangle(
        s.left,
        level,
        s.right,
        s.bottom,
        across((0, level), (0, 1.4), ["#5d7f6a", "#35604f", "#1e4438"]),
    )
    low = 0.72 if s.is_poster else 0.84
    road: list[Point] = []
    for i in range(200):
        part = i / 199
        near = part**1.7
        swing = (
            0.1 * (1 - near) - 0.02 + 0.74 * math.sin(part * 9.4 + 2.9) * (0.12 + 0.88 * near**0.8)
        )
        road.append((swing, level + (low + 0.16 - level) * near))
    for code, girth in (("#cdb98a", 1.0), ("#e6d6ab", 0.8)):
        edge_l = [(x - girth * (0.006 + 0.22 * max(0.0, (y - level))), y + 0.015) for x, y in road]
        edge_r = [(x + girth * (0.006 + 0.22 * max(0.0, (y - level))), y + 0.015) for x, y in road]
        s.polygon(edge_l + list(reversed(edge_r)), fill(code))
    people: list[tuple[float, float, float]] = []
    last: Point = (9, 9)
    for x, y in through_points(road, 4000):
        tall = 0.014 + 0.25 * (y - level)
        if math.dist((x, y), last) >= tall * 0.52:
            people.append((x, y, tall))
            last = (x, y)
    codes = ["#15233b", "#8e1f2a", "#f4ead2", "#1d5a4b", "#15233b", "#b4622a"]
    for i, (x, y, tall) in enumerate(people):
        if i:
            px, py, ptall = people[i - 1]
            hand = ((x + px) / 2, (y - tall * 0.47 + py - ptall * 0.47) / 2)
            for sx, sy, stall, c in (
                (px, py, ptall, codes[(i - 1) % 6]),
                (x, y, tall, codes[i % 6]),
            ):
                s.stroke([(sx, sy - stall * 0.7), hand], line(c, stall * 0.075))
        _person(s, x, y, tall, codes[i % 6], skirt=i % 2 == 1)
    if s.is_poster:
        s.rectangle(-1, 0.86, 1, 1.5, fill("#15233b"))


def through_points(road: list[Point], count: int) -> list[Point]:
    """Points at even distances along a curve."""
    measure = skia.PathMeasure(through(road), False)
    whole = measure.getLength()
    found = (measure.getPosTan(whole * i / count)[0] for i in range(count))
    return [(place.x(), place.y()) for place in found]


def _ball(s: Sheet) -> None:
    black, chalk = "#15130f", "#f3ecdc"
    s.fill_ground(black)
    step = 0.25
    for x in np.arange(-1.0, s.right + step, step * 2):
        s.rectangle(float(x), s.top, float(x) + step, s.bottom, fill(chalk))
    for i in range(7):
        x = -1.36 - i * 0.27
        s.rectangle(x, s.top, x + 0.06 / (1 + i * 0.8), s.bottom, fill(chalk, 0.75 / (1 + i * 0.9)))
    y, radius = (-0.28, 0.70) if s.is_poster else (0.0, 0.70)
    s.circle(0.05, y + 0.08, radius, fill("#000000", 0.45, blur=0.05))
    s.circle(0, y, radius, fill("#8c4a20"))
    shader = skia.GradientShader.MakeRadial(
        skia.Point(-0.25, y - 0.3),
        1.15,
        [
            skia.ColorSetARGB(255, 214, 140, 74),
            skia.ColorSetARGB(255, 160, 86, 38),
            skia.ColorSetARGB(255, 70, 32, 14),
        ],
    )
    s.circle(0, y, radius, skia.Paint(AntiAlias=True, Shader=shader))
    s.canvas.save()
    ring = skia.PathBuilder()
    ring.addCircle(0, y, radius)
    s.canvas.clipPath(ring.detach())
    s.canvas.translate(0, y)
    s.canvas.rotate(-18)
    seam = line("#3b1b0b", 0.016)
    for k in (-0.235, 0.235):
        bend = 1.25
        s.stroke(
            [
                (-0.9, k * 0.6),
                (-0.45, k * bend * 0.9),
                (0, k * bend),
                (0.45, k * bend * 0.9),
                (0.9, k * 0.6),
            ],
            seam,
        )
    for k in (-0.3, 0.3):
        s.stroke([(k, -0.29), (k, 0.29)], line("#3b1b0b", 0.012))
    for side in (-1, 1):
        for k in (-0.36, 0.0, 0.36):
            s.stroke(
                [(k * 0.95, side * 0.29), (k * 0.75, side * 0.52), (k * 0.4, side * 0.76)],
                line("#3b1b0b", 0.013),
            )
        s.stroke(
            [(-0.62, side * 0.4), (0, side * 0.56), (0.62, side * 0.4)], line("#3b1b0b", 0.012)
        )
    s.canvas.drawRoundRect(
        skia.Rect.MakeLTRB(-0.24, -0.035, 0.24, 0.035), 0.03, 0.03, fill("#2a1207")
    )
    for i in range(7):
        x = -0.21 + i * 0.07
        s.stroke([(x - 0.012, -0.085), (x + 0.012, 0.085)], line("#f1e2c0", 0.024))
    s.canvas.restore()
    random = np.random.default_rng(21)
    for _ in range(40):
        angle, away = random.uniform(0, 360), radius * math.sqrt(random.uniform(0, 0.95))
        px, py = around(0, y, away, angle)
        s.stroke(
            [(px, py), (px + random.uniform(-0.05, 0.05), py + 0.03)], line("#5b2a10", 0.004, 0.6)
        )
    if s.is_poster:
        s.rectangle(-1, 0.66, 1, 1.5, fill("#b6202b"))
        s.rectangle(-1, 0.66, 1, 0.69, fill(black))


ART = {
    "four-hundred-and-fifty-complaints": Art(
        _complaints,
        Title(("Four Hundred", "and Fifty", "Complaints"), "#f0ebdf", size=84, y=945, leading=0.94),
    ),
    "the-chain-at-seven-oclock": Art(
        _chain,
        Title(("The Chain at", "Seven O’Clock"), "#f4ead2", size=92, y=1034, leading=0.9),
        views=((1.9, 0.0, 0.35), (1.3, 0.0, -0.1)),
    ),
    "quite-unsuitable": Art(
        _ball,
        Title(("Quite", "Unsuitable"), "#fbf3e2", size=122, y=985, leading=0.88),
        views=((2.0, 0.0, 0.0), (1.1, -0.5, 0.1)),
    ),
}
