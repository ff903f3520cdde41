"""Whether the pictures that were shown follow each other as the film's do."""

from __future__ import annotations

from itertools import pairwise

from tests.media.packaging import FRAME_RATE

SAME_FRAMES = round(0.3 * FRAME_RATE)
"""Pictures may be this many apart and the film still has gone on at the same place."""


def follows_on(shown: list[tuple[float, int | None]]) -> bool:
    """Every picture is whole and follows the one before it; False if there was none."""
    numbers = [number for _at, number in shown]
    whole = [number for number in numbers if number is not None]
    steps = [after - before for before, after in pairwise(whole)]
    assert len(whole) == len(numbers), f"{len(numbers) - len(whole)} damaged pictures"
    far = [step for step in steps if abs(step) > SAME_FRAMES]
    assert not far, f"jumps of {far} frames"
    return bool(whole)
