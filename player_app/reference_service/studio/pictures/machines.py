"""Art of the films about machines: the leader, the tide engine, the tape room, the woven memory."""

from __future__ import annotations

import math

import numpy as np
import skia

from player_app.reference_service.studio.canvas import face, fill, glow, line
from player_app.reference_service.studio.pictures.sheet import (
    Art,
    Point,
    Sheet,
    Title,
    across,
    around,
    through,
)


def _letter(sign: str, height: float, x: float, y: float) -> skia.Path:
    """A sign's outline, centred, so that it can be drawn at any size."""
    font = skia.Font(face(bold=True), 100)
    outline = font.getPath(font.unicharToGlyph(ord(sign)))
    box = outline.computeTightBounds()
    place = skia.Matrix()
    place.setTranslate(x, y)
    place.preScale(height / box.height(), height / box.height())
    place.preTranslate(-box.centerX(), -box.centerY())
    moved = skia.Path()
    outline.transform(place, moved)
    return moved


def _leader(s: Sheet) -> None:
    black, grey, pale = "#14120f", "#a89e8b", "#d8cfbc"
    s.fill_ground(black)
    top, bottom = (-1.5, 0.72) if s.is_poster else (s.top, s.bottom)
    middle = -0.34 if s.is_poster else 0.0
    s.canvas.save()
    s.canvas.clipRect(skia.Rect.MakeLTRB(s.left, top, s.right, bottom))
    s.rectangle(s.left, top, s.right, bottom, across((-1, top), (1, bottom), ["#e2dac8", pale]))
    far = 6
    hand = [around(0, middle, far, angle) for angle in range(0, 151, 10)]
    s.polygon([(0, middle), *hand], fill(grey))
    s.stroke([(0, middle), around(0, middle, far, 150)], line(black, 0.012))
    s.stroke([(s.left, middle), (s.right, middle)], line(black, 0.009))
    s.stroke([(0, top), (0, bottom)], line(black, 0.009))
    for radius in (0.80, 0.70):
        s.circle(0, middle, radius, line("#f4eee0", 0.03))
        s.circle(0, middle, radius, line(black, 0.008))
    if s.is_poster:
        s.canvas.drawPath(_letter("3", 0.92, 0, middle), fill(black))
    else:
        s.circle(0, middle, 0.035, fill(black))
        s.circle(0.42, -0.24, 0.055, fill("#b23a26"))
    random = np.random.default_rng(3)
    for _ in range(36):
        x, y = random.uniform(s.left, s.right), random.uniform(top, bottom)
        s.stroke([(x, y), (x + 0.004, y + random.uniform(0.02, 0.5))], line("#f4eee0", 0.003, 0.5))
        s.circle(float(x) * 0.9, -float(y) * 0.4, random.uniform(0.002, 0.008), fill(black, 0.6))
    s.canvas.restore()
    if s.is_poster:
        for i in range(9):
            hole = skia.Rect.MakeXYWH(-0.985 + i * 0.225, 0.78, 0.13, 0.085)
            s.canvas.drawRoundRect(hole, 0.02, 0.02, fill(pale))
            s.canvas.drawRoundRect(hole.makeOffset(0, 0.59), 0.02, 0.02, fill(pale))


_UPPER = ((-0.75, -0.62, 0.25), (-0.25, -0.86, 0.34), (0.25, -0.7, 0.22), (0.75, -0.92, 0.28))
_LOWER = ((-0.5, -0.02, 0.3), (0.0, 0.16, 0.2), (0.5, 0.02, 0.32))
_PULLEY = 0.125


def _wheel(s: Sheet, x: float, y: float, radius: float, teeth: int, *, spokes: int) -> None:
    brass, dark, light = "#c8963c", "#6d4a17", "#efcf83"
    rim: list[Point] = []
    for i in range(teeth * 4):
        out = radius * (1.0 if i % 4 < 2 else 0.93)
        rim.append(around(x, y, out, i * 90 / teeth))
    s.circle(x + 0.02, y + 0.03, radius, fill("#04100f", 0.5, blur=0.02))
    s.polygon(rim, across((x - radius, y - radius), (x + radius, y + radius), [light, brass, dark]))
    s.circle(x, y, radius * 0.80, fill("#0a2525"))
    for i in range(spokes):
        end = around(x, y, radius * 0.86, i * 360 / spokes + 17 * teeth)
        s.stroke([(x, y), end], line(brass, radius * 0.09))
    s.circle(x, y, radius * 0.22, across((x, y - 0.1), (x, y + 0.1), [light, dark]))
    s.circle(x, y, radius * 0.07, fill("#0a2525"))
    s.circle(x, y, radius * 0.80, line(dark, 0.006))


def _tide(x: float) -> float:
    return 0.105 * math.sin(5.1 * x + 0.4) * (1 + 0.5 * math.sin(1.1 * x))


def _brass_sea(s: Sheet) -> None:
    s.shade_ground(["#143c3c", "#0b2526"])
    level = 0.62 if s.is_poster else 0.66
    for i, code in enumerate(("#1b5653", "#164947", "#113b3b", "#0c2d2e")):
        drop, slide = i * 0.13, i * 0.5
        wave = [
            (x, level + drop + _tide(x + slide) * (1 - 0.12 * i))
            for x in np.arange(s.left - 0.1, s.right + 0.2, 0.05)
        ]
        s.polygon([*wave, (s.right, s.bottom), (s.left, s.bottom)], fill(code))
    drawn = [(x, level + _tide(x)) for x in np.arange(s.left - 0.1, 0.9, 0.04)]
    s.stroke(drawn, line("#efcf83", 0.012))
    for x, y, radius in (*_UPPER, *_LOWER):
        _wheel(s, x, y, radius, round(radius * 130), spokes=5 + round(radius * 10) % 3)
        s.circle(x, y, _PULLEY, across((x, y - 0.12), (x, y + 0.12), ["#f3d892", "#8a6122"]))
        s.circle(x, y, _PULLEY * 0.72, fill("#0a2525", 0.85))
        s.circle(x, y, 0.03, fill("#efcf83"))
    tip = level + _tide(0.875)
    cord = skia.PathBuilder()
    for i, (x, y, _) in enumerate(_UPPER):
        if i:
            cord.lineTo(x - _PULLEY, y)
            cord.arcTo(skia.Rect.MakeXYWH(x - 0.125, y - 0.125, 0.25, 0.25), 180, 180, False)
        else:
            cord.moveTo(x - _PULLEY, level + _tide(-0.875))
            cord.lineTo(x - _PULLEY, y)
            cord.arcTo(skia.Rect.MakeXYWH(x - 0.125, y - 0.125, 0.25, 0.25), 180, 180, False)
        if i < len(_LOWER):
            low_x, low_y, _ = _LOWER[i]
            cord.lineTo(low_x - _PULLEY, low_y)
            box = skia.Rect.MakeXYWH(low_x - 0.125, low_y - 0.125, 0.25, 0.25)
            cord.arcTo(box, 180, -180, False)
    cord.lineTo(0.875, tip)
    path = cord.detach()
    s.canvas.drawPath(path, line("#04100f", 0.026, 0.5))
    s.canvas.drawPath(path, line("#f6efdd", 0.013))
    s.polygon([(0.875, tip), (0.84, tip - 0.13), (0.91, tip - 0.13)], fill("#f6efdd"))


def _reel(s: Sheet, x: float, y: float, radius: float, turn: float, *, full: float) -> None:
    s.circle(x, y, radius, fill("#1b1a1d"))
    for i in range(40):
        ring = radius * (0.38 + (full - 0.38) * i / 40)
        s.circle(x, y, ring, line("#5a2d1e" if i % 2 else "#7a3f26", radius * 0.012))
    s.circle(x, y, radius, line("#f3ead6", 0.03))
    for i in range(3):
        hole = around(x, y, radius * 0.62, turn + i * 120)
        s.circle(*hole, radius * 0.22, fill("#e0aa2b"))
        s.circle(*hole, radius * 0.22, line("#f3ead6", 0.018))
    s.circle(x, y, radius * 0.3, fill("#f3ead6"))
    s.circle(x, y, radius * 0.2, fill("#c4264e"))
    for i in range(3):
        s.stroke([(x, y), around(x, y, radius * 0.19, turn + i * 120)], line("#f3ead6", 0.025))


def _tape(s: Sheet) -> None:
    s.fill_ground("#e0aa2b")
    middle = -0.25 if s.is_poster else 0.0
    for i in range(15, 0, -1):
        wide, high = 0.10 + i * 0.105, 0.06 + i * 0.085
        box = skia.Rect.MakeLTRB(-wide, middle + 0.08 - high, wide + 0.02 * i, middle + 0.1 + high)
        code = ("#1b1a1d", "#e0aa2b", "#c4264e", "#e0aa2b")[i % 4]
        s.canvas.drawRoundRect(box, high, high, fill(code))
    _reel(s, -0.47, middle - 0.38, 0.46, 10, full=0.96)
    _reel(s, 0.5, middle + 0.36, 0.42, 44, full=0.7)
    blade = skia.Rect.MakeXYWH(-0.92, middle + 0.38, 0.62, 0.31)
    s.canvas.save()
    s.canvas.rotate(-14, -0.5, middle + 0.5)
    s.canvas.drawRoundRect(blade.makeOffset(0.02, 0.03), 0.03, 0.03, fill("#1b1a1d", 0.4))
    steel = across((-0.9, middle + 0.35), (-0.4, middle + 0.7), ["#fbf8f0", "#b9b6ae", "#efeae0"])
    s.canvas.drawRoundRect(blade, 0.03, 0.03, steel)
    slot = skia.Rect.MakeXYWH(-0.8, middle + 0.515, 0.38, 0.045)
    s.canvas.drawRoundRect(slot, 0.02, 0.02, fill("#1b1a1d"))
    for x in (-0.75, -0.61, -0.47):
        s.circle(x, middle + 0.537, 0.045, fill("#1b1a1d"))
    s.canvas.restore()
    if s.is_poster:
        s.rectangle(-1, 0.8, 1, 1.5, fill("#1b1a1d"))


def _core_rope(s: Sheet) -> None:
    s.shade_ground(["#0b0d16", "#151a2b"])
    step, moon_y = 0.2, -0.32 if s.is_poster else 0.0
    random = np.random.default_rng(11)
    lowest = 0.72 if s.is_poster else s.bottom + step
    columns = [-0.9 + step * i for i in range(-2 if not s.is_poster else 0, 12)]
    rows = [moon_y + step * (i + 0.5) for i in range(-9, 9)]
    s.circle(0, moon_y, 1.15, glow(0, moon_y, 1.15, "#8fa3c8", 0.25))
    for y in rows:
        for x in columns:
            if y > lowest or x > s.right + step:
                continue
            lit = math.hypot(x, y - moon_y) < 0.83
            sea = math.hypot(x + 0.24, y - moon_y + 0.22) < 0.3
            shore = math.hypot(x - 0.3, y - moon_y - 0.3) < 0.2
            code = "#232a3e" if not lit else "#8f8c80" if sea or shore else "#f1e9d2"
            s.circle(x, y, step * 0.33, line(code, step * 0.2))
    for lane, x in enumerate(columns):
        code = ("#d9813f", "#b45f2c", "#eeb273")[lane % 3]
        wire = []
        for y in [rows[0] - step, *rows, rows[-1] + step]:
            inside = y < lowest and random.random() < 0.6
            wire.append((x + (0.0 if inside else random.choice((-0.5, 0.5)) * step), y))
        s.canvas.drawPath(through(wire), line("#05070d", 0.03, 0.8))
        s.canvas.drawPath(through(wire), line(code, 0.017))
    if s.is_poster:
        s.polygon([(-1, 0.8), (1, 0.8), (1, 1.5), (-1, 1.5)], fill("#0b0d16", 0.86, blur=0.03))


ART = {
    "picture-start": Art(
        _leader, Title(("Picture Start",), "#efe8d8", size=100, x=400, y=1040, align=0.5)
    ),
    "the-brass-sea": Art(
        _brass_sea, Title(("The", "Brass Sea"), "#f6e3b4", size=116, y=990, leading=0.9), lift=-0.16
    ),
    "razor-blade-and-tape": Art(
        _tape,
        Title(("Razor Blade", "and Tape"), "#f3ead6", size=104, y=1000, leading=0.9),
        views=((1.9, -0.45, -0.35), (1.5, 0.3, 0.35)),
    ),
    "core-rope": Art(
        _core_rope,
        Title(("Core Rope",), "#f1e9d2", size=124, x=400, y=1065, align=0.5),
        views=((2.3, -0.1, -0.1), (1.3, 0.2, 0.35)),
    ),
}
