"""“The Last Lamplighter”: lamps go out along a street, and the sky comes back."""

from __future__ import annotations

import math
from random import Random

import numpy as np
import skia

from player_app.reference_service.studio import sound
from player_app.reference_service.studio.canvas import (
    clouds,
    curtain,
    down,
    face,
    faded,
    fill,
    glow,
    line,
    mixed_colour,
    moved,
    picture,
    span,
    vignette,
    within,
    write,
)
from player_app.reference_service.studio.film import HEIGHT, WIDTH, Film, Samples
from player_app.reference_service.studio.films import the_last_lamplighter_script as script

_LENGTH_S = 52
_LAMP = "#ffd487"
_STREET = "#0b0d16"
_LAMPS = ((176.0, 1.0), (500.0, 0.8), (742.0, 0.64), (926.0, 0.51), (1066.0, 0.41), (1174.0, 0.33))


def film() -> Film:
    return Film(
        slug="the-last-lamplighter",
        title="The Last Lamplighter",
        length_s=_LENGTH_S,
        draw=_Pictures().draw,
        music=_music,
        lines=script.LINES,
        cues=script.CUES,
        chapters=script.CHAPTERS,
        stills_s=(8.0, 17.0, 24.5, 46.0),
        pace=1.04,
        bits_720=225_000,
        bits_360=84_000,
    )


class _Pictures:
    def __init__(self) -> None:
        self._italic = face(italic=True)
        self._galaxy = _milky_way()
        random = Random(77)
        self._stars = [
            (random.uniform(0, WIDTH), random.uniform(0, 640), random.random() ** 5)
            for _ in range(620)
        ]

    def draw(self, canvas: skia.Canvas, t: float) -> None:
        glare = 1 - span(t, 29, 42)
        dusk = 1 - span(t, 3, 14)
        high = mixed_colour("#04060f", mixed_colour("#1a2036", "#2e3f60", dusk), max(glare, dusk))
        low = mixed_colour("#101a2c", mixed_colour("#7a5638", "#d08f5c", dusk), max(glare, dusk))
        canvas.drawPaint(down((high, mixed_colour(high, low, 0.45), low), 0, 640))
        with faded(canvas, 1 - glare), moved(canvas, 640, 330, 1.04, -0.25 * (t - 40)):
            canvas.drawImage(self._galaxy, -WIDTH * 0.65, -HEIGHT * 0.65)
        self._sky(canvas, t, glare * (1 - dusk) + dusk)
        rise = span(t, 37, 51)
        with moved(canvas, 0, 74 * rise):
            _houses(canvas, t, glare)
            for number, (x, size) in enumerate(_LAMPS):
                lit = span(t, 4.4 + number * 1.3, 5.0 + number * 1.3)
                out = span(t, 29.6 + (5 - number) * 1.5, 30.4 + (5 - number) * 1.5)
                _lamp(canvas, x, size, lit * (1 - out), t + number)
            _keeper(canvas, t)
            _moth(canvas, t)
        seen = within(t, 2.6, 10.4, 1.0)
        write(canvas, "The Last Lamplighter", 760, 170, 84, fill("#ffe9c4", seen))
        seen = within(t, 19.8, 28.2, 0.8)
        write(canvas, "1 in 50", 900, 190, 104, fill("#ffe9c4", seen))
        write(
            canvas,
            "of the stars that are there",
            900,
            244,
            38,
            fill("#ffe9c4", 0.85 * seen),
            self._italic,
        )
        vignette(canvas, "#020309", 0.5)
        curtain(canvas, t, "#020309", open_s=1.4, close_s=(50.2, 51.7))

    def _sky(self, canvas: skia.Canvas, t: float, glare: float) -> None:
        for number, (x, y, bright) in enumerate(self._stars):
            seen = min(1.0, max(0.0, (bright + 0.12) * 1.6 - glare * (1.35 - 0.2 * bright)))
            if seen > 0.02:
                size = 0.8 + 2.2 * bright
                shimmer = 1 - 0.25 * (number % 9 == 0) * math.sin(t * 2 + number)
                tint = ("#ffffff", "#cfe0ff", "#ffe6c8")[number % 3]
                canvas.drawCircle(x, y, size, fill(tint, seen * shimmer))


def _houses(canvas: skia.Canvas, t: float, glare: float) -> None:
    """A terrace in perspective, and the road."""
    random = Random(6)
    x = -40.0
    while x < WIDTH + 60:
        near = 1.06 - 0.72 * max(0.0, min(1.0, x / WIDTH))
        width, top = 210 * near, 610 - 330 * near + random.uniform(-18, 18)
        shade = mixed_colour("#0d101b", "#231c24", glare * (1 - near * 0.5))
        canvas.drawRect(skia.Rect.MakeLTRB(x, top, x + width + 1, HEIGHT + 90), fill(shade))
        chimney = skia.Rect.MakeXYWH(x + width * 0.62, top - 46 * near, 34 * near, 60 * near)
        canvas.drawRect(chimney, fill(shade))
        for row in range(2):
            for column in range(3):
                left = x + width * (0.14 + 0.29 * column)
                pane = skia.Rect.MakeXYWH(left, top + (46 + 98 * row) * near, 30 * near, 56 * near)
                bright = random.random() < 0.42
                gone = random.uniform(24, 40)
                alight = bright * span(t, 2, 6) * (1 - span(t, gone, gone + 0.5))
                canvas.drawRect(pane, fill("#070910", 0.8))
                canvas.drawRect(pane, fill("#e9ac5c", 0.85 * alight))
        x += width
    road = skia.Path()
    corners = ((-10, 664), (1290, 604), (1290, 820), (-10, 820))
    road.addPoly([skia.Point(*corner) for corner in corners], True)
    canvas.drawPath(road, fill("#0a0c14"))


def _lamp(canvas: skia.Canvas, x: float, size: float, lit: float, t: float) -> None:
    foot = 664 - 60 * x / WIDTH + 14 * size
    with moved(canvas, x, foot, size):
        post = line(_STREET, 11)
        canvas.drawLine(0, 0, 0, -330, post)
        canvas.drawLine(-26, -286, 26, -286, line(_STREET, 6))
        canvas.drawOval(skia.Rect.MakeXYWH(-20, -14, 40, 20), fill(_STREET))
        if lit > 0:
            waver = 0.95 + 0.05 * math.sin(t * 4.1) * math.sin(t * 1.7)
            canvas.drawCircle(0, -366, 330, glow(0, -366, 330, _LAMP, 0.52 * lit * waver))
            pool = skia.Rect.MakeXYWH(-200, -16, 400, 66)
            canvas.drawOval(pool, fill("#ffc870", 0.22 * lit, 16))
        glass = skia.Path()
        corners = ((-17, -334), (-29, -392), (29, -392), (17, -334))
        glass.addPoly([skia.Point(*corner) for corner in corners], True)
        canvas.drawPath(glass, fill(mixed_colour("#1a1f2c", "#ffeab8", lit)))
        canvas.drawPath(glass, line(_STREET, 5))
        roof = skia.Path()
        roof.addPoly([skia.Point(-36, -392), skia.Point(0, -424), skia.Point(36, -392)], True)
        canvas.drawPath(roof, fill(_STREET))
        canvas.drawLine(0, -334, 0, -392, line(_STREET, 2.5, 0.6))


def _keeper(canvas: skia.Canvas, t: float) -> None:
    """The man on his ladder, and later the man walking home."""
    if t < 19.4:
        shown = within(t, 3.2, 19.2, 0.9)
        for rail in (0.0, 26.0):
            canvas.drawLine(96 + rail, 676, 150 + rail, 372, line(_STREET, 7, shown))
        for rung in range(11):
            part = (rung + 0.5) / 11
            x, y = 96 + 54 * part, 676 - 304 * part
            canvas.drawLine(x, y, x + 26, y, line(_STREET, 5, shown))
        x, y = 150.0, 470.0
        reach = 6 * math.sin(t * 1.4)
        canvas.drawRoundRect(
            skia.Rect.MakeXYWH(x - 24, y - 84, 44, 96), 18, 18, fill("#080a11", shown)
        )
        canvas.drawLine(x - 10, y, x - 16, y + 66, line("#080a11", 17, shown))
        canvas.drawLine(x + 8, y, x + 6, y + 54, line("#080a11", 17, shown))
        canvas.drawCircle(x + 2, y - 104, 18, fill("#080a11", shown))
        canvas.drawRoundRect(
            skia.Rect.MakeXYWH(x - 22, y - 124, 46, 13), 6, 6, fill("#080a11", shown)
        )
        canvas.drawLine(x + 12, y - 70, x + 34, y - 150 + reach, line("#080a11", 12, shown))
    elif t > 28.6:
        step = t - 28.6
        x, size = 1090 - step * 46, 0.42 + step * 0.026
        y = 664 - 60 * x / WIDTH + 34
        with moved(canvas, x, y - 3 * abs(math.sin(step * 3.6)), size):
            ink = "#04050a"
            swing = 22 * math.sin(step * 3.6)
            canvas.drawLine(0, -90, swing, 0, line(ink, 17))
            canvas.drawLine(0, -90, -swing, 0, line(ink, 17))
            canvas.drawRoundRect(skia.Rect.MakeXYWH(-24, -190, 48, 116), 20, 20, fill(ink))
            canvas.drawCircle(-2, -210, 19, fill(ink))
            canvas.drawRoundRect(skia.Rect.MakeXYWH(-26, -231, 48, 13), 6, 6, fill(ink))
            canvas.drawLine(-70, -170, 90, -196, line(ink, 7))


def _moth(canvas: skia.Canvas, t: float) -> None:
    seen = within(t, 11.0, 36.5, 1.2)
    away = 140 * span(t, 32, 36.5)
    x = 176 + (86 + away) * math.sin(t * 1.9) + 20 * math.sin(t * 5.3) + away
    y = 306 + 46 * math.sin(t * 2.7 + 1) + 12 * math.cos(t * 6.1) - away
    flap = abs(math.sin(t * 17))
    with moved(canvas, x, y, 0.9, 30 * math.sin(t * 1.9)):
        for side in (-1, 1):
            wing = skia.Path()
            wing.moveTo(0, 0)
            wing.quadTo(side * 22 * flap, -20, side * 26 * flap, -2)
            wing.quadTo(side * 16 * flap, 12, 0, 6)
            canvas.drawPath(wing, fill("#f4e3bf", 0.9 * seen))
        canvas.drawOval(skia.Rect.MakeXYWH(-2.5, -8, 5, 18), fill("#5d4a36", seen))


def _milky_way() -> skia.Image:
    width, height = round(WIDTH * 1.3), round(HEIGHT * 1.3)
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    across = (y - height * 0.46) + (x - width / 2) * 0.52
    cloud = clouds(width, height, 5, 5, 6)
    band = np.exp(-((across + 120 * (cloud - 0.5)) ** 2) / (2 * 118.0**2))
    dust = np.exp(
        -((across - 26 + 190 * (clouds(width, height, 8, 7, 6) - 0.5)) ** 2) / (2 * 34.0**2)
    )
    light = np.clip(band * (0.22 + 0.75 * cloud) - 0.5 * dust * band, 0, 1)
    core = np.exp(-(((x - width * 0.66) / 260) ** 2 + (across / 90) ** 2))
    rgb = light[..., None] * np.array((0.62, 0.70, 0.92)) + core[..., None] * np.array(
        (0.34, 0.22, 0.12)
    )
    random = np.random.default_rng(4)
    for _ in range(2600):
        row, column = random.integers(1, height - 1), random.integers(1, width - 1)
        if random.random() < 0.12 + light[row, column]:
            rgb[row, column] += random.uniform(0.2, 0.75)
    strength = np.clip(rgb.max(axis=2), 0, 1)
    return picture(rgb / np.maximum(strength, 0.01)[..., None], strength)


def _music() -> Samples:
    track = sound.silence(_LENGTH_S)
    chords = ((48, 55, 64, 71), (45, 52, 60, 67), (41, 53, 60, 69), (43, 50, 59, 66))
    for bar in range(8):
        chord = chords[bar % 4]
        sound.lay(track, sound.pad(chord, 9.4, 0.33), bar * 6.5, 0.22)
        for step in range(5):
            note = sound.pluck(chord[(step * 2 + bar) % 4] + 12, 2.8, 1.4)
            sound.lay(track, note, bar * 6.5 + 0.5 + step * 1.08, 0.09)
    city = sound.noise(_LENGTH_S, 60, 380, 6)
    fading = [(0, 0.9), (18, 1), (28, 1), (40, 0.05), (52, 0)]
    track += city * sound.curve(_LENGTH_S, fading) * 0.07
    puff = sound.noise(0.35, 500, 2400, 3) * sound.curve(0.35, [(0, 0), (0.03, 1), (0.35, 0)])
    for number in range(6):
        sound.lay(track, puff, 4.4 + number * 1.3, 0.05)
        sound.lay(track, puff, 29.6 + number * 1.5, 0.08)
    return sound.room(track, 3.0, 0.38)
