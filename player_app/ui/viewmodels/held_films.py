"""What a viewer holds, as it was last read: one reading at a time, and moved on in between."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from player_app.core.download import DownloadState
from player_app.ui.tasks import Failed, Outcome, Tasks
from player_app.ui.viewmodels.download_words import plays_offline
from player_app.ui.viewmodels.library_face import expiry_said, moving

if TYPE_CHECKING:
    from player_app.core.download import Progress
    from player_app.features.holdings import Held, Holding, Taken


class HeldFilms:
    """`read` blocks. On the Qt thread `came` hears of what is new, `failed` of a failed reading.

    `ended` hears a sentence of each rental whose clock has come to something since the reading
    before.
    """

    def __init__(
        self,
        *,
        read: Callable[[], Holding],
        progress: Callable[[str], Progress],
        tasks: Tasks,
        now: Callable[[], int],
    ) -> None:
        self._read = read
        self._progress = progress
        self._tasks = tasks
        self._now_s = now
        self._reading = self._stale = False
        self._read_at = 0
        self.holding: Holding | None = None
        self.came: Callable[[Holding], None] = lambda _: None
        self.failed: Callable[[Exception], None] = lambda _: None
        self.ended: Callable[[str], None] = lambda _: None

    def load(self) -> None:
        """Read anew; once more where something changes meanwhile."""
        if self._reading:
            self._stale = True
            return
        self._reading, self._stale = True, False
        self._tasks.run(self._read, self._loaded)

    def forget(self) -> None:
        self.holding = None

    @property
    def taken(self) -> tuple[Taken, ...]:
        return self.holding.taken if self.holding is not None else ()

    @property
    def ready(self) -> int:
        """How many films play without the service."""
        return sum(map(plays_offline, self.taken))

    def taken_of(self, film_id: str) -> Taken | None:
        return next((each for each in self.taken if each.download.film_id == film_id), None)

    def rental_of(self, film_id: str) -> Held | None:
        rentals = self.holding.rentals if self.holding is not None else ()
        return next((each for each in rentals if each.film.id == film_id), None)

    def title(self, film_id: str) -> str:
        """Of a film that is taken."""
        taken = self.taken_of(film_id)
        return taken.film.title if taken is not None else "The film"

    def beat(self) -> None:
        """See how far the film has come that is being taken."""
        holding = self.holding
        if holding is not None and moving(holding)[0] >= 0:
            self.holding = replace(holding, taken=tuple(map(self._moved, holding.taken)))
            self.came(self.holding)

    def tick(self) -> None:
        """Read anew where clocks may have run out, or films may have gone."""
        if self.holding is not None and (self.holding.rentals or self.holding.taken):
            self.load()

    def _moved(self, taken: Taken) -> Taken:
        if taken.download.state is not DownloadState.RUNNING:
            return taken
        return replace(taken, progress=self._progress(taken.download.film_id))

    def _loaded(self, outcome: Outcome[Holding]) -> None:
        self._reading = False
        if isinstance(outcome, Failed):
            self.failed(outcome.error)
        else:
            before, before_s = self.holding, self._read_at
            self.holding, self._read_at = outcome.value, self._now_s()
            if before is not None:
                self._say_ended(before, before_s, outcome.value)
            self.came(outcome.value)
        if self._stale:
            self.load()

    def _say_ended(self, before: Holding, before_s: int, after: Holding) -> None:
        were = {each.film.id: each for each in before.rentals}
        for each in after.rentals:
            was = were.get(each.film.id)
            said = expiry_said(was, each, before_s, self._read_at) if was is not None else ""
            if said:
                self.ended(said)
