"""Reads the marks that `picture-start` wears: frame numbers in pictures, tones in sound."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

_CELLS = 24
_TONE_HERTZ = 1000.0
_STEP_S = 0.01


def read_frame_number(pixels: npt.NDArray[np.generic]) -> int | None:
    """The frame number in the picture's bottom edge, or None where no edge code is.

    The picture alone, without borders: height × width, or height × width × colours.
    """
    grey = np.asarray(pixels, np.float64)
    if grey.ndim == 3:
        grey = grey[..., :3].mean(axis=2)
    height, width = grey.shape
    strip = grey[round(height - height / 60)]
    middles = ((np.arange(_CELLS) + 0.5) * width / _CELLS).astype(int)
    reach = max(1, width // _CELLS // 4)
    cells = np.array([strip[middle - reach : middle + reach + 1].mean() for middle in middles])
    if cells.max() - cells.min() < 100:
        return None
    bits = [bool(cell) for cell in cells > (cells.max() + cells.min()) / 2]
    if (bits[:2], bits[22:]) != ([True, False], [False, True]):
        return None
    number, check = _whole(bits[2:18]), _whole(bits[18:22])
    digits = sum(number >> shift & 15 for shift in (0, 4, 8, 12))
    return number if digits % 16 == check else None


def find_tones(samples: npt.NDArray[np.generic], rate: int) -> list[float]:
    """The seconds at which marker tones start, in mono samples or samples × channels."""
    heard = np.asarray(samples, np.float64)
    if heard.ndim == 2:
        heard = heard.mean(axis=1)
    if not heard.any():
        return []
    size, step = round(0.04 * rate), round(_STEP_S * rate)
    moments = np.arange(size) / rate
    wave = np.exp(-2j * np.pi * _TONE_HERTZ * moments) * np.hanning(size)
    count = max(0, (len(heard) - size) // step)
    pure = np.zeros(count, bool)
    level = 0.1 * np.sqrt(np.mean(heard**2)) + 1e-9
    for place in range(count):
        piece = heard[place * step : place * step + size]
        shaped = float(np.sum((piece * np.hanning(size)) ** 2)) * size
        amount = abs(np.sum(piece * wave)) ** 2
        pure[place] = np.sqrt(np.mean(piece**2)) > level and amount > 0.30 * shaped
    return _starts(pure)


def _starts(pure: npt.NDArray[np.bool_]) -> list[float]:
    """Where runs of 70 to 170 ms begin."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], pure.astype(np.int8), [0]))))
    runs = zip(edges[::2], edges[1::2], strict=True)
    return [
        float(start) * _STEP_S for start, end in runs if 0.07 <= (end - start) * _STEP_S <= 0.17
    ]


def _whole(bits: list[bool]) -> int:
    return int("".join("1" if bit else "0" for bit in bits), 2)
