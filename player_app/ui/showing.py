"""One film at a time, opened and closed from the Qt thread; word of an earlier one is dropped."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from player_app.core.catalogue import Film
from player_app.core.errors import Stopped
from player_app.core.playback import PlaybackState
from player_app.features.entrance import Wishes
from player_app.ui.tasks import Done, Failed, Outcome, Post, Tasks

if TYPE_CHECKING:
    from player_app.features.playback import Playback
    from player_app.features.settings import Preferences
    from player_app.features.watch import Watch


class Showing:
    """Says `met` when the film is known, then `opened` or `failed`; `heard` with every new state.

    `heard` gets the state before it, too. A state that comes before the film is `opened` is not
    heard: what the screen shows can be done, and nothing can before there is a playback.
    """

    def __init__(
        self,
        *,
        watch: Watch,
        film: Callable[[str], Film],
        tasks: Tasks,
        post: Post,
        met: Callable[[Film], None],
        opened: Callable[[Playback, PlaybackState], None],
        failed: Callable[[Exception], None],
        heard: Callable[[PlaybackState, PlaybackState], None],
    ) -> None:
        self._watch = watch
        self._film_of = film
        self._tasks = tasks
        self._post = post
        self._met = met
        self._opened = opened
        self._failed = failed
        self._heard = heard
        self._turn = 0
        self.film_id = ""
        self.film: Film | None = None
        self.playback: Playback | None = None
        self.state: PlaybackState | None = None

    @property
    def length_ms(self) -> int:
        if self.state is not None:
            return self.state.length_ms
        return self.film.length_ms if self.film is not None else 0

    def position_ms(self) -> int:
        return self.state.position_ms(time.monotonic()) if self.state is not None else 0

    def open(self, film_id: str, from_ms: int | None, likes: Preferences) -> None:
        self.film_id = film_id
        turn = self._turn
        wishes = Wishes(likes.volume, likes.muted, likes.rate)

        def hear(state: PlaybackState) -> None:
            self._post(lambda: self._hear(turn, state))

        def work() -> Playback:
            film = self._film_of(film_id)
            self._post(lambda: self._meet(turn, film))
            return self._watch.open(film_id, from_ms, likes.taste, hear, wishes)

        self._tasks.run(work, lambda outcome: self._end_opening(turn, outcome))

    def close(self) -> None:
        self._turn += 1
        self.film_id = ""
        self.film = self.playback = self.state = None
        self._watch.close()

    def _meet(self, turn: int, film: Film) -> None:
        if turn == self._turn:
            self.film = film
            self._met(film)

    def _end_opening(self, turn: int, outcome: Outcome[Playback]) -> None:
        if turn != self._turn:
            if isinstance(outcome, Done):
                outcome.value.close()
        elif isinstance(outcome, Done):
            self.playback = outcome.value
            self.state = outcome.value.state
            self._opened(self.playback, self.state)
        elif isinstance(outcome, Failed) and not isinstance(outcome.error, Stopped):
            self._failed(outcome.error)

    def _hear(self, turn: int, state: PlaybackState) -> None:
        if turn == self._turn and self.state is not None:
            before, self.state = self.state, state
            self._heard(before, state)
