"""The edge code that `picture-start` wears: a frame's number in 24 cells."""

from __future__ import annotations

CELLS = 24


def edge_code(frame_number: int) -> tuple[bool, ...]:
    """The strip's cells from left to right, true for white."""
    if not 0 <= frame_number < 1 << 16:
        raise ValueError("an edge code has 16 bits")
    digits = [frame_number >> shift & 15 for shift in (12, 8, 4, 0)]
    number = [bool(frame_number >> bit & 1) for bit in range(15, -1, -1)]
    check = [bool(sum(digits) % 16 >> bit & 1) for bit in range(3, -1, -1)]
    return (True, False, *number, *check, False, True)
