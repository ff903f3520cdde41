"""A film's place is kept while it plays, at each pause and seek, and whenever it is left."""

from __future__ import annotations

import time

from player_app.core.playback import Phase
from player_app.core.stream import Taste
from player_app.features.leading import KEEP_EVERY_S
from tests.media.player import MakePlayer


def test_it_is_kept_every_few_seconds_while_the_film_plays(make_player: MakePlayer) -> None:
    player = make_player()
    player.open()
    player.wait(lambda: player.places.kept > 0, KEEP_EVERY_S + 3)
    assert player.state.phase is Phase.PLAYING
    assert not player.places.rests
    assert abs(player.places.position_ms - player.position_ms) < 500


def test_it_is_kept_at_a_pause_and_at_a_seek_and_on_leaving(make_player: MakePlayer) -> None:
    player = make_player()
    playback = player.open()
    player.wait(lambda: player.frame_ms > 500)
    playback.pause()
    player.wait(lambda: player.places.rests)
    assert abs(player.places.position_ms - player.position_ms) < 300

    playback.seek(7_000)
    player.wait(lambda: player.places.position_ms == 7_000)
    assert player.places.rests
    playback.play()
    player.wait(lambda: player.frame_ms > 7_500)
    playback.seek(3_000)
    player.wait(lambda: player.places.position_ms == 3_000)
    assert not player.places.rests

    player.wait(lambda: 3_500 < player.frame_ms < 6_000)
    left_ms = player.position_ms
    assert player.watch.shut_down(5)
    assert player.places.rests
    assert left_ms <= player.places.position_ms < left_ms + 1_000


def test_it_is_kept_on_leaving_however_long_the_engine_takes_to_stop(
    make_player: MakePlayer,
) -> None:
    player = make_player()
    player.open()
    player.wait(lambda: player.frame_ms > 500)
    stop, before = player.engine.stop, player.places.kept

    def slowly() -> None:
        time.sleep(0.4)
        stop()

    player.engine.stop = slowly  # type: ignore[method-assign]
    assert player.watch.shut_down(5)
    assert player.places.kept == before + 1


def test_a_seek_before_the_first_picture_is_kept_with_that(make_player: MakePlayer) -> None:
    player = make_player()
    playback = player.open()
    playback.seek(8_000)
    player.wait(lambda: player.places.kept > 0, KEEP_EVERY_S - 1)
    assert 8_000 <= player.places.position_ms < 9_500


def test_a_film_that_was_left_before_its_first_picture_stays_where_it_was(
    make_player: MakePlayer,
) -> None:
    player = make_player()
    player.open()
    assert player.watch.shut_down(5)
    assert player.frame is None
    assert player.places.kept == 0


def test_each_opening_of_a_film_is_a_watch_session_of_its_own(make_player: MakePlayer) -> None:
    player = make_player()
    for number in (1, 2):
        playback = player.open()
        player.wait(lambda: player.state.phase is Phase.PLAYING)
        playback.seek(4_000 + number)
        player.wait(lambda: player.places.position_ms == 4_000 + number)  # noqa: B023 - used at once
        playback.pause()
        player.wait(lambda: player.places.rests)
    assert len(player.places.watch_sessions) == 2
    assert "" not in player.places.watch_sessions


def test_a_film_made_ready_begins_where_another_device_left_it_meanwhile(
    make_player: MakePlayer,
) -> None:
    player = make_player()
    player.places.keep("film-1", 6_000)
    player.watch.prepare("film-1", Taste("v360"))
    player.places.keep("film-1", 0)
    player.open(from_ms=None)
    player.wait(lambda: player.state.phase is Phase.PLAYING)
    assert player.frame_ms < 2_000
