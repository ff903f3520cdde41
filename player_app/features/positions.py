"""Where the viewer stopped in each film, kept on this computer."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from player_app.core.clock import Clock
from player_app.core.position import Position
from player_app.core.storage_errors import StorageError
from player_app.storage.positions import PositionStore

log = logging.getLogger(__name__)


class Positions:
    """What can't be kept now is remembered, and tried again with the next one."""

    def __init__(self, store: PositionStore, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._keeping = threading.Lock()
        self._unkept: dict[str, Position] = {}
        self._listener: Callable[[StorageError | None], None] = lambda _: None

    def listen(self, listener: Callable[[StorageError | None], None]) -> None:
        """Who hears, on the thread that keeps, what is in the way, and None when that is over."""
        self._listener = listener

    def of(self, film_id: str) -> Position | None:
        return self._unkept.get(film_id) or self._store.of(film_id)

    def keep(self, film_id: str, position_ms: int, *, finished: bool = False) -> None:
        """On disk when it returns, or else remembered and told: a film plays on without a disk."""
        with self._keeping:
            position = Position(film_id, max(0, position_ms), finished, self._clock.now())
            was_in_trouble = bool(self._unkept)
            self._unkept[film_id] = position
            self._keep_all(was_in_trouble=was_in_trouble)

    def try_again(self) -> None:
        """Keep what could not be kept before."""
        with self._keeping:
            self._keep_all(was_in_trouble=False)

    def leave(self) -> None:
        """Whose places these are is leaving: what can't be kept now either is lost."""
        with self._keeping:
            self._keep_all(was_in_trouble=True)
            lost, self._unkept = len(self._unkept), {}
            if lost:
                log.info("places of a viewer who left are lost: %d", lost)
                self._listener(None)

    def _keep_all(self, *, was_in_trouble: bool) -> None:
        try:
            for film_id, position in tuple(self._unkept.items()):
                self._store.keep(position)
                del self._unkept[film_id]
        except StorageError as error:
            if not was_in_trouble:
                log.warning("a place in a film is not kept: %s", type(error).__name__)
                self._listener(error)
        else:
            self._listener(None)
