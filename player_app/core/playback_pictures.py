"""What the pictures that were shown say of a playback: it runs, stands still, or has come there."""

from __future__ import annotations

from dataclasses import replace

from player_app.core.landing import Landing, first_picture, followed, running_at, steady_since
from player_app.core.playback import Phase, PlaybackState, anchored
from player_app.core.playback_events import Tick

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


def looked_at(state: PlaybackState, tick: Tick) -> PlaybackState:
    """The state after a look at engine and session."""
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
            seen = anchored(seen, max(seen.picture_at, seen.anchor_at))
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
