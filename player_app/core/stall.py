"""A picture that stands still though it should move: since when, and when the film may go on.

After a stall libVLC decodes what it still held without the pictures that this builds on, and lets
others fall as late; after a seek it does not say which picture is the first of the new place. So
the film goes on in another session, from where it stood, unseen until it is there.
"""

from __future__ import annotations

from enum import Enum, auto

from player_app.core.playback import Phase, PlaybackState

ENOUGH_MS = 2000
"""So much film ahead, or all there is, ends a stall: with less the next one would come at once."""

DEAF_AFTER_S = 0.5
"""So long after a seek without a new question for film, libVLC is held by an old one."""

ASTRAY_AFTER_S = 1.0
"""So long after a seek without a picture, libVLC that waits for later film never went there."""

HELD_AT_ENTRY_S = 1.5
"""So long a film waits to begin inside of a segment, then it begins with that."""


class Way(Enum):
    """How libVLC gets to where the film is: in another session, there or at a segment's start."""

    NONE = auto()
    ANEW = auto()
    ANEW_AT_SEGMENT = auto()


def standing_since(state: PlaybackState) -> float | None:
    """Since when the viewer waits for a picture, in monotonic seconds; None while nobody does."""
    match state.phase:
        case Phase.OPENING:
            return state.anchor_at
        case Phase.STALLED:
            return max(state.picture_at, state.anchor_at)
        case _:
            return None


def may_go_on(state: PlaybackState) -> bool:
    """Whether a film that stalled has enough again."""
    supply, left_ms = state.supply, state.length_ms - state.anchor_ms
    ahead_ms = supply.ahead_ms(state.anchor_ms)
    if supply.dry_ms is not None:  # the picture may be at hand, and its sound not
        ahead_ms = min(ahead_ms, max(0, supply.dry_ms - state.anchor_ms))
    return not supply.waited_for or ahead_ms >= min(ENOUGH_MS, left_ms)


def way_back(state: PlaybackState, now: float, *, is_lost: bool, was_sent: bool) -> Way:
    """What to do at `now`; libVLC `is_lost` where it isn't at its place and was not sent there yet.

    An old question for film holds libVLC, which goes nowhere before that is answered; so does one
    that it asked as it was sent, for what follows on where it was. Where it `was_sent` nowhere
    since its opening, another session would be held in the same way.
    """
    landing = state.landing
    if state.supply.spoilt:
        return Way.ANEW
    if landing is None:
        return Way.ANEW if is_lost and may_go_on(state) else Way.NONE
    if landing.since is None or not landing.by_seek or not state.supply.waited_for:
        return Way.NONE
    held_s = now - landing.since if state.supply.asked_at <= landing.since else 0.0
    if was_sent and _waits_for_what_is_far(state) and now - landing.since > ASTRAY_AFTER_S:
        return Way.ANEW
    if was_sent:
        return Way.ANEW if held_s > DEAF_AFTER_S else Way.NONE
    return Way.ANEW_AT_SEGMENT if held_s > HELD_AT_ENTRY_S else Way.NONE


def _waits_for_what_is_far(state: PlaybackState) -> bool:
    """Whether libVLC waits for film though there is enough at its place."""
    dry_ms, enough_ms = state.supply.dry_ms, state.anchor_ms + ENOUGH_MS
    return dry_ms is not None and dry_ms >= enough_ms
