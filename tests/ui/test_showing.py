"""A film that was left while it was being opened is closed, and no longer spoken of."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from typing import Any

from player_app.core.errors import Stopped, Unreachable
from player_app.core.playback import PlaybackState
from player_app.features.settings import Preferences
from player_app.ui.showing import Showing
from player_app.ui.tasks import Tasks
from tests.ui import samples

FILMS = samples.films()
STATE = PlaybackState(60_000)


@dataclass
class Opened:
    state: PlaybackState = STATE
    closed: int = 0

    def close(self) -> None:
        self.closed += 1


@dataclass
class Opener:
    """Opens films as a test lets it; keeps what was opened and how to tell of it."""

    error: Exception | None = None
    soon: PlaybackState | None = None
    films: list[Opened] = field(default_factory=list)
    tell: list[Callable[[PlaybackState], None]] = field(default_factory=list)

    def open(self, _film_id: str, _from_ms: Any, _taste: Any, hear: Any, _wishes: Any) -> Opened:
        if self.error is not None:
            raise self.error
        self.films.append(Opened())
        self.tell.append(hear)
        if self.soon is not None:
            hear(self.soon)
        return self.films[-1]

    def close(self) -> None:
        return None


class Later(Executor):
    """Does the work when the test says so."""

    def __init__(self) -> None:
        self.works: list[Callable[[], None]] = []

    def submit(self, work: Any, /, *_args: Any, **_more: Any) -> Future[Any]:
        self.works.append(work)
        return Future()

    def work(self) -> None:
        while self.works:
            self.works.pop(0)()


@dataclass
class Stand:
    opener: Opener = field(default_factory=Opener)
    later: Later = field(default_factory=Later)
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        watch: Any = self.opener
        self.showing = Showing(
            watch=watch,
            film=lambda film_id: FILMS[int(film_id)],
            tasks=Tasks(self.later, lambda call: call()),
            post=lambda call: call(),
            met=lambda film: self.said.append(f"met {film.title}"),
            opened=lambda _playback, _state: self.said.append("opened"),
            failed=lambda error: self.said.append(f"failed {type(error).__name__}"),
            heard=lambda _before, state: self.said.append(f"heard {state.length_ms}"),
        )

    def open(self, film_id: str) -> None:
        self.showing.open(film_id, None, Preferences())


def test_a_film_is_met_then_opened_then_heard() -> None:
    stand = Stand()
    stand.open("0")
    stand.later.work()
    stand.opener.tell[0](STATE)

    assert stand.said == [f"met {FILMS[0].title}", "opened", "heard 60000"]
    assert stand.showing.length_ms == 60_000


def test_nothing_is_heard_of_a_film_that_can_not_be_paused_yet() -> None:
    stand = Stand(Opener(soon=STATE))
    stand.open("0")
    stand.later.work()

    assert stand.said == [f"met {FILMS[0].title}", "opened"]
    assert stand.showing.state == STATE


def test_a_film_left_before_it_was_opened_is_closed_and_not_spoken_of() -> None:
    stand = Stand()
    stand.open("0")
    stand.showing.close()
    stand.later.work()
    stand.opener.tell[0](STATE)

    assert stand.opener.films[0].closed == 1
    assert stand.said == []
    assert stand.showing.playback is None


def test_of_two_films_opened_in_a_row_only_the_second_is_shown() -> None:
    stand = Stand()
    stand.open("0")
    stand.showing.close()
    stand.open("1")
    stand.later.work()

    first, second = stand.opener.films
    assert (first.closed, second.closed) == (1, 0)
    assert stand.said == [f"met {FILMS[1].title}", "opened"]
    assert stand.showing.playback is second  # type: ignore[comparison-overlap]


def test_a_failure_is_told_but_not_that_the_viewer_stopped_it() -> None:
    for error, told in (
        (Unreachable("films.example.org", "offline"), "failed Unreachable"),
        (Stopped(), None),
    ):
        stand = Stand(Opener(error))
        stand.open("0")
        stand.later.work()

        assert stand.said[1:] == ([told] if told else [])
