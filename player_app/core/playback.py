"""A playback as one frozen state, folded from what engine and gateway say; positions extrapolated.

Times `at` and `now` are monotonic seconds; positions are milliseconds of film. The engine's own
clock steps by whole segments and is wrong right after a seek; the pictures are the truth: the
first one after a start or a seek anchors the position, which then runs on with the rate.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from player_app.core.errors import VeriteError
from player_app.core.landing import (
    NOT_DONE,
    Landing,
    first_picture,
    followed,
    running_at,
    steady_since,
)
from player_app.core.playback_events import (
    NO_SUPPLY,
    Begun,
    EndReached,
    EngineEvent,
    Failed,
    Paused,
    Playing,
    Sought,
    Supply,
    Tick,
    TimeChanged,
)
from player_app.core.stream_errors import EngineFailed

STILL_AFTER_S = 0.7
"""So long without a new picture, while libVLC waits for film: the picture stands still."""

STARVED_STILL_AFTER_S, STARVED_PICTURES, STARVED_MS = 0.1, 2.5, 1000
"""So long, and so many pictures, where so little film is at hand: later ones are damaged."""

RUNS_DRY_MS = 1000
"""So much before film that it waits for libVLC, which reads some of it ahead, soon runs dry.

It takes what comes then for late, throws away the beginning of that, and decodes the rest without
the pictures that this builds on.
"""

HOPELESS_AFTER_S = 2.0
"""So long without a new picture, when the session knows why no more film will come."""

LATE_S = 0.1
"""A second picture that comes so much too late was waited for, and is no picture left out."""

SETTLED_AFTER_S = 0.05
"""While it is paused, pictures of before a seek may still come so long after it."""

SAME_MS, DRIFT_MS, MOST_DRIFTS = 60, 300, 3
CLOCK_SETTLES_S = 3.0
"""So long after a picture anchored the position, the engine's clock may still be wrong."""

END_TOLERANCE_MS = 2000
MOST_REOPENINGS = 5
REOPENING_FORGIVEN_MS = 5000
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
    return replace(_anchored(state, since), phase=Phase.STALLED) if is_running else state


def paused(state: PlaybackState, now: float) -> PlaybackState:
    """The film stands still from now on, whenever the engine gets to it."""
    stayed = state.pauses and state.phase is Phase.PAUSED and state.landing is None
    ahead_ms = round((now - state.anchor_at) * 1000 * state.rate) if stayed else state.ahead_ms
    return replace(_anchored(state, now), phase=Phase.PAUSED, pauses=False, ahead_ms=ahead_ms)


def stopped(state: PlaybackState, cause: VeriteError, now: float) -> PlaybackState:
    """It may not go on from now on, whatever the engine and the session could do."""
    if state.is_over:
        return state
    return replace(_anchored(state, now), phase=Phase.FAILED, cause=cause, reopen=False)


def at_rate(state: PlaybackState, rate: float, now: float) -> PlaybackState:
    return replace(_anchored(state, now), rate=rate)


def fold(state: PlaybackState, event: EngineEvent | Tick) -> PlaybackState:
    """The state after an event; nothing happens any more once it is over."""
    if state.is_over:
        return state
    match event:
        case Playing(at=at):
            return _goes_on(state, at)
        case Paused(at=at):
            return paused(state, at)
        case Begun(at=at):
            is_sought = state.landing is not None and state.landing.by_seek
            return state if is_sought else replace(state, landing=Landing(at))
        case Sought(at=at, position_ms=position_ms):
            landing = Landing(at, by_seek=True)
            return replace(state, anchor_ms=position_ms, anchor_at=at, landing=landing)
        case TimeChanged():
            return _heard(state, event)
        case EndReached(at=at):
            return _ended(state, at)
        case Failed(at=at, cause=cause):
            return _given_up(_anchored(state, at), cause)
        case Tick():
            return _looked_at(state, event)
        case _:
            return state


def _goes_on(state: PlaybackState, at: float) -> PlaybackState:
    if state.is_opening:
        return replace(state, anchor_at=at)
    here_ms = state.anchor_ms + state.ahead_ms
    return replace(state, phase=Phase.PLAYING, anchor_ms=here_ms, ahead_ms=0, anchor_at=at)


def _anchored(state: PlaybackState, at: float) -> PlaybackState:
    return replace(state, anchor_ms=state.position_ms(at), anchor_at=at)


def _heard(state: PlaybackState, event: TimeChanged) -> PlaybackState:
    """The engine's clock corrects ours only when it says something new and far three times."""
    changed = abs(event.position_ms - state.heard_ms) > SAME_MS
    settled = event.at - state.anchor_at > CLOCK_SETTLES_S
    if state.phase is not Phase.PLAYING or state.landing is not None:
        return state
    if _is_at_its_end(state, event.at):
        return state  # with nothing left to read, libVLC's clock is up to a second behind
    if not changed or not settled:
        return state
    far = abs(event.position_ms - state.position_ms(event.at)) > DRIFT_MS
    drifts = state.drifts + 1 if far else 0
    if drifts < MOST_DRIFTS:
        return replace(state, heard_ms=event.position_ms, drifts=drifts)
    return replace(
        state,
        heard_ms=event.position_ms,
        drifts=0,
        anchor_ms=event.position_ms,
        anchor_at=event.at,
    )


def _is_at_its_end(state: PlaybackState, now: float) -> bool:
    is_near = state.position_ms(now) >= state.length_ms - END_TOLERANCE_MS
    return state.supply.gave_last and is_near


def _ended(state: PlaybackState, at: float) -> PlaybackState:
    """Finished only where the last segment was given out and the position is at the end."""
    here = _anchored(state, at)
    if _is_at_its_end(state, at):
        return replace(here, phase=Phase.ENDED, anchor_ms=state.length_ms, finished=True)
    return _given_up(here, EngineFailed("libVLC ended before the film did"))


def _given_up(here: PlaybackState, cause: EngineFailed) -> PlaybackState:
    """The engine can't go on: with the session's cause it is over, else it is opened anew."""
    if here.supply.cause is not None:
        return replace(here, phase=Phase.FAILED, cause=here.supply.cause)
    moved = abs(here.anchor_ms - here.reopened_ms) > REOPENING_FORGIVEN_MS
    count = 1 if moved else here.reopenings + 1
    if count > MOST_REOPENINGS or type(cause) is not EngineFailed:
        return replace(here, phase=Phase.FAILED, cause=cause)
    return replace(
        here,
        phase=Phase.OPENING,
        reopen=True,
        reopenings=count,
        reopened_ms=here.anchor_ms,
    )


def _looked_at(state: PlaybackState, tick: Tick) -> PlaybackState:
    seen = replace(state, supply=tick.supply)
    if state.landing is not None:
        supply = tick.supply
        landing = followed(state.landing, tick.at, supply.asked_at, waits=supply.waited_for)
        seen = _landed(seen, landing, tick)
    elif state.phase is not Phase.STALLED:
        shown_at = running_at(tick.displayed, tick.picture_at, state.picture_s / state.rate)
        if shown_at > state.picture_at:
            seen = _seen(_set_off(seen, tick), shown_at, shown_at)
    if seen.phase is Phase.PLAYING and tick.supply.waited_for and _stands_still(seen, tick.at):
        if seen.landing is None:
            seen = _anchored(seen, max(seen.picture_at, seen.anchor_at))
        seen = replace(seen, phase=Phase.STALLED)
    since = max(seen.picture_at, seen.anchor_at)
    waits = seen.phase in (Phase.OPENING, Phase.STALLED) or seen.landing is not None
    if waits and tick.supply.cause is not None and tick.at - since > HOPELESS_AFTER_S:
        return replace(seen, phase=Phase.FAILED, cause=tick.supply.cause)
    return seen


def _stands_still(state: PlaybackState, now: float) -> bool:
    """Whether no picture comes any more, or none that is whole."""
    soon_s = max(STARVED_STILL_AFTER_S, STARVED_PICTURES * state.picture_s / state.rate)
    shown_ms, dry_ms = state.position_ms(state.picture_at), state.supply.dry_ms
    if state.picture_at - state.anchor_at <= soon_s:
        return now - state.picture_at > STILL_AFTER_S  # after its first picture libVLC may wait
    if state.landing is None and dry_ms is not None and shown_ms >= dry_ms - RUNS_DRY_MS:
        return True
    starves = state.supply.ahead_ms(shown_ms) < STARVED_MS
    return now - state.picture_at > (soon_s if starves else STILL_AFTER_S)


def _landed(state: PlaybackState, landing: Landing, tick: Tick) -> PlaybackState:
    """The first picture of a start or seek is the anchor, and ends a stall."""
    at = _first_picture(state, landing, tick)
    if at is None:
        return replace(state, landing=landing)
    return replace(_seen(state, max(tick.picture_at, at), at), anchor_at=at, landing=None)


def _set_off(state: PlaybackState, tick: Tick) -> PlaybackState:
    """After the first picture of a start libVLC may wait for film: it runs from the second on."""
    if state.anchor_at != state.picture_at or tick.displayed[0] > state.picture_at:
        return state
    picture_s = state.picture_s / state.rate
    began_at = steady_since(tick.displayed, tick.picture_at, picture_s) - picture_s
    return replace(state, anchor_at=began_at) if began_at - state.picture_at > LATE_S else state


def _first_picture(state: PlaybackState, landing: Landing, tick: Tick) -> float | None:
    runs = state.phase is not Phase.PAUSED or state.pauses
    if runs or not landing.by_seek or landing.since is None:
        return first_picture(landing, tick.displayed, state.picture_s / state.rate)
    came_late = tick.picture_at > landing.since + SETTLED_AFTER_S
    return tick.picture_at if came_late else None


def _seen(state: PlaybackState, picture_at: float, begins_at: float) -> PlaybackState:
    """A new picture; the first one of a start or a seek ends a stall."""
    seen = replace(state, picture_at=picture_at)
    if state.phase in (Phase.OPENING, Phase.STALLED):
        return replace(seen, phase=Phase.PLAYING, anchor_at=begins_at)
    return seen
