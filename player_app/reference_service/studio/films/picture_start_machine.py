"""The machines around the leader: projector, margin, cutting-room bin, changeover, auditorium."""

from __future__ import annotations

import math
from random import Random

import skia

from player_app.reference_service.studio.canvas import (
    blend,
    down,
    face,
    fill,
    glow,
    line,
    moved,
    span,
    trembling,
    write,
)
from player_app.reference_service.studio.film import HEIGHT, WIDTH

_BROWN = "#1b100a"
_AMBER = "#e8b35e"
_CREAM = "#f3dca8"
_RED = "#b8432a"
_REELS = ((300.0, 176.0, 168.0, 0.5), (300.0, 560.0, 150.0, -0.62))
_TINTS = ("#7d5230", "#95683b", "#5d4a3c", "#86442f", "#6f6a4a", "#4c4f55", "#a27a45")


class Machine:
    def __init__(self) -> None:
        self._bold = face(bold=True)
        self._italic = face(italic=True)

    def projector(self, canvas: skia.Canvas, t: float) -> None:
        canvas.drawPaint(down(("#2e1a0e", "#160c07"), 0, HEIGHT))
        push = span(t, 5.0, 16.0)
        with moved(canvas, -60 * push, -24 * push, 1 + 0.1 * push):
            self._beam(canvas, t)
            for x, y, radius, speed in _REELS:
                _reel(canvas, x, y, radius, t * speed * 90)
            _film_path(canvas, t)
            _lamp_house(canvas)

    def margin(self, canvas: skia.Canvas, t: float) -> None:
        """The edge of the film, very near."""
        canvas.drawPaint(down(("#3c2110", "#2a160b"), 0, HEIGHT))
        travel = (t - 35) * 62 + 70 * span(t, 35, 40)
        for frame in range(-1, 4):
            with moved(canvas, frame * 620 - travel % 620, -150):
                canvas.clipRect(skia.Rect.MakeWH(590, 330))
                self._dusk(canvas, 47, 0.48)
        canvas.drawRect(skia.Rect.MakeLTRB(0, 180, WIDTH, 470), fill("#3a200f"))
        for hole in range(-1, 9):
            rect = skia.Rect.MakeXYWH(hole * 206.7 - travel % 206.7, 250, 118, 146)
            canvas.drawRoundRect(rect, 26, 26, fill("#f7dfae"))
            canvas.drawRoundRect(rect, 26, 26, line("#1a0e07", 5, 0.5))
        seen = span(t, 35.2, 36.4)
        words = "SAFETY FILM  ▸  47 1208  ▸  1209  ▸  VERITÉ  ▸  1210  ▸  1211  ▸  SAFETY FILM"
        words = words.replace("▸", "·")
        canvas.drawRect(skia.Rect.MakeLTRB(0, 448, WIDTH, HEIGHT), fill("#241309"))
        write(
            canvas,
            words,
            190 - travel * 1.25 + 240,
            590,
            104,
            fill(_AMBER, 0.35 * seen, 9),
            self._bold,
            9,
            0,
        )
        write(
            canvas,
            words,
            190 - travel * 1.25 + 240,
            590,
            104,
            fill("#ffd68a", seen),
            self._bold,
            9,
            0,
        )
        canvas.drawPaint(glow(640, 560, 700, "#ff9a3c", 0.22))

    def bin(self, canvas: skia.Canvas, t: float) -> None:
        """Strips on their pins; the light finds one."""
        canvas.drawPaint(down(("#3d2717", "#140b06"), 0, HEIGHT))
        found = span(t, 41.6, 43.0)
        for depth in range(3):
            random = Random(depth + 4)
            near = 0.55 + 0.3 * depth
            slide = -(t - 40) * 16 * near
            for place in range(15 - 3 * depth):
                x = place * (104 + 44 * depth) + random.uniform(-20, 20) + slide + 10
                chosen = depth == 2 and place == 4
                sway = math.sin(t * 1.1 + place * 1.7 + depth) * (1.5 - 0.9 * chosen)
                tint = _AMBER if chosen else random.choice(_TINTS)
                shade = 1.0 if chosen else (0.35 + 0.22 * depth) * (1 - 0.35 * found)
                length = random.uniform(430, 720)
                with moved(canvas, x, 74 - 14 * depth, near, sway):
                    _hanging(canvas, length, tint, shade, place + 7 * depth)
            canvas.drawLine(0, 72 - 14 * depth, WIDTH, 72 - 14 * depth, line("#0e0704", 7))
        canvas.drawPaint(glow(700, 330, 420, "#ffb650", 0.36 * found))
        write(canvas, "1209", 860, 420, 118, fill(_CREAM, found), self._bold, 6, 0)
        write(canvas, "found", 868, 466, 36, fill(_CREAM, 0.8 * found), self._italic, 0, 0)

    def changeover(self, canvas: skia.Canvas, t: float) -> None:
        self._dusk(canvas, t, 1.0)
        dots = (48.75, 52.2)
        for number, at_s in enumerate(dots):
            if at_s <= t < at_s + 0.3:
                canvas.drawOval(skia.Rect.MakeXYWH(1136, 66, 46, 50), fill("#140a06"))
                canvas.drawOval(skia.Rect.MakeXYWH(1131, 61, 56, 60), line("#ffe6b0", 3, 0.8))
            seen = span(t, at_s + 0.35, at_s + 1.0) * (1 - span(t, at_s + 2.3, at_s + 2.8))
            if seen > 0:
                ring = skia.Path()
                ring.addArc(skia.Rect.MakeXYWH(1109, 41, 100, 100), -80, 359 * seen)
                canvas.drawPath(ring, trembling(line(_RED, 4, 0.9), int(t * 6)))
                words = ("motor", "change over")[number]
                write(canvas, words, 1092, 102, 40, fill(_CREAM, seen), self._italic, 0, 1)

    def auditorium(self, canvas: skia.Canvas, t: float) -> None:
        canvas.drawColor(0xFF0C0705)
        back = span(t, 54.6, 59.5)
        scale = blend(0.62, 0.5, back)
        width, height = WIDTH * scale, HEIGHT * scale
        left, top = (WIDTH - width) / 2, 70
        with moved(canvas, left, top, scale):
            canvas.clipRect(skia.Rect.MakeWH(WIDTH, HEIGHT))
            self._dusk(canvas, t, 1.0)
        canvas.drawPaint(glow(640, top + height / 2, 620, "#e59a4c", 0.26))
        beam = skia.Path()
        beam.addPoly(
            [skia.Point(640, 760), skia.Point(left, top), skia.Point(left + width, top)], True
        )
        canvas.drawPath(beam, down(("#ffdf9f", "#ffdf9f"), 0, HEIGHT, (0.0, 0.09)))
        random = Random(8)
        for row in range(4):
            y = 500 + row * 66 + 22 * back
            size = 27 + row * 10
            shade = ("#24140c", "#1a0f09", "#110a06", "#080503")[row]
            for seat in range(-1, 15 - 2 * row):
                x = seat * size * 3.3 + random.uniform(-9, 9) + (row % 2) * size * 1.6
                nod = 2.5 * math.sin(t * 0.6 + seat * 2 + row)
                canvas.drawCircle(x, y + nod, size * random.uniform(0.86, 1.05), fill(shade))
                body = skia.Rect.MakeXYWH(x - size * 1.5, y + size * 0.82, size * 3, 260)
                canvas.drawRoundRect(body, size, size, fill(shade))

    def _beam(self, canvas: skia.Canvas, t: float) -> None:
        flicker = 0.92 + 0.08 * math.sin(t * 9) * math.sin(t * 2.3)
        beam = skia.Path()
        beam.addPoly([skia.Point(836, 330), skia.Point(1500, 30), skia.Point(1500, 690)], True)
        canvas.drawPath(beam, fill("#ffcf7d", 0.30 * flicker, 14))
        beam = skia.Path()
        beam.addPoly([skia.Point(836, 336), skia.Point(1500, 150), skia.Point(1500, 560)], True)
        canvas.drawPath(beam, fill("#ffe9bd", 0.22 * flicker, 22))
        canvas.drawPaint(glow(836, 335, 240, "#ffd98f", 0.75 * flicker))
        random = Random(2)
        for _ in range(46):
            away = (random.random() + t * random.uniform(0.006, 0.02)) % 1
            x = 880 + away * 420
            y = 335 + (random.random() - 0.5) * (60 + 480 * away) + 8 * math.sin(t + x)
            canvas.drawCircle(x, y, random.uniform(0.8, 2.2), fill("#fff0cf", 0.55))

    def _dusk(self, canvas: skia.Canvas, t: float, size: float) -> None:
        """What the reel shows: hills, a low sun, and a train going home."""
        with moved(canvas, 0, 0, size):
            sky = ("#31485a", "#a1705b", "#e8a55f", "#f6cd83")
            canvas.drawPaint(down(sky, 0, 520))
            sun = 322 + (t - 45) * 7
            canvas.drawPaint(glow(840, sun, 460, "#ffdf9a", 0.6))
            canvas.drawCircle(840, sun, 62, fill("#fff0c4"))
            for layer, shade in enumerate(("#8d5e51", "#5f4448", "#3c2f39", "#211a22")):
                hills = skia.Path()
                hills.moveTo(0, HEIGHT)
                pace = (t - 45) * (3 + 7 * layer * layer)
                for x in range(0, WIDTH + 41, 20):
                    far = (x + pace) * (0.0024 + 0.0007 * layer) + layer * 2.1
                    rise = math.sin(far) + 0.45 * math.sin(far * 2.7 + layer)
                    hills.lineTo(x, 402 + layer * 74 - rise * (56 - 9 * layer))
                hills.lineTo(WIDTH + 40, HEIGHT)
                canvas.drawPath(hills, fill(shade))
                if layer == 2:
                    _train(canvas, 1180 - (t - 45) * 92)


def _reel(canvas: skia.Canvas, x: float, y: float, radius: float, turn: float) -> None:
    with moved(canvas, x, y, 1, turn):
        canvas.drawCircle(0, 0, radius * 0.86, fill("#3a2112"))
        for ring in range(9):
            canvas.drawCircle(0, 0, radius * (0.4 + ring * 0.05), line("#54331b", 1.5, 0.6))
        for spoke in range(5):
            with moved(canvas, 0, 0, 1, spoke * 72):
                window = skia.Path()
                window.addOval(
                    skia.Rect.MakeXYWH(radius * 0.34, -radius * 0.2, radius * 0.42, radius * 0.4)
                )
                canvas.drawPath(window, fill("#1b100a"))
                canvas.drawPath(window, line("#c08a4a", 3))
        canvas.drawCircle(0, 0, radius, line("#c08a4a", 7))
        canvas.drawCircle(0, 0, radius * 0.16, fill("#c08a4a"))
        canvas.drawCircle(0, 0, radius * 0.05, fill(_BROWN))


def _film_path(canvas: skia.Canvas, t: float) -> None:
    path = skia.Path()
    path.moveTo(330, 30)
    path.cubicTo(520, 40, 620, 60, 640, 150)
    path.cubicTo(652, 205, 740, 200, 742, 262)
    path.lineTo(742, 410)
    path.cubicTo(740, 470, 650, 452, 640, 520)
    path.cubicTo(628, 640, 520, 690, 330, 704)
    canvas.drawPath(path, line("#0d0704", 34))
    canvas.drawPath(path, line("#a87035", 28))
    canvas.drawPath(path, line("#5a3618", 17))
    holes = line("#f2d296", 20)
    holes.setStrokeCap(skia.Paint.kButt_Cap)
    holes.setPathEffect(skia.DashPathEffect.Make([3, 19], -(t * 116) % 22))
    canvas.drawPath(path, holes)
    canvas.drawPath(path, line("#5a3618", 11))
    for x, y in ((640, 150), (640, 520)):
        with moved(canvas, x, y, 1, t * 130):
            canvas.drawCircle(0, 0, 36, fill("#c08a4a"))
            canvas.drawCircle(0, 0, 27, fill("#6a421f"))
            for tooth in range(6):
                with moved(canvas, 0, 0, 1, tooth * 60):
                    canvas.drawRect(skia.Rect.MakeXYWH(-3, -27, 6, 54), fill("#c08a4a"))


def _lamp_house(canvas: skia.Canvas) -> None:
    canvas.drawRect(skia.Rect.MakeXYWH(700, 268, 30, 136), fill("#0d0704"))
    canvas.drawRect(skia.Rect.MakeXYWH(756, 290, 34, 92), fill("#8f6231"))
    canvas.drawRect(skia.Rect.MakeXYWH(790, 300, 50, 72), fill("#c08a4a"))
    canvas.drawRect(skia.Rect.MakeXYWH(756, 290, 34, 12), fill("#d9a865"))
    canvas.drawRect(skia.Rect.MakeXYWH(790, 300, 50, 9), fill("#f0c888"))


def _hanging(canvas: skia.Canvas, length: float, tint: str, shade: float, number: int) -> None:
    canvas.drawRect(skia.Rect.MakeXYWH(-38, 0, 76, length), fill(tint, shade))
    for frame in range(int(length // 58)):
        y = 14 + frame * 58
        canvas.drawRect(skia.Rect.MakeXYWH(-24, y, 48, 44), fill("#1b100a", 0.72 * shade))
        canvas.drawRect(
            skia.Rect.MakeXYWH(-24, y + 26 - number % 9, 48, 18), fill(tint, 0.4 * shade)
        )
        for x in (-34, 28):
            for hole in (4, 32):
                canvas.drawRect(
                    skia.Rect.MakeXYWH(x, y + hole, 6, 9), fill("#f6dfae", 0.55 * shade)
                )


def _train(canvas: skia.Canvas, x: float) -> None:
    y = 516
    for car in range(5):
        canvas.drawRoundRect(
            skia.Rect.MakeXYWH(x + 62 + car * 74, y - 26, 68, 26), 4, 4, fill("#17110f")
        )
        for window in range(4):
            pane = skia.Rect.MakeXYWH(x + 69 + car * 74 + window * 15, y - 20, 9, 9)
            canvas.drawRect(pane, fill("#ffd98c"))
    canvas.drawRoundRect(skia.Rect.MakeXYWH(x, y - 24, 58, 24), 5, 5, fill("#100b0a"))
    canvas.drawRect(skia.Rect.MakeXYWH(x + 8, y - 40, 9, 18), fill("#100b0a"))
    for puff in range(9):
        size = 8 + puff * 5
        canvas.drawCircle(
            x + 16 + puff * 34, y - 52 - puff * 9, size, fill("#f1cf9d", 0.30 - puff * 0.03, 6)
        )
