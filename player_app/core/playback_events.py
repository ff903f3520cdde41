"""What a playback is folded from: the engine's events, and what a look at the session finds.

Times `at` are monotonic seconds; positions are milliseconds of film.
"""

from __future__ import annotations

from dataclasses import dataclass

from player_app.core.errors import VeriteError
from player_app.core.stream_errors import EngineFailed


@dataclass(frozen=True, slots=True)
class EngineEvent:
    """Something happened to opening `number`, at `at`."""

    number: int
    at: float


@dataclass(frozen=True, slots=True)
class Playing(EngineEvent):
    pass


@dataclass(frozen=True, slots=True)
class Paused(EngineEvent):
    pass


@dataclass(frozen=True, slots=True)
class Begun(EngineEvent):
    """The engine was made to play; the next picture is the first."""


@dataclass(frozen=True, slots=True)
class Sought(EngineEvent):
    """The engine was made to go to `position_ms`; pictures of before may still come."""

    position_ms: int


@dataclass(frozen=True, slots=True)
class TimeChanged(EngineEvent):
    position_ms: int


@dataclass(frozen=True, slots=True)
class EndReached(EngineEvent):
    """Said by libVLC at the end, and just as well when a segment failed."""


@dataclass(frozen=True, slots=True)
class Failed(EngineEvent):
    """The engine's word; where the gateway's session has a cause, that one says more."""

    cause: EngineFailed


@dataclass(frozen=True, slots=True)
class Closed(EngineEvent):
    """The engine has let go of the opening."""


@dataclass(frozen=True, slots=True)
class Supply:
    """What the gateway's session tells: film at hand as ranges in ms, and its troubles.

    `trouble_since` is when the first of the failures in a row happened; `waited_for` whether
    libVLC waits for film, and `heard_at` when some of that last came; `asked_at` when it last asked
    for some; `dry_ms` where the film begins of which it waits for the whole; `gave_last` whether it
    has the last segment; `spoilt` whether it was given some that proved wrong.
    """

    buffered: tuple[tuple[int, int], ...] = ()
    trouble_since: float | None = None
    trouble: VeriteError | None = None
    cause: VeriteError | None = None
    waited_for: bool = False
    heard_at: float = 0.0
    asked_at: float = 0.0
    dry_ms: int | None = None
    gave_last: bool = False
    spoilt: bool = False

    def ahead_ms(self, position_ms: int) -> int:
        """How much film is at hand without a gap from the position on."""
        for start_ms, end_ms in self.buffered:
            if start_ms <= position_ms < end_ms:
                return end_ms - position_ms
        return 0


NO_SUPPLY = Supply()


@dataclass(frozen=True, slots=True)
class Tick:
    """The watchdog looks.

    `picture_at` is when the newest picture came that differed from the one before, `displayed` when
    the last ones came, equal ones too.
    """

    at: float
    picture_at: float
    supply: Supply
    displayed: tuple[float, ...] = ()
