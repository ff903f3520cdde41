"""Where the viewer stopped in each film, kept on this computer."""

from __future__ import annotations

from player_app.core.clock import Clock
from player_app.core.position import Position
from player_app.storage.positions import PositionStore


class Positions:
    def __init__(self, store: PositionStore, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def of(self, film_id: str) -> Position | None:
        return self._store.of(film_id)

    def keep(self, film_id: str, position_ms: int, *, finished: bool = False) -> None:
        """On disk when it returns."""
        self._store.keep(Position(film_id, max(0, position_ms), finished, self._clock.now()))
