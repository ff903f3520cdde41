"""A film is watched through engine, gateway and watch: positions, pauses, seeks, ends."""

from __future__ import annotations

import itertools
import threading
from typing import Any

import pytest
from PySide6.QtMultimedia import QVideoFrameFormat

from player_app.core.errors import Stopped
from player_app.core.playback import Phase
from player_app.core.playback_events import EngineEvent, Paused, Playing
from player_app.core.stream import Taste
from player_app.features.playback import Playback
from player_app.media.gateway.sessions import Session
from tests.media.host import Host, drip, once
from tests.media.packaging import FRAME_RATE
from tests.media.player import MakePlayer, TestPlayer
from tests.waiting import until

LAST_FRAME = 12 * FRAME_RATE - 1
SEEN_AFTER_S = 0.03


def assert_in_step(player: TestPlayer) -> None:
    """Within two seconds: a busy machine is late for a moment, a wrong anchor for longer."""
    player.wait(lambda: abs(player.position_ms - player.frame_ms) < 200, 2)


def assert_stays_in_step(player: TestPlayer, looks: int) -> None:
    for _ in range(looks):
        player.run(0.3)
        assert_in_step(player)


def playing(player: TestPlayer, from_ms: int = 0) -> Playback:
    playback = player.open(from_ms)
    player.wait_for(Phase.PLAYING)
    return playback


def paused_after(player: TestPlayer, film_ms: int) -> Playback:
    """Watched so far, and paused: no picture is on its way any more."""
    playback = player.open()
    player.wait(lambda: player.frame_ms > film_ms)
    playback.pause()
    player.wait_for(Phase.PAUSED)
    player.run(0.2)
    return playback


def assert_goes_on(player: TestPlayer, from_ms: float) -> None:
    """Half a second of film and more, and the position with it."""
    player.wait(lambda: player.frame_ms > from_ms + 500)
    assert_in_step(player)


def test_the_position_agrees_with_the_picture(make_player: MakePlayer) -> None:
    player = make_player()
    playing(player)
    assert_stays_in_step(player, looks=8)


def stood(player: TestPlayer) -> set[int]:
    """The positions of the pictures that could be seen: those of one moment only are none."""
    seen = itertools.pairwise(player.shown)
    return {
        round(number * 1000 / FRAME_RATE)
        for (at, number), (until, _next) in seen
        if number is not None and until - at > SEEN_AFTER_S
    }


def test_a_film_begins_at_a_place_inside_a_segment_and_shows_nothing_before_it(
    make_player: MakePlayer,
) -> None:
    player = make_player()
    playing(player, from_ms=6_900)
    assert_stays_in_step(player, looks=5)
    assert min(stood(player)) > 6_800


def test_another_quality_goes_on_where_the_picture_was_and_paused_if_it_was(
    make_player: MakePlayer,
) -> None:
    player = make_player()
    playback = paused_after(player, 1_400)
    before_ms, count = player.frame_ms, len(player.shown)
    playback.choose_video(playback.videos[-1])
    player.wait(lambda: player.surface.newest().height() == 720)
    player.wait_for(Phase.PAUSED)
    player.run(0.3)
    assert abs(player.frame_ms - before_ms) < 400
    assert len(player.shown) - count < 8
    resting_ms = player.frame_ms
    player.run(0.5)
    assert player.frame_ms == resting_ms
    assert_in_step(player)
    playback.play()
    assert_goes_on(player, resting_ms)


def test_a_paused_film_that_is_to_play_while_it_comes_to_its_pause_again_plays(
    make_player: MakePlayer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A film that is opened paused plays up to its place, and libVLC takes its time to stop there.

    Told to go on before it did, it took no notice of that.
    """
    player = make_player()
    playback = paused_after(player, 1_400)
    resting_ms, pause = player.frame_ms, player.engine.pause

    def changes_its_mind() -> None:
        pause()
        playback.play()

    monkeypatch.setattr(player.engine, "pause", changes_its_mind)
    playback.choose_video(playback.videos[-1])
    player.wait(lambda: player.surface.newest().height() == 720)
    assert_goes_on(player, resting_ms)
    assert_stays_in_step(player, looks=3)
    assert player.state.phase is Phase.PLAYING


def test_the_last_word_counts_however_quickly_they_follow_each_other(
    make_player: MakePlayer,
) -> None:
    player = make_player()
    playback = playing(player)
    for word in (playback.pause, playback.play) * 3:
        word()
    assert_goes_on(player, player.frame_ms)
    for word in (playback.pause, playback.play, playback.pause) * 2:
        word()
    player.wait_for(Phase.PAUSED)
    player.run(0.3)
    resting_ms = player.frame_ms
    player.run(0.7)
    assert player.frame_ms == resting_ms
    assert player.state.phase is Phase.PAUSED


def test_a_pause_that_is_taken_back_and_wanted_once_more_is_said(make_player: MakePlayer) -> None:
    """libVLC came to it while it was not wanted, and says nothing when it is told again."""
    player = make_player()
    paused_after(player, 500)
    engine, held = player.engine, threading.Event()
    heard: list[type[EngineEvent]] = []
    listener = engine._listener

    def listening(event: EngineEvent) -> None:
        if isinstance(event, Playing | Paused):
            heard.append(type(event))
        listener(event)

    def wait_until_told() -> None:
        held.wait(5)

    engine.listen(listening)
    engine._calls.put(wait_until_told)
    engine._is_to_pause = False
    engine._on_paused(None)
    assert heard == []
    engine.pause()
    held.set()
    player.wait(lambda: heard == [Paused])


def test_seeking_goes_there_and_both_ways(make_player: MakePlayer) -> None:
    player = make_player()
    playback = playing(player)
    for target_ms in (8_300, 2_700, 5_000):
        playback.seek(target_ms)
        player.wait(lambda: abs(player.frame_ms - target_ms) < 400)  # noqa: B023 - used at once
        player.run(0.7)
        assert_in_step(player)
        assert player.frame_ms >= target_ms - 100


def test_a_place_right_before_a_segment_is_its_beginning_and_no_other_is(
    make_player: MakePlayer,
) -> None:
    player = make_player()
    source = playing(player)._leading.source
    assert source.reached_at(7_990, 1 / FRAME_RATE) == 8_000
    for place_ms in (0, 7_000, 7_970, 8_000, 8_010, 11_990):
        assert source.reached_at(place_ms, 1 / FRAME_RATE) == place_ms


def test_a_pause_stops_the_pictures_and_keeps_the_place(make_player: MakePlayer) -> None:
    player = make_player()
    playback = paused_after(player, 1_000)
    count, position_ms = len(player.shown), player.position_ms
    player.run(0.7)
    assert len(player.shown) == count
    assert player.position_ms == position_ms
    assert_in_step(player)
    assert abs(player.places.position_ms - position_ms) < 300
    playback.play()
    assert_goes_on(player, position_ms)


def test_single_frames_are_shown_both_ways(make_player: MakePlayer) -> None:
    player = make_player()
    playback = paused_after(player, 2_000)
    frame = player.frame
    assert frame is not None
    playback.step(1)
    player.wait(lambda: player.frame == frame + 1)
    playback.step(-1)
    player.wait(lambda: player.frame in range(frame - 4, frame + 1))
    assert_in_step(player)


def test_a_film_made_ready_starts_without_asking_for_anything_again(
    make_player: MakePlayer, host: Host
) -> None:
    player = make_player()
    player.watch.prepare("film-1", Taste("v360"))
    player.wait(lambda: ("v360/00001.m4s", 0) in host.asked)
    before = list(host.asked)
    player.open(from_ms=None)
    player.wait(lambda: player.frame_ms > 500)
    assert player.permits_asked == 1
    later = host.asked[len(before) :]
    assert not set(later) & set(before)
    assert not [path for path, _start in later if path.endswith((".m3u8", ".mp4"))]


def test_a_permit_by_which_nothing_plays_after_all_is_told_of_once(
    make_player: MakePlayer, monkeypatch: pytest.MonkeyPatch
) -> None:
    player = make_player()
    player.watch.prepare("film-1", Taste("v360"))
    player.watch.forget_prepared()
    assert len(player.unplayed) == 1

    def left(_session: Session, _start_ms: int) -> None:
        player.watch.close()
        raise Stopped

    monkeypatch.setattr(Session, "prepare", left)
    with pytest.raises(Stopped):
        player.open()
    assert len(player.unplayed) == 2
    monkeypatch.undo()
    player.open()
    player.wait(lambda: player.frame_ms > 0)
    assert len(player.unplayed) == 2


def test_a_film_made_ready_twice_at_once_is_ready_once(make_player: MakePlayer) -> None:
    player = make_player()
    made_ready, both = player.watch._made_ready, threading.Barrier(2)

    def at_once(*asked: Any) -> Any:
        ready = made_ready(*asked)
        both.wait(10)
        return ready

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(player.watch, "_made_ready", at_once)
        threads = [
            threading.Thread(target=player.watch.prepare, args=("film-1", Taste("v360")))
            for _ in range(2)
        ]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
    timers = [each for each in threading.enumerate() if isinstance(each, threading.Timer)]
    assert len([each for each in timers if not each.finished.is_set()]) == 1
    player.watch.forget_prepared()


def test_a_link_too_slow_for_the_quality_takes_it_one_step_down(
    make_player: MakePlayer, host: Host
) -> None:
    for index in range(3, 12):
        host.faults.append(once(f"v720/{index:05}.m4s", drip, times=100))
    player = make_player(ahead_ms=1)
    playback = player.open(quality="auto")
    assert playback.video.height == 720
    player.wait(lambda: playback.video.height == 360, 20)
    stalled_ms = player.position_ms
    assert_goes_on(player, stalled_ms)
    assert player.surface.newest().height() == 360


def test_a_film_that_was_seen_to_its_end_is_finished(make_player: MakePlayer) -> None:
    player = make_player()
    player.open(from_ms=9_000)
    player.wait_for(Phase.ENDED, 12)
    assert player.frame is not None
    assert player.frame >= LAST_FRAME - 2
    assert player.state.finished
    assert player.places.finished


def test_a_finished_film_plays_again(make_player: MakePlayer) -> None:
    player = make_player()
    playback = player.open(from_ms=10_500)
    player.wait_for(Phase.ENDED, 12)
    playback.play()
    player.wait(lambda: player.state.phase is Phase.PLAYING and player.frame_ms < 2_000)


def test_both_renditions_are_shown_in_the_same_colour_space(make_player: MakePlayer) -> None:
    for quality in ("v360", "v720"):
        player = make_player()
        player.open(quality=quality)
        player.wait(lambda: player.frame is not None)  # noqa: B023 - used at once
        form = player.surface.newest().surfaceFormat()
        assert form.colorSpace() is QVideoFrameFormat.ColorSpace.ColorSpace_BT709
        assert form.colorRange() is QVideoFrameFormat.ColorRange.ColorRange_Video
        assert (form.frameHeight(), form.frameWidth() * 9) == (
            int(quality[1:]),
            16 * int(quality[1:]),
        )
        player.watch.close()


def test_no_thread_is_left(make_player: MakePlayer) -> None:
    before = set(threading.enumerate())
    player = make_player()
    playing(player)
    player.close()
    until(lambda: set(threading.enumerate()) <= before, "the threads to end", 3)
