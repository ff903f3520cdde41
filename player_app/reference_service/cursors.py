"""Cursors of feeds: the last number that was read, as text."""

from __future__ import annotations

from player_app.reference_service.problems import Problem

_LONGEST = 18
"""Digits; more would not fit a database's integer."""


def number_of(cursor: str | None) -> int:
    """What was read up to; nothing without a cursor."""
    if cursor is None or cursor == "":
        return 0
    if not cursor.isascii() or not cursor.isdigit() or len(cursor) > _LONGEST:
        raise Problem("invalid", "The cursor is none of this service's.")
    return int(cursor)
