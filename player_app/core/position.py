"""Where a viewer stopped in a film, here and on other devices, and which place is the later one.

The service's order settles it. What it has yet to hear of is foreseen as it will decide: whoever
knew of a place when watching was there later, by whichever clock; else the later clock tells.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

SAME_PLACE_MS = 1000
"""A film that stood still may be found so far from where it was said to stand."""

LAST_SECOND = 253_402_300_799
"""31 December 9999: nothing later can be told in writing."""

LONGEST_MS = 10**9
MOST = 2**53
"""No film is longer; no count of a service's is greater."""


@dataclass(frozen=True, slots=True)
class Position:
    """The place of a film on this computer; `kept_at` is whole seconds since 1970, UTC."""

    film_id: str
    position_ms: int
    finished: bool
    kept_at: int


@dataclass(frozen=True, slots=True)
class WaitingPosition:
    """A place that the viewer was at, as the service is to hear of it.

    `watch_session` names one opening of the film and `sequence` grows within it. `at` is when the
    viewer was there, whole seconds since 1970, UTC; `after` is the number of the service's place
    that was known here then, 0 where there was none.
    """

    film_id: str
    position_ms: int
    finished: bool
    at: int
    watch_session: str
    sequence: int
    after: int = 0

    def __post_init__(self) -> None:
        counts = all(0 <= each <= MOST for each in (self.sequence, self.after))
        is_inside = 0 <= self.position_ms <= LONGEST_MS
        if not (counts and is_inside and self.at == on_calendar(self.at)):
            raise ValueError("no place that a viewer was at")

    def place(self) -> Position:
        return Position(self.film_id, self.position_ms, self.finished, self.at)


@dataclass(frozen=True, slots=True)
class RemotePosition:
    """The place that the service has for a film.

    `number` grows with everything that the service takes; `at` is when the viewer was there, by
    the clock of whoever said so, whole seconds since 1970, UTC.
    """

    film_id: str
    position_ms: int
    finished: bool
    at: int
    number: int

    def __post_init__(self) -> None:
        is_inside = 0 <= self.position_ms <= LONGEST_MS
        if not (is_inside and 0 <= self.number <= MOST and abs(self.at) <= MOST):
            raise ValueError("no place that a service keeps")

    def place(self) -> Position:
        return Position(self.film_id, self.position_ms, self.finished, self.at)


def on_calendar(at: int) -> int:
    """The nearest second that can be told in writing, by whatever a clock or a row says."""
    return min(max(0, at), LAST_SECOND)


def is_overtaken(waiting: WaitingPosition, remote: RemotePosition) -> bool:
    """Whether the viewer was at the service's place later than at this one."""
    return waiting.after < remote.number and waiting.at < remote.at


def merged(
    local: Position | None, remote: RemotePosition | None, waiting: WaitingPosition | None
) -> Position | None:
    """The place of a film; what the service does not know of it yet waits."""
    if remote is None:
        return local if waiting is None else waiting.place()
    if waiting is None or is_overtaken(waiting, remote):
        return remote.place()
    return waiting.place()


def dated(
    said: WaitingPosition,
    *,
    before: WaitingPosition | None,
    local: Position | None,
    remote: RemotePosition | None,
) -> WaitingPosition:
    """With `after`, and an `at` that is later than what the viewer had before them.

    A clock that was turned back would tell otherwise. `before` is what was said of it last.
    """
    at = said.at
    if before is not None and before.watch_session == said.watch_session:
        at = max(at, before.at)
    elif local is not None:
        at = max(at, local.kept_at + 1)
    if remote is not None:
        at = max(at, remote.at + 1)
    return replace(said, at=on_calendar(at), after=remote.number if remote else 0)


def stands_still(before: WaitingPosition, said: WaitingPosition) -> bool:
    """Whether a film that rested is still there: nobody watched it meanwhile."""
    same = (before.watch_session, before.finished) == (said.watch_session, said.finished)
    return same and abs(said.position_ms - before.position_ms) < SAME_PLACE_MS
