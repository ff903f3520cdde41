"""A playback as one frozen state, folded from what engine and gateway say; positions extrapolated.

Times `at` and `now` are monotonic seconds; positions are milliseconds of film.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from player_app.core.errors import VeriteError

STILL_AFTER_S = 1.2
"""Silence of a playing engine's clock that means: the picture stands still."""

END_TOLERANCE_MS = 2000
RATES = (0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0)


class Phase(StrEnum):
    OPENING = "opening"
    PLAYING = "playing"
    PAUSED = "paused"
    STALLED = "stalled"
    ENDED = "ended"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Supply:
    """What the gateway's session tells: film at hand as ranges in ms, and its troubles.

    `trouble_since` is when the first of the failures in a row happened; `gave_last` whether the
    last segment was given out.
    """

    buffered: tuple[tuple[int, int], ...] = ()
    trouble_since: float | None = None
    trouble: VeriteError | None = None
    cause: VeriteError | None = None
    gave_last: bool = False


@dataclass(frozen=True, slots=True)
class PlaybackState:
    """`anchor_ms` was the position at `anchor_at`; `moved_at` when the clock last moved."""

    length_ms: int
    phase: Phase = Phase.OPENING
    anchor_ms: int = 0
    anchor_at: float = 0.0
    moved_at: float = 0.0
    rate: float = 1.0
    wants_pause: bool = False
    supply: Supply = Supply()
    cause: VeriteError | None = None
    finished: bool = False

    @property
    def is_over(self) -> bool:
        return self.phase in (Phase.ENDED, Phase.FAILED)

    @property
    def reconnecting_since(self) -> float | None:
        """Only while the picture stands still: trouble that reading ahead hides is none."""
        if self.phase in (Phase.OPENING, Phase.STALLED):
            return self.supply.trouble_since
        return None

    def position_ms(self, now: float) -> int:
        """Where the film is: it runs on between the engine's words, while it plays."""
        if self.phase is not Phase.PLAYING:
            return min(self.anchor_ms, self.length_ms)
        gone_s = max(0.0, min(now - self.anchor_at, STILL_AFTER_S))
        return min(self.length_ms, self.anchor_ms + round(gone_s * 1000 * self.rate))
