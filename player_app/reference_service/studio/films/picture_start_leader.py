"""The leader itself: its title frame, its countdown, the pip at two, and the wear of the years."""

from __future__ import annotations

import math
from random import Random

import skia

from player_app.reference_service.studio.canvas import (
    blend,
    face,
    faded,
    fill,
    glow,
    line,
    moved,
    paper,
    span,
    trembling,
    within,
    write,
)
from player_app.reference_service.studio.film import HEIGHT, WIDTH

INK = "#21160d"
CREAM = "#ecd7ab"
RED = "#a93a22"
_MIDDLE = (WIDTH / 2, 348.0)
_ACADEMY = ("11", "10", "9", "8", "7", "6")
_WORDS = {"9": "NINE", "6": "SIX"}


class Leader:
    def __init__(self) -> None:
        self._paper = paper("#f0ddb4", "#cfa466", 11)
        self._bold = face(bold=True)
        self._italic = face(italic=True)

    def title(self, canvas: skia.Canvas, t: float) -> None:
        self._ground(canvas, t)
        drawing = int(t * 6)
        with moved(canvas, 0, 3 * math.sin(t * 1.3)):
            for x in (110, WIDTH - 110):
                for y in (96, 600):
                    _cross(canvas, x, y, 34, drawing)
            reach = span(t, 0.7, 2.2)
            frame = skia.Rect.MakeLTRB(190, 150, 190 + 900 * reach, 546)
            canvas.drawRoundRect(frame, 26, 26, trembling(line(INK, 4), drawing))
            for row, word in enumerate(("PICTURE", "START")):
                size = 148
                for place, letter in enumerate(word):
                    seen = span(t, 1.0 + 0.9 * row + 0.09 * place, 1.4 + 0.9 * row + 0.09 * place)
                    left = WIDTH / 2 + (place - (len(word) - 1) / 2) * 116
                    drop = 14 * (1 - seen)
                    ink = trembling(fill(INK, seen), drawing + place, 12, 1.3)
                    write(canvas, letter, left, 322 + row * 160 - drop, size, ink, self._bold)
            seen = span(t, 2.7, 3.4)
            write(canvas, "reel one, head", 232, 592, 30, fill(RED, seen), self._italic, align=0)
            write(canvas, "this end up", 1048, 592, 30, fill(RED, seen), self._italic, align=1)
            arrow = trembling(line(RED, 4, seen), drawing)
            canvas.drawLine(1076, 594, 1076, 562, arrow)
            canvas.drawLine(1076, 562, 1066, 574, arrow)
            canvas.drawLine(1076, 562, 1086, 574, arrow)
        if t >= 4.95:
            canvas.drawPaint(fill("#fff6dc", 0.7))

    def countdown(self, canvas: skia.Canvas, t: float) -> None:
        self._ground(canvas, t)
        if t < 19:
            self._academy(canvas, t)
        elif t < 25:
            self._clock(canvas, 8 - int(t - 19), (t - 19) % 1, int(t * 6))
        else:
            canvas.drawPaint(fill("#fff3d2", 0.55))
            self._clock(canvas, 2, 0, int(t * 6))

    def pip(self, canvas: skia.Canvas, t: float) -> None:
        """The frame of the two, seen ever farther off, until its sound passes the slit."""
        canvas.drawColor(0xFF1A100A)
        away = span(t, 25.3, 29.2)
        scale = blend(1.0, 0.36, away)
        passed = blend(0.0, 1.0, span(t, 29.0, 35.3)) * 1.0
        pitch = HEIGHT * 1.06
        with moved(canvas, blend(WIDTH / 2, 560, away), blend(348, 348, away), scale, -4 * away):
            for number in range(-3, 4):
                lift = (number + 0.46 - passed) * pitch if away > 0 else number * pitch
                start = number * pitch
                self._strip_frame(canvas, number, blend(start, lift, span(t, 27.0, 29.5)))
            self._soundtrack(canvas, blend(0, (0.46 - passed) * pitch, span(t, 27.0, 29.5)))
        seen = span(t, 28.8, 30.2)
        slit_x, slit_y = 283.0, 360.0
        canvas.drawPaint(glow(slit_x, slit_y, 300, "#ffb04a", 0.5 * seen))
        canvas.drawLine(180, slit_y, 380, slit_y, line("#ffe2a3", 3, seen))
        for ring in range(7):
            age = span(t, 30.5 + ring * 0.62, 34.6 + ring * 0.62)
            if 0 < age < 1:
                bow = skia.Rect.MakeXYWH(900 - 320 * age, 348 - 320 * age, 640 * age, 640 * age)
                canvas.drawArc(bow, -60, 120, False, line(CREAM, 2.5, 0.45 * (1 - age)))
        with faded(canvas, span(t, 29.4, 30.6)):
            write(canvas, "1000", 1010, 372, 92, fill(CREAM), self._bold)
            write(canvas, "cycles a second", 1010, 418, 32, fill(CREAM, 0.8), self._italic)

    def wear(self, canvas: skia.Canvas, t: float) -> None:
        """Scratches and dust, few enough to leave the picture its bits."""
        random = Random(int(t * 2))
        if random.random() < 0.5:
            x = random.uniform(60, WIDTH - 60)
            canvas.drawLine(x, 0, x + 4, HEIGHT, line("#fff2d0", 1.4, 0.3))
        spots = Random(int(t * 8))
        if spots.random() < 0.5:
            for _ in range(3):
                x, y = spots.uniform(0, WIDTH), spots.uniform(0, HEIGHT)
                canvas.drawCircle(x, y, spots.uniform(1.5, 5), fill("#120a05", 0.55))

    def _ground(self, canvas: skia.Canvas, t: float) -> None:
        canvas.drawImage(self._paper, 0, 0)
        canvas.drawPaint(fill("#3a1c08", 0.03 + 0.02 * math.sin(t * 3.1)))

    def _academy(self, canvas: skia.Canvas, t: float) -> None:
        foot, drawing = int((t - 15) * 1.5), int(t * 6)
        number = _ACADEMY[min(foot, len(_ACADEMY) - 1)]
        for x in (150, WIDTH - 150):
            _cross(canvas, x, 348, 60, drawing)
        diamond = skia.Path()
        diamond.addPoly(
            [
                skia.Point(640, 24),
                skia.Point(1010, 348),
                skia.Point(640, 672),
                skia.Point(270, 348),
            ],
            True,
        )
        canvas.drawPath(diamond, trembling(line(INK, 3, 0.8), drawing))
        ink = trembling(fill(INK), drawing, 14, 1.6)
        self._digits(canvas, number, 640, 348, ink)
        if number in _WORDS:
            write(canvas, _WORDS[number], 640, 582, 52, fill(RED), self._bold, 10)

    def _clock(self, canvas: skia.Canvas, number: int, turn: float, drawing: int) -> None:
        x, y = _MIDDLE
        sweep = skia.Rect.MakeXYWH(x - 900, y - 900, 1800, 1800)
        canvas.drawArc(sweep, -90, 360 * turn, True, fill("#6b4220", 0.42))
        canvas.drawLine(0, y, WIDTH, y, line(INK, 2.5, 0.75))
        canvas.drawLine(x, 0, x, HEIGHT, line(INK, 2.5, 0.75))
        for radius in (236, 290):
            canvas.drawCircle(x, y, radius, trembling(line(INK, 5), drawing + radius, 16, 0.9))
        angle = (turn * 360 - 90) * math.pi / 180
        tip = (x + 900 * math.cos(angle), y + 900 * math.sin(angle))
        canvas.drawLine(x, y, *tip, line(INK, 5))
        ink = trembling(fill(INK), drawing, 14, 1.6)
        self._digits(canvas, str(number), x, y, ink)

    def _digits(
        self, canvas: skia.Canvas, digits: str, x: float, y: float, paint: skia.Paint
    ) -> None:
        """Digits of one height about a point, whatever the face's own old-style heights."""
        font = skia.Font(self._bold, 300)
        width, bounds = font.measureText(digits), skia.Rect()
        font.measureText(digits, skia.TextEncoding.kUTF8, bounds)
        scale = 262 / bounds.height()
        with moved(canvas, x, y, scale):
            middle = (bounds.top() + bounds.bottom()) / 2
            canvas.drawString(digits, -width / 2, -middle, font, paint)

    def _strip_frame(self, canvas: skia.Canvas, number: int, lift: float) -> None:
        """One frame of the strip, about its middle, with perforations beside it."""
        left, top = -WIDTH / 2, lift - 348
        body = skia.Rect.MakeXYWH(left - 420, top - 22, WIDTH + 640, HEIGHT * 1.062)
        canvas.drawRect(body, fill("#4a2c14"))
        with moved(canvas, left, top):
            canvas.clipRect(skia.Rect.MakeWH(WIDTH, HEIGHT))
            canvas.drawImage(self._paper, 0, 0)
            if number == 0:
                self._clock(canvas, 2, 0, 0)
            else:
                canvas.drawPaint(fill("#2a170b", 0.93))
        for hole in range(4):
            y = top + 60 + hole * HEIGHT * 0.265
            for x in (left - 380, left + WIDTH + 70):
                canvas.drawRoundRect(skia.Rect.MakeXYWH(x, y, 108, 84), 18, 18, fill("#f3d79b"))

    def _soundtrack(self, canvas: skia.Canvas, lift: float) -> None:
        """The line of silence beside the frames, with the pip's waves at the two."""
        x = -WIDTH / 2 - 130
        canvas.drawRect(skia.Rect.MakeLTRB(x - 110, -3000, x + 90, 3000), fill("#140b05"))
        wave = skia.Path()
        wave.moveTo(x - 8, -3000)
        wave.lineTo(x - 8, lift - 340)
        for step in range(121):
            y = lift - 340 + step * 680 / 120
            wave.lineTo(
                x + 78 * math.sin(step * math.pi / 2 + 0.001) * min(1, step / 4, (120 - step) / 4),
                y,
            )
        wave.lineTo(x - 8, 3000)
        canvas.drawPath(wave, line("#f6dca6", 13))


def _cross(canvas: skia.Canvas, x: float, y: float, reach: float, drawing: int) -> None:
    paint = trembling(line(INK, 4), drawing)
    canvas.drawLine(x - reach, y, x + reach, y, paint)
    canvas.drawLine(x, y - reach, x, y + reach, paint)
    canvas.drawCircle(x, y, reach * 0.55, trembling(line(INK, 3), drawing + 1))


def mark(t: float, start: float, stop: float) -> float:
    """A mark's strength between two moments."""
    return within(t, start, stop, 0.05)
