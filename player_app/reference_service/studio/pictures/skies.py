"""Art of the films that look up: starlings, the lamp, the whistled valley, the smog."""

from __future__ import annotations

import math

import numpy as np
import skia

from player_app.reference_service.studio.canvas import fill, glow, line
from player_app.reference_service.studio.pictures.sheet import (
    Art,
    Sheet,
    Title,
    closed,
    through,
)


def _roofs(s: Sheet, level: float) -> None:
    dark = fill("#34181c")
    s.rectangle(s.left, level, s.right, s.bottom, dark)
    random = np.random.default_rng(8)
    x = s.left - 0.1
    while x < s.right:
        wide, high = random.uniform(0.08, 0.2), random.uniform(0.0, 0.09)
        s.polygon(
            [
                (x, level + 0.02),
                (x, level - high),
                (x + wide / 2, level - high - 0.035),
                (x + wide, level - high),
                (x + wide, level + 0.02),
            ],
            dark,
        )
        if random.random() < 0.4:
            s.stroke([(x + 0.03, level), (x + 0.03, level - high - 0.1)], line("#34181c", 0.006))
        x += wide
    for x, size in ((0.42, 0.15), (-0.42, 0.09)):
        top = level - 0.07
        s.rectangle(x - size, top - size * 0.5, x + size, level, dark)
        s.canvas.drawArc(
            skia.Rect.MakeLTRB(x - size * 0.9, top - size * 1.7, x + size * 0.9, top + size * 0.5),
            180,
            180,
            True,
            dark,
        )
        s.rectangle(x - 0.02, top - size * 2.1, x + 0.02, top - size * 1.5, dark)
        s.stroke([(x, top - size * 2.4), (x, top - size * 2)], line("#34181c", 0.008))
    for x in (-0.78, -0.66, 0.78):
        s.stroke([(x, level), (x, level - 0.2)], line("#34181c", 0.014))
        crown = skia.Rect.MakeLTRB(x - 0.11, level - 0.28, x + 0.11, level - 0.17)
        s.canvas.drawOval(crown, dark)


def _starlings(s: Sheet) -> None:
    s.shade_ground(["#f6d9a4", "#f2b273", "#de7350", "#a9434a"], -1.3, 1.3)
    s.circle(-0.1, 0.95, 0.9, glow(-0.1, 0.95, 0.9, "#ffd9a0", 0.45))
    random = np.random.default_rng(44)
    spine = np.array(
        [
            (-1.0, 0.42),
            (-0.72, 0.5),
            (-0.4, 0.42),
            (-0.1, 0.18),
            (0.08, -0.16),
            (0.28, -0.5),
            (0.58, -0.62),
            (0.82, -0.44),
            (0.86, -0.14),
            (0.68, 0.04),
        ]
    )
    girth = np.array([0.02, 0.07, 0.14, 0.22, 0.30, 0.34, 0.30, 0.22, 0.13, 0.04])
    drop = 0.2 if s.is_poster else 0.06
    for _ in range(8200):
        along = (random.normal(0.5, 0.26) % 1.0) * (len(spine) - 1)
        i, part = int(along), along % 1
        here = spine[i] * (1 - part) + spine[i + 1] * part
        wide = girth[i] * (1 - part) + girth[i + 1] * part
        spread = random.normal(0, 0.46, 2) * wide
        if random.random() < 0.06:
            spread *= 2.2
        x, y = float(here[0] + spread[0]), float(here[1] + spread[1]) + drop
        size = float(random.uniform(0.0035, 0.0095))
        tilt = math.atan2(*(spine[i + 1] - spine[i])[::-1]) + random.normal(0, 0.5)
        dx, dy = math.cos(tilt) * size, math.sin(tilt) * size
        s.canvas.drawLine(x - dx, y - dy, x + dx, y + dy, line("#2a1419", size * 0.95, 0.9))
    _roofs(s, 1.22 if s.is_poster else 0.93)


def _lamp(s: Sheet) -> None:
    s.shade_ground(["#060a1c", "#0e1738", "#27305a"], -1.5, 1.2)
    x, y = 0.3, -0.28
    random = np.random.default_rng(6)
    for _ in range(900):
        px, py = random.uniform(s.left, s.right), random.uniform(s.top, 0.9)
        near = math.hypot(px - x, py - y)
        if random.random() < min(1.0, max(0.0, (near - 0.45) / 0.9)):
            size = 0.0022 + 0.005 * random.random() ** 6
            s.circle(px, py, size, fill("#f2ecd8", random.uniform(0.35, 1.0)))
    s.circle(x, y, 1.25, glow(x, y, 1.25, "#f0b95a", 0.75))
    s.circle(x, y, 0.42, glow(x, y, 0.42, "#ffe7b0", 0.9))
    ground = 1.02 if s.is_poster else 0.86
    ink = "#05070f"
    s.rectangle(s.left, ground, s.right, s.bottom, fill(ink))
    pool = skia.Rect.MakeLTRB(x - 0.8, ground - 0.02, x + 0.8, ground + 0.12)
    s.canvas.drawOval(pool, fill("#d99b3f", 0.35, blur=0.05))
    s.polygon(
        [(x - 0.022, y + 0.2), (x + 0.022, y + 0.2), (x + 0.04, ground), (x - 0.04, ground)],
        fill(ink),
    )
    s.rectangle(x - 0.07, ground - 0.14, x + 0.07, ground, fill(ink))
    s.rectangle(x - 0.16, y + 0.33, x + 0.16, y + 0.35, fill(ink))
    glass = [(x - 0.16, y - 0.17), (x + 0.16, y - 0.17), (x + 0.095, y + 0.2), (x - 0.095, y + 0.2)]
    s.polygon(glass, fill("#ffe2a0", 0.9))
    s.circle(x, y + 0.03, 0.05, fill("#fffaf0", 1, blur=0.015))
    s.canvas.drawPath(closed(glass), line(ink, 0.02))
    s.stroke([(x, y - 0.17), (x, y - 0.02)], line(ink, 0.008))
    s.polygon(
        [(x - 0.2, y - 0.17), (x + 0.2, y - 0.17), (x + 0.08, y - 0.3), (x - 0.08, y - 0.3)],
        fill(ink),
    )
    s.circle(x, y - 0.33, 0.035, fill(ink))
    foot, head = (x - 0.5, ground), (x - 0.06, y + 0.34)
    for side in (-0.035, 0.055):
        s.stroke([(foot[0] + side, foot[1]), (head[0] + side, head[1] - 0.06)], line(ink, 0.02))
    for i in range(1, 12):
        part = i / 12
        rx, ry = foot[0] + (head[0] - foot[0]) * part, foot[1] + (head[1] - foot[1]) * part
        s.stroke([(rx - 0.035, ry), (rx + 0.055, ry)], line(ink, 0.014))
    _keeper(s, x - 0.27, y + 0.36, ink)


def _keeper(s: Sheet, x: float, y: float, ink: str) -> None:
    s.stroke([(x - 0.02, y + 0.1), (x - 0.1, y + 0.27), (x - 0.13, y + 0.47)], line(ink, 0.07))
    s.stroke([(x + 0.02, y + 0.1), (x + 0.02, y + 0.25), (x - 0.06, y + 0.38)], line(ink, 0.07))
    s.stroke([(x - 0.02, y - 0.13), (x - 0.01, y + 0.12)], line(ink, 0.135))
    s.stroke([(x, y - 0.14), (x + 0.13, y - 0.24), (x + 0.2, y - 0.36)], line(ink, 0.045))
    s.stroke([(x - 0.04, y - 0.12), (x + 0.05, y + 0.0), (x + 0.13, y + 0.02)], line(ink, 0.045))
    s.circle(x + 0.01, y - 0.27, 0.062, fill(ink))
    s.rectangle(x - 0.07, y - 0.31, x + 0.09, y - 0.285, fill(ink))
    s.polygon(
        [(x - 0.055, y - 0.3), (x + 0.065, y - 0.3), (x + 0.06, y - 0.36), (x - 0.05, y - 0.36)],
        fill(ink),
    )


def _ridge(
    s: Sheet, level: float, steep: float, seed: int, lean: float
) -> list[tuple[float, float]]:
    random = np.random.default_rng(seed)
    points, y = [], 0.0
    for x in np.arange(s.left - 0.2, s.right + 0.3, 0.09):
        y = y * 0.8 + random.uniform(-steep, steep)
        points.append((float(x), level + lean * float(x) + y))
    return points


def _whistle(s: Sheet) -> None:
    s.shade_ground(["#f7e2ae", "#f3c98a"], -1.5, 0.6)
    s.circle(0.97, -0.66, 0.2, fill("#e2603a"))
    layers = (("#9fb98c", -0.2, 0.05), ("#6f9a74", -0.02, 0.06), ("#437a5e", 0.2, 0.06))
    for i, (code, level, steep) in enumerate(layers):
        ridge = _ridge(s, level, steep, 20 + i, 0.12 * (-1) ** i)
        s.polygon([*ridge, (s.right, s.bottom), (s.left, s.bottom)], fill(code))
    left = [
        (s.left - 0.1, -0.05),
        (-1.5, -0.1),
        (-1.05, 0.0),
        (-0.72, 0.08),
        (-0.45, 0.16),
        (-0.36, 0.42),
        (-0.28, 0.62),
        (-0.1, 1.0),
        (0.05, 1.7),
        (s.left - 0.1, 1.7),
    ]
    right = [
        (s.right + 0.1, -0.35),
        (0.95, -0.26),
        (0.66, -0.2),
        (0.5, -0.12),
        (0.42, 0.2),
        (0.34, 0.5),
        (0.2, 0.8),
        (0.12, 1.7),
        (s.right + 0.1, 1.7),
    ]
    for i in range(9):
        radius = 0.1 + i * 0.1
        bow = skia.Rect.MakeLTRB(-0.56 - radius, -0.17 - radius, -0.56 + radius, -0.17 + radius)
        s.canvas.drawArc(bow, -40, 70, False, line("#fff9e4", 0.02, 1 - i * 0.08))
    s.canvas.drawPath(through(left), fill("#1d4a44"))
    s.canvas.drawPath(through(right), fill("#143634"))
    random = np.random.default_rng(5)
    for _ in range(260):
        x, y = random.uniform(s.left, s.right), random.uniform(0.2, 1.7)
        if abs(x) > 0.45:
            s.stroke([(x, y), (x + 0.02, y + 0.07)], line("#2d6656" if x < 0 else "#1f4c46", 0.008))
    for x, y, side in ((-0.64, 0.1, 1), (0.62, -0.19, -1)):
        _whistler(s, x, y, side)


def _whistler(s: Sheet, x: float, y: float, side: int) -> None:
    code = "#f7e2ae" if side > 0 else "#143634"
    for step in (-0.025, 0.03):
        s.stroke([(x, y - 0.11), (x + step, y + 0.02)], line(code, 0.026))
    s.polygon(
        [(x - 0.05, y - 0.23), (x + 0.05, y - 0.23), (x + 0.062, y - 0.08), (x - 0.062, y - 0.08)],
        fill(code),
    )
    s.circle(x + side * 0.008, y - 0.28, 0.04, fill(code))
    s.polygon(
        [(x - 0.07, y - 0.3), (x + 0.07, y - 0.3), (x + 0.03, y - 0.335), (x - 0.03, y - 0.335)],
        fill("#e2603a"),
    )
    if side > 0:
        s.stroke(
            [(x + 0.03, y - 0.215), (x + 0.11, y - 0.2), (x + 0.055, y - 0.265)], line(code, 0.022)
        )
    else:
        s.stroke(
            [(x + 0.03, y - 0.215), (x + 0.09, y - 0.22), (x + 0.05, y - 0.285)], line(code, 0.022)
        )
    s.stroke([(x - side * 0.04, y - 0.22), (x - side * 0.075, y - 0.12)], line(code, 0.022))


def _smog(s: Sheet) -> None:
    s.shade_ground(["#d3bf78", "#b89c52", "#75602f"], -1.5, 1.5)
    random = np.random.default_rng(9)
    for x, wide, high in (
        (-2.2, 0.5, 0.9),
        (-1.5, 0.3, 0.6),
        (-0.95, 0.34, 1.0),
        (0.66, 0.5, 1.15),
        (0.3, 0.26, 0.7),
    ):
        s.rectangle(x, 0.75 - high, x + wide, 1.0, fill("#8a7338", 0.35, blur=0.06))
    bus = skia.Rect.MakeLTRB(-0.42, -0.42, 0.42, 0.66)
    s.canvas.drawRoundRect(bus, 0.1, 0.1, fill("#7c2b1c", 0.62, blur=0.022))
    for top, high in ((-0.3, 0.26), (0.1, 0.2)):
        for x in (-0.34, 0.03):
            pane = skia.Rect.MakeXYWH(x, top, 0.31, high)
            s.canvas.drawRoundRect(pane, 0.03, 0.03, fill("#e8cf86", 0.55, blur=0.015))
    s.rectangle(-0.26, -0.005, 0.26, 0.06, fill("#2a2110", 0.6, blur=0.012))
    s.rectangle(-0.36, 0.6, 0.36, 0.74, fill("#2a2110", 0.6, blur=0.03))
    for x in (-0.29, 0.29):
        s.circle(x, 0.48, 0.5, glow(x, 0.48, 0.5, "#ffe9a8", 0.75))
        s.circle(x, 0.48, 0.055, fill("#fffbe6", 1, blur=0.014))
    s.rectangle(s.left, 0.72, s.right, s.bottom, fill("#54431f", 0.55, blur=0.14))
    s.circle(-0.86, 0.2, 0.5, glow(-0.86, 0.2, 0.5, "#ffb65a", 0.85))
    x, ink = -0.68, "#251c0d"
    s.polygon(
        [(x - 0.1, 0.28), (x + 0.1, 0.28), (x + 0.15, 0.82), (x - 0.15, 0.82)],
        fill(ink, 0.94, blur=0.006),
    )
    for step in (-0.06, 0.07):
        s.stroke([(x + step, 0.8), (x + step * 1.5, 1.02)], line(ink, 0.06, 0.94))
    s.circle(x, 0.14, 0.078, fill(ink, 0.94))
    s.canvas.drawArc(
        skia.Rect.MakeLTRB(x - 0.12, 0.0, x + 0.12, 0.2), 180, 180, True, fill(ink, 0.95)
    )
    s.stroke([(x - 0.08, 0.34), (x - 0.18, 0.3), (x - 0.19, 0.22)], line(ink, 0.055, 0.95))
    s.circle(-0.87, 0.18, 0.035, fill("#fff3c4", 1, blur=0.01))
    for _ in range(22):
        y, alpha = random.uniform(-0.3, 1.3), random.uniform(0.05, 0.16)
        x = random.uniform(s.left, s.right)
        s.canvas.drawOval(
            skia.Rect.MakeXYWH(x - 0.7, y, 1.4, 0.16), fill("#dcc987", alpha, blur=0.09)
        )


ART = {
    "starling-arithmetic": Art(
        _starlings, Title(("Starling", "Arithmetic"), "#34181c", size=112, y=150, leading=0.92)
    ),
    "the-last-lamplighter": Art(
        _lamp, Title(("The Last", "Lamplighter"), "#f6e6bf", size=104, y=150, leading=0.92)
    ),
    "two-kilometres-of-air": Art(
        _whistle,
        Title(("Two Kilometres", "of Air"), "#143634", size=98, y=160, leading=0.95),
        views=((1.9, -0.45, -0.05), (1.6, 0.5, -0.25)),
    ),
    "five-days-in-december": Art(
        _smog,
        Title(("Five Days", "in December"), "#251c0d", size=112, y=170, leading=0.92),
        views=((1.7, -0.55, 0.35), (1.5, 0.1, 0.1)),
        grain=8,
    ),
}
