"""“The Brass Sea”: machines of wheels and wire that added up the tide."""

from __future__ import annotations

import math

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
    moved,
    paper,
    span,
    vignette,
    within,
    write,
)
from player_app.reference_service.studio.film import HEIGHT, WIDTH, Film, Samples
from player_app.reference_service.studio.films import the_brass_sea_script as script

_LENGTH_S = 52
_BRASS = "#c9994a"
_PALE = "#f0d596"
_DEEP = "#0d2b33"
_INK = "#17343d"
_WHEELS = (
    (46.0, 1.93, 0.0),
    (26.0, 2.0, 0.9),
    (19.0, 1.90, 2.0),
    (30.0, 1.0, 0.4),
    (14.0, 3.87, 1.2),
)
_NAMES = ("moon", "sun", "moon’s distance", "moon’s tilt", "shallows")


def film() -> Film:
    return Film(
        slug="the-brass-sea",
        title="The Brass Sea",
        length_s=_LENGTH_S,
        draw=_Pictures().draw,
        music=_music,
        lines=script.LINES,
        cues=script.CUES,
        chapters=script.CHAPTERS,
        stills_s=(16.0, 22.5, 32.0, 47.0),
        bits_720=200_000,
        bits_360=76_000,
    )


class _Pictures:
    def __init__(self) -> None:
        self._paper = paper("#f1e6c8", "#d9c493", 31)
        self._italic = face(italic=True)

    def draw(self, canvas: skia.Canvas, t: float) -> None:
        if t < 11:
            self._sea(canvas, t, 0.0)
            seen = within(t, 2.2, 10.2, 1.2)
            write(canvas, "The Brass Sea", 640, 200, 104, fill(_PALE, seen))
        elif t < 27:
            self._engine(canvas, t)
        elif t < 37:
            self._curve(canvas, t)
        else:
            self._sea(canvas, t, 1.0)
            self._june(canvas, t)
        vignette(canvas, "#04090b", 0.66)
        cuts = (11.0, 27.0, 37.0)
        curtain(canvas, t, "#04090b", open_s=1.3, close_s=(50.2, 51.7), cuts_s=cuts)

    def _sea(self, canvas: skia.Canvas, t: float, dawn: float) -> None:
        sky = ("#0a1a26", "#14384a", "#3f6a72") if dawn < 0.5 else ("#10242e", "#4c6a70", "#d8a571")
        canvas.drawPaint(down(sky, 0, 460))
        x, y = (1010.0, 150.0 + 2 * t) if dawn < 0.5 else (240.0, 120.0 + 2 * (t - 37))
        canvas.drawPaint(glow(x, y, 360, "#dfe9dc", 0.4))
        moon, shade = skia.Path(), skia.Path()
        moon.addCircle(x, y, 46)
        shade.addCircle(x + 21, y - 9, 42)
        crescent = skia.Op(moon, shade, skia.PathOp.kDifference_PathOp)
        canvas.drawPath(moon, fill("#f2efd9", 0.1))
        canvas.drawPath(crescent, fill("#f2efd9"))
        level = 16 * math.sin(t * 0.35)
        for row, shade in enumerate(("#245560", "#1b4550", "#14363f", "#0e2830", "#091c22")):
            wave = skia.Path()
            base = 430 + row * 52 - level + row * 4
            wave.moveTo(0, HEIGHT)
            for step in range(66):
                far = step * 20
                swell = math.sin(far * (0.011 - row * 0.0013) + t * (0.5 + 0.16 * row) + row * 1.9)
                swell += 0.4 * math.sin(far * 0.023 - t * 0.4 + row)
                wave.lineTo(far, base + swell * (5 + row * 4))
            wave.lineTo(WIDTH + 20, HEIGHT)
            canvas.drawPath(wave, fill(shade))
            canvas.drawPath(wave, line("#9fc4bd", 1.4, 0.22))
        for ripple in range(16):
            shine = 0.5 + 0.5 * math.sin(t * 0.9 + ripple * 2.4)
            wide = 14 + ripple * 6 * shine
            height = 448 + ripple * 17
            canvas.drawLine(x - wide, height, x + wide, height, line("#eef0d8", 2.2, 0.3 * shine))

    def _engine(self, canvas: skia.Canvas, t: float) -> None:
        """Wheels in a row; one wire over and under them all adds their heights."""
        canvas.drawPaint(down(("#16323a", "#0a1a20"), 0, HEIGHT))
        canvas.drawPaint(glow(520, 240, 760, "#d9a95a", 0.24))
        turn = t * 1.25
        travel = span(t, 11, 15)
        with moved(canvas, blend(-500, 0, travel), blend(-330, 0, travel), blend(1.75, 1, travel)):
            wire, height = skia.Path(), 0.0
            wire.moveTo(74, 690)
            wire.lineTo(74, 250)
            for number, (reach, rate, phase) in enumerate(_WHEELS):
                x = 190 + number * 190
                up = number % 2 == 0
                rise = reach * math.cos(rate * turn + phase)
                height += rise
                y = 235 - rise if up else 470 - rise
                _crank(canvas, x, 352, reach, rate * turn + phase, y)
                radius = 44.0
                bow = skia.Rect.MakeXYWH(x - radius, y - radius, 2 * radius, 2 * radius)
                wire.arcTo(bow, 180, 180 if up else -180, False)
                _pulley(canvas, x, y, radius, turn * (1 if up else -1) * 1.7)
                seen = span(t, 15.5 + number * 1.1, 16.4 + number * 1.1)
                below = y - 70 if up else y + 96
                write(canvas, _NAMES[number], x, below, 27, fill(_PALE, seen), self._italic)
            end = 470 + height * 0.9
            wire.lineTo(1110, end)
            canvas.drawPath(wire, line("#f6ead0", 2.6))
            canvas.drawRect(skia.Rect.MakeXYWH(1084, end, 52, 40), fill(_BRASS))
            canvas.drawRect(skia.Rect.MakeXYWH(1084, end, 52, 8), fill(_PALE))
            canvas.drawLine(1084, end + 20, 1010, end + 20, line(_BRASS, 5))
        seen = within(t, 21.5, 26.6, 0.8)
        write(
            canvas,
            "A cos a  +  B cos b  +  C cos c  +  …",
            560,
            668,
            40,
            fill(_PALE, seen),
            self._italic,
        )

    def _curve(self, canvas: skia.Canvas, t: float) -> None:
        canvas.drawImage(self._paper, 0, 0)
        travel = (t - 27) * 64
        for column in range(-1, 24):
            x = column * 60 - travel % 60
            canvas.drawLine(x, 110, x, 610, line(_INK, 1, 0.16))
        for row in range(11):
            canvas.drawLine(
                0, 110 + row * 50, WIDTH, 110 + row * 50, line(_INK, 1, 0.24 if row == 5 else 0.1)
            )
        pen = 860.0
        path = skia.Path()
        for step in range(290):
            x = pen - step * 3
            y = 360 - 1.35 * _tide((travel - step * 3) / 74)
            if step == 0:
                path.moveTo(x, y)
                tip = y
            else:
                path.lineTo(x, y)
        canvas.drawPath(path, line("#1e4e74", 5))
        arm = skia.Path()
        arm.addPoly(
            [
                skia.Point(pen, tip),
                skia.Point(pen + 40, tip - 9),
                skia.Point(1300, tip - 9),
                skia.Point(1300, tip + 13),
                skia.Point(pen + 40, tip + 13),
            ],
            True,
        )
        canvas.drawPath(arm, fill("#000000", 0.25, 9))
        canvas.drawPath(arm, fill(_BRASS))
        canvas.drawLine(pen + 42, tip - 5, 1300, tip - 5, line(_PALE, 3))
        seen = within(t, 28, 36.6, 0.8)
        write(canvas, "high water", 70, 160, 34, fill(_INK, 0.8 * seen), self._italic, align=0)
        write(canvas, "low water", 70, 590, 34, fill(_INK, 0.8 * seen), self._italic, align=0)

    def _june(self, canvas: skia.Canvas, t: float) -> None:
        seen = within(t, 38.4, 45.0, 1.0)
        write(canvas, "Position Z", 640, 240, 96, fill(_PALE, seen))
        write(
            canvas,
            "the place that could not be named",
            640,
            300,
            38,
            fill(_PALE, 0.85 * seen),
            self._italic,
        )
        seen = within(t, 45.4, 50.4, 1.0)
        write(canvas, "5 · 6 · 7  June 1944", 640, 250, 84, fill(_PALE, seen))


def _tide(hours: float) -> float:
    return sum(reach * math.cos(rate * hours + phase) for reach, rate, phase in _WHEELS)


def _pulley(canvas: skia.Canvas, x: float, y: float, radius: float, turn: float) -> None:
    canvas.drawCircle(x + 5, y + 8, radius, fill("#000000", 0.35, 7))
    canvas.drawCircle(x, y, radius, fill("#8a6226"))
    canvas.drawCircle(x, y, radius - 3, line(_PALE, 2.5, 0.9))
    canvas.drawCircle(x, y, radius - 8, fill(_BRASS))
    with moved(canvas, x, y, 1, math.degrees(turn)):
        for hole in range(5):
            with moved(canvas, 0, 0, 1, hole * 72):
                canvas.drawOval(skia.Rect.MakeXYWH(12, -8, 19, 16), fill("#123038"))
    canvas.drawCircle(x, y, 7, fill(_PALE))


def _crank(
    canvas: skia.Canvas, x: float, y: float, reach: float, angle: float, pulley: float
) -> None:
    """The wheel behind, its pin, and the yoke that lets only the pin's height through."""
    canvas.drawCircle(x, y, 66, fill("#6c4d20"))
    canvas.drawCircle(x, y, 66, line(_BRASS, 4))
    for tooth in range(24):
        part = tooth * math.pi / 12 + angle
        canvas.drawCircle(x + 68 * math.cos(part), y + 68 * math.sin(part), 4, fill(_BRASS))
    pin_x, pin_y = x + reach * math.sin(angle), y - reach * math.cos(angle)
    canvas.drawLine(x, pulley, x, pin_y, line("#b58942", 9))
    canvas.drawLine(x - 60, pin_y, x + 60, pin_y, line("#b58942", 12))
    canvas.drawLine(x - 56, pin_y, x + 56, pin_y, line("#4a3312", 5))
    canvas.drawCircle(pin_x, pin_y, 7, fill(_PALE))


def _music() -> Samples:
    track = sound.silence(_LENGTH_S)
    chords = ((43, 50, 58, 62), (39, 51, 58, 67), (46, 53, 58, 65), (41, 53, 57, 60))
    for bar in range(11):
        chord = chords[bar % 4]
        sound.lay(track, sound.pad(chord, 7.4, 0.3), bar * 4.8, 0.2)
        for step in range(8):
            note = sound.pluck(chord[(step * 3) % 4] + 12 + 12 * (step % 2), 1.8, 1.2)
            sound.lay(track, note, bar * 4.8 + step * 0.6, 0.08)
    waves = sound.noise(_LENGTH_S, 120, 900, 6)
    points = [(second / 2, 0.5 + 0.5 * math.sin(second / 2 * 1.1)) for second in range(105)]
    shore = [(0, 1), (10, 1), (13, 0.1), (35, 0.1), (38, 1), (49, 1), (52, 0)]
    track += waves * sound.curve(_LENGTH_S, points) * sound.curve(_LENGTH_S, shore) * 0.11
    tick = sound.noise(0.03, 1500, 5000, 5) * sound.curve(0.03, [(0, 1), (0.03, 0)])
    for number in range(64):
        sound.lay(track, tick, 11 + number * 0.25, 0.08 if number % 4 == 0 else 0.035)
    return sound.room(track, 2.4, 0.3)
