"""The playback's state follows pictures and troubles; an end too early is no end."""

from __future__ import annotations

from dataclasses import replace

import pytest

from player_app.core.errors import Unreachable
from player_app.core.playback import Phase, PlaybackState, at_rate, opened, slept, sought
from player_app.core.playback_events import (
    Begun,
    EndReached,
    Failed,
    Paused,
    Playing,
    Sought,
    Supply,
    Tick,
    TimeChanged,
)
from player_app.core.playback_fold import MOST_DRIFTS, MOST_REOPENINGS, fold
from player_app.core.refusals import NotFound
from player_app.core.stall import may_go_on, standing_since
from player_app.core.stream_errors import EngineFailed, EngineMissing

FILM = PlaybackState(length_ms=60_000)
WAITS = Supply(waited_for=True)


def tick(at: float, picture_at: float, supply: Supply = Supply()) -> Tick:  # noqa: B008 - frozen
    return Tick(at, picture_at, supply, (picture_at,))


def playing(position_ms: int = 0, at: float = 10.0) -> PlaybackState:
    return fold(fold(opened(FILM, position_ms, at - 1), Begun(1, at - 1)), tick(at, at))


def test_the_first_picture_is_where_the_position_starts_from() -> None:
    state = playing(5_000, at=10.0)
    assert state.phase is Phase.PLAYING
    assert state.position_ms(12.5) == 7_500


def test_the_rate_carries_the_position_on() -> None:
    state = at_rate(playing(), 2.0, 11.0)
    assert state.position_ms(12.0) == 3_000


def test_a_pause_freezes_the_position() -> None:
    state = fold(playing(), Paused(1, 13.0))
    assert (state.phase, state.position_ms(20.0)) == (Phase.PAUSED, 3_000)
    again = fold(state, Playing(1, 30.0))
    assert again.position_ms(31.0) == 4_000


def after_a_seek(asked_at: float, *displayed: float) -> PlaybackState:
    """Sought at 12.5 s to 30 s of film, with pictures at these times."""
    state = fold(sought(playing(), 30_000, 12.0), Sought(1, 12.5, 30_000))
    newest = displayed[-1]
    return fold(state, Tick(newest, newest, Supply(asked_at=asked_at), displayed))


def test_a_seek_counts_from_the_first_picture_after_it() -> None:
    waiting = sought(playing(), 30_000, 12.0)
    assert waiting.position_ms(13.0) == 30_000
    assert after_a_seek(12.6, 13.0, 13.04, 13.08).position_ms(14.0) == 31_000


def test_pictures_of_before_a_seek_still_come_until_film_is_asked_for() -> None:
    state = after_a_seek(11.0, 12.52, 12.56, 12.6)
    assert state.position_ms(12.7) == 30_000
    asked = Supply(asked_at=12.61)
    state = fold(state, Tick(13.1, 13.1, asked, (12.52, 12.56, 12.6, 13.0, 13.04, 13.08)))
    assert state.position_ms(14.0) == 31_000


def test_a_stray_picture_after_a_seek_is_not_the_first_of_the_new_place() -> None:
    state = after_a_seek(12.6, 12.7)
    assert state.position_ms(13.2) == 30_000
    asked = Supply(asked_at=12.6)
    state = fold(state, Tick(13.5, 13.5, asked, (12.7, 12.757, 12.814, 13.4, 13.44, 13.48)))
    assert state.position_ms(14.4) == 31_000


def test_pictures_that_come_ever_so_slowly_are_believed_after_some() -> None:
    slow = tuple(12.7 + number * 0.1 for number in range(20))
    assert after_a_seek(12.6, *slow[:19]).landing is not None
    state = after_a_seek(12.6, *slow)
    assert state.position_ms(slow[-1] + 1) == 31_000


def test_a_seek_that_needs_no_new_film_counts_a_second_later() -> None:
    state = fold(sought(playing(), 30_000, 12.0), Sought(1, 12.5, 30_000))
    late = (12.7, 12.74, 12.78, 13.6, 13.64, 13.68)
    state = fold(state, Tick(13.7, 13.7, Supply(), late))
    assert state.position_ms(14.6) == 31_000


def test_one_word_of_the_engine_does_not_move_the_position_but_three_do() -> None:
    state = playing()
    for number, at in enumerate((14.0, 15.0)):
        state = fold(state, TimeChanged(1, at, 20_000 + number * 1_000))
        assert state.position_ms(at) == (at - 10) * 1000
    assert fold(state, TimeChanged(1, 16.0, 22_000)).position_ms(16.0) == 22_000


def test_the_engines_clock_is_not_believed_soon_after_a_picture_anchored_the_position() -> None:
    state = playing()
    for at in (10.5, 11.0, 11.5, 12.0, 12.5):
        state = fold(state, TimeChanged(1, at, round(at * 1000) - 12_000 + 1_000))
    assert state.position_ms(12.6) == 2_600


def test_the_engines_clock_is_not_believed_once_it_has_nothing_more_to_read() -> None:
    state = fold(playing(56_000), tick(11.0, 11.0, Supply(gave_last=True)))
    for number in range(MOST_DRIFTS):
        state = fold(state, TimeChanged(1, 13.1 + number / 4, 58_300 + number * 250))
    assert state.position_ms(13.8) == 59_800


def test_a_start_that_waits_behind_its_first_picture_counts_from_the_second() -> None:
    shown = (10.0, 10.057, 10.114, 10.17, 10.5, 10.54, 10.58)
    state = fold(playing(5_000, at=10.0), Tick(10.6, 10.58, WAITS, shown))
    assert state.position_ms(12.5) == pytest.approx(7_040, abs=1)
    later = fold(state, Tick(11.2, 11.15, WAITS, (10.58, 11.11, 11.15)))
    assert later.position_ms(12.5) == state.position_ms(12.5)


def test_the_film_stands_still_only_while_something_is_waited_for() -> None:
    assert fold(playing(), tick(14.0, 11.0)).phase is Phase.PLAYING
    state = fold(playing(), tick(14.0, 11.0, WAITS))
    assert (state.phase, state.position_ms(20.0)) == (Phase.STALLED, 1_000)
    assert fold(state, tick(20.0, 20.0)).phase is Phase.STALLED, "until libVLC was sent back there"


def test_a_stalled_film_may_go_on_with_two_seconds_or_with_all_there_is() -> None:
    state = fold(playing(50_000), tick(14.0, 11.0, WAITS))
    assert not may_go_on(state)
    assert may_go_on(replace(state, supply=Supply()))
    for end_ms, enough in ((52_900, False), (53_000, True)):
        some = Supply(waited_for=True, buffered=((0, 10_000), (48_000, end_ms)))
        assert may_go_on(replace(state, supply=some)) is enough
    late = fold(playing(58_000), tick(14.0, 10.5, WAITS))
    assert may_go_on(replace(late, supply=Supply(waited_for=True, buffered=((58_000, 60_000),))))


def test_a_film_that_slept_goes_on_from_where_it_fell_asleep() -> None:
    assert slept(playing(5_000), 12.0).position_ms(12.0) == 7_000
    paused = fold(playing(5_000), Paused(1, 11.0))
    assert slept(paused, 72.0).position_ms(72.0) == 6_000


def test_trouble_is_told_only_while_the_picture_stands_still() -> None:
    trouble = Supply(waited_for=True, trouble_since=11.0, trouble=Unreachable("host", "cut"))
    assert standing_since(fold(playing(), tick(10.1, 10.1, trouble))) is None
    assert standing_since(fold(playing(), tick(14.0, 11.0, trouble))) == 11.0


def test_finished_is_the_last_segment_and_the_last_two_seconds() -> None:
    at_end = replace(playing(59_000), supply=Supply(gave_last=True))
    state = fold(at_end, EndReached(1, 10.5))
    assert (state.phase, state.finished) == (Phase.ENDED, True)


@pytest.mark.parametrize(
    ("position_ms", "gave_last"), [(14_500, False), (14_500, True), (59_500, False)]
)
def test_an_end_too_early_is_opened_again(position_ms: int, *, gave_last: bool) -> None:
    state = replace(playing(position_ms), supply=Supply(gave_last=gave_last))
    state = fold(state, EndReached(1, 10.1))
    assert (state.reopen, state.finished, state.phase) == (True, False, Phase.OPENING)


def test_opening_again_and_again_in_one_place_is_given_up() -> None:
    state = playing(14_500)
    for _ in range(MOST_REOPENINGS):
        state = opened(fold(state, EndReached(1, 10.0)), 14_500, 10.0)
    assert fold(state, EndReached(1, 10.0)).phase is Phase.FAILED


def test_the_session_s_cause_says_more_than_the_engine_s_word() -> None:
    cause = NotFound(404, "not-found")
    state = replace(playing(), supply=Supply(cause=cause))
    assert fold(state, Failed(1, 11.0, EngineFailed("x"))).cause is cause


def test_a_missing_engine_is_said_at_once() -> None:
    state = fold(opened(FILM, 0, 1.0), Failed(1, 1.1, EngineMissing("3.0.18", None)))
    assert state.phase is Phase.FAILED
    assert isinstance(state.cause, EngineMissing)


def test_a_cause_ends_the_film_only_when_the_picture_stands_still() -> None:
    cause = Supply(waited_for=True, cause=NotFound(404, "not-found"))
    moving = fold(playing(), tick(11.0, 11.0, cause))
    assert moving.phase is Phase.PLAYING
    assert fold(moving, tick(14.0, 11.0, cause)).phase is Phase.FAILED


def test_a_film_that_never_came_to_its_pause_runs_on() -> None:
    running = playing(5_000, 10.0)
    on = fold(running, Playing(1, 12.0))
    assert on.position_ms(13.0) == running.position_ms(13.0) == 8_000


def test_a_paused_film_stays_paused_while_it_is_opened_anew_and_until_it_has_paused_there() -> None:
    stopped = replace(playing(5_000, 10.0), phase=Phase.PAUSED, anchor_ms=5_000)
    anew = opened(stopped, 5_000, 20.0, pauses=True)
    assert anew.phase is Phase.PAUSED
    assert fold(anew, Playing(1, 20.1)).phase is Phase.PAUSED
    there = fold(fold(anew, Begun(1, 20.2)), tick(20.5, 20.5))
    assert there.phase is Phase.PAUSED
    assert there.landing is None
    assert there.position_ms(20.6) == 5_000
    done = fold(there, Paused(1, 20.6))
    assert (done.phase, done.pauses, done.position_ms(99.0)) == (Phase.PAUSED, False, 5_000)
    on = fold(done, Playing(1, 30.0))
    assert on.position_ms(30.0) == 5_100, "libVLC ran on until it had heard of the pause"
    assert fold(fold(on, Paused(1, 31.0)), Playing(1, 40.0)).position_ms(40.0) == 6_100


def test_a_still_image_is_no_stall_and_a_picture_that_is_repeated_is_one() -> None:
    """A photograph's pictures equal each other, and come as quickly as any of the film's."""
    state = fold(playing(5_000, 10.0), tick(11.0, 11.0))
    fed = Supply(waited_for=True, dry_ms=40_000, buffered=((0, 40_000),))
    for every_s, phase in ((0.041, Phase.PLAYING), (0.057, Phase.STALLED)):
        displayed = tuple(13.0 - every_s * back for back in reversed(range(24)))
        then = fold(state, Tick(13.0, 11.0, fed, displayed))
        assert then.phase is phase
