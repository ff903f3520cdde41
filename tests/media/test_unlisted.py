"""A film that left the list of films plays, though nothing is known of it."""

from __future__ import annotations

from player_app.core.playback import Phase
from player_app.core.withdrawn import UNKNOWN_TITLE, stand_in
from tests.media.player import MakePlayer


def test_a_film_of_which_nothing_is_known_goes_on_at_its_place(make_player: MakePlayer) -> None:
    player = make_player()
    player.watch._film = stand_in
    player.places.position_ms = 6_000

    playback = player.open(from_ms=None)
    player.wait_for(Phase.PLAYING)
    player.wait(lambda: player.frame_ms > 6_000)

    assert playback.film.title == UNKNOWN_TITLE
