"""What a viewer sees of a film: when its pictures come, and whether they are those of its place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from time import monotonic

import numpy as np
from numpy.typing import NDArray
from PySide6.QtMultimedia import QVideoFrame

from tests.bench.real_film import LOOK_COLUMNS, LOOK_ROWS
from tests.media.packaging import FRAME_RATE
from tests.media.player import TestPlayer, frame_number

STILL_S = 0.7
"""So long without a new picture is a pause that anybody sees."""

SETTLED_S = 1.0

SAME_LOOK = 2.0
"""Two decoders' looks of one picture differ by less, on average, of 255 steps of brightness."""

LOOKED_AROUND_MS = 10_000
EVERY = 12
"""Of so many pictures one is compared with the position."""

Apart = Callable[[QVideoFrame, int], float]
"""How far this picture is from this position, in milliseconds."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A picture: when it came, where the player said that the film was, how far it was off that."""

    at: float
    position_ms: int
    apart_ms: float | None


class Watching:
    """Sees every picture of a player from now on."""

    def __init__(self, player: TestPlayer, apart: Apart) -> None:
        self.seen: list[Seen] = []
        self._player = player
        self._apart = apart
        player.surface.shown.connect(self._look)

    @property
    def pauses(self) -> list[tuple[Seen, Seen]]:
        """The pictures before and after each time that the picture stood still."""
        return [pair for pair in pairwise(self.seen) if pair[1].at - pair[0].at > STILL_S]

    @property
    def stalls_s(self) -> list[float]:
        """How long the film waited; it goes on in pauses of its own, where no picture is new."""
        return [
            after.at - before.at
            for before, after in self.pauses
            if after.position_ms - before.position_ms < (after.at - before.at) * 500
        ]

    @property
    def jumps_ms(self) -> list[int]:
        """How far the position came from one picture to the next, beyond the time that passed.

        Not of the first second: behind its first picture a start may still wait for film.
        """
        begun_at = self.seen[0].at + SETTLED_S
        steps = (
            after.position_ms - before.position_ms - round((after.at - before.at) * 1000)
            for before, after in pairwise(each for each in self.seen if each.at > begun_at)
        )
        return sorted(steps, key=abs)

    @property
    def apart_ms(self) -> list[float]:
        """How far compared pictures were from the position, the closest first."""
        return sorted(each.apart_ms for each in self.seen if each.apart_ms is not None)

    def _look(self) -> None:
        position_ms = self._player.position_ms
        is_compared = len(self.seen) % EVERY == 0
        apart = self._apart(self._player.surface.newest(), position_ms) if is_compared else None
        self.seen.append(Seen(monotonic(), position_ms, apart))


def by_number(frame: QVideoFrame, position_ms: int) -> float:
    """For films with a number on each picture."""
    number = frame_number(frame)
    return float("inf") if number is None else abs(number * 1000 / FRAME_RATE - position_ms)


def by_look(looks: NDArray[np.uint8], frame_rate: float) -> Apart:
    """For films without: the nearest of the pictures around the position that looks the same."""
    around = round(LOOKED_AROUND_MS / 1000 * frame_rate)

    def apart(frame: QVideoFrame, position_ms: int) -> float:
        place = round(position_ms / 1000 * frame_rate)
        first = max(0, place - around)
        near = looks[first : place + around].astype(np.float32)
        differences = np.abs(near - _look_of(frame)).mean(axis=(1, 2))
        (same,) = np.nonzero(differences < SAME_LOOK)
        if not same.size:
            return float("inf")
        times_ms = (first + same) * 1000 / frame_rate
        return float(np.abs(times_ms - position_ms).min())

    return apart


def _look_of(frame: QVideoFrame) -> NDArray[np.float32]:
    height, width = frame.height(), frame.width()
    assert frame.map(QVideoFrame.MapMode.ReadOnly)
    row_bytes = frame.bytesPerLine(0)
    luma = np.frombuffer(frame.bits(0), np.uint8)[: height * row_bytes]
    picture = luma.reshape(height, row_bytes)[:, :width]
    fields = picture.reshape(LOOK_ROWS, height // LOOK_ROWS, LOOK_COLUMNS, width // LOOK_COLUMNS)
    found: NDArray[np.float32] = fields.mean(axis=(1, 3), dtype=np.float32)
    frame.unmap()
    return found
