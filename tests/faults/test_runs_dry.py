"""Film that comes just as libVLC has nothing more to show, at the worst moment for it."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from player_app.core.playback import Phase
from tests.faults.pictures import follows_on
from tests.faults.stand import stand
from tests.faults.strikes import Kind, Strike
from tests.plugins.promises import Promise

pytestmark = pytest.mark.promise(7)

EARLIEST_MS, LATEST_MS = 700, 250


def test_film_that_comes_as_libvlc_runs_dry_shows_no_damaged_picture(
    chance: random.Random, film_folder: Path, film: dict[str, Any], promise: Promise
) -> None:
    for _ in range(promise.count(smoke=2, full=10)):
        begins_ms = chance.randrange(6, 10) * 1000
        comes_ms = begins_ms - chance.randrange(LATEST_MS, EARLIEST_MS)
        assert follows_on(shown_where_it_comes(film_folder, film, begins_ms, comes_ms))
        promise.tried()


def shown_where_it_comes(
    folder: Path, film: dict[str, Any], begins_ms: int, comes_ms: int
) -> list[tuple[float, int | None]]:
    """All pictures until after the segment of `begins_ms`, which is let come at `comes_ms`."""
    with stand(folder, film, f"v360/{begins_ms // 1000:05}.m4s", ahead_ms=1) as here:
        player = here.player
        here.proxy.strike(Strike(Kind.STALL, here.struck))
        player.open(from_ms=begins_ms - 2_000)
        player.wait(lambda: bool(here.asked()))
        player.wait(lambda: player.frame_ms > comes_ms or player.state.phase is Phase.STALLED)
        here.proxy.cut()
        player.wait(lambda: player.frame_ms > begins_ms + 900, 20)
        return player.shown
