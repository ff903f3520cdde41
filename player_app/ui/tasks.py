"""Blocking work for view models: done elsewhere, its outcome handed back to the Qt thread."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Generic, TypeVar

from player_app.core.errors import Stopped, VeriteError

log = logging.getLogger(__name__)
T = TypeVar("T")
Post = Callable[[Callable[[], None]], None]


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    value: T


@dataclass(frozen=True, slots=True)
class Failed:
    error: Exception


Outcome = Done[T] | Failed


def attempt(work: Callable[[], T]) -> Outcome[T]:
    """Do the work; what it raises becomes `Failed`."""
    try:
        return Done(work())
    except VeriteError as error:
        return Failed(error)
    except Exception as error:  # border: a task must never take its thread down
        log.exception("a task failed in a way nobody foresaw")
        return Failed(error)


class Tasks:
    """Runs work on a few threads; `then` gets the outcome where `post` brings it."""

    def __init__(self, executor: Executor, post: Post) -> None:
        self._executor = executor
        self._post = post

    def run(self, work: Callable[[], T], then: Callable[[Outcome[T]], None]) -> None:
        def job() -> None:
            outcome = attempt(work)
            self._post(lambda: then(outcome))

        self._executor.submit(job)


class LongWait:
    """One blocking wait at a time on a thread of its own, such as a checkout's long poll."""

    def __init__(self, name: str, post: Post) -> None:
        self._name = name
        self._post = post
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def run(self, work: Callable[[threading.Event], T], then: Callable[[Outcome[T]], None]) -> None:
        """Stop the wait under way, if any, and begin this one; a stopped wait says nothing."""
        self.stop()
        stop = self._stop = threading.Event()

        def job() -> None:
            outcome = attempt(lambda: work(stop))
            if not (isinstance(outcome, Failed) and isinstance(outcome.error, Stopped)):
                self._post(lambda: None if stop.is_set() else then(outcome))

        self._thread = threading.Thread(target=job, name=self._name, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()

    def join(self, timeout_s: float) -> bool:
        """Whether the last wait has ended within `timeout_s`."""
        if self._thread is None:
            return True
        self._thread.join(timeout_s)
        return not self._thread.is_alive()
