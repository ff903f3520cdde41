"""Art of the films about ice and sea: the core, the vent, the eel, the new island."""

from __future__ import annotations

import math

import numpy as np
import skia

from player_app.reference_service.studio.canvas import fill, glow, line
from player_app.reference_service.studio.pictures.sheet import (
    Art,
    Point,
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
    s.rectangle(middle - half + 0.09, -2, middle + half + 0.12, 2.2, fill("#9fb9c4", 0.55, blur=0.05))
    body = skia.Rect.MakeLTRB(middle - half, -2, middle + half, 2.2)
    s.canvas.save()
    s.canvas.clipRect(body)
    s.rectangle(-3, -2, 3, 2.2, across((0, -1.5), (0, 1.6), ["#f7fbfb", "#a9d3e4", "#4c9cc4", "#135e96", "#0a3566"]))
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


def _plume(s: Sheet, x: float, foot: float, tall: float, lean: float, size: float) -> None:
    tip = (x + lean, foot - tall)
    bend = [(x, foot + 0.3), (x + lean * 0.2, foot - tall * 0.4), tip]
    s.stroke(bend, line("#8c8578", size * 1.25))
    s.stroke(bend, line("#efe7d5", size))
    for i in range(9):
        side = (i - 4) / 4
        feather = [tip, (tip[0] + side * size * 0.9, tip[1] - size * 0.9),
                   (tip[0] + side * size * 0.75 + lean * 0.1, tip[1] - size * (2.3 - abs(side)))]
        s.stroke(feather, line("#c21f2b" if i % 2 else "#e8453c", size * 0.34))


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
        smoke = [(0.62 + 0.25 * math.sin(i * 1.3 + k * 0.7) * k / 7, 0.7 - k * 0.2) for k in range(10)]
        s.stroke(smoke, line("#9cc9c4", 0.1, 0.028, blur=0.03))
    rock = [(s.left - 0.1, 1.04), (-1.1, 1.0), (-0.8, 0.93), (-0.3, 0.9), (0.2, 0.84), (0.5, 0.72),
            (0.72, 0.7), (1.0, 0.84), (s.right + 0.2, 0.94), (s.right + 0.2, 2), (s.left - 0.1, 2)]
    shift = 0.0 if s.is_poster else -0.05
    plumes = sorted((float(random.normal(0.3, 0.3)), float(random.uniform(0.25, 0.75))) for _ in range(34))
    for x, tall in plumes:
        if -0.35 < x < 1.05:
            _plume(s, x, 0.82 + shift, tall, float(random.uniform(-0.12, 0.12)), float(random.uniform(0.035, 0.058)))
    s.canvas.save()
    s.canvas.translate(0, shift)
    s.canvas.drawPath(through(rock), fill("#070b10"))
    for _ in range(40):
        x = random.uniform(-0.4, 1.0)
        y = 1.0 - 0.16 * max(0.0, x) + random.uniform(0, 0.12)
        s.canvas.drawOval(skia.Rect.MakeXYWH(x, y, 0.07, 0.042), fill("#d9d2bf", random.uniform(0.25, 0.8)))
    s.canvas.restore()
    s.circle(sub_x, sub_y, 0.55, glow(sub_x, sub_y, 0.55, "#e6fff5", 0.4))
    s.circle(sub_x, sub_y, 0.13, fill("#f4efe2"))
    s.canvas.drawRoundRect(skia.Rect.MakeXYWH(sub_x - 0.4, sub_y - 0.1, 0.36, 0.17), 0.07, 0.07, fill("#f4efe2"))
    s.rectangle(sub_x - 0.12, sub_y - 0.22, sub_x + 0.04, sub_y - 0.1, fill("#c21f2b"))
    s.circle(sub_x + 0.04, sub_y + 0.01, 0.06, fill("#0a2a3a"))
    s.circle(sub_x + 0.055, sub_y, 0.026, fill("#f8dc86"))
    s.circle(sub_x + 0.09, sub_y + 0.12, 0.03, fill("#ffffff"))


_EEL = ((1.3, -1.35), (0.72, -1.2), (0.05, -1.12), (-0.55, -0.92), (-0.72, -0.52), (-0.36, -0.22),
        (0.2, -0.12), (0.66, 0.1), (0.72, 0.48), (0.3, 0.72), (-0.25, 0.72), (-0.62, 0.60))


def _eel(s: Sheet) -> None:
    s.shade_ground(["#b9d2b4", "#8fb9a6"], -1.4, 1.3)
    s.canvas.save()
    if not s.is_poster:
        s.canvas.rotate(-62, 0, 0)
        s.canvas.scale(0.86, 0.86)
        s.canvas.translate(0.1, 0.1)
    path = through(list(reversed(_EEL)))
    measure = skia.PathMeasure(path, False)
    whole = measure.getLength()
    backs: list[tuple[Point, Point, float]] = []
    for i in range(241):
        part = i / 240
        place, tangent = measure.getPosTan(whole * part)
        girth = 0.155 * min(1.0, (part / 0.07) ** 0.55) * (1 - max(0.0, part - 0.35) / 0.65 * 0.86)
        backs.append(((place.x(), place.y()), (-tangent.y(), tangent.x()), girth))
    def side(by: float) -> list[Point]:
        return [(p[0] + n[0] * g * by, p[1] + n[1] * g * by) for p, n, g in backs]
    shadow = [(x + 0.06, y + 0.1) for x, y in side(1)] + [(x + 0.06, y + 0.1) for x, y in reversed(side(-1))]
    s.polygon(shadow, fill("#4f8577", 0.55, blur=0.03))
    s.polygon(side(1.5)[85:] + list(reversed(side(-1.45)[110:])), fill("#2e4334"))
    s.polygon(side(1) + list(reversed(side(-1))), fill("#161d18"))
    s.polygon(side(-0.35) + list(reversed(side(-1)))[:], fill("#d7c98f"))
    s.stroke(side(0.15)[16::4], line("#5f7355", 0.008))
    for i in range(90, 238, 3):
        place, out, girth = backs[i]
        edge = (place[0] + out[0] * girth, place[1] + out[1] * girth)
        tip = (place[0] + out[0] * girth * 1.45, place[1] + out[1] * girth * 1.45)
        s.stroke([edge, tip], line("#161d18", 0.004, 0.7))
    place, out, _ = backs[13]
    s.circle(place[0] + out[0] * 0.03, place[1] + out[1] * 0.03, 0.036, fill("#e9b33a"))
    s.circle(place[0] + out[0] * 0.03, place[1] + out[1] * 0.03, 0.018, fill("#161d18"))
    s.stroke(side(-0.4)[0:14:3], line("#161d18", 0.01))
    fin, out, _ = backs[36]
    s.polygon([fin, (fin[0] - out[0] * 0.13 + 0.09, fin[1] - out[1] * 0.1 - 0.03), (fin[0] + 0.1, fin[1] + 0.03)], fill("#3f5a45"))
    s.canvas.restore()
    random = np.random.default_rng(12)
    for _ in range(46):
        x, y = random.uniform(-1.1, 1.0), random.uniform(-1.4, 1.4)
        s.canvas.save()
        s.canvas.translate(x, y)
        s.canvas.rotate(random.uniform(0, 180))
        leaf = skia.Rect.MakeXYWH(-0.055, -0.013, 0.11, 0.026)
        s.canvas.drawOval(leaf, fill("#f5f8ea", 0.38))
        s.circle(0.045, 0, 0.0045, fill("#161d18", 0.8))
        s.canvas.restore()


def _island(s: Sheet) -> None:
    s.shade_ground(["#3e5560", "#7e929a", "#c9c6bb"], -1.4, 0.75)
    level = 0.62
    random = np.random.default_rng(63)
    s.circle(0.05, 0.3, 0.8, glow(0.05, 0.3, 0.8, "#ff8a3c", 0.55))
    puffs = []
    for _ in range(420):
        rise = random.random() ** 0.8
        x = 0.04 + 0.42 * rise**1.3 * -1 * 0.4 + random.normal(0, 0.05 + 0.2 * rise)
        y = 0.24 - rise * (1.55 if s.is_poster else 1.15)
        puffs.append((rise, x, y, 0.05 + 0.15 * rise * random.uniform(0.5, 1.2)))
    for rise, x, y, size in sorted(puffs, reverse=True):
        low = 1 - rise
        s.circle(x + size * 0.24, y + size * 0.26, size, fill("#6c787c" if low < 0.75 else "#5b3b2c", 0.55))
        code = "#f4f1e8" if low < 0.55 else "#e9dccb" if low < 0.85 else "#f2b27a"
        s.circle(x, y, size * 0.94, fill(code, 0.92))
    for i in range(26):
        lean = (i - 13) / 13
        jet = [(0.04, 0.3), (0.04 + lean * 0.22, -0.02 - 0.16 * (1 - abs(lean))), (0.04 + lean * 0.42, 0.1 + 0.3 * abs(lean))]
        s.stroke(jet, line("#17171a", 0.012, 0.85))
        s.circle(*jet[1], random.uniform(0.006, 0.018), fill("#17171a"))
    cone = [(-0.95, level + 0.02), (-0.6, level - 0.07), (-0.28, level - 0.22), (-0.1, 0.28), (0.0, 0.33),
            (0.12, 0.31), (0.2, 0.26), (0.42, level - 0.2), (0.72, level - 0.06), (1.0, level + 0.02)]
    s.canvas.drawPath(through([*cone, (0.02, level + 0.16)], close=True), fill("#121316"))
    for i in range(5):
        flow = [(0.04, 0.33), (0.1 + i * 0.04, 0.42), (0.06 + i * 0.11, level)]
        s.stroke(flow, line("#ef6a2a", 0.011 - i * 0.0015, 0.95))
    s.rectangle(s.left, level, s.right, s.bottom, across((0, level), (0, 1.5), ["#31525c", "#122a33"]))
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
        Title(("Eight", "Hundred", "Thousand", "Winters"), "#0a2f58", size=98, y=170, leading=0.95),
        grain=4,
    ),
    "warm-water": Art(
        _vent,
        Title(("Warm Water",), "#f1eee2", size=120, x=400, y=1085, align=0.5),
        views=((1.9, 0.32, 0.35), (1.7, -0.45, -0.5)),
    ),
    "the-eel-question": Art(
        _eel,
        Title(("The Eel", "Question"), "#161d18", size=112, y=1012, leading=0.9),
        views=((1.7, -0.2, -0.3), (1.2, 0.3, 0.2)),
    ),
    "new-island": Art(
        _island,
        Title(("New Island",), "#f4f1e8", size=124, x=400, y=1060, align=0.5),
        views=((1.9, 0.05, 0.1), (1.15, -0.3, -0.3)),
    ),
}
