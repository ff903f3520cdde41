"""Art of the films about living things: the eel, the ox, the carnation."""

from __future__ import annotations

import numpy as np
import skia

from player_app.reference_service.studio.canvas import fill, line
from player_app.reference_service.studio.pictures.sheet import (
    Art,
    Point,
    Sheet,
    Title,
    across,
    around,
    through,
)

_EEL = (
    (1.3, -1.35),
    (0.72, -1.2),
    (0.05, -1.12),
    (-0.55, -0.92),
    (-0.72, -0.52),
    (-0.36, -0.22),
    (0.2, -0.12),
    (0.66, 0.1),
    (0.72, 0.48),
    (0.3, 0.72),
    (-0.25, 0.72),
    (-0.62, 0.60),
)


def _eel(s: Sheet) -> None:
    s.shade_ground(["#b9d2b4", "#8fb9a6"], -1.4, 1.3)
    s.canvas.save()
    if s.is_poster:
        s.canvas.translate(0, -0.14)
    else:
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

    shadow = [(x + 0.06, y + 0.1) for x, y in side(1)] + [
        (x + 0.06, y + 0.1) for x, y in reversed(side(-1))
    ]
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
    s.polygon(
        [
            fin,
            (fin[0] - out[0] * 0.13 + 0.09, fin[1] - out[1] * 0.1 - 0.03),
            (fin[0] + 0.1, fin[1] + 0.03),
        ],
        fill("#3f5a45"),
    )
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


def _mirrored(points: list[Point], side: int) -> skia.Path:
    return through([(side * x, y) for x, y in points], close=True)


def _ox(s: Sheet) -> None:
    s.fill_ground("#a53d23")
    dark, ochre, cream = "#2c120c", "#d98b34", "#f4e6c8"
    s.canvas.save()
    s.canvas.translate(0, -0.12 if s.is_poster else 0.13)
    if not s.is_poster:
        s.canvas.scale(0.92, 0.92)
    s.circle(0, -0.66, 0.34, fill(cream))
    horn = [
        (0.1, -0.14),
        (0.44, -0.2),
        (0.76, -0.5),
        (0.84, -0.86),
        (0.66, -1.12),
        (0.46, -1.16),
        (0.6, -0.98),
        (0.63, -0.74),
        (0.5, -0.46),
        (0.3, -0.32),
        (0.06, -0.3),
    ]
    tip = [(0.82, -0.94), (0.66, -1.12), (0.46, -1.16), (0.6, -0.98), (0.63, -0.88)]
    ear = [(0.2, -0.08), (0.46, -0.14), (0.72, -0.0), (0.5, 0.08), (0.2, 0.06)]
    lobe = [(0.3, -0.03), (0.46, -0.07), (0.62, 0.0), (0.46, 0.03)]
    half = [
        (0, -0.34),
        (0.2, -0.3),
        (0.3, -0.08),
        (0.25, 0.24),
        (0.17, 0.5),
        (0.21, 0.66),
        (0.14, 0.82),
        (0, 0.87),
    ]
    for side in (-1, 1):
        s.canvas.drawPath(_mirrored(horn, side), fill(cream if side < 0 else "#dcc79c"))
        s.canvas.drawPath(_mirrored(tip, side), fill(dark))
        s.canvas.drawPath(_mirrored(ear, side), fill(dark))
        s.canvas.drawPath(_mirrored(lobe, side), fill(ochre))
    for side, code in ((-1, ochre), (1, "#b86a22")):
        edge = [(side * x, y) for x, y in half]
        s.polygon(
            [(p.x(), p.y()) for p in _flat(through(edge))] + [(0, 0.87), (0, -0.34)], fill(code)
        )
    blaze = [
        (0, -0.26),
        (0.1, -0.12),
        (0.07, 0.2),
        (0.09, 0.44),
        (0, 0.52),
        (-0.09, 0.44),
        (-0.07, 0.2),
        (-0.1, -0.12),
    ]
    s.canvas.drawPath(through(blaze, close=True), fill(cream))
    muzzle = [
        (0, 0.54),
        (0.15, 0.57),
        (0.2, 0.68),
        (0.13, 0.82),
        (0, 0.87),
        (-0.13, 0.82),
        (-0.2, 0.68),
        (-0.15, 0.57),
    ]
    s.canvas.drawPath(through(muzzle, close=True), fill(dark))
    for side in (-1, 1):
        nose = [(side * x, y) for x, y in ((0.06, 0.67), (0.11, 0.64), (0.13, 0.69), (0.08, 0.73))]
        s.canvas.drawPath(through(nose, close=True), fill("#a53d23"))
        eye = [(side * x, y) for x, y in ((0.13, 0.05), (0.2, 0.0), (0.255, 0.04), (0.19, 0.09))]
        s.canvas.drawPath(through(eye, close=True), fill(dark))
        s.circle(side * 0.19, 0.035, 0.014, fill(cream))
    s.canvas.restore()


def _flat(path: skia.Path) -> list[skia.Point]:
    measure = skia.PathMeasure(path, False)
    whole = measure.getLength()
    return [measure.getPosTan(whole * i / 60)[0] for i in range(61)]


def _carnation(s: Sheet) -> None:
    s.fill_ground("#f2e6cd")
    olive, steel, red, deep = "#3c4632", "#23272a", "#d2232a", "#8f1119"
    shift = 0.26 if s.is_poster else 0.1
    s.canvas.save()
    s.canvas.translate(shift, -0.08 if s.is_poster else 0.14)
    s.canvas.rotate(8)
    s.rectangle(
        -0.075, 0.05, 0.075, 2.4, across((-0.075, 0), (0.075, 0), ["#0f1213", "#50585b", steel])
    )
    s.rectangle(-0.105, 0.05, 0.105, 0.15, fill(steel))
    s.polygon([(-0.02, 0.06), (-0.02, -0.05), (-0.075, -0.05), (-0.075, 0.06)], fill(steel))
    s.polygon([(-0.16, 0.75), (0.14, 0.75), (0.2, 2.4), (-0.24, 2.4)], fill("#7a4523"))
    s.polygon([(0.02, 0.75), (0.14, 0.75), (0.2, 2.4), (0.06, 2.4)], fill("#5a3016"))
    s.rectangle(-0.17, 0.86, 0.16, 0.94, fill(steel))
    s.stroke([(0.02, 0.1), (0.0, -0.12), (0.02, -0.34)], line(olive, 0.05))
    s.canvas.drawPath(
        through([(0.01, -0.02), (-0.2, -0.14), (-0.36, -0.36), (-0.14, -0.2)], close=True),
        fill("#5c6b45"),
    )
    s.canvas.drawPath(
        through([(0.01, 0.0), (0.24, -0.06), (0.42, -0.22), (0.2, -0.16)], close=True), fill(olive)
    )
    s.polygon(
        [(-0.06, -0.34), (-0.1, -0.52), (0.13, -0.52), (0.1, -0.34), (0.02, -0.28)], fill(olive)
    )
    for size, count, code, lean in (
        (0.62, 13, deep, 112),
        (0.58, 12, red, 102),
        (0.48, 11, deep, 94),
        (0.45, 10, "#e5343a", 84),
        (0.35, 9, deep, 76),
        (0.32, 8, red, 66),
        (0.21, 6, deep, 52),
        (0.18, 5, "#e5343a", 40),
    ):
        for i in range(count):
            angle = -lean + 2 * lean * i / (count - 1)
            _petal(s, 0.02, -0.50, size, angle, code=code)
    s.canvas.restore()


def _petal(s: Sheet, x: float, y: float, size: float, angle: float, *, code: str) -> None:
    rim = []
    for k in range(11):
        away = size * (1.0 if k % 2 else 0.9) * (1 - 0.05 * abs(k - 5) / 5)
        rim.append(around(x, y, away, angle + (k - 5) * 2.7))
    s.polygon([(x, y + 0.03), *rim], fill(code))
    s.stroke(
        [around(x, y, size * 0.45, angle), around(x, y, size * 0.8, angle)],
        line("#f2e6cd", 0.005, 0.35),
    )


ART = {
    "the-eel-question": Art(
        _eel,
        Title(("The Eel", "Question"), "#161d18", size=112, y=1008, leading=0.88),
        views=((1.7, -0.2, -0.3), (1.2, 0.3, 0.2)),
    ),
    "the-second-disease": Art(
        _ox,
        Title(
            ("The Second", "Disease"), "#f4e6c8", size=112, x=400, y=1010, align=0.5, leading=0.9
        ),
        views=((1.6, 0.0, -0.5), (1.15, -0.35, 0.1)),
    ),
    "twenty-past-midnight": Art(
        _carnation,
        Title(("Twenty", "Past", "Midnight"), "#23272a", size=90, y=640, leading=0.92),
        views=((1.7, 0.1, -0.4), (1.3, 0.2, 0.2)),
        grain=6,
    ),
}
