"""What a viewer may do with a download, from the film's page, the library and a travel check."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from player_app.ui.messages.errors import message_for
from player_app.ui.messages.message import Message
from player_app.ui.navigation import Navigation, Place
from player_app.ui.tasks import Failed, Outcome, Tasks
from player_app.ui.viewmodels.download_words import giving_back, removal
from player_app.ui.viewmodels.question import QuestionViewModel
from player_app.ui.viewmodels.start_question import StartQuestion

if TYPE_CHECKING:
    from player_app.features.downloads import Downloads
    from player_app.features.holdings import Taken
    from player_app.features.offline_choices import Choice


class DownloadDeeds:
    """`done` hears of what was done, `failed` of what could not be; both on the Qt thread.

    `renew` blocks, and is of the film's licence; a place is given back with what it was for.
    `act_on` leads elsewhere.
    """

    def __init__(
        self,
        *,
        downloads: Downloads,
        renew: Callable[[str], object],
        question: QuestionViewModel,
        start_question: StartQuestion,
        navigation: Navigation,
        act_on: Callable[[str], None],
        tasks: Tasks,
    ) -> None:
        self._downloads = downloads
        self._renew = renew
        self._question = question
        self._start_question = start_question
        self._navigation = navigation
        self._act_on = act_on
        self._tasks = tasks
        self.done: Callable[[str], None] = lambda _film_id: None
        self.failed: Callable[[str, Message], None] = lambda _film_id, _message: None

    def start(self, film_id: str, choice: Choice) -> None:
        """Once the viewer knows what it begins."""
        self._start_question.download(
            film_id,
            lambda: self._do(film_id, lambda: self._downloads.start(film_id, choice.quality)),
        )

    def play(self, film_id: str) -> None:
        self._start_question.play(film_id)

    def pause(self, film_id: str) -> None:
        self._do(film_id, lambda: self._downloads.pause(film_id))

    def resume(self, film_id: str) -> None:
        self._do(film_id, lambda: self._downloads.resume(film_id))

    def sooner(self, film_id: str) -> None:
        """One place forward in the queue."""
        self._do(film_id, lambda: self._downloads.up(film_id))

    def renew(self, film_id: str) -> None:
        self._do(film_id, lambda: self._renew(film_id))

    def remove(self, taken: Taken) -> None:
        """Once the viewer has said so, where something would be lost."""
        face, film_id = removal(taken), taken.download.film_id
        if face is None:
            self._remove(film_id)
        else:
            self._question.ask(face, lambda: self._remove(film_id))

    def give_back(self, taken: Taken) -> None:
        """Once the viewer has said so; another device may take the film offline in its place."""
        film_id = taken.download.film_id
        self._question.ask(giving_back(taken), lambda: self._remove(film_id))

    def help(self, action: str, film_id: str) -> None:
        """Do what is offered beside a state."""
        match action:
            case "look":
                self.done(film_id)
            case "resume":
                self.resume(film_id)
            case "renew":
                self.renew(film_id)
            case "rent":
                self._navigation.go(Place("film", film_id))
            case _:
                self._act_on(action)

    def _remove(self, film_id: str) -> None:
        self._do(film_id, lambda: self._downloads.remove(film_id))

    def _do(self, film_id: str, work: Callable[[], object]) -> None:
        def then(outcome: Outcome[object]) -> None:
            if isinstance(outcome, Failed):
                self.failed(film_id, message_for(outcome.error))
            else:
                self.done(film_id)

        self._tasks.run(work, then)
