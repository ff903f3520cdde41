"""What stands in the gateway's place, and before the stores, where a test says what comes when."""

from __future__ import annotations

import threading
from typing import Any

from player_app.core.errors import Stopped, Unreachable, VeriteError
from player_app.core.parts import Part
from player_app.core.storage_errors import StorageError
from player_app.media.gateway.taking_progress import TakingProgress
from tests.features.downloads_model import CONTENT

AWAY = Unreachable("films.example.org", "refused")


class Puppet:
    """In the gateway's place: brings a part each time that it is let."""

    def __init__(self, rig_store: Any) -> None:
        self.change = threading.Condition()
        self.may_come = 0
        self.away = False
        self.refuses: VeriteError | None = None
        self.heeds_stop = True
        self.waits_with: str | None = None
        self._store = rig_store

    def set(self, **what: Any) -> None:
        with self.change:
            for name, value in what.items():
                setattr(self, name, value)
            self.change.notify_all()

    def take(
        self, film_id: str, _permit: Any, wanted: tuple[Part, ...], stop: Any, on_progress: Any
    ) -> None:
        missing = [each for each in wanted if not self._store.has(each.key)]
        for number, each in enumerate(missing):
            self._wait(film_id, stop)
            self._store.put(each.key, CONTENT[each.key])
            on_progress(TakingProgress(number, len(missing), len(missing) - number, 1.0))

    def _wait(self, film_id: str, stop: threading.Event) -> None:
        with self.change:
            self.waits_with = film_id
            try:
                self._wait_for_word(stop)
            finally:
                self.waits_with = None

    def _wait_for_word(self, stop: threading.Event) -> None:
        while True:
            if stop.is_set() and self.heeds_stop:
                raise Stopped
            refused, self.refuses = self.refuses, None
            if refused is not None:
                raise refused
            if self.away:
                raise AWAY
            if self.may_come:
                self.may_come -= 1
                return
            self.change.wait(0.005)


class Severed:
    """A store that no longer hears of a player who was killed."""

    def __init__(self, real: Any) -> None:
        self._real = real
        self.is_cut = False

    def __getattr__(self, name: str) -> Any:
        if self.is_cut:
            raise StorageError("killed")
        return getattr(self._real, name)
