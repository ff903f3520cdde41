"""A place that comes after its viewer has left is not kept: it would be the next one's."""

from __future__ import annotations

import threading

from player_app.core.playback import PlaybackState
from player_app.core.stream import Taste
from player_app.features.entrance import Wishes
from tests.media.packaging import FRAME_RATE
from tests.media.player import MakePlayer


def test_a_playback_that_ends_late_keeps_no_place_for_who_comes_next(
    make_player: MakePlayer,
) -> None:
    player, holds, held, go_on = make_player(), *(threading.Event() for _ in range(3))

    def hear(_state: PlaybackState) -> None:
        if holds.is_set():
            held.set()
            go_on.wait(20)

    playback = player.watch.open("film-1", 4_000, Taste("v360"), hear, Wishes(volume=100))
    player.wait(lambda: len(player.shown) > FRAME_RATE)
    holds.set()
    playback.pause()
    player.wait(held.is_set)
    player.watch.leave()
    kept = player.places.kept
    go_on.set()
    assert playback.join(10)
    assert player.places.kept == kept
