"""How libVLC is sent back to where the film is, when it is not there."""

from __future__ import annotations

from dataclasses import replace

from player_app.core.landing import Landing
from player_app.core.playback import PlaybackState, opened
from player_app.core.playback_events import Begun, Supply, Tick
from player_app.core.playback_fold import fold
from player_app.core.stall import Way, way_back

HELD = Supply(waited_for=True, asked_at=9.0)


def playing(supply: Supply) -> PlaybackState:
    begun = fold(opened(PlaybackState(60_000), 5_000, 9.0), Begun(1, 9.0))
    return fold(begun, Tick(10.0, 10.0, supply, (10.0,)))


def way(state: PlaybackState, now: float, *, is_lost: bool = False, was_sent: bool = False) -> Way:
    return way_back(state, now, is_lost=is_lost, was_sent=was_sent)


def test_a_film_that_is_in_its_place_is_left_alone() -> None:
    assert way(playing(Supply()), 99.0) is Way.NONE


def test_a_film_that_lost_its_place_goes_on_once_there_is_enough_of_it() -> None:
    assert way(playing(HELD), 11.0, is_lost=True) is Way.NONE
    assert way(playing(Supply()), 11.0, is_lost=True) is Way.ANEW
    assert way(playing(replace(HELD, buffered=((5_000, 9_000),))), 11.0, is_lost=True) is Way.ANEW


def test_a_film_whose_picture_is_at_hand_but_not_its_sound_waits_for_that() -> None:
    """Sent there too soon it would run dry again at once, in one session after the other."""
    supply = replace(HELD, buffered=((5_000, 9_000),), dry_ms=6_000)
    assert way(playing(supply), 11.0, is_lost=True) is Way.NONE
    assert way(playing(replace(supply, dry_ms=8_000)), 11.0, is_lost=True) is Way.ANEW


def test_what_was_given_out_wrong_is_left_to_another_session() -> None:
    assert way(playing(Supply(spoilt=True)), 11.0) is Way.ANEW


def test_a_seek_behind_an_old_question_goes_on_in_another_session() -> None:
    state = replace(playing(HELD), landing=Landing(since=11.0, by_seek=True))
    assert way(state, 11.4, was_sent=True) is Way.NONE
    assert way(state, 11.6, was_sent=True) is Way.ANEW
    asked = replace(state, supply=replace(HELD, asked_at=11.2))
    assert way(asked, 99.0, was_sent=True) is Way.NONE


def test_a_seek_behind_a_question_for_what_followed_there_goes_on_in_another_session() -> None:
    """It was asked as libVLC was sent: film enough for the place is at hand."""
    supply = replace(HELD, asked_at=11.2, dry_ms=9_000)
    state = replace(playing(supply), landing=Landing(since=11.0, by_seek=True))
    assert way(state, 11.9, was_sent=True) is Way.NONE
    assert way(state, 12.1, was_sent=True) is Way.ANEW
    near = replace(state, supply=replace(supply, dry_ms=5_600))
    assert way(near, 99.0, was_sent=True) is Way.NONE


def test_a_start_inside_of_a_segment_that_can_not_be_done_begins_with_the_segment() -> None:
    state = replace(playing(HELD), landing=Landing(since=11.0, by_seek=True))
    assert way(state, 12.4) is Way.NONE
    assert way(state, 12.6) is Way.ANEW_AT_SEGMENT


def test_a_start_at_a_segment_waits_for_its_film() -> None:
    state = replace(playing(HELD), landing=Landing(since=11.0))
    assert way(state, 99.0) is Way.NONE
