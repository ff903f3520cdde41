"""Art of the films about ice and sea: the core, the vent, the new island."""

from __future__ import annotations

import math

import numpy as np
import skia

from player_app.reference_service.studio.canvas import fill, glow, line, mixed_colour
from player_app.reference_service.studio.pictures.sheet import (
    Art,
    Sheet,
    Title,
    across,
    through,
)


def _ice(s: Sheet) -> None:
    s.fill_ground("#dfe9ea")
    random = np.random.default_rng(31)
    middle, half = (0.44 if s.is_poster else 0.1), 0.36
    s.canvas.save()
    s.canvas.rotate(0 if s.is_poster else 9, middle, 0)
    s.rectangle(
        middle - half + 0.09, -2, middle + half + 0.12, 2.2, fill("#9fb9c4", 0.55, blur=0.05)
    )
    body = skia.Rect.MakeLTRB(middle - half, -2, middle + half, 2.2)
    s.canvas.save()
    s.canvas.clipRect(body)
    s.rectangle(
        -3,
        -2,
        3,
        2.2,
        across((0, -1.5), (0, 1.6), ["#f7fbfb", "#a9d3e4", "#4c9cc4", "#135e96", "#0a3566"]),
    )
    y = -2.0
    while y < 2.2:
        thick = random.uniform(0.008, 0.05) * (1.35 - 0.3 * y)
        bow = skia.Rect.MakeLTRB(middle - half - 0.1, y - 0.07, middle + half + 0.1, y + 0.07)
        shade = "#ffffff" if random.random() < 0.6 else "#0b3a66"
        s.canvas.drawArc(bow, 8, 164, False, line(shade, thick * 0.6, random.uniform(0.06, 0.3)))
        y += thick + random.uniform(0.012, 0.05)
    for _ in range(900):
        x, y = random.uniform(middle - half, middle + half), random.uniform(-2, 2.2)
        size = random.uniform(0.003, 0.014) * (1.0 + 0.3 * y if random.random() < 0.5 else 0.7)
        s.circle(x, y, size, fill("#ffffff", random.uniform(0.3, 0.85)))
        if size > 0.009:
            s.circle(x + size * 0.3, y + size * 0.3, size * 0.7, fill("#2f7fb0", 0.5))
    ash = skia.Rect.MakeLTRB(middle - half - 0.1, 0.26, middle + half + 0.1, 0.42)
    s.canvas.drawArc(ash, 8, 164, False, line("#1b1d22", 0.022, 0.75))
    ends = ["#06203d", "#7fb4d0", "#ffffff", "#9cc6da", "#0a2c50"]
    sheen = across((middle - half, 0), (middle + half, 0), ends)
    sheen.setBlendMode(skia.BlendMode.kSoftLight)
    sheen.setAlphaf(0.85)
    s.rectangle(middle - half, -2, middle + half, 2.2, sheen)
    s.rectangle(middle - half * 0.62, -2, middle - half * 0.5, 2.2, fill("#ffffff", 0.4, blur=0.02))
    s.canvas.restore()
    s.canvas.restore()


def _plume(s: Sheet, x: float, foot: float, tall: float, lean: float, *, size: float) -> None:
    tip = (x + lean, foot - tall)
    bend = [(x, foot + 0.3), (x + lean * 0.2, foot - tall * 0.4), tip]
    s.stroke(bend, line("#8c8578", size * 1.25))
    s.stroke(bend, line("#efe7d5", size))
    for i in range(9):
        side = (i - 4) / 4
        feather = [
            tip,
            (tip[0] + side * size * 0.9, tip[1] - size * 0.9),
            (tip[0] + side * size * 0.75 + lean * 0.1, tip[1] - size * (2.3 - abs(side))),
        ]
        s.stroke(feather, line("#c21f2b" if i % 2 else "#e8453c", size * 0.34))


def _submarine(s: Sheet, x: float, y: float) -> None:
    white, shade, ink = "#f1ecdf", "#b9b7ac", "#0b1c28"
    s.circle(x, y, 0.6, glow(x, y, 0.6, "#e6fff5", 0.35))
    s.polygon(
        [(x - 0.3, y - 0.24), (x - 0.1, y - 0.24), (x - 0.06, y - 0.1), (x - 0.34, y - 0.1)],
        fill("#c4302b"),
    )
    s.rectangle(x - 0.22, y - 0.28, x - 0.2, y - 0.22, fill(white))
    hull = skia.Rect.MakeLTRB(x - 0.52, y - 0.13, x + 0.1, y + 0.07)
    s.canvas.drawRoundRect(hull, 0.1, 0.09, across((0, y - 0.13), (0, y + 0.07), [white, shade]))
    s.polygon(
        [(x - 0.46, y - 0.06), (x - 0.62, y - 0.15), (x - 0.62, y + 0.08), (x - 0.46, y)],
        fill(shade),
    )
    s.rectangle(x - 0.66, y - 0.17, x - 0.62, y + 0.1, fill(white))
    s.rectangle(x - 0.4, y + 0.05, x + 0.02, y + 0.1, fill("#7d7f7b"))
    for foot in (x - 0.36, x - 0.06):
        s.stroke([(foot, y + 0.09), (foot - 0.02, y + 0.16)], line("#7d7f7b", 0.02))
    s.stroke([(x - 0.44, y + 0.165), (x + 0.06, y + 0.165)], line("#7d7f7b", 0.022))
    for port in (x - 0.3, x - 0.18, x - 0.06):
        s.circle(port, y - 0.03, 0.03, fill(ink))
        s.circle(port, y - 0.03, 0.018, fill("#f4c765"))
    arm = [(x + 0.02, y + 0.07), (x + 0.16, y + 0.13), (x + 0.14, y + 0.25)]
    s.stroke(arm, line(shade, 0.022))
    for lamp in (0.04, 0.1):
        s.circle(x + 0.08, y + lamp - 0.04, 0.024, fill("#ffffff"))


def _vent(s: Sheet) -> None:
    s.shade_ground(["#02060d", "#04101c", "#082234"], -1.5, 1.2)
    sub_x, sub_y = (-0.6, -0.92) if s.is_poster else (-0.55, -0.66)
    beam = [(sub_x + 0.08, sub_y + 0.1), (1.5, 0.55), (0.1, 1.25)]
    light = across((sub_x, sub_y), (0.75, 0.85), ["#dff2ec", "#1d5a66", "#0a2a3a"])
    light.setAlphaf(0.5)
    light.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, 0.03))
    s.polygon(beam, light)
    random = np.random.default_rng(77)
    for _ in range(240):
        x, y = random.uniform(s.left, s.right), random.uniform(s.top, 1.0)
        s.circle(x, y, random.uniform(0.0015, 0.006), fill("#cfe6e0", random.uniform(0.1, 0.6)))
    for i in range(16):
        smoke = [
            (0.62 + 0.25 * math.sin(i * 1.3 + k * 0.7) * k / 7, 0.7 - k * 0.2) for k in range(10)
        ]
        s.stroke(smoke, line("#9cc9c4", 0.1, 0.028, blur=0.03))
    rock = [
        (s.left - 0.1, 1.04),
        (-1.1, 1.0),
        (-0.8, 0.93),
        (-0.3, 0.9),
        (0.2, 0.84),
        (0.5, 0.72),
        (0.72, 0.7),
        (1.0, 0.84),
        (s.right + 0.2, 0.94),
        (s.right + 0.2, 2),
        (s.left - 0.1, 2),
    ]
    shift = 0.0 if s.is_poster else -0.05
    plumes = sorted(
        (float(random.normal(0.3, 0.3)), float(random.uniform(0.25, 0.75))) for _ in range(34)
    )
    for x, tall in plumes:
        if -0.35 < x < 1.05:
            _plume(
                s,
                x,
                0.82 + shift,
                tall,
                float(random.uniform(-0.12, 0.12)),
                size=float(random.uniform(0.035, 0.058)),
            )
    s.canvas.save()
    s.canvas.translate(0, shift)
    s.canvas.drawPath(through(rock), fill("#070b10"))
    for _ in range(40):
        x = random.uniform(-0.4, 1.0)
        y = 0.93 - 0.16 * max(0.0, x) + random.uniform(0, 0.07)
        s.canvas.drawOval(
            skia.Rect.MakeXYWH(x, y, 0.07, 0.042), fill("#d9d2bf", random.uniform(0.25, 0.8))
        )
    s.canvas.restore()
    _submarine(s, sub_x, sub_y)


def _island(s: Sheet) -> None:
    s.shade_ground(["#3e5560", "#7e929a", "#c9c6bb"], -1.4, 0.75)
    level = 0.62
    random = np.random.default_rng(63)
    s.circle(0.05, 0.3, 0.8, glow(0.05, 0.3, 0.8, "#ff8a3c", 0.55))
    puffs: list[tuple[float, float, float, float]] = []
    reach = 1.62 if s.is_poster else 1.2
    for _ in range(520):
        rise = float(random.random() ** 0.75)
        half = 0.07 + 0.42 * rise**0.9
        x = 0.04 - 0.2 * rise**1.6 + float(random.uniform(-1, 1)) * half
        puffs.append(
            (rise, x, 0.26 - rise * reach, (0.05 + 0.10 * rise) * random.uniform(0.7, 1.2))
        )
    for rise, x, y, size in sorted(puffs, reverse=True):
        spine = 0.04 - 0.2 * rise**1.6
        side = (x - spine) / (0.07 + 0.42 * rise**0.9)
        code = mixed_colour("#fbf8ef", "#77858b", min(1.0, max(0.0, side * 0.55 + 0.28)))
        if rise < 0.2:
            code = mixed_colour("#f08a3c", code, rise / 0.2)
        s.circle(x + size * 0.12, y + size * 0.16, size, fill("#4f5e66", 0.28))
        s.circle(x, y, size * 0.96, fill(code, 0.95))
        s.circle(
            x - size * 0.25,
            y - size * 0.28,
            size * 0.5,
            fill("#ffffff", 0.2 * (1 - max(0.0, side))),
        )
    for i in range(17):
        lean = (i - 8) / 8
        tall = (0.62 - 0.34 * abs(lean)) * float(random.uniform(0.72, 1.1))
        tip = (0.05 + lean * 0.5, 0.33 - tall)
        knee = (0.05 + lean * 0.24, 0.30 - tall * 0.72)
        s.canvas.drawPath(
            through(
                [
                    (0.01, 0.36),
                    (knee[0] - 0.02, knee[1]),
                    tip,
                    (knee[0] + 0.025, knee[1] + 0.05),
                    (0.09, 0.36),
                ],
                close=True,
            ),
            fill("#17181b", 0.96),
        )
        for k in range(3):
            drop = (tip[0] + lean * 0.05 * (k + 1), tip[1] + 0.03 * k * k)
            s.circle(*drop, 0.011 - k * 0.002, fill("#17181b"))
    cone = [
        (-0.95, level + 0.02),
        (-0.6, level - 0.07),
        (-0.28, level - 0.22),
        (-0.1, 0.28),
        (0.0, 0.33),
        (0.12, 0.31),
        (0.2, 0.26),
        (0.42, level - 0.2),
        (0.72, level - 0.06),
        (1.0, level + 0.02),
    ]
    s.canvas.drawPath(through([*cone, (0.02, level + 0.16)], close=True), fill("#121316"))
    for i in range(5):
        flow = [(0.04, 0.33), (0.1 + i * 0.04, 0.42), (0.06 + i * 0.11, level)]
        s.stroke(flow, line("#ef6a2a", 0.011 - i * 0.0015, 0.95))
    s.rectangle(
        s.left, level, s.right, s.bottom, across((0, level), (0, 1.5), ["#31525c", "#122a33"])
    )
    for _ in range(210):
        x, y = random.uniform(s.left, s.right), level + random.random() ** 1.6 * (s.bottom - level)
        wide = (y - level + 0.05) * random.uniform(0.1, 0.4)
        near = math.exp(-((x - 0.05) ** 2) * 4)
        code = "#f0a878" if random.random() < near * 0.5 else "#6f9199"
        s.stroke([(x, y), (x + wide, y)], line(code, 0.005 + (y - level) * 0.006, 0.6))
    s.stroke([(-1.0, level), (1.05, level)], line("#e8e4d8", 0.012, 0.8))


ART = {
    "eight-hundred-thousand-winters": Art(
        _ice,
        Title(("Eight", "Hundred", "Thousand", "Winters"), "#0a2f58", size=88, y=820, leading=0.95),
        grain=4,
    ),
    "warm-water": Art(
        _vent,
        Title(("Warm Water",), "#f1eee2", size=120, x=400, y=1104, align=0.5),
        views=((1.9, 0.32, 0.35), (1.7, -0.45, -0.5)),
    ),
    "new-island": Art(
        _island,
        Title(("New Island",), "#f4f1e8", size=124, x=400, y=1060, align=0.5),
        views=((1.9, 0.05, 0.1), (1.15, -0.3, -0.3)),
    ),
}
