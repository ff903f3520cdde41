"""“Four Hundred and Fifty Complaints”: Sergei Magnitsky's last year, in paper and light."""

from __future__ import annotations

import math
from random import Random

import skia

from player_app.reference_service.studio import sound
from player_app.reference_service.studio.canvas import (
    blend,
    curtain,
    down,
    face,
    faded,
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
from player_app.reference_service.studio.films import (
    four_hundred_and_fifty_complaints_script as script,
)

_LENGTH_S = 68
_NIGHT = "#12151a"
_SHEET = "#e8e1cf"
_INK = "#26324a"
_COLD = "#b9c6d0"


def film() -> Film:
    return Film(
        slug="four-hundred-and-fifty-complaints",
        title="Four Hundred and Fifty Complaints",
        length_s=_LENGTH_S,
        draw=_Pictures().draw,
        music=_music,
        lines=script.LINES,
        cues=script.CUES,
        chapters=script.CHAPTERS,
        stills_s=(8.5, 49.5, 33.0, 63.0),
        pace=1.06,
        description=script.DESCRIPTION,
        bits_720=170_000,
        bits_360=66_000,
    )


class _Pictures:
    """The film's scenes, with the sheets and walls they keep."""

    def __init__(self) -> None:
        self._hand = [_handwriting(seed) for seed in range(5)]
        self._wall = paper("#6d7478", "#4a5055", 4)
        self._italic = face(italic=True)

    def draw(self, canvas: skia.Canvas, t: float) -> None:
        if t < 14:
            self._desk(canvas, t)
        elif t < 26:
            self._refund(canvas, t)
        elif t < 41:
            self._cell(canvas, t)
        elif t < 55:
            self._pile(canvas, t)
        else:
            self._room(canvas, t)
        vignette(canvas, "#05070a", 0.75)
        cuts = (14.0, 26.0, 41.0, 55.0)
        curtain(canvas, t, "#05070a", open_s=1.2, close_s=(66, 67.6), cuts_s=cuts, dip_s=0.6)

    def _desk(self, canvas: skia.Canvas, t: float) -> None:
        canvas.drawPaint(down(("#191d23", "#2b2620"), 0, HEIGHT))
        canvas.drawPaint(glow(700, 250, 760, "#e6c58d", 0.42))
        random = Random(5)
        with moved(canvas, -10 * span(t, 0, 14), -14 * span(t, 0, 14), 1 + 0.05 * span(t, 0, 14)):
            for number in range(7):
                landed = span(t, 0.4 + number * 0.8, 2.0 + number * 0.8)
                turn = random.uniform(-13, 13)
                x, y = random.uniform(800, 1060), random.uniform(290, 420)
                if number == 6:
                    x, y, turn = 860, 370, -4
                with (
                    faded(canvas, landed),
                    moved(canvas, x, y - 90 * (1 - landed), 1, turn + 12 * (1 - landed)),
                ):
                    self._sheet(canvas, number, span(t, 5.4, 13.4) if number == 6 else 1)
        seen = within(t, 3.4, 13.6, 1.0)
        for row, words in enumerate(("Four Hundred", "and Fifty", "Complaints")):
            slant = self._italic if row == 2 else None
            write(canvas, words, 92, 300 + row * 84, 76, fill(_SHEET, seen), slant, align=0)

    def _refund(self, canvas: skia.Canvas, t: float) -> None:
        canvas.drawPaint(down(("#1d232b", _NIGHT), 0, HEIGHT))
        slow = span(t, 14, 27)
        with moved(canvas, 640, 360, 1 + 0.07 * slow):
            for row in range(12):
                y = -300 + row * 54
                canvas.drawLine(-620, y, 620, y, line(_COLD, 1, 0.14))
            for column in range(6):
                canvas.drawLine(
                    -480 + column * 200, -360, -480 + column * 200, 360, line(_COLD, 1, 0.14)
                )
            value = int(230_000_000 * span(t, 15.2, 20.0))
            seen = span(t, 14.6, 15.6)
            write(canvas, f"$ {value:,}", 0, 24, 136, fill(_SHEET, seen))
            seen = span(t, 19.6, 20.8)
            words = "a refund of tax, claimed and paid in one day"
            write(canvas, words, 0, 92, 38, fill(_COLD, seen), self._italic)
            seal = span(t, 21.2, 21.6)
            with faded(canvas, 0.85 * seal), moved(canvas, 400, -150, 1.5 - 0.5 * seal, -14):
                for radius in (92, 82):
                    canvas.drawCircle(0, 0, radius, line("#a8463c", 4))
                write(canvas, "PAID", 0, 19, 56, fill("#a8463c"), spacing=5)

    def _cell(self, canvas: skia.Canvas, t: float) -> None:
        canvas.drawImage(self._wall, 0, 0)
        canvas.drawPaint(fill("#10151b", 0.72))
        day = (t - 26) / 15
        for lap in range(6):
            part = day * 6 - lap
            if 0 < part < 1:
                strength = math.sin(part * math.pi) ** 0.7
                left = blend(-320, 1180, part)
                lean = blend(260, -260, part)
                for pane in range(4):
                    path = skia.Path()
                    x = left + pane * 74
                    corners = ((x, 140), (x + 60, 140), (x + 60 + lean, 520), (x + lean, 520))
                    path.addPoly([skia.Point(*corner) for corner in corners], True)
                    canvas.drawPath(path, fill("#f1dcae", 0.42 * strength, 5))
        days = int(358 * span(t, 27, 40.5))
        for mark in range(days):
            five, stroke = divmod(mark, 5)
            x, y = 112 + five % 24 * 45, 572 + five // 24 * 44
            if stroke < 4:
                canvas.drawLine(
                    x + stroke * 7, y, x + stroke * 7 - 2, y + 28, line("#d7dce0", 2, 0.6)
                )
            else:
                canvas.drawLine(x - 6, y + 22, x + 28, y + 5, line("#d7dce0", 2, 0.6))
        canvas.drawRect(skia.Rect.MakeXYWH(0, 0, WIDTH, 26), fill("#0c0f13"))
        seen = within(t, 28.6, 40.4, 0.8)
        write(canvas, "November 2008", 112, 100, 40, fill(_SHEET, seen), self._italic, align=0)
        write(canvas, f"day {max(days, 1)}", 1168, 100, 40, fill(_SHEET, seen), align=1)

    def _pile(self, canvas: skia.Canvas, t: float) -> None:
        canvas.drawPaint(down(("#20262e", "#15181d"), 0, 560))
        canvas.drawRect(skia.Rect.MakeLTRB(0, 612, WIDTH, HEIGHT), fill("#0e1013"))
        canvas.drawPaint(glow(560, 300, 640, "#d9c39a", 0.28))
        count = int(450 * span(t, 41.6, 53.0))
        random = Random(3)
        for sheet in range(count):
            shift, shade = random.uniform(-9, 9), random.uniform(0.0, 0.2)
            y = 610 - sheet * 1.06
            rect = skia.Rect.MakeXYWH(390 + shift, y, 350, 1.5)
            canvas.drawRect(rect, fill(_SHEET, 0.98 - shade - 0.25 * (sheet % 9 == 0)))
        if count < 450:
            fall = (t * 5) % 1
            y = 610 - count * 1.06 - 90 * (1 - fall)
            with moved(canvas, 566, y, 1, 9 * (1 - fall)):
                canvas.drawRect(skia.Rect.MakeXYWH(-175, 0, 350, 3), fill(_SHEET))
        seen = span(t, 42, 43)
        write(canvas, str(count), 850, 400, 170, fill(_SHEET, seen), align=0)
        write(canvas, "complaints", 856, 476, 44, fill(_COLD, seen), self._italic, align=0)

    def _room(self, canvas: skia.Canvas, t: float) -> None:
        canvas.drawPaint(down(("#20262d", "#2a3037"), 0, 470))
        canvas.drawRect(
            skia.Rect.MakeLTRB(0, 470, WIDTH, HEIGHT), down(("#191d22", "#0d0f12"), 470, 720)
        )
        for pane in range(4):
            x = 880 + pane * 52
            canvas.drawRect(skia.Rect.MakeXYWH(x, 110, 42, 150), fill("#d8e0e2", 0.85))
            path = skia.Path()
            corners = ((x, 470), (x + 42, 470), (x - 330, 720), (x - 390, 720))
            path.addPoly([skia.Point(*corner) for corner in corners], True)
            canvas.drawPath(path, fill("#d8e0e2", 0.26, 6))
        canvas.drawPaint(glow(960, 180, 520, "#cfdae0", 0.3))
        canvas.drawOval(skia.Rect.MakeXYWH(250, 584, 320, 40), fill("#050608", 0.6, 10))
        for sheet in range(120):
            shift = Random(sheet).uniform(-5, 5)
            rect = skia.Rect.MakeXYWH(300 + shift, 602 - sheet * 1.9, 200, 2.2)
            canvas.drawRect(rect, fill(_SHEET, 0.92 - 0.3 * (sheet % 7 == 0)))
        seen = span(t, 56.5, 58.5)
        write(canvas, "Sergei Magnitsky", 660, 560, 60, fill(_SHEET, seen), align=0)
        write(
            canvas,
            "died 16 November 2009, aged 37",
            662,
            608,
            32,
            fill(_COLD, seen),
            self._italic,
            align=0,
        )

    def _sheet(self, canvas: skia.Canvas, number: int, written: float) -> None:
        shadow = skia.Rect.MakeXYWH(-206, -286, 420, 590)
        canvas.drawRect(shadow, fill("#000000", 0.4, 14))
        canvas.drawRect(skia.Rect.MakeXYWH(-210, -295, 420, 590), fill(_SHEET))
        ink = line(_INK, 2.1, 0.9)
        if written < 1:
            ink.setPathEffect(skia.TrimPathEffect.Make(0, max(0.001, written)))
        canvas.drawPath(self._hand[number % 5], ink)


def _handwriting(seed: int) -> skia.Path:
    """A page of a hand too small to read."""
    random = Random(seed)
    path = skia.Path()
    for row in range(17):
        x, y = -172.0 + (30 if row in {0, 6, 12} else 0), -240.0 + row * 29
        end = random.uniform(20, 160) if row in {5, 11, 16} else 168
        path.moveTo(x, y)
        while x < end:
            for _ in range(random.randint(3, 8)):
                high = random.choice((5, 6, 7, 8, 15))
                path.cubicTo(x + 2, y - high, x + 5, y - high, x + 4, y - 1)
                path.quadTo(x + 4, y + random.choice((1, 1, 8)), x + 8, y - 2)
                x += 8
            x += 9
            path.moveTo(x, y)
    return path


def _music() -> Samples:
    track = sound.silence(_LENGTH_S)
    chords = ((45, 52, 57, 60), (41, 48, 57, 60), (38, 50, 57, 65), (40, 52, 56, 59))
    for bar in range(9):
        chord = chords[bar % 4] if bar < 8 else chords[0]
        sound.lay(track, sound.pad(chord, 10.5, 0.3), bar * 7.4, 0.26)
        for step, tone in enumerate((3, 2, 1)):
            note = sound.pluck(chord[tone] + 12, 3.5, 1.6)
            sound.lay(track, note, bar * 7.4 + 1.0 + step * 2.1, 0.13)
    pen = sound.noise(4.2, 1800, 5200, 2) * sound.curve(4.2, [(0, 0), (0.4, 1), (3.8, 1), (4.2, 0)])
    strokes = [sound.curve(4.2, [(0, 0.2), (4.2, 0.2)])]
    for number in range(18):
        bump = sound.silence(4.2)
        sound.lay(bump, sound.curve(0.18, [(0, 0), (0.08, 1), (0.18, 0)]), 0.1 + number * 0.22)
        strokes.append(bump)
    sound.lay(track, pen * sum(strokes), 9.4, 0.07)
    rustle = sound.noise(0.3, 900, 6000, 9) * sound.curve(0.3, [(0, 0), (0.03, 1), (0.3, 0)])
    for number in range(7):
        sound.lay(track, rustle, 1.2 + number * 0.8, 0.05)
    for number in range(56):
        sound.lay(track, rustle, 41.8 + number * 0.2, 0.03)
    return sound.room(track, 2.8, 0.34)
