"""A question that can't be broken off, asked so that whoever waits for the answer can be."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

from player_app.core.errors import Stopped, VeriteError

T = TypeVar("T")
LOOK_S = 0.05


def asked(question: Callable[[], T], stop: threading.Event, name: str) -> T:
    """What `question` answers or raises; `Stopped` soon after `stop` is set.

    It is then left behind on its thread, of this name: what it answers is nobody's.
    """
    answers: list[T] = []
    errors: list[VeriteError] = []

    def ask() -> None:
        try:
            answers.append(question())
        except VeriteError as error:
            errors.append(error)

    if stop.is_set():
        raise Stopped
    asking = threading.Thread(target=ask, name=name, daemon=True)
    asking.start()
    while asking.is_alive():
        if stop.is_set():
            raise Stopped
        asking.join(LOOK_S)
    for error in errors:
        raise error
    if not answers:
        raise RuntimeError("the question failed in a way nobody foresaw")
    return answers[0]
