"""A film that may go on no longer ends on the screen with its reason, playing or paused."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from player_app.core.errors import VeriteError
from player_app.core.playback import Phase
from player_app.core.stream_errors import RentalOver
from tests.media.player import MakePlayer
from tests.waiting import until


@dataclass
class Right:
    """It ends when a test says so; `seen` are the states that it was asked in."""

    ending: VeriteError | None = None
    seen: list[Phase] = field(default_factory=list)
    is_left: bool = False

    def look(self, phase: Phase) -> VeriteError | None:
        self.seen.append(phase)
        return self.ending

    def end(self) -> None:
        self.is_left = True


@pytest.mark.promise(10)
@pytest.mark.parametrize("pauses", [False, True])
def test_a_right_that_ends_while_the_film_is_open_ends_the_film(
    make_player: MakePlayer,
    pauses: bool,  # noqa: FBT001 - a row's
) -> None:
    right = Right()
    player = make_player(goes_on=lambda _permit: right)
    playback = player.open()
    player.wait(lambda: player.frame_ms > 1_000)
    if pauses:
        playback.pause()
        player.wait_for(Phase.PAUSED)
        player.run(0.2)
    at_ms = player.position_ms

    right.ending = RentalOver("finished")

    player.wait_for(Phase.FAILED, 2)
    assert player.state.cause is right.ending
    assert abs(player.places.position_ms - at_ms) < 1_000
    assert not player.places.finished
    player.run(0.3)
    last = player.frame
    playback.play()
    playback.seek(9_000)
    player.run(1.0)
    assert (player.state.phase, player.frame) == (Phase.FAILED, last)
    assert {Phase.OPENING, Phase.PLAYING, Phase.PAUSED if pauses else Phase.PLAYING} <= set(
        right.seen
    )
    player.watch.close()
    until(lambda: right.is_left, "the playback to be left")
