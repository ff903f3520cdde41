"""Reading every segment of a film that is here, one film at a time, and mending what is broken."""

from __future__ import annotations

import threading
from collections.abc import Callable

from player_app.core.travel import Parts
from player_app.ui.messages.errors import message_for
from player_app.ui.messages.message import Message
from player_app.ui.tasks import Failed, LongWait, Outcome, Post, Tasks
from player_app.ui.viewmodels.library_face import (
    UNCHECKED,
    CheckFace,
    checked_face,
    checking_face,
)

Verify = Callable[[str, Callable[[int, int], None], threading.Event], Parts]
"""Blocks while every segment of a film is read; tells how many are done, of how many."""


class Verifying:
    """What is said of each film by its id; `changed` hears of every change of that.

    `found` hears the sentence in which a check ends, `mended` of a repair that was begun, `failed`
    of what could not be done. All on the Qt thread. `repair` blocks.
    """

    def __init__(
        self,
        *,
        verify: Verify,
        repair: Callable[[str], None],
        tasks: Tasks,
        wait: LongWait,
        post: Post,
    ) -> None:
        self._verify = verify
        self._repair = repair
        self._tasks = tasks
        self._wait = wait
        self._post = post
        self._faces: dict[str, CheckFace] = {}
        self.changed: Callable[[], None] = lambda: None
        self.found: Callable[[str, str], None] = lambda _film_id, _said: None
        self.mended: Callable[[], None] = lambda: None
        self.failed: Callable[[str, Message], None] = lambda _film_id, _message: None

    def of(self, film_id: str) -> CheckFace:
        return self._faces.get(film_id, UNCHECKED)

    def check(self, film_id: str) -> None:
        """Begin, and end the check of any other film."""
        self.stop()
        self._show(film_id, checking_face(0, 0))

        def tell(done: int, whole: int) -> None:
            self._post(lambda: self._checking(film_id, done, whole))

        self._wait.run(
            lambda stop: self._verify(film_id, tell, stop), lambda o: self._verified(film_id, o)
        )

    def stop(self) -> None:
        self._wait.stop()
        self._faces = {k: face for k, face in self._faces.items() if face.phase != "checking"}
        self.changed()

    def repair(self, film_id: str) -> None:
        """Fetch again what is missing or damaged."""
        self.forget(film_id)
        self._tasks.run(lambda: self._repair(film_id), lambda o: self._repaired(film_id, o))

    def forget(self, film_id: str) -> None:
        """What was found is not so any more."""
        if self._faces.pop(film_id, None) is not None:
            self.changed()

    def _checking(self, film_id: str, done: int, whole: int) -> None:
        if self.of(film_id).phase == "checking":
            self._show(film_id, checking_face(done, whole))

    def _verified(self, film_id: str, outcome: Outcome[Parts]) -> None:
        if isinstance(outcome, Failed):
            self.forget(film_id)
            self.failed(film_id, message_for(outcome.error))
        else:
            face = checked_face(outcome.value)
            self._show(film_id, face)
            self.found(film_id, face.said)

    def _repaired(self, film_id: str, outcome: Outcome[None]) -> None:
        if isinstance(outcome, Failed):
            self.failed(film_id, message_for(outcome.error))
        else:
            self.mended()

    def _show(self, film_id: str, face: CheckFace) -> None:
        self._faces = {**self._faces, film_id: face}
        self.changed()
