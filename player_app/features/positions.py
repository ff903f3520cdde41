"""Where the viewer stopped in each film, kept on this computer and for the service to hear of."""

from __future__ import annotations

import itertools
import logging
import secrets
import threading
from collections.abc import Callable

from player_app.core.position import (
    LONGEST_MS,
    Position,
    WaitingPosition,
    on_calendar,
    stands_still,
)
from player_app.core.storage_errors import StorageError
from player_app.storage.positions import PositionStore
from player_app.storage.waiting_progress import WaitingProgress

log = logging.getLogger(__name__)


class Positions:
    """What can't be kept now is remembered, and tried again with the next one.

    `whose` says whom the places here belong to, `now` whole seconds since 1970, UTC.
    """

    def __init__(
        self,
        store: PositionStore,
        waiting: WaitingProgress,
        whose: Callable[[], str | None],
        now: Callable[[], int],
    ) -> None:
        self._store = store
        self._waiting = waiting
        self._whose = whose
        self._now = now
        self._keeping = threading.Lock()
        self._sequence = itertools.count(1)
        self._kept: dict[str, WaitingPosition] = {}
        self._resting: dict[str, WaitingPosition] = {}
        self._unkept: dict[str, WaitingPosition] = {}
        self._listener: Callable[[StorageError | None], None] = lambda _: None
        self._rests: Callable[[], None] = lambda: None

    def listen(self, listener: Callable[[StorageError | None], None]) -> None:
        """Who hears, on the thread that keeps, what is in the way, and None when that is over."""
        self._listener = listener

    def when_resting(self, listener: Callable[[], None]) -> None:
        """Who hears, on the thread that keeps, that a film rests where the viewer left it."""
        self._rests = listener

    def of(self, film_id: str) -> Position | None:
        unkept = self._unkept.get(film_id)
        return unkept.place() if unkept is not None else self._store.of(film_id)

    def keep(
        self,
        film_id: str,
        position_ms: int,
        *,
        finished: bool = False,
        watch_session: str = "",
        rests: bool = False,
    ) -> None:
        """On disk when it returns, or else remembered and told: a film plays on without a disk.

        `watch_session` names the opening of the film, or this is one by itself; the film `rests`
        where it is paused or left. Where it has rested since, the place may be another device's.
        """
        with self._keeping:
            said = WaitingPosition(
                film_id,
                min(max(0, position_ms), LONGEST_MS),
                finished,
                on_calendar(self._now()),
                watch_session or new_watch_session(),
                next(self._sequence),
            )
            was_in_trouble, rested = bool(self._unkept), self._resting.get(film_id)
            if rested is None or not stands_still(rested, said):
                self._unkept[film_id] = said
                self._resting.pop(film_id, None)
            if rests:
                self._resting.setdefault(film_id, said)
            if self._unkept:
                self._keep_all(was_in_trouble=was_in_trouble)
        if rests:
            self._rests()

    def try_again(self) -> None:
        """Keep what could not be kept before."""
        with self._keeping:
            self._keep_all(was_in_trouble=False)

    def leave(self) -> None:
        """Whose places these are is leaving: what can't be kept now either is lost."""
        with self._keeping:
            self._keep_all(was_in_trouble=True)
            lost, self._unkept = len(self._unkept), {}
            self._kept, self._resting = {}, {}
            if lost:
                log.info("places of a viewer who left are lost: %d", lost)
                self._listener(None)

    def _keep_all(self, *, was_in_trouble: bool) -> None:
        try:
            for film_id, said in tuple(self._unkept.items()):
                kept = self._waiting.watched(self._whose(), said, self._kept.get(film_id))
                self._kept[film_id] = kept
                del self._unkept[film_id]
        except StorageError as error:
            if not was_in_trouble:
                log.warning("a place in a film is not kept: %s", type(error).__name__)
                self._listener(error)
        else:
            self._listener(None)


def new_watch_session() -> str:
    return secrets.token_urlsafe(12)
