"""Comments of viewers on films."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

LONGEST_COMMENT = 4000
"""Characters."""


@dataclass(frozen=True, slots=True)
class Comment:
    """A posted comment, plain text."""

    id: str
    film_id: str
    username: str
    display_name: str
    text: str
    position_ms: int | None
    created_at: datetime
    mine: bool


@dataclass(frozen=True, slots=True)
class WaitingComment:
    """A comment written here and not yet posted; `key` makes posting it twice impossible."""

    key: str
    film_id: str
    text: str
    position_ms: int | None
    written_at: datetime
