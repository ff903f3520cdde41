"""The state of a playback after each event: folded from what engine and gateway say."""

from __future__ import annotations

from dataclasses import replace

from player_app.core.landing import Landing
from player_app.core.playback import Phase, PlaybackState, anchored, paused
from player_app.core.playback_events import (
    Begun,
    EndReached,
    EngineEvent,
    Failed,
    Paused,
    Playing,
    Sought,
    Tick,
    TimeChanged,
)
from player_app.core.playback_pictures import looked_at
from player_app.core.stream_errors import EngineFailed

SAME_MS, DRIFT_MS, MOST_DRIFTS = 60, 300, 3
CLOCK_SETTLES_S = 3.0
"""So long after a picture anchored the position, the engine's clock may still be wrong."""

END_TOLERANCE_MS = 2000
MOST_REOPENINGS = 5
REOPENING_FORGIVEN_MS = 5000


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
            return _given_up(anchored(state, at), cause)
        case Tick():
            return looked_at(state, event)
        case _:
            return state


def _goes_on(state: PlaybackState, at: float) -> PlaybackState:
    if state.is_opening:
        return replace(state, anchor_at=at)
    if state.phase is Phase.PLAYING:
        return state  # it never came to the pause that was asked for
    here_ms = state.anchor_ms + state.ahead_ms
    return replace(state, phase=Phase.PLAYING, anchor_ms=here_ms, ahead_ms=0, anchor_at=at)


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
    here = anchored(state, at)
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
