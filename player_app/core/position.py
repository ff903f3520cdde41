"""Where a viewer stopped watching a film."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Position:
    """`kept_at` is whole seconds since 1970, UTC."""

    film_id: str
    position_ms: int
    finished: bool
    kept_at: int
