"""Art of the films about places: the dry harbour and the fence."""

from __future__ import annotations

import numpy as np
import skia

from player_app.reference_service.studio.canvas import fill, line
from player_app.reference_service.studio.pictures.sheet import (
    Art,
    Sheet,
    Title,
    across,
    closed,
    through,
)


def _harbour(s: Sheet) -> None:
    s.shade_ground(["#f6efe0", "#eadcc3"], -1.5, 0.5)
    s.circle(0.8, -0.5, 0.12, fill("#fffaf0"))
    dune = [
        (s.left - 0.2, 0.5),
        (-1.2, 0.42),
        (-0.5, 0.36),
        (0.2, 0.38),
        (0.9, 0.3),
        (s.right + 0.3, 0.34),
        (s.right + 0.3, 2),
        (s.left - 0.2, 2),
    ]
    s.canvas.drawPath(through(dune), fill("#d9b582"))
    s.canvas.save()
    s.canvas.translate(0, 0.1 if s.is_poster else -0.02)
    s.canvas.rotate(-6)
    water = [
        (-0.86, 0.5),
        (-0.6, 0.54),
        (0.6, 0.54),
        (0.86, 0.46),
        (1.0, 0.62),
        (0.8, 0.74),
        (0.95, 0.86),
        (0.55, 0.9),
        (0.62, 1.02),
        (0.1, 0.98),
        (-0.1, 1.06),
        (-0.42, 0.94),
        (-0.72, 0.92),
        (-0.66, 0.78),
        (-0.98, 0.68),
    ]
    s.canvas.drawPath(through(water, close=True), fill("#1f6a80"))
    for i in range(7):
        y, wide = 0.60 + i * 0.06, 0.62 - i * 0.07
        wave = [(-wide + k * wide / 4, y + (0.014 if k % 2 else -0.014)) for k in range(9)]
        s.stroke(wave, line("#5fa3ae", 0.011))
    hull = [(-0.98, -0.12), (-0.7, 0.02), (0.72, 0.02), (0.86, -0.06), (0.8, 0.5), (-0.6, 0.5)]
    s.polygon(hull, across((-0.9, 0), (0.9, 0.4), ["#b8452a", "#8f3320", "#5e2318"]))
    s.polygon(
        [
            (-0.98, -0.12),
            (-0.7, 0.02),
            (0.72, 0.02),
            (0.86, -0.06),
            (0.855, 0.02),
            (0.72, 0.1),
            (-0.7, 0.1),
            (-0.95, -0.05),
        ],
        fill("#2b211d"),
    )
    s.stroke([(-0.85, 0.16), (0.83, 0.16)], line("#d9b582", 0.012, 0.8))
    s.rectangle(0.12, -0.34, 0.58, 0.03, fill("#86a89c"))
    s.rectangle(0.2, -0.52, 0.5, -0.34, fill("#a9c3b6"))
    s.rectangle(0.44, -0.34, 0.58, 0.03, fill("#5f8378"))
    s.rectangle(0.17, -0.55, 0.53, -0.515, fill("#2b211d"))
    for x in (0.24, 0.36):
        s.rectangle(x, -0.46, x + 0.09, -0.385, fill("#2b211d"))
    for x in (0.2, 0.36, 0.5):
        s.circle(x, -0.16, 0.035, fill("#2b211d"))
    s.stroke([(-0.3, 0.02), (-0.3, -0.74)], line("#2b211d", 0.02))
    s.stroke([(-0.3, -0.7), (-0.92, -0.1)], line("#2b211d", 0.006))
    s.stroke([(-0.3, -0.72), (0.2, -0.5)], line("#2b211d", 0.006))
    s.stroke([(-0.3, -0.2), (0.04, -0.56)], line("#2b211d", 0.014))
    random = np.random.default_rng(15)
    s.canvas.clipPath(closed(hull))
    for _ in range(150):
        x, y = random.uniform(-0.95, 0.85), random.uniform(0.1, 0.5)
        high = random.uniform(0.02, 0.16)
        s.stroke(
            [(x, y), (x, y + high)],
            line(str(random.choice(["#e0793f", "#3d1a12", "#cf5c31"])), 0.012, 0.45),
        )
    s.canvas.restore()
    for _ in range(260):
        x, y = random.uniform(s.left, s.right), random.uniform(1.1, 1.6)
        s.stroke([(x, y), (x + 0.05, y)], line("#c69c66", 0.005, 0.7))


def _fence(s: Sheet) -> None:
    horizon = -0.12
    s.shade_ground(["#12397c", "#2f6fb4", "#a9cde0"], -1.5, horizon)
    vanish = (-0.5, horizon)
    s.rectangle(
        s.left,
        horizon,
        s.right,
        s.bottom,
        across((0, horizon), (0, 1.5), ["#c65a2c", "#a23a1c", "#7d2814"]),
    )
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
        high = (
            vanish[0] + (foot[0] + 0.11 - vanish[0]) * part,
            vanish[1] + (head[1] - vanish[1]) * part,
        )
        wide = (0.055 if i % 3 == 0 else 0.022) * part
        s.stroke([low, high], line("#1a120e", max(wide, 0.003)))
    _dingo(s, 0.02, 0.62)


def _dingo(s: Sheet, x: float, y: float) -> None:
    coat, shade = "#e9b872", "#b97a3c"
    s.canvas.save()
    s.canvas.translate(x, y)
    s.canvas.drawOval(skia.Rect.MakeXYWH(-0.04, 0.225, 0.5, 0.035), fill("#5b1c0e", 0.6, blur=0.01))
    for leg in (
        [(0.06, 0.0), (0.03, 0.1), (0.06, 0.15), (0.035, 0.235)],
        [(0.29, 0.04), (0.315, 0.14), (0.3, 0.235)],
    ):
        s.stroke(leg, line(shade, 0.024))
    body = [
        (0.0, 0.0),
        (0.03, -0.07),
        (0.14, -0.085),
        (0.27, -0.09),
        (0.34, -0.12),
        (0.38, -0.15),
        (0.43, -0.155),
        (0.47, -0.12),
        (0.525, -0.085),
        (0.52, -0.062),
        (0.44, -0.06),
        (0.39, -0.03),
        (0.37, 0.03),
        (0.31, 0.065),
        (0.2, 0.03),
        (0.11, 0.035),
        (0.04, 0.07),
    ]
    s.canvas.drawPath(through(body, close=True), fill(coat))
    for leg in (
        [(0.06, 0.02), (0.08, 0.1), (0.05, 0.15), (0.075, 0.235)],
        [(0.33, 0.03), (0.34, 0.14), (0.36, 0.235)],
    ):
        s.stroke(leg, line(coat, 0.028))
    s.polygon([(0.385, -0.14), (0.385, -0.225), (0.43, -0.15)], fill(coat))
    s.polygon([(0.42, -0.15), (0.435, -0.22), (0.46, -0.14)], fill(shade))
    s.stroke([(0.02, -0.03), (-0.04, -0.01), (-0.08, 0.06), (-0.075, 0.12)], line(coat, 0.036))
    s.circle(0.45, -0.118, 0.006, fill("#2c120c"))
    s.circle(0.522, -0.078, 0.009, fill("#2c120c"))
    s.canvas.restore()


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
}
