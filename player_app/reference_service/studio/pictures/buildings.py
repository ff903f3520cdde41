"""Art of the films about buildings: the walled city and the shrine."""

from __future__ import annotations

import numpy as np
import skia

from player_app.reference_service.studio.canvas import fill, line, mixed_colour
from player_app.reference_service.studio.pictures.sheet import (
    Art,
    Sheet,
    Title,
)

_PAINTS = (
    "#e9c46a",
    "#f4e7b2",
    "#d9573f",
    "#7cc0ad",
    "#16302e",
    "#204643",
    "#16302e",
    "#0d2020",
)


def _walled(s: Sheet) -> None:
    s.shade_ground(["#1d5d63", "#3f8a80", "#e3b878"], -1.5, 1.4)
    random = np.random.default_rng(33)
    edge = -1.2 if s.is_poster else -0.95
    base = 1.5 if s.is_poster else s.bottom
    x, tower = edge, 0
    while x < s.right + 0.1:
        wide = float(random.uniform(0.2, 0.34))
        top = float(random.uniform(-0.86, -0.58)) + (0.16 if tower == 0 else 0)
        wall = str(random.choice(["#4d5e52", "#5f6a58", "#3b4d48", "#6d6653", "#44564f"]))
        s.rectangle(x, top, x + wide, base, fill(wall))
        s.rectangle(x + wide - 0.02, top, x + wide, base, fill("#14211f", 0.6))
        _windows(s, random, (x, top + 0.045, x + wide, base))
        for _ in range(4):
            ax, ah = x + random.uniform(0, wide), random.uniform(0.06, 0.2)
            s.stroke([(ax, top), (ax, top - ah)], line("#10201f", 0.007))
            for k in range(3):
                s.stroke(
                    [(ax - 0.03, top - ah + k * 0.02), (ax + 0.03, top - ah + k * 0.02)],
                    line("#10201f", 0.005),
                )
        x += wide
        tower += 1
    for _ in range(22):
        ax, ay = random.uniform(edge, s.right), random.uniform(-0.4, base)
        sag = [(ax, ay), (ax + 0.2, ay + 0.07), (ax + 0.45, ay + random.uniform(-0.03, 0.03))]
        s.stroke(sag, line("#0b1615", 0.006))
    _aeroplane(s, -0.12 if s.is_poster else -1.28, -1.14 if s.is_poster else -0.62)
    if s.is_poster:
        s.rectangle(-1, 0.66, 1, 1.5, fill("#0d1f1e"))
        s.rectangle(-1, 0.66, 1, 0.675, fill("#d9573f"))


def _windows(s: Sheet, random: np.random.Generator, box: tuple[float, float, float, float]) -> None:
    y = box[1]
    while y < box[3]:
        high, cx = float(random.choice([0.062, 0.075, 0.07])), box[0] + 0.014
        while cx < box[2] - 0.03:
            cell = float(random.uniform(0.045, 0.085))
            right = min(cx + cell, box[2] - 0.014)
            s.rectangle(cx, y, right, y + high - 0.018, fill(str(random.choice(_PAINTS))))
            if random.random() < 0.5:
                for bar in np.arange(cx + 0.01, right, 0.012):
                    s.stroke([(bar, y), (bar, y + high - 0.018)], line("#101c1b", 0.0035))
            if random.random() < 0.26:
                s.rectangle(
                    cx - 0.006,
                    y + high - 0.022,
                    right + 0.006,
                    y + high - 0.008,
                    fill("#b9b39a"),
                )
            cx = right + 0.012
        y += high


def _aeroplane(s: Sheet, x: float, y: float) -> None:
    ink = fill("#0d2422")
    s.canvas.save()
    s.canvas.translate(x, y)
    s.canvas.rotate(7)
    s.canvas.scale(0.8, 0.8)
    s.canvas.drawRoundRect(skia.Rect.MakeLTRB(-0.5, -0.05, 0.46, 0.055), 0.055, 0.055, ink)
    s.polygon([(-0.5, 0.0), (-0.56, -0.24), (-0.46, -0.24), (-0.3, -0.03)], ink)
    s.polygon([(-0.52, 0.0), (-0.66, -0.06), (-0.6, -0.07), (-0.36, 0.0)], ink)
    s.polygon([(0.12, 0.02), (-0.3, 0.26), (-0.18, 0.26), (0.26, 0.04)], ink)
    s.polygon([(0.1, -0.03), (-0.12, -0.17), (-0.04, -0.17), (0.22, -0.03)], ink)
    for place in ((-0.02, 0.15), (-0.14, 0.22)):
        s.canvas.drawRoundRect(skia.Rect.MakeXYWH(*place, 0.13, 0.05), 0.02, 0.02, ink)
    for k in range(13):
        s.circle(-0.24 + k * 0.05, -0.014, 0.008, fill("#e3b878"))
    s.canvas.restore()


def _shrine(s: Sheet) -> None:
    s.shade_ground(["#f5f1e7", "#eee6d5"], -1.5, 1.4)
    ink, wood, pale, dark = "#1d201b", "#d3a468", "#e6c08a", "#94683a"
    s.canvas.translate(0, 0.31 if s.is_poster else 0.06)
    random = np.random.default_rng(2)
    for i in range(34):
        x = s.left + (s.right - s.left) * i / 33 + random.uniform(-0.03, 0.03)
        high = random.uniform(0.55, 1.0)
        shade = mixed_colour("#c9d0c0", "#a9b6a6", float(random.random()))
        s.polygon([(x - 0.1, 0.72), (x, 0.72 - high), (x + 0.1, 0.72)], fill(shade, 0.6))
    s.rectangle(s.left, 0.7, s.right, s.bottom + 1, fill("#dcd6c6"))
    s.polygon([(-0.9, 0.02), (-0.62, -0.48), (0.62, -0.48), (0.9, 0.02)], fill("#6b5636"))
    for i in range(46):
        part = i / 45
        s.stroke(
            [(-0.62 + 1.24 * part, -0.48), (-0.9 + 1.8 * part, 0.02)],
            line("#85703f" if i % 2 else "#574527", 0.013),
        )
    s.rectangle(-0.93, 0.0, 0.93, 0.045, fill(dark))
    s.rectangle(-0.68, -0.53, 0.68, -0.46, fill(wood))
    for i in range(10):
        x = -0.58 + i * 1.16 / 9
        log = skia.Rect.MakeLTRB(x - 0.036, -0.6, x + 0.036, -0.5)
        s.canvas.drawRoundRect(log, 0.03, 0.03, fill(pale))
        s.circle(x, -0.55, 0.022, fill("#d9a441"))
    _finials(s, pale, wood)
    s.rectangle(-0.72, 0.045, 0.72, 0.5, fill(pale))
    for i in range(19):
        y = 0.07 + i * 0.0235
        s.stroke([(-0.72, y), (0.72, y)], line("#d8b583", 0.004))
    for x in (-0.72, -0.36, 0.36, 0.72):
        s.rectangle(x - 0.035, 0.03, x + 0.035, 0.72, fill(wood))
        s.rectangle(x + 0.015, 0.03, x + 0.035, 0.72, fill(dark, 0.5))
    s.rectangle(-0.16, 0.12, 0.16, 0.5, fill(ink))
    s.rectangle(-0.86, 0.5, 0.86, 0.54, fill(wood))
    for x in np.arange(-0.85, 0.86, 0.085):
        s.rectangle(float(x), 0.38, float(x) + 0.014, 0.5, fill(dark))
    s.rectangle(-0.87, 0.375, 0.87, 0.395, fill(wood))
    for i in range(8):
        s.rectangle(
            -0.16 - i * 0.012,
            0.54 + i * 0.024,
            0.16 + i * 0.012,
            0.56 + i * 0.024,
            fill(pale if i % 2 else wood),
        )
    if s.is_poster:
        s.rectangle(0.66, 0.98, 0.84, 1.16, fill("#b8412f"))
        s.rectangle(0.70, 1.02, 0.80, 1.12, line("#f5f1e7", 0.012))


def _finials(s: Sheet, front: str, back: str) -> None:
    for side in (-1, 1):
        for lean in (-1, 1):
            foot = (side * 0.6 - lean * 0.07, -0.42)
            tip = (side * 0.6 + lean * 0.2, -0.95)
            s.polygon(
                [
                    (foot[0] - 0.03, foot[1]),
                    (tip[0] - 0.03, tip[1]),
                    (tip[0] + 0.03, tip[1]),
                    (foot[0] + 0.03, foot[1]),
                ],
                fill(front if lean > 0 else back),
            )


ART = {
    "thirty-three-thousand-neighbours": Art(
        _walled,
        Title(("Thirty-Three", "Thousand", "Neighbours"), "#f4e7b2", size=88, y=950, leading=0.9),
        views=((2.0, 0.2, 0.2), (1.3, 0.1, -0.45)),
    ),
    "twenty-year-house": Art(
        _shrine,
        Title(("Twenty-Year", "House"), "#1d201b", size=112, y=165, leading=0.9),
        views=((2.1, 0.5, -0.55), (1.5, 0.0, 0.25)),
        grain=4,
    ),
}
