"""“Starling Arithmetic”: why a flock over Rome moves as one, told by a flock."""

from __future__ import annotations

import math
from random import Random

import numpy as np
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
    mixed_colour,
    span,
    vignette,
    within,
    write,
)
from player_app.reference_service.studio.film import (
    HEIGHT,
    WIDTH,
    Chapter,
    Film,
    Line,
    Samples,
    SoundCue,
)
from player_app.reference_service.studio.films.starling_flock import Flock, nearest

_LENGTH_S = 52
_DARK = "#17131f"
_EARLY = ("#3f5878", "#a98a93", "#eeb07a", "#f9d79a")
_LATE = ("#0e1426", "#2b2b4a", "#6b4660", "#b4664f")
_LIGHT = "#fbe6c3"


def film() -> Film:
    return Film(
        slug="starling-arithmetic",
        title="Starling Arithmetic",
        length_s=_LENGTH_S,
        draw=_Pictures().draw,
        music=_music,
        lines=_LINES,
        cues=_CUES,
        chapters=_CHAPTERS,
        stills_s=(8.0, 15.5, 32.5, 45.0),
        bits_720=245_000,
        bits_360=95_000,
    )


class _Pictures:
    """The evening, the roofs and the flock."""

    def __init__(self) -> None:
        self._flock = Flock(_LENGTH_S)
        self._italic = face(italic=True)

    def draw(self, canvas: skia.Canvas, t: float) -> None:
        late = t / _LENGTH_S
        sky = [mixed_colour(a, b, late) for a, b in zip(_EARLY, _LATE, strict=True)]
        canvas.drawPaint(down(sky, 0, 640))
        canvas.drawPaint(glow(880, 590 + 60 * late, 620, "#ffd28a", 0.55 * (1 - 0.7 * late)))
        near = span(t, 25.5, 29.0) * (1 - span(t, 37.5, 41.0))
        leaders = self._flock.leaders(t)
        bird = 17
        focus = leaders[bird]
        zoom = blend(1.0, 6.4, near)
        middle = (blend(0, float(focus[0]), near), blend(0, float(focus[1]), near))
        places = self._flock.birds(t)
        depth = 620 / (620 + places[:, 2])
        x = WIDTH / 2 + (places[:, 0] - middle[0]) * depth * zoom * 1.28
        y = blend(300, 360, near) + (places[:, 1] - middle[1]) * depth * zoom * 1.28
        self._birds(canvas, np.stack((x, y), 1), depth, zoom, near)
        if near > 0.01:
            self._seven(canvas, np.stack((x, y), 1), nearest(leaders, bird), bird, near, t)
        with faded(canvas, 1 - 0.8 * near):
            _roofs(canvas, t)
        seen = within(t, 2.4, 8.4, 1.0)
        write(canvas, "Starling Arithmetic", 640, 130, 84, fill(_LIGHT, seen))
        seen = within(t, 9.6, 14.6, 0.8)
        write(
            canvas,
            "Rome, December, a quarter to five",
            90,
            90,
            36,
            fill(_LIGHT, seen),
            self._italic,
            align=0,
        )
        vignette(canvas, "#0a0710", 0.55)
        curtain(canvas, t, "#07060c", open_s=1.4, close_s=(50, 51.7))

    def _birds(
        self, canvas: skia.Canvas, spots: np.ndarray, depth: np.ndarray, zoom: float, near: float
    ) -> None:
        for low, high in ((0.0, 0.85), (0.85, 1.05), (1.05, 9.0)):
            chosen = spots[(depth >= low) & (depth < high)]
            width = (1.5 + 1.3 * low) * zoom**0.62
            paint = line(_DARK, width, (0.5 + 0.3 * low) * (1 - 0.45 * near))
            points = [skia.Point(float(x), float(y)) for x, y in chosen]
            if points:
                canvas.drawPoints(skia.Canvas.PointMode.kPoints_PointMode, points, paint)

    def _seven(
        self,
        canvas: skia.Canvas,
        spots: np.ndarray,
        seven: list[int],
        bird: int,
        near: float,
        t: float,
    ) -> None:
        x, y = (float(v) for v in spots[bird])
        for number, other in enumerate(seven):
            seen = span(t, 29.0 + number * 0.5, 29.6 + number * 0.5) * near
            far_x, far_y = (float(v) for v in spots[other])
            tip_x, tip_y = blend(x, far_x, seen), blend(y, far_y, seen)
            canvas.drawLine(x, y, tip_x, tip_y, line("#ffcf7a", 2.4, seen))
            canvas.drawCircle(far_x, far_y, 9, line("#ffcf7a", 2.2, seen))
            canvas.drawCircle(far_x, far_y, 5, fill("#2a1a22", seen))
        canvas.drawCircle(x, y, 12, fill("#ffcf7a", near))
        canvas.drawCircle(x, y, 7, fill("#b2402c", near))
        count = min(7, max(0, int((t - 29.0) / 0.5)))
        if count:
            write(canvas, str(count), 1070, 400, 220, fill(_LIGHT, near))
            write(canvas, "neighbours", 1070, 520, 44, fill(_LIGHT, near), self._italic)


def _roofs(canvas: skia.Canvas, t: float) -> None:
    """Rome from a museum's roof: two rows of houses, domes and pines."""
    for row, shade in enumerate(("#4a3645", "#1d1520")):
        random = Random(row + 21)
        x = -60.0 - t * (1.6 + 2.2 * row)
        base = 610 + row * 46
        while x < WIDTH + 80:
            width, high = random.uniform(50, 130), random.uniform(8, 54)
            canvas.drawRect(skia.Rect.MakeLTRB(x, base - high, x + width + 1, HEIGHT), fill(shade))
            if random.random() < 0.11:
                dome = skia.Rect.MakeXYWH(x + 8, base - high - 34, width - 16, 78)
                canvas.drawOval(dome, fill(shade))
                spire = x + width / 2
                canvas.drawRect(skia.Rect.MakeXYWH(spire - 4, base - high - 56, 8, 28), fill(shade))
            elif random.random() < 0.2:
                stem = x + width * 0.7
                canvas.drawRect(skia.Rect.MakeXYWH(stem, base - high - 52, 4, 60), fill(shade))
                crown = skia.Rect.MakeXYWH(stem - 38, base - high - 74, 80, 34)
                canvas.drawOval(crown, fill(shade))
            elif row and random.random() < 0.5:
                pane = skia.Rect.MakeXYWH(x + width * 0.4, base - high + 22, 8, 12)
                lit = span(t, random.uniform(8, 40), 44)
                canvas.drawRect(pane, fill("#ffcb74", 0.9 * lit))
            x += width


_LINES = (
    Line(
        3.0,
        "On winter evenings, the starlings come in to Rome to sleep.",
        "Les soirs d’hiver, les étourneaux rentrent à Rome pour dormir.",
    ),
    Line(9.6, "First they do this.", "D’abord, ils font ceci."),
    Line(
        13.4,
        "Thousands turn at once, and no one is leading.",
        "Des milliers tournent d’un coup, et aucun ne mène.",
    ),
    Line(
        18.2,
        "So physicists went up on a roof with cameras, and counted.",
        "Des physiciens montèrent donc sur un toit avec des caméras, et comptèrent.",
    ),
    Line(
        25.4,
        "A starling, they found, does not watch the flock.",
        "L’étourneau, virent-ils, ne regarde pas la volée.",
    ),
    Line(
        29.4,
        "It watches six or seven neighbours: the nearest, however far away.",
        "Il regarde six ou sept voisins : les plus proches, si loin soient-ils.",
    ),
    Line(36.2, "Each of them watches seven more.", "Chacun d’eux en regarde sept autres."),
    Line(41.2, "That is enough to turn a cloud.", "Cela suffit à faire tourner un nuage."),
    Line(45.6, "The rest is evening.", "Le reste, c’est le soir."),
)

_CUES = (
    SoundCue(0.0, 2.8, "soft music, wings"),
    SoundCue(11.2, 13.2, "thousands of wings turning"),
    SoundCue(22.4, 25.2, "plucked strings"),
    SoundCue(48.0, 51.0, "wings, fading"),
)

_CHAPTERS = (
    Chapter(0, "Coming in to sleep"),
    Chapter(9.6, "No one is leading"),
    Chapter(18, "Counting from a roof"),
    Chapter(25.4, "Seven neighbours"),
    Chapter(41, "Evening"),
)


def _music() -> Samples:
    track = sound.silence(_LENGTH_S)
    chords = ((50, 57, 61, 66), (47, 54, 62, 66), (43, 55, 59, 66), (45, 52, 61, 64))
    for bar in range(9):
        chord = chords[bar % 4]
        sound.lay(track, sound.pad(chord, 8.4, 0.35), bar * 5.8, 0.2)
        for step in range(7):
            note = chord[(step * 3 + bar) % 4] + (24 if step % 3 else 12)
            sound.lay(track, sound.pluck(note, 2.0, 1.1), bar * 5.8 + step * 0.41, 0.08)
    wings = sound.noise(_LENGTH_S, 500, 2600, 8)
    points = [(second, 0.02 + 0.03 * (1 + math.sin(second * 0.83)) ** 2) for second in range(53)]
    points[0], points[-1] = (0, 0), (52, 0)
    track += wings * sound.curve(_LENGTH_S, points) * 0.6
    return sound.room(track, 2.6, 0.32)
