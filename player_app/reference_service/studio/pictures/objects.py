"""Art of the films about a thing: the trunk, the lunch tin, the portrait."""

from __future__ import annotations

import numpy as np
import skia

from player_app.reference_service.studio.canvas import fill, glow, line
from player_app.reference_service.studio.pictures.sheet import (
    Art,
    Sheet,
    Title,
    across,
    around,
    through,
)


def _trunks(s: Sheet) -> None:
    s.shade_ground(["#e7b25a", "#dd9440"], -1.5, 1.3)
    sheet_code, edge_code, ink = "#f7ecd2", "#c9a974", "#3a2413"
    base = 0.36 if s.is_poster else 0.46
    s.circle(-0.62, -0.86 if s.is_poster else -0.66, 0.2, fill("#f8dc92"))
    random = np.random.default_rng(7)
    tall, count = 1.32 if s.is_poster else 1.28, 62
    for i in range(count):
        part = i / count
        half = 0.56 - 0.36 * part**0.85
        y = base - tall * part
        slip = random.normal(0, 0.008)
        s.rectangle(
            slip - half, y - tall / count, slip + half, y, fill(sheet_code if i % 3 else "#ead7ae")
        )
        s.rectangle(slip - half, y - 0.004, slip + half, y, fill(edge_code))
        if i % 3 == 1:
            for k in np.arange(-half + 0.05, half - 0.06, 0.052):
                if random.random() < 0.8:
                    s.stroke([(k, y - 0.012), (k + 0.03, y - 0.012)], line(ink, 0.0045, 0.75))
    s.polygon(
        [(0.04, base - tall), (0.21, base - tall), (0.56, base), (0.3, base)], fill("#8a5a26", 0.28)
    )
    for row in range(5):
        y = base - 0.14 - row * 0.23
        half = 0.56 - 0.36 * ((base - y) / tall) ** 0.85
        for k in (-0.75, -0.25, 0.25, 0.75):
            x = k * half
            s.stroke([(x, y), (x + (0.11 if k > 0 else -0.11), y - 0.02)], line(ink, 0.024))
    for k in (-0.16, 0.0, 0.16):
        s.polygon(
            [(k - 0.05, base - tall), (k + 0.05, base - tall), (k, base - tall - 0.12)],
            fill(sheet_code),
        )
    s.rectangle(s.left, base + 0.36, s.right, s.bottom, fill("#96501f"))
    s.polygon(
        [(-0.86, base - 0.04), (0.86, base - 0.04), (0.82, base + 0.46), (-0.82, base + 0.46)],
        fill("#14545a"),
    )
    s.rectangle(-0.88, base - 0.06, 0.88, base + 0.02, fill("#0d3a40"))
    _diamonds(s, base)
    for y in (base + 0.05, base + 0.43):
        for x in np.arange(-0.8, 0.82, 0.08):
            s.circle(float(x), y, 0.011, fill("#f2c14e"))
    s.canvas.drawRoundRect(
        skia.Rect.MakeXYWH(-0.06, base - 0.05, 0.12, 0.14), 0.02, 0.02, fill("#f2c14e")
    )
    s.circle(0, base + 0.01, 0.02, fill("#0d3a40"))
    s.rectangle(0 - 0.007, base + 0.01, 0.007, base + 0.055, fill("#0d3a40"))


def _diamonds(s: Sheet, base: float) -> None:
    for x in (-0.64, -0.2, 0.24, 0.68):
        s.polygon(
            [
                (x - 0.18, base + 0.24),
                (x - 0.02, base + 0.08),
                (x + 0.14, base + 0.24),
                (x - 0.02, base + 0.4),
            ],
            fill("#d4482f"),
        )
        s.polygon(
            [
                (x - 0.1, base + 0.24),
                (x - 0.02, base + 0.16),
                (x + 0.06, base + 0.24),
                (x - 0.02, base + 0.32),
            ],
            fill("#f2c14e"),
        )
        s.circle(x - 0.02, base + 0.24, 0.025, fill("#14545a"))


_MARKS = ("bar", "cross", "dot", "half", "ring", "wedge", "twin", "star")


def _lid(
    s: Sheet, x: float, y: float, radius: float, mark: str, *, paint: str, metal: list[str]
) -> None:
    s.circle(x + 0.025, y + 0.04, radius, fill("#8e4a12", 0.5, blur=0.018))
    s.circle(x, y, radius, across((x - radius, y - radius), (x + radius, y + radius), metal))
    s.circle(x, y, radius * 0.93, line("#7d8486", 0.006))
    s.circle(x, y, radius * 0.8, across((x + radius, y + radius), (x - radius, y - radius), metal))
    s.circle(x, y, radius * 0.8, line("#6d7476", 0.007))
    size, ink = radius * 0.46, line(paint, radius * 0.2)
    if mark in ("bar", "twin"):
        for k in (0,) if mark == "bar" else (-0.5, 0.5):
            s.stroke([(x - size, y + k * size), (x + size, y + k * size)], ink)
    elif mark == "cross":
        s.stroke([(x - size, y - size), (x + size, y + size)], ink)
        s.stroke([(x + size, y - size), (x - size, y + size)], ink)
    elif mark == "dot":
        s.circle(x, y, size * 0.8, fill(paint))
    elif mark == "half":
        box = skia.Rect.MakeLTRB(x - size * 1.1, y - size * 1.1, x + size * 1.1, y + size * 1.1)
        s.canvas.drawArc(box, 200, 180, True, fill(paint))
    elif mark == "ring":
        s.circle(x, y, size * 0.85, ink)
        s.circle(x, y, size * 0.2, fill(paint))
    elif mark == "wedge":
        s.polygon([around(x, y, size * 1.2, a) for a in (0, 120, 240)], fill(paint))
    else:
        for a in range(0, 180, 45):
            s.stroke(
                [around(x, y, size * 1.05, a), around(x, y, size * 1.05, a + 180)],
                line(paint, radius * 0.11),
            )


def _lids(s: Sheet) -> None:
    s.fill_ground("#efa52d")
    random = np.random.default_rng(1890)
    paints = ["#c2185b", "#12605a", "#1b2a6b", "#c2185b", "#d1361f", "#12605a"]
    steel = ["#fbfbf6", "#b8bfc0", "#e9ecea", "#98a1a3"]
    brass = ["#f9e08d", "#c08a1e", "#f0c95a", "#94640f"]
    step, radius = 0.52, 0.225
    rows = np.arange(-1.27, 0.75, step) if s.is_poster else np.arange(-1.04, 1.3, step)
    columns = np.arange(-0.78, 0.9, step) if s.is_poster else np.arange(-0.78, s.right + step, step)
    for j, y in enumerate(rows):
        for i, x in enumerate(columns):
            mark = _MARKS[int(random.integers(0, len(_MARKS)))]
            golden = (i, j) == (2, 1) if s.is_poster else (i, j) == (2, 2)
            code = "#1b2a6b" if golden else str(random.choice(paints))
            _lid(
                s,
                float(x),
                float(y),
                radius,
                "star" if golden else mark,
                paint=code,
                metal=brass if golden else steel,
            )
    if s.is_poster:
        s.rectangle(-1, 0.62, 1, 1.5, fill("#c2185b"))


def _portrait(s: Sheet) -> None:
    s.shade_ground(["#2a1d1a", "#1a1110"], -1.4, 1.3)
    cream, rose, ink = "#ecd9b8", "#c78a74", "#241512"
    s.canvas.save()
    s.canvas.translate(0, -0.3 if s.is_poster else 0)
    outer = skia.Rect.MakeLTRB(-0.78, -0.98, 0.78, 0.92)
    for grow, code in ((0.06, "#b98a4a"), (0.04, "#2a1d1a"), (0.025, "#b98a4a")):
        s.canvas.drawOval(outer.makeOutset(grow, grow), fill(code))
    ring = skia.PathBuilder()
    ring.addOval(outer)
    s.canvas.clipPath(ring.detach(), doAntiAlias=True)
    s.canvas.drawRect(outer, across((0, -1), (0, 0.9), [cream, "#d9b38c", "#9a6a54"]))
    s.circle(-0.25, -0.55, 0.9, glow(-0.25, -0.55, 0.9, "#fff3d4", 0.8))
    for x, high in ((-0.66, 0.3), (-0.5, 0.5), (0.56, 0.46), (0.7, 0.28)):
        s.canvas.drawOval(
            skia.Rect.MakeLTRB(x - 0.12, 0.32 - high, x + 0.12, 0.6),
            fill("#a97d62", 0.4, blur=0.04),
        )
    for k in range(5):
        s.stroke([(-0.8, 0.5 + k * 0.03), (0.8, 0.46 + k * 0.03)], line("#8e6450", 0.006, 0.5))
    ghost = fill("#7d5344", 0.42, blur=0.012)
    s.circle(0.42, -0.3, 0.105, ghost)
    s.canvas.drawPath(
        through([(0.3, -0.16), (0.42, -0.21), (0.55, -0.15), (0.6, 0.3), (0.26, 0.3)], close=True),
        ghost,
    )
    coat = [
        (-0.1, -0.22),
        (-0.36, -0.1),
        (-0.52, 0.2),
        (-0.62, 0.98),
        (0.5, 0.98),
        (0.42, 0.3),
        (0.26, -0.06),
        (0.08, -0.2),
    ]
    s.canvas.drawPath(through(coat, close=True), fill(ink))
    s.polygon([(-0.13, -0.34), (0.04, -0.34), (0.08, -0.12), (-0.14, -0.12)], fill("#5c3322"))
    profile = [
        (-0.2, -0.62),
        (-0.245, -0.52),
        (-0.285, -0.46),
        (-0.245, -0.43),
        (-0.262, -0.39),
        (-0.24, -0.36),
        (-0.23, -0.31),
        (-0.12, -0.29),
        (0.04, -0.33),
        (0.09, -0.46),
        (0.06, -0.62),
        (-0.06, -0.7),
    ]
    s.canvas.drawPath(
        through(profile, close=True), across((-0.28, 0), (0.1, 0), ["#7d4a30", "#4a281b"])
    )
    cloche = [
        (-0.29, -0.55),
        (-0.22, -0.72),
        (-0.06, -0.82),
        (0.1, -0.74),
        (0.17, -0.52),
        (0.15, -0.4),
        (0.04, -0.48),
        (-0.12, -0.545),
    ]
    s.canvas.drawPath(through(cloche, close=True), fill(rose))
    s.stroke([(-0.26, -0.56), (-0.05, -0.57), (0.15, -0.45)], line(ink, 0.02))
    for k in range(5):
        s.stroke([(0.1, -0.52), around(0.1, -0.52, 0.17, 20 + k * 22)], line(ink, 0.012))
    random = np.random.default_rng(135)
    for _ in range(420):
        part = random.random()
        x, y = -0.38 + 0.62 * part, -0.07 + 0.18 * abs(part - 0.5)
        x, y = x + random.normal(0, 0.035), y + random.normal(0, 0.05)
        s.stroke(
            [(x, y), (x + random.normal(0, 0.03), y + random.uniform(0.01, 0.05))],
            line("#cdb08f", 0.006, 0.75),
        )
    s.circle(0.05, -0.41, 0.018, fill("#fbf3df"))
    for x, y, size in (
        (-0.5, -0.5, 0.07),
        (0.34, -0.72, 0.05),
        (0.56, -0.44, 0.035),
        (-0.36, -0.76, 0.035),
    ):
        for a in range(0, 180, 45):
            reach = size if a % 90 == 0 else size * 0.45
            s.stroke([around(x, y, reach, a), around(x, y, reach, a + 180)], line("#fffaf0", 0.005))
    s.canvas.restore()


ART = {
    "trunks-to-bamako": Art(
        _trunks,
        Title(("Trunks to", "Bamako"), "#fbeecf", size=112, y=1020, leading=0.88),
        views=((1.9, 0.0, -0.35), (1.7, 0.1, 0.45)),
    ),
    "the-address-on-the-lid": Art(
        _lids,
        Title(("The Address", "on the Lid"), "#fdeccb", size=104, y=985, leading=0.92),
        views=((1.5, 0.26, 0.0), (2.2, -0.26, -0.3)),
    ),
    "retouched-on-135th-street": Art(
        _portrait,
        Title(("Retouched on", "135th Street"), "#ecd9b8", size=92, x=400, y=1030, align=0.5),
        views=((2.0, -0.05, -0.42), (1.2, 0.2, -0.1)),
        grain=8,
    ),
}
