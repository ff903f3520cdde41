"""After a sleep of the machine, or hours of pause, a film goes on where it was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from player_app.core.playback import Phase
from player_app.desktop.running_clock import running_s
from tests.faults.pictures import follows_on
from tests.faults.stand import Stand, stand
from tests.faults.strikes import Kind, Strike

pytestmark = pytest.mark.promise(7)

HOURS_S = 8 * 3600.0
GOES_ON_WITHIN_S = 5.0
PAUSED_WITHIN_S = 0.5
SAME_PLACE_MS = 300
FROM_MS, STRUCK = 5_000, 7


class Machine:
    """Its clock, which runs on while it sleeps: no test can make it really do that."""

    def __init__(self) -> None:
        self.slept_s = 0.0

    def running_s(self) -> float:
        return running_s() + self.slept_s


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    found = Machine()
    monkeypatch.setattr("player_app.features.watch.running_s", found.running_s)
    return found


@contextmanager
def playing(folder: Path, film: dict[str, Any]) -> Iterator[Stand]:
    """What comes after the next two seconds of it is on its way, and stuck there."""
    with stand(folder, film, f"v360/{STRUCK:05}.m4s", ahead_ms=1) as here:
        here.proxy.strike(Strike(Kind.STALL, here.struck))
        here.player.open(from_ms=FROM_MS)
        here.player.wait(lambda: bool(here.asked()) and here.player.frame_ms > FROM_MS + 200)
        yield here


def hours_pass(here: Stand) -> None:
    """Every connection dies, libVLC's to the gateway too, and the signed address expires."""
    here.proxy.cut()
    for each in list(here.player.gateway._server._connections):
        each.cut()
    here.host.grant = "media/grant-2"


def test_a_film_that_played_goes_on_after_hours_of_sleep_where_it_was(
    machine: Machine, film_folder: Path, film: dict[str, Any]
) -> None:
    with playing(film_folder, film) as here:
        player = here.player
        before_ms, permits = player.position_ms, player.permits_asked
        hours_pass(here)
        machine.slept_s = HOURS_S
        goes_on(here, before_ms)
        assert player.permits_asked > permits


@pytest.mark.parametrize("sleeps", [True, False], ids=["asleep", "awake"])
def test_a_film_paused_for_hours_goes_on_where_it_was(
    sleeps: bool,  # noqa: FBT001 - a parameter of the test
    machine: Machine,
    film_folder: Path,
    film: dict[str, Any],
) -> None:
    with playing(film_folder, film) as here:
        player = here.player
        assert player.playback is not None
        player.playback.pause()
        player.wait_for(Phase.PAUSED, PAUSED_WITHIN_S)
        before_ms, permits = player.position_ms, player.permits_asked
        hours_pass(here)
        machine.slept_s = HOURS_S if sleeps else 0.0
        player.run(0.5)
        assert player.state.phase is Phase.PAUSED
        assert player.position_ms == before_ms
        assert player.places.position_ms == before_ms
        player.playback.play()
        goes_on(here, before_ms)
        assert player.permits_asked > permits


def goes_on(here: Stand, before_ms: int) -> None:
    """From the same place, picture after picture, beyond what was stuck."""
    player, shown = here.player, len(here.player.shown)
    player.wait(lambda: player.frame_ms > before_ms + SAME_PLACE_MS, GOES_ON_WITHIN_S)
    player.wait(lambda: player.frame_ms > STRUCK * 1000 + 300)
    assert player.state.cause is None
    assert follows_on(player.shown[shown - 1 :])
