"""When a seek has landed, and a pause that does not wait for the engine."""

from __future__ import annotations

from player_app.core.landing import Landing, followed
from player_app.core.playback import Phase, PlaybackState, opened, paused
from player_app.core.playback_events import Begun, Paused, Supply, Tick
from player_app.core.playback_fold import fold

SOUGHT = Landing(since=10.0, by_seek=True)


def test_a_question_for_film_after_a_seek_says_that_it_is_being_done() -> None:
    assert followed(SOUGHT, 10.6, 10.5, waits=True).fed_at == 10.5


def test_a_seek_that_no_question_follows_needed_none() -> None:
    assert followed(SOUGHT, 10.9, 9.0, waits=False) == SOUGHT
    assert followed(SOUGHT, 11.1, 9.0, waits=False).fed_at == 11.0


def test_a_seek_behind_a_question_that_is_still_open_was_not_done_yet() -> None:
    assert followed(SOUGHT, 99.0, 9.0, waits=True) == SOUGHT


def test_a_pause_holds_the_position_before_the_engine_says_so() -> None:
    state = fold(opened(PlaybackState(60_000), 5_000, 9.0), Begun(1, 9.0))
    state = fold(state, Tick(10.0, 10.0, Supply(), (10.0,)))
    state = paused(state, 12.0)
    assert (state.phase, state.position_ms(20.0)) == (Phase.PAUSED, 7_000)
    assert fold(state, Paused(1, 15.0)).position_ms(20.0) == 7_000
