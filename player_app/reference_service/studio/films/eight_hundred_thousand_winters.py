"""“Eight Hundred Thousand Winters”: an ice core, from falling snow to the curve of the air."""

from __future__ import annotations

import math
from itertools import pairwise
from random import Random

import skia

from player_app.reference_service.studio import sound
from player_app.reference_service.studio.canvas import (
    blend,
    curtain,
    down,
    face,
    fill,
    glow,
    line,
    mixed_colour,
    moved,
    span,
    vignette,
    within,
    write,
)
from player_app.reference_service.studio.film import HEIGHT, WIDTH, Film, Samples
from player_app.reference_service.studio.films import (
    eight_hundred_thousand_winters_script as script,
)

_LENGTH_S = 52
_SNOW = "#eef4f6"
_ICE = "#8fc0d4"
_DEEP = "#0a2740"
_WARM = "#e2703f"


def film() -> Film:
    return Film(
        slug="eight-hundred-thousand-winters",
        title="Eight Hundred Thousand Winters",
        length_s=_LENGTH_S,
        draw=_Pictures().draw,
        music=_music,
        lines=script.LINES,
        cues=script.CUES,
        chapters=script.CHAPTERS,
        stills_s=(7.5, 23.5, 31.0, 45.5),
        voice="heart",
        bits_720=215_000,
        bits_360=80_000,
    )


class _Pictures:
    def __init__(self) -> None:
        self._italic = face(italic=True)
        random = Random(9)
        self._bubbles = [
            (random.uniform(0, WIDTH), random.uniform(0, HEIGHT), random.uniform(3, 26))
            for _ in range(90)
        ]

    def draw(self, canvas: skia.Canvas, t: float) -> None:
        if t < 10.6:
            self._plain(canvas, t)
        elif t < 26.4:
            self._descent(canvas, t)
        elif t < 36:
            self._air(canvas, t)
        else:
            self._curve(canvas, t)
        vignette(canvas, "#041220", 0.5)
        cuts = (26.4, 36.0)
        curtain(canvas, t, "#041220", open_s=1.2, close_s=(50.3, 51.7), cuts_s=cuts)

    def _plain(self, canvas: skia.Canvas, t: float) -> None:
        canvas.drawPaint(down(("#5b8299", "#a8c3cd", "#f2dcc4"), 0, 470))
        canvas.drawPaint(glow(930, 410, 520, "#fff0d0", 0.8))
        canvas.drawCircle(930, 412, 34, fill("#fffaf0"))
        fall = span(t, 8.4, 10.6)
        with moved(canvas, 0, -620 * fall):
            for row, shade in enumerate(("#dfe8eb", "#cfdee4", "#e9f0f2")):
                ridge = skia.Path()
                ridge.moveTo(-10, HEIGHT + 700)
                for step in range(67):
                    x = step * 20 - 10
                    high = math.sin(x * 0.004 + row * 2 + t * 0.03 * row) * (6 + 7 * row)
                    ridge.lineTo(x, 462 + row * 56 + high)
                ridge.lineTo(WIDTH + 30, HEIGHT + 700)
                canvas.drawPath(ridge, fill(shade))
            for flag in range(5):
                x = 150 + flag * 64
                canvas.drawLine(x, 492, x, 520 + flag * 3, line("#31495a", 3))
            tent = skia.Path()
            tent.addPoly([skia.Point(220, 512), skia.Point(276, 448), skia.Point(332, 512)], True)
            canvas.drawPath(tent, fill("#b5452c"))
            canvas.drawRect(skia.Rect.MakeXYWH(272, 384, 8, 66), fill("#31495a"))
        for flake in range(110):
            random = Random(flake)
            near = random.uniform(0.4, 1.5)
            left = (random.uniform(0, WIDTH) + t * 30 * near + 14 * math.sin(t + flake)) % WIDTH
            top = (random.uniform(0, HEIGHT) + t * 46 * near) % HEIGHT
            canvas.drawCircle(left, top, 1.8 * near, fill("#ffffff", 0.75))
        seen = within(t, 1.8, 8.4, 1.0)
        write(canvas, "Eight Hundred Thousand", 640, 200, 82, fill("#123046", seen))
        write(canvas, "Winters", 640, 286, 82, fill("#123046", seen), self._italic)

    def _descent(self, canvas: skia.Canvas, t: float) -> None:
        """Down beside the drill, through layer after layer."""
        part = span(t, 10.4, 26.8)
        deep = 3200 * part
        top = mixed_colour("#e6eef1", "#17486a", min(1, part * 1.1))
        low = mixed_colour("#c6dbe4", _DEEP, min(1, part * 1.1))
        canvas.drawPaint(down((top, low), 0, HEIGHT))
        travel = part * 5200
        for layer in range(120):
            random = Random(layer)
            gap = blend(88, 24, layer / 120)
            y = sum(blend(88, 24, n / 120) for n in range(layer)) - travel + 300
            if -80 < y < HEIGHT + 80:
                shade, strength = ("#ffffff", 0.20) if layer % 2 else ("#27607f", 0.14)
                rect = skia.Rect.MakeXYWH(0, y, WIDTH, gap * random.uniform(0.3, 0.6))
                canvas.drawRect(rect, fill(shade, strength, 3))
                if layer in {33, 61, 92}:
                    canvas.drawRect(skia.Rect.MakeXYWH(0, y, WIDTH, 6), fill("#3a3330", 0.65))
                    write(canvas, "ash", 1180, y - 10, 28, fill("#3a3330", 0.8), self._italic)
        canvas.drawRect(skia.Rect.MakeXYWH(540, -10, 200, 480), fill("#061622", 0.5, 8))
        canvas.drawRect(skia.Rect.MakeXYWH(556, -10, 168, 470), fill("#0a1d2b"))
        canvas.drawRect(
            skia.Rect.MakeXYWH(584, -10, 112, 452), down(("#9fb2ba", "#5f7680"), 0, 450)
        )
        for thread in range(12):
            y = (thread * 44 + t * 90) % 520 - 50
            if y < 420:
                canvas.drawLine(584, y, 696, y + 30, line("#33505e", 9))
        canvas.drawRect(skia.Rect.MakeXYWH(590, -10, 16, 452), fill("#e6f0f2", 0.5))
        canvas.drawRoundRect(skia.Rect.MakeXYWH(570, 432, 140, 34), 8, 8, fill("#c9993c"))
        shake = 1.5 * math.sin(t * 31)
        for tooth in range(5):
            point = skia.Path()
            x = 574 + tooth * 27 + shake
            point.addPoly(
                [skia.Point(x, 464), skia.Point(x + 24, 464), skia.Point(x + 12, 490)], True
            )
            canvas.drawPath(point, fill("#e5bd66"))
        ink = _DEEP if part < 0.42 else _SNOW
        write(canvas, f"{deep:,.0f} m", 120, 330, 92, fill(ink), align=0)
        years = 800_000 * part**2.2
        write(
            canvas,
            f"{round(years, -3 if years > 9999 else -1):,.0f} winters",
            122,
            384,
            38,
            fill(ink, 0.9),
            self._italic,
            align=0,
        )

    def _air(self, canvas: skia.Canvas, t: float) -> None:
        """A slice of ice on the light table, and its bubbles."""
        canvas.drawPaint(down(("#0b2234", "#123a52"), 0, HEIGHT))
        grow = blend(1.0, 1.28, span(t, 26.4, 36.4))
        with moved(canvas, 640, 360, grow):
            canvas.drawPaint(glow(0, 0, 620, "#bfe6f0", 0.85))
            canvas.drawCircle(0, 0, 318, fill("#cfe9f0", 0.42))
            canvas.drawCircle(0, 0, 318, line("#ffffff", 4, 0.75))
            for grain in range(15):
                random = Random(grain + 40)
                path = skia.Path()
                angle = random.uniform(0, 6.28)
                path.moveTo(310 * math.cos(angle), 310 * math.sin(angle))
                for bend in range(1, 5):
                    reach = 310 * (1 - bend / 3.2)
                    turn = angle + random.uniform(-0.4, 0.4)
                    path.lineTo(reach * math.cos(turn), reach * math.sin(turn))
                canvas.drawPath(path, line("#ffffff", 1.6, 0.3))
            for x, y, size in self._bubbles:
                left, top = (x - WIDTH / 2) * 0.47, (y - HEIGHT / 2) * 0.8
                if left * left + top * top > (300 - size) ** 2:
                    continue
                free = span(t, 31.5 + x / 500, 35.5 + x / 500) * (size > 9)
                rise, round_ = -260 * free, fill("#0f4260", 0.5 * (1 - free))
                canvas.drawCircle(left, top + rise, size, round_)
                canvas.drawCircle(left, top + rise, size, line("#ffffff", 1.8, 0.85 * (1 - free)))
                shine = fill("#ffffff", 0.9 * (1 - free))
                canvas.drawCircle(left - size * 0.35, top - size * 0.35 + rise, size * 0.2, shine)

    def _curve(self, canvas: skia.Canvas, t: float) -> None:
        canvas.drawPaint(down(("#0b2234", "#06141f"), 0, HEIGHT))
        left, right, bottom = 110.0, 1120.0, 600.0
        for parts in (200, 300, 400):
            y = bottom - (parts - 160) * 1.72
            canvas.drawLine(left, y, 1190, y, line(_ICE, 1, 0.3))
            write(canvas, str(parts), left - 16, y + 10, 30, fill(_ICE, 0.9), align=1)
        write(
            canvas,
            "carbon dioxide, parts per million",
            left,
            96,
            32,
            fill(_ICE, 0.9),
            self._italic,
            align=0,
        )
        write(canvas, "800,000 years ago", left, 652, 30, fill(_ICE, 0.9), self._italic, align=0)
        write(canvas, "now", right + 26, 652, 30, fill(_ICE, 0.9), self._italic)
        shown = span(t, 36.6, 43.6)
        path, under = skia.Path(), skia.Path()
        under.moveTo(left, bottom)
        x = y = 0.0
        for step in range(int(600 * shown) + 1):
            x = left + (right - left) * step / 600
            y = bottom - (_parts_per_million(800 - 800 * step / 600) - 160) * 1.72
            (path.moveTo if step == 0 else path.lineTo)(x, y)
            under.lineTo(x, y)
        under.lineTo(x, bottom)
        canvas.drawPath(under, down((_ICE, _ICE), 300, bottom, (0.35, 0.02)))
        canvas.drawPath(path, line("#d7f0f6", 3.4))
        rise = span(t, 44.4, 47.4)
        if rise:
            top = blend(y, bottom - (424 - 160) * 1.72, rise)
            canvas.drawPaint(glow(x + 26, top, 200, _WARM, 0.6 * rise))
            canvas.drawLine(x, y, x + 26, top, line(_WARM, 6))
            canvas.drawCircle(x + 26, top, 8, fill(_WARM))
        elif shown > 0:
            canvas.drawCircle(x, y, 6, fill(_SNOW))


def _parts_per_million(thousand_years: float) -> float:
    """The record's shape: eight slow falls into cold, eight quick ways out of it."""
    warm = (0, 10, 125, 240, 330, 405, 490, 580, 690, 780, 900)
    for young, old in pairwise(warm):
        if young <= thousand_years < old:
            part = (old - thousand_years) / (old - young)
            swing = 84 if thousand_years < 430 else 62
            quick = max(0.0, (part - 0.86) / 0.14)
            slow = 1 - min(1.0, part / 0.86)
            shape = max(slow**0.8, quick * quick * (3 - 2 * quick))
            if young == 0:
                shape = 1.0
            wobble = 6 * math.sin(thousand_years * 0.43) + 4 * math.sin(thousand_years * 1.1)
            return float(190 + swing * shape + wobble * (1 - 0.5 * shape))
    return 230.0


def _music() -> Samples:
    track = sound.silence(_LENGTH_S)
    chords = ((40, 52, 59, 66), (45, 52, 59, 64), (36, 52, 55, 66), (43, 50, 59, 66))
    for bar in range(8):
        chord = chords[bar % 4]
        sound.lay(track, sound.pad(chord, 9.6, 0.32), bar * 6.6, 0.22)
        for step in range(4):
            note = sound.pluck(chord[(step + bar) % 3 + 1] + 24, 3.0, 1.8)
            sound.lay(track, note, bar * 6.6 + 0.8 + step * 1.3, 0.07)
    wind = sound.noise(_LENGTH_S, 200, 800, 6)
    points = [(second, 0.5 + 0.4 * math.sin(second * 0.9)) for second in range(53)]
    gusts = [(0, 1), (9, 0.8), (12, 0.1), (44, 0.1), (48, 0.9), (52, 0)]
    track += wind * sound.curve(_LENGTH_S, points) * sound.curve(_LENGTH_S, gusts) * 0.12
    drill = sound.noise(_LENGTH_S, 70, 260, 2)
    turning = [(0, 0), (9, 0), (11.5, 1), (24.8, 1), (25.6, 0), (52, 0)]
    track += drill * sound.curve(_LENGTH_S, turning) * 0.13
    return sound.room(track, 3.0, 0.38)
