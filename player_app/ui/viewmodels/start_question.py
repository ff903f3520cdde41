"""The question before a rental's second clock begins, on every way that leads to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import tzinfo

from player_app.core.rental import (
    ClockDoubt,
    NotStarted,
    Record,
    Rental,
    RentalState,
    Running,
    SecondClock,
    standing,
)
from player_app.core.rights import Right, grant_of
from player_app.ui import formatting
from player_app.ui.navigation import Navigation, Place
from player_app.ui.tasks import Failed, Outcome, Tasks
from player_app.ui.viewmodels.question import QuestionFace, QuestionViewModel

NOT_YET = "Not yet"
UNKNOWN = QuestionFace(
    title="Starting now may begin the time of a rental",
    text="What is kept of your rental can't be read just now, so it can't be said until when.",
    yes_label="Start all the same",
    no_label=NOT_YET,
    symbol="clock",
)


@dataclass(frozen=True, slots=True)
class Beginning:
    """What would begin: a window of so many seconds that ends then (seconds since 1970).

    `ends_at` and `start_by` are None where no clock says what time it is.
    """

    window_s: int
    ends_at: int | None
    start_by: int | None


def beginning(right: Right, now_s: int, by: SecondClock) -> Beginning | None:
    """What doing this now (`play` or `download`) would begin; None where it begins nothing.

    A rental whose second clock runs from the download on is begun by playing it, too.
    """
    verdict, rental = right.standing, right.rental
    if rental is None or not isinstance(verdict, NotStarted | ClockDoubt):
        return None
    if by is SecondClock.DOWNLOAD and rental.terms.second_clock is not SecondClock.DOWNLOAD:
        return None
    if isinstance(verdict, ClockDoubt):
        return Beginning(rental.terms.finish_within_s, None, None) if _waits(rental) else None
    begun = standing(grant_of(rental), Record(started_at=now_s), now_s)
    if not isinstance(begun, Running):
        return None
    return Beginning(begun.ends_at - now_s, begun.ends_at, verdict.start_by)


def _waits(rental: Rental) -> bool:
    is_open = rental.state is RentalState.ACTIVE and rental.started_at is None
    return is_open and rental.terms.second_clock is not SecondClock.PURCHASE


def start_question(
    title: str, begins: Beginning, by: SecondClock, now_s: int, zone: tzinfo | None = None
) -> QuestionFace:
    window = formatting.window(begins.window_s)
    doing = "Downloading" if by is SecondClock.DOWNLOAD else "Starting"
    heading = f"{doing} now begins your {window}"
    if begins.ends_at is None or begins.start_by is None:
        text = (
            f"Watch {title} as often as you like in that time. The clock of this computer looks "
            "wrong: until when that is, is told once the service was asked."
        )
    else:
        heading += f": until {formatting.moment(begins.ends_at, now_s, zone)}"
        text = (
            f"Watch {title} as often as you like until then. "
            f"Not yet? It waits for you until {formatting.moment(begins.start_by, now_s, zone)}."
        )
    return QuestionFace(
        title=heading,
        text=text,
        yes_label="Download now" if by is SecondClock.DOWNLOAD else "Start now",
        no_label=NOT_YET,
        symbol="clock",
    )


class StartQuestion:
    """`play` is the one way to the player: it goes there at once where nothing begins.

    `right_to` blocks, and answers with a film's title and the right to it.
    """

    def __init__(
        self,
        *,
        right_to: Callable[[str], tuple[str, Right]],
        question: QuestionViewModel,
        navigation: Navigation,
        tasks: Tasks,
        now: Callable[[], int],
        zone: tzinfo | None = None,
    ) -> None:
        self._right_to = right_to
        self._question = question
        self._navigation = navigation
        self._tasks = tasks
        self._now_s = now
        self._zone = zone
        self._turn = 0
        navigation.watch(self._arrived)

    def play(self, film_id: str) -> None:
        """Go to the player, once the viewer knows what that begins."""
        self._ask(film_id, SecondClock.PLAY, lambda: self._navigation.go(Place("player", film_id)))

    def download(self, film_id: str, then: Callable[[], None]) -> None:
        """Call `then` once the viewer knows what the download begins."""
        self._ask(film_id, SecondClock.DOWNLOAD, then)

    def _ask(self, film_id: str, by: SecondClock, then: Callable[[], None]) -> None:
        self._turn += 1
        turn = self._turn

        def known(outcome: Outcome[tuple[str, Right]]) -> None:
            if turn == self._turn:
                face = self._face(outcome, by)
                if face is None:
                    then()
                else:
                    self._question.ask(face, then)

        self._tasks.run(lambda: self._right_to(film_id), known)

    def _face(self, outcome: Outcome[tuple[str, Right]], by: SecondClock) -> QuestionFace | None:
        if isinstance(outcome, Failed):
            return UNKNOWN
        (title, right), now_s = outcome.value, self._now_s()
        begins = beginning(right, now_s, by)
        return start_question(title, begins, by, now_s, self._zone) if begins else None

    def _arrived(self, _place: Place) -> None:
        """Whoever has gone elsewhere meanwhile is not asked any more."""
        self._turn += 1
