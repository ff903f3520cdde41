"""A clock that stands, and work that is done at once, never, or when a test says so."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future
from datetime import UTC, datetime
from typing import Any

from player_app.ui.tasks import LongWait, attempt

NOW = int(datetime(2026, 11, 20, 14, 5, tzinfo=UTC).timestamp())


class StoppedClock:
    def __init__(self) -> None:
        self.now_s = NOW

    def now(self) -> int:
        return self.now_s

    def monotonic(self) -> float:
        return 0.0


class Inline(Executor):
    """Runs work at once, so that a view model's answer is there when its slot returns."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        done: Future[Any] = Future()
        done.set_result(fn(*args, **kwargs))
        return done


class Never(Executor):
    """Takes work and does not do it: a screen that is still loading."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        del fn, args, kwargs
        return Future()


class StraightWait(LongWait):
    """Does the work at once, on the thread that asks for it."""

    def __init__(self) -> None:
        super().__init__("wait", lambda call: call())

    def run(self, work: Any, then: Any) -> None:
        then(attempt(lambda: work(self._stop)))


class InlineWait(LongWait):
    """Keeps the wait, for the test to end it."""

    def __init__(self) -> None:
        super().__init__("wait", lambda call: call())
        self.works: list[tuple[Any, Any]] = []

    def run(self, work: Any, then: Any) -> None:
        self.works.append((work, then))
