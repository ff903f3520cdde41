"""A playback as one frozen state, and what viewer and machine do to it; positions extrapolated.

Times `at` and `now` are monotonic seconds; positions are milliseconds of film. The engine's own
clock steps by whole segments and is wrong right after a seek; the pictures are the truth: the
first one after a start or a seek anchors the position, which then runs on with the rate.
`playback_fold` folds what engine and gateway say into it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from player_app.core.errors import VeriteError
from player_app.core.landing import NOT_DONE, Landing
from player_app.core.playback_events import NO_SUPPLY, Supply

RATES = (0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0)


class Phase(StrEnum):
    OPENING = "opening"
    PLAYING = "playing"
    PAUSED = "paused"
    STALLED = "stalled"
    ENDED = "ended"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class PlaybackState:
    """The film was at `anchor_ms` at `anchor_at`.

    `pauses` when it is to pause once its opening is done; a film that was paused before stays where
    it was, though libVLC runs on by `ahead_ms` before it has paused. `picture_s` is how long each
    picture of the film stands. `reopen` asks for a new opening at the position: libVLC ended before
    the film did. `refused` is why the film did not go on in another quality, `refused_at` when that
    was found.
    """

    length_ms: int
    phase: Phase = Phase.OPENING
    pauses: bool = False
    anchor_ms: int = 0
    ahead_ms: int = 0
    anchor_at: float = 0.0
    landing: Landing | None = NOT_DONE
    picture_at: float = 0.0
    picture_s: float = 0.04
    rate: float = 1.0
    heard_ms: int = -1
    drifts: int = 0
    supply: Supply = NO_SUPPLY
    cause: VeriteError | None = None
    finished: bool = False
    reopen: bool = False
    reopenings: int = 0
    reopened_ms: int = 0
    refused: VeriteError | None = None
    refused_at: float = 0.0

    @property
    def is_opening(self) -> bool:
        """Whether an opening has not come to its first picture yet, or not yet paused there."""
        return self.phase is Phase.OPENING or (self.pauses and self.phase is Phase.PAUSED)

    @property
    def is_over(self) -> bool:
        return self.phase in (Phase.ENDED, Phase.FAILED)

    def position_ms(self, now: float) -> int:
        """Where the film is: while it plays, it runs on between the engine's words."""
        if self.phase is not Phase.PLAYING or self.landing is not None:
            return min(self.anchor_ms, self.length_ms)
        gone_ms = round(max(0.0, now - self.anchor_at) * 1000 * self.rate)
        return min(self.length_ms, self.anchor_ms + gone_ms)


def opened(
    state: PlaybackState, position_ms: int, now: float, *, pauses: bool = False
) -> PlaybackState:
    """A new opening begins at this position; a film that is paused stays so meanwhile."""
    stays_paused = pauses and state.phase is Phase.PAUSED
    return replace(
        state,
        phase=Phase.PAUSED if stays_paused else Phase.OPENING,
        pauses=pauses,
        anchor_ms=position_ms,
        ahead_ms=0,
        anchor_at=now,
        landing=NOT_DONE,
        heard_ms=-1,
        drifts=0,
        reopen=False,
    )


def sought(state: PlaybackState, position_ms: int, now: float) -> PlaybackState:
    """The viewer asked for this position; the engine will say when it went there."""
    inside = max(0, min(position_ms, state.length_ms))
    landing = Landing(by_seek=True)
    return replace(state, anchor_ms=inside, ahead_ms=0, anchor_at=now, landing=landing)


def slept(state: PlaybackState, since: float) -> PlaybackState:
    """This process, or the whole machine, stood still from `since` on, and the film with it."""
    is_running = state.phase is Phase.PLAYING and state.landing is None
    return replace(anchored(state, since), phase=Phase.STALLED) if is_running else state


def paused(state: PlaybackState, now: float) -> PlaybackState:
    """The film stands still from now on, whenever the engine gets to it."""
    stayed = state.pauses and state.phase is Phase.PAUSED and state.landing is None
    ahead_ms = round((now - state.anchor_at) * 1000 * state.rate) if stayed else state.ahead_ms
    return replace(anchored(state, now), phase=Phase.PAUSED, pauses=False, ahead_ms=ahead_ms)


def stopped(state: PlaybackState, cause: VeriteError, now: float) -> PlaybackState:
    """It may not go on from now on, whatever the engine and the session could do."""
    if state.is_over:
        return state
    return replace(anchored(state, now), phase=Phase.FAILED, cause=cause, reopen=False)


def at_rate(state: PlaybackState, rate: float, now: float) -> PlaybackState:
    return replace(anchored(state, now), rate=rate)


def anchored(state: PlaybackState, at: float) -> PlaybackState:
    """The position that it had then is what it goes on from."""
    return replace(state, anchor_ms=state.position_ms(at), anchor_at=at)
