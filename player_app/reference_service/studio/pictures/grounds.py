"""Art of the films about places: the dry harbour, the fence, the walled city, the shrine."""

from __future__ import annotations

import numpy as np
import skia

from player_app.reference_service.studio.canvas import fill, line, mixed_colour
from player_app.reference_service.studio.pictures.sheet import (
    Art,
    Sheet,
    Title,
    across,
    through,
)


def _harbour(s: Sheet) -> None:
    s.shade_ground(["#f6efe0", "#eadcc3"], -1.5, 0.5)
    s.circle(-0.62, -0.52, 0.13, fill("#fffaf0"))
    dune = [(s.left - 0.2, 0.5), (-1.2, 0.42), (-0.5, 0.36), (0.2, 0.38), (0.9, 0.3), (s.right + 0.3, 0.34),
            (s.right + 0.3, 2), (s.left - 0.2, 2)]
    s.canvas.drawPath(through(dune), fill("#d9b582"))
    s.canvas.save()
    s.canvas.translate(0, 0.02)
    s.canvas.rotate(-6)
    water = [(-0.86, 0.5), (-0.6, 0.54), (0.6, 0.54), (0.86, 0.46), (1.0, 0.62), (0.8, 0.74), (0.95, 0.86),
             (0.55, 0.9), (0.62, 1.02), (0.1, 0.98), (-0.1, 1.06), (-0.42, 0.94), (-0.72, 0.92), (-0.66, 0.78), (-0.98, 0.68)]
    s.canvas.drawPath(through(water, close=True), fill("#1f6a80"))
    for i in range(7):
        y, wide = 0.60 + i * 0.06, 0.62 - i * 0.07
        wave = [(-wide + k * wide / 4, y + (0.014 if k % 2 else -0.014)) for k in range(9)]
        s.stroke(wave, line("#5fa3ae", 0.011))
    hull = [(-0.98, -0.12), (-0.7, 0.02), (0.72, 0.02), (0.86, -0.06), (0.8, 0.5), (-0.6, 0.5)]
    s.polygon(hull, across((-0.9, 0), (0.9, 0.4), ["#b8452a", "#8f3320", "#5e2318"]))
    s.polygon([(-0.98, -0.12), (-0.7, 0.02), (0.72, 0.02), (0.86, -0.06), (0.855, 0.02), (0.72, 0.1), (-0.7, 0.1), (-0.95, -0.05)], fill("#2b211d"))
    s.stroke([(-0.85, 0.16), (0.83, 0.16)], line("#d9b582", 0.012, 0.8))
    s.rectangle(0.12, -0.34, 0.58, 0.02, fill("#e9dfc8"))
    s.rectangle(0.2, -0.52, 0.5, -0.34, fill("#d6c8aa"))
    s.rectangle(0.17, -0.55, 0.53, -0.515, fill("#2b211d"))
    for x in (0.24, 0.36):
        s.rectangle(x, -0.46, x + 0.09, -0.385, fill("#2b211d"))
    for x in (0.2, 0.36, 0.5):
        s.circle(x, -0.16, 0.035, fill("#2b211d"))
    s.stroke([(-0.3, 0.02), (-0.3, -0.86)], line("#2b211d", 0.02))
    s.stroke([(-0.3, -0.76), (-0.92, -0.1)], line("#2b211d", 0.006))
    s.stroke([(-0.3, -0.8), (0.2, -0.5)], line("#2b211d", 0.006))
    s.stroke([(-0.3, -0.2), (0.04, -0.56)], line("#2b211d", 0.014))
    random = np.random.default_rng(15)
    s.canvas.clipPath(_clip(hull))
    for _ in range(150):
        x, y = random.uniform(-0.95, 0.85), random.uniform(0.1, 0.5)
        high = random.uniform(0.02, 0.16)
        s.stroke([(x, y), (x, y + high)], line(str(random.choice(["#e0793f", "#3d1a12", "#cf5c31"])), 0.012, 0.45))
    s.canvas.restore()
    for _ in range(260):
        x, y = random.uniform(s.left, s.right), random.uniform(1.1, 1.6)
        s.stroke([(x, y), (x + 0.05, y)], line("#c69c66", 0.005, 0.7))


def _clip(points: list[tuple[float, float]]) -> skia.Path:
    builder = skia.PathBuilder()
    builder.addPolygon([skia.Point(*point) for point in points], True)
    return builder.detach()


def _fence(s: Sheet) -> None:
    horizon = -0.12
    s.shade_ground(["#12397c", "#2f6fb4", "#a9cde0"], -1.5, horizon)
    vanish = (-0.5, horizon)
    s.rectangle(s.left, horizon, s.right, s.bottom, across((0, horizon), (0, 1.5), ["#c65a2c", "#a23a1c", "#7d2814"]))
    green = [vanish, (s.left - 0.1, horizon), (s.left - 0.1, s.bottom), (-0.35, s.bottom)]
    s.polygon(green, across((0, horizon), (0, 1.5), ["#a9a25c", "#8d8a49", "#6a6a38"]))
    random = np.random.default_rng(4)
    for _ in range(420):
        depth = random.random() ** 2
        y = horizon + 0.01 + depth * (s.bottom - horizon)
        x = random.uniform(s.left, s.right)
        on_left = x < vanish[0] + (y - horizon) * 0.16
        size = 0.006 + depth * 0.05
        if on_left:
            for k in (-1, 0, 1):
                s.stroke([(x, y), (x + k * size, y - size * 1.3)], line("#55602f", size * 0.3))
        elif random.random() < 0.35:
            s.canvas.drawOval(skia.Rect.MakeXYWH(x, y, size * 2, size * 0.6), fill("#8a3018", 0.8))
    foot, head = (0.62, 1.75), (1.15, -0.95)
    posts = [1 - 0.93 * (1 - 0.78**i) / (1 - 0.78**22) for i in range(23)]
    wires = np.linspace(0.0, 0.94, 13)
    for wire in wires:
        near = (foot[0] + (head[0] - foot[0]) * wire * 0.2, foot[1] + (head[1] - foot[1]) * wire)
        s.stroke([near, vanish], line("#1a120e", 0.0065 if wire else 0.004, 0.9))
    for i, part in enumerate(posts):
        low = (vanish[0] + (foot[0] - vanish[0]) * part, vanish[1] + (foot[1] - vanish[1]) * part)
        high = (vanish[0] + (foot[0] + 0.11 - vanish[0]) * part, vanish[1] + (head[1] - vanish[1]) * part)
        wide = (0.055 if i % 3 == 0 else 0.022) * part
        s.stroke([low, high], line("#1a120e", max(wide, 0.003)))
    _dingo(s, 0.34 if s.is_poster else 0.45, 0.5)


def _dingo(s: Sheet, x: float, y: float) -> None:
    coat = "#e7b36a"
    body = [(x, y), (x + 0.05, y - 0.05), (x + 0.2, y - 0.05), (x + 0.26, y - 0.1), (x + 0.3, y - 0.16),
            (x + 0.34, y - 0.13), (x + 0.41, y - 0.09), (x + 0.39, y - 0.06), (x + 0.32, y - 0.05), (x + 0.27, y + 0.04), (x + 0.05, y + 0.05)]
    s.canvas.drawOval(skia.Rect.MakeXYWH(x - 0.02, y + 0.21, 0.38, 0.03), fill("#5b1c0e", 0.6, blur=0.01))
    s.canvas.drawPath(through(body, close=True), fill(coat))
    for leg, lean in ((0.03, -0.02), (0.07, 0.03), (0.22, -0.02), (0.26, 0.03)):
        s.stroke([(x + leg, y), (x + leg + lean * 0.3, y + 0.12), (x + leg + lean, y + 0.22)], line(coat, 0.026))
    s.polygon([(x + 0.28, y - 0.13), (x + 0.295, y - 0.215), (x + 0.325, y - 0.14)], fill(coat))
    s.stroke([(x + 0.01, y - 0.01), (x - 0.05, y + 0.05), (x - 0.08, y + 0.12)], line(coat, 0.03))


def _walled(s: Sheet) -> None:
    s.shade_ground(["#1d5d63", "#3f8a80", "#e3b878"], -1.5, 1.4)
    random = np.random.default_rng(33)
    edge = -1.2 if s.is_poster else -0.95
    base = 1.5 if s.is_poster else s.bottom
    x, tower = edge, 0
    paints = ["#e9c46a", "#f4e7b2", "#d9573f", "#7cc0ad", "#16302e", "#204643", "#16302e", "#0d2020"]
    while x < s.right + 0.1:
        wide = float(random.uniform(0.2, 0.34))
        top = float(random.uniform(-0.86, -0.58)) + (0.16 if tower == 0 else 0)
        wall = str(random.choice(["#4d5e52", "#5f6a58", "#3b4d48", "#6d6653", "#44564f"]))
        s.rectangle(x, top, x + wide, base, fill(wall))
        s.rectangle(x + wide - 0.02, top, x + wide, base, fill("#14211f", 0.6))
        y = top + 0.045
        while y < base:
            high, cx = float(random.choice([0.062, 0.075, 0.07])), x + 0.014
            while cx < x + wide - 0.03:
                cell = float(random.uniform(0.045, 0.085))
                right = min(cx + cell, x + wide - 0.014)
                s.rectangle(cx, y, right, y + high - 0.018, fill(str(random.choice(paints))))
                if random.random() < 0.5:
                    for bar in np.arange(cx + 0.01, right, 0.012):
                        s.stroke([(bar, y), (bar, y + high - 0.018)], line("#101c1b", 0.0035))
                if random.random() < 0.26:
                    s.rectangle(cx - 0.006, y + high - 0.022, right + 0.006, y + high - 0.008, fill("#b9b39a"))
                cx = right + 0.012
            y += high
        for _ in range(4):
            ax, ah = x + random.uniform(0, wide), random.uniform(0.06, 0.2)
            s.stroke([(ax, top), (ax, top - ah)], line("#10201f", 0.007))
            for k in range(3):
                s.stroke([(ax - 0.03, top - ah + k * 0.02), (ax + 0.03, top - ah + k * 0.02)], line("#10201f", 0.005))
        x += wide
        tower += 1
    for _ in range(22):
        ax, ay = random.uniform(edge, s.right), random.uniform(-0.4, base)
        sag = [(ax, ay), (ax + 0.2, ay + 0.07), (ax + 0.45, ay + random.uniform(-0.03, 0.03))]
        s.stroke(sag, line("#0b1615", 0.006))
    _aeroplane(s, -0.12 if s.is_poster else 0.0, -1.14 if s.is_poster else -0.82)
    if s.is_poster:
        s.rectangle(-1, 0.66, 1, 1.5, fill("#0d1f1e"))
        s.rectangle(-1, 0.66, 1, 0.675, fill("#d9573f"))


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
    ink, wood, pale, dark = "#1d201b", "#dcb786", "#ecd2a8", "#a67c4c"
    random = np.random.default_rng(2)
    for i in range(34):
        x = s.left + (s.right - s.left) * i / 33 + random.uniform(-0.03, 0.03)
        high = random.uniform(0.55, 1.0)
        shade = mixed_colour("#c9d0c0", "#a9b6a6", float(random.random()))
        s.polygon([(x - 0.1, 0.72), (x, 0.72 - high), (x + 0.1, 0.72)], fill(shade, 0.6))
    s.rectangle(s.left, 0.7, s.right, s.bottom, fill("#dcd6c6"))
    s.polygon([(-0.9, 0.02), (-0.62, -0.48), (0.62, -0.48), (0.9, 0.02)], fill("#6b5636"))
    for i in range(46):
        part = i / 45
        s.stroke([(-0.62 + 1.24 * part, -0.48), (-0.9 + 1.8 * part, 0.02)], line("#85703f" if i % 2 else "#574527", 0.013))
    s.rectangle(-0.93, 0.0, 0.93, 0.045, fill(dark))
    s.rectangle(-0.68, -0.53, 0.68, -0.46, fill(wood))
    for i in range(10):
        x = -0.58 + i * 1.16 / 9
        log = skia.Rect.MakeLTRB(x - 0.036, -0.6, x + 0.036, -0.5)
        s.canvas.drawRoundRect(log, 0.03, 0.03, fill(pale))
        s.circle(x, -0.55, 0.022, fill("#d9a441"))
    for side in (-1, 1):
        for lean in (-1, 1):
            foot = (side * 0.6 - lean * 0.07, -0.42)
            tip = (side * 0.6 + lean * 0.2, -0.95)
            s.polygon([(foot[0] - 0.03, foot[1]), (tip[0] - 0.03, tip[1]), (tip[0] + 0.03, tip[1]), (foot[0] + 0.03, foot[1])], fill(pale if lean > 0 else wood))
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
        s.rectangle(-0.16 - i * 0.012, 0.54 + i * 0.024, 0.16 + i * 0.012, 0.56 + i * 0.024, fill(pale if i % 2 else wood))
    ghost = line("#b8412f", 0.006, 0.85)
    shift = -1.62 if not s.is_poster else 0.0
    if s.is_poster:
        s.rectangle(0.66, 1.2, 0.84, 1.38, fill("#b8412f"))
        s.rectangle(0.70, 1.24, 0.80, 1.34, line("#f5f1e7", 0.012))
        return
    for x in (-0.72, -0.36, 0.36, 0.72):
        s.rectangle(x + shift - 0.035, 0.6, x + shift + 0.035, 0.72, ghost)
    s.stroke([(shift - 0.9, 0.72), (shift + 0.9, 0.72)], ghost)


ART = {
    "a-harbour-without-water": Art(
        _harbour,
        Title(("A Harbour", "without Water"), "#5e2318", size=106, y=160, leading=0.92),
        views=((1.7, -0.45, 0.1), (1.25, 0.0, 0.25)),
    ),
    "the-wire": Art(
        _fence,
        Title(("The Wire",), "#f6ecd8", size=150, y=190),
        views=((1.8, 0.55, 0.35), (1.3, -0.4, 0.0)),
    ),
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
