"""Network faults never end a film: it goes on at the same frame, to its last."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from player_app.core.playback import Phase
from tests.faults.faults import BY_NAME, Fault
from tests.faults.pictures import follows_on
from tests.faults.stand import Stand, stand
from tests.media.packaging import FRAME_RATE
from tests.plugins.promises import Promise

pytestmark = pytest.mark.promise(7)

LAST_FRAME = 12 * FRAME_RATE - 1
GOES_ON_WITHIN_S = 60.0
SEGMENT_MS = 4_000
SAME_PLACE_MS = 300


def test_a_fault_of_the_segment_that_is_waited_for_stalls_the_film_which_then_goes_on(
    fault: Fault,
    chance: random.Random,
    film_folder: Path,
    film: dict[str, Any],
    promise: Promise,
) -> None:
    struck = chance.randrange(6, 11)
    with stand(film_folder, film, f"v360/{struck:05}.m4s", ahead_ms=1) as here:
        player = here.player
        fault.begin(here, chance)
        player.open(from_ms=(struck - 2) * 1000)
        player.wait(lambda: bool(here.asked()), 15)
        if not fault.stalls:
            player.wait(lambda: player.frame_ms > (struck - 2) * 1000)
        fault.then(here, promise.is_full)
        if fault.stalls:
            player.wait_for(Phase.STALLED)
            assert (struck - 2) * 1000 < player.position_ms <= struck * 1000
            assert not was_delivered(here), "the fault comes before the delivery"
            player.run(chance.uniform(0.0, 2.0))
        fault.heal(here)
        player.wait_for(Phase.ENDED, GOES_ON_WITHIN_S)
        assert player.state.finished
        assert player.state.cause is None
        assert any(reply.struck for reply in here.asked())
        assert follows_on(player.shown)
        assert LAST_FRAME - 2 <= (player.frame or 0) <= LAST_FRAME
    promise.tried()


def test_a_fault_that_read_ahead_hides_is_not_even_seen(
    hidden_fault: Fault,
    chance: random.Random,
    long_folder: Path,
    long_film: dict[str, Any],
    promise: Promise,
) -> None:
    struck = chance.randrange(6, len(long_film["renditions"][0]["segments"]) - 2)
    begins_ms = struck * SEGMENT_MS
    from_ms = begins_ms - segments_before(hidden_fault) * SEGMENT_MS
    with stand(long_folder, long_film, f"v180/{struck:05}.m4s") as here:
        player = here.player
        hidden_fault.begin(here, chance)
        player.open(from_ms=from_ms, quality="v180")
        player.wait(lambda: player.frame_ms > from_ms)
        player.wait(lambda: bool(here.asked()), 15)
        hidden_fault.then(here, False)
        player.wait(lambda: player.frame_ms > from_ms + 1_000)
        hidden_fault.heal(here)
        player.wait(lambda: player.frame_ms > begins_ms + 500, 30)
        assert follows_on(player.shown)
        assert player.state.cause is None
        if hidden_fault.stalls:
            assert all(state.phase is not Phase.STALLED for state in player.states)
    promise.tried()


def test_a_start_soon_before_a_segment_that_does_not_come_begins_with_the_one_before(
    chance: random.Random, film_folder: Path, film: dict[str, Any]
) -> None:
    struck = chance.randrange(6, 11)
    before_ms = (struck - 1) * 1000
    with stand(film_folder, film, f"v360/{struck:05}.m4s", ahead_ms=1) as here:
        player = here.player
        BY_NAME["silent-before-the-reply"].begin(here, chance)
        player.open(from_ms=before_ms + 600)
        player.wait_for(Phase.PLAYING, 4)
        player.wait(lambda: player.frame is not None)
        assert before_ms <= player.frame_ms < before_ms + SAME_PLACE_MS
        assert abs(player.position_ms - player.frame_ms) < SAME_PLACE_MS
        player.wait_for(Phase.STALLED)
        here.proxy.clear()
        player.run(1.0)
        assert player.playback is not None
        player.playback.retry_now()
        player.wait(lambda: player.frame_ms > struck * 1000 + 300)
        assert follows_on(player.shown)


def segments_before(fault: Fault) -> int:
    """So many of them for the fault to be over: silence is noticed after eight seconds."""
    return 3 if fault.silent else 2 if fault.wide else 1


def was_delivered(here: Stand) -> bool:
    """Whether the player has all bytes of the struck segment."""
    return any(reply.end == "whole" and not reply.struck for reply in here.asked())
