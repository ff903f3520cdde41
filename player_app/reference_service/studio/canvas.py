"""Drawing words that the films share: easing, paint, type, paper and light."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np
import skia

from player_app.reference_service.studio.film import HEIGHT, WIDTH

REGULAR = "EB Garamond"


def span(t: float, start: float, stop: float) -> float:
    """How far t is between two moments, from 0 to 1, easing in and out."""
    raw = min(1.0, max(0.0, (t - start) / (stop - start)))
    return raw * raw * raw * (raw * (6 * raw - 15) + 10)


def within(t: float, start: float, stop: float, fade: float = 0.6) -> float:
    """1 between two moments and 0 outside them, with eased ends inside."""
    return span(t, start, start + fade) * (1 - span(t, stop - fade, stop))


def blend(first: float, second: float, part: float) -> float:
    return first + (second - first) * part


def colour(code: str, alpha: float = 1.0) -> int:
    """A colour from `#rrggbb`."""
    value = int(code[1:], 16)
    shade = round(255 * min(1.0, max(0.0, alpha)))
    return int(skia.ColorSetARGB(shade, value >> 16, value >> 8 & 255, value & 255))


def mixed_colour(first: str, second: str, part: float) -> str:
    pairs = [(int(first[i : i + 2], 16), int(second[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(blend(a, b, part)):02x}" for a, b in pairs)


def fill(code: str, alpha: float = 1.0, blur: float = 0.0) -> skia.Paint:
    paint = skia.Paint(AntiAlias=True, Color=colour(code, alpha))
    if blur:
        paint.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, blur))
    return paint


def line(code: str, width: float, alpha: float = 1.0, blur: float = 0.0) -> skia.Paint:
    paint = fill(code, alpha, blur)
    paint.setStyle(skia.Paint.kStroke_Style)
    paint.setStrokeWidth(width)
    paint.setStrokeCap(skia.Paint.kRound_Cap)
    paint.setStrokeJoin(skia.Paint.kRound_Join)
    return paint


def trembling(paint: skia.Paint, seed: int, length: float = 9.0, by: float = 1.1) -> skia.Paint:
    """The paint with an uneven edge, as drawn by hand; another seed is another drawing."""
    paint.setPathEffect(skia.DiscretePathEffect.Make(length, by, seed))
    return paint


def down(
    codes: Sequence[str], top: float, bottom: float, alphas: Sequence[float] | None = None
) -> skia.Paint:
    """Paint that goes through colours from top to bottom."""
    strengths = alphas or [1.0] * len(codes)
    shades = [colour(code, alpha) for code, alpha in zip(codes, strengths, strict=True)]
    ends = [skia.Point(0, top), skia.Point(0, bottom)]
    return skia.Paint(
        AntiAlias=True, Dither=True, Shader=skia.GradientShader.MakeLinear(ends, shades)
    )


def glow(x: float, y: float, radius: float, code: str, alpha: float) -> skia.Paint:
    """Light around a point; drawn with drawPaint or a circle."""
    shades = [colour(code, alpha * part) for part in (1.0, 0.55, 0.2, 0.0)]
    shader = skia.GradientShader.MakeRadial(skia.Point(x, y), radius, shades, [0.0, 0.25, 0.6, 1.0])
    paint = skia.Paint(AntiAlias=True, Dither=True, Shader=shader)
    paint.setBlendMode(skia.BlendMode.kScreen)
    return paint


def vignette(canvas: skia.Canvas, code: str, strength: float, radius: float = 820) -> None:
    shades = [colour(code, strength * part) for part in (0.0, 0.0, 0.35, 1.0)]
    shader = skia.GradientShader.MakeRadial(
        skia.Point(WIDTH / 2, HEIGHT / 2), radius, shades, [0.0, 0.4, 0.72, 1.0]
    )
    canvas.drawPaint(skia.Paint(Dither=True, Shader=shader))


def curtain(
    canvas: skia.Canvas,
    t: float,
    code: str,
    *,
    open_s: float,
    close_s: tuple[float, float],
    cuts_s: Sequence[float] = (),
    dip_s: float = 0.5,
) -> None:
    """Darkness before a film opens and after it closes, and a dip into it at each cut."""
    dips = [1 - min(1.0, abs(t - cut) / dip_s) for cut in cuts_s]
    canvas.drawPaint(fill(code, max(1 - span(t, 0, open_s), span(t, *close_s), *dips)))


def face(family: str = REGULAR, *, bold: bool = False, italic: bool = False) -> skia.Typeface:
    weight = skia.FontStyle.kBold_Weight if bold else skia.FontStyle.kNormal_Weight
    slant = skia.FontStyle.kItalic_Slant if italic else skia.FontStyle.kUpright_Slant
    style = skia.FontStyle(weight, skia.FontStyle.kNormal_Width, slant)
    return skia.FontMgr().matchFamilyStyle(family, style)


def write(
    canvas: skia.Canvas,
    text: str,
    x: float,
    y: float,
    size: float,
    paint: skia.Paint,
    typeface: skia.Typeface | None = None,
    spacing: float = 0.0,
    align: float = 0.5,
) -> float:
    """Writes on a baseline and answers the width; align 0 is left of x's right, 0.5 centred."""
    font = skia.Font(typeface or face(), size)
    font.setSubpixel(True)
    font.setEdging(skia.Font.Edging.kAntiAlias)
    widths = [font.measureText(sign) for sign in text]
    whole = font.measureText(text) if not spacing else sum(widths) + spacing * (len(text) - 1)
    left = x - whole * align
    if not spacing:
        canvas.drawString(text, left, y, font, paint)
        return float(whole)
    for sign, width in zip(text, widths, strict=True):
        canvas.drawString(sign, left, y, font, paint)
        left += width + spacing
    return float(whole)


def clouds(width: int, height: int, seed: int, coarse: int = 6, octaves: int = 5) -> np.ndarray:
    """Soft noise from 0 to 1: a few sizes of it, added up."""
    random = np.random.default_rng(seed)
    total: np.ndarray = np.zeros((height, width), np.float32)
    for octave in range(octaves):
        cells = coarse * 2**octave
        grid = random.random((cells + 2, cells + 2)).astype(np.float32)
        total += _stretched(grid, width, height) / np.float32(1.9**octave)
    total -= total.min()
    return np.asarray(total / total.max(), np.float32)


def picture(rgb: np.ndarray, alpha: np.ndarray | float = 1.0) -> skia.Image:
    """An image from numbers between 0 and 1."""
    height, width = rgb.shape[:2]
    whole = np.empty((height, width, 4), np.uint8)
    whole[..., :3] = np.clip(rgb * 255, 0, 255).astype(np.uint8)
    whole[..., 3] = np.clip(np.asarray(alpha) * 255, 0, 255).astype(np.uint8)
    return skia.Image.fromarray(
        np.ascontiguousarray(whole), colorType=skia.ColorType.kRGBA_8888_ColorType
    )


def paper(light: str, dark: str, seed: int, fibre: float = 0.25) -> skia.Image:
    """A sheet as large as the frame, mottled between two colours."""
    random = np.random.default_rng(seed)
    mottle = clouds(WIDTH, HEIGHT, seed) ** 1.4
    fine = random.random((HEIGHT, WIDTH)).astype(np.float32)
    fibres = (fine + np.roll(fine, 1, 0) + np.roll(fine, 1, 1) + np.roll(fine, 2, 1)) / 4
    part = np.clip(mottle * (1 - fibre) + fibres * fibre, 0, 1)[..., None]
    ends = [np.array([int(c[i : i + 2], 16) / 255 for i in (1, 3, 5)]) for c in (light, dark)]
    return picture(ends[0] * (1 - part) + ends[1] * part)


@contextmanager
def moved(
    canvas: skia.Canvas, x: float = 0, y: float = 0, scale: float = 1, turn: float = 0
) -> Iterator[None]:
    """Draws what follows moved, then scaled and turned about that place."""
    canvas.save()
    canvas.translate(x, y)
    canvas.rotate(turn)
    canvas.scale(scale, scale)
    try:
        yield
    finally:
        canvas.restore()


@contextmanager
def faded(canvas: skia.Canvas, alpha: float) -> Iterator[None]:
    """Draws what follows as one layer of that strength."""
    canvas.saveLayerAlpha(None, round(255 * min(1.0, max(0.0, alpha))))
    try:
        yield
    finally:
        canvas.restore()


def _stretched(grid: np.ndarray, width: int, height: int) -> np.ndarray:
    cells = grid.shape[0] - 2
    across = np.linspace(0, cells, width, endpoint=False, dtype=np.float32)
    along = np.linspace(0, cells, height, endpoint=False, dtype=np.float32)
    left, top = across.astype(int), along.astype(int)
    right = (across - left) ** 2 * (3 - 2 * (across - left))
    below = ((along - top) ** 2 * (3 - 2 * (along - top)))[:, None]
    upper = grid[top][:, left] * (1 - right) + grid[top][:, left + 1] * right
    lower = grid[top + 1][:, left] * (1 - right) + grid[top + 1][:, left + 1] * right
    return np.asarray(upper * (1 - below) + lower * below, np.float32)
