"""A failure that lasts is named on the screen and never taken for the end of the film."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from player_app.core.playback import Phase
from player_app.core.refusals import NoRight
from player_app.features.settings import Preferences
from player_app.ui.navigation import Place
from tests.faults.faults import ALWAYS, BY_NAME, Fault
from tests.faults.stand import Stand, stand
from tests.faults.strikes import Kind, Strike
from tests.media.player_screen import PlayerScreen
from tests.plugins.promises import Promise

pytestmark = pytest.mark.promise(8)

NAMED_WITHIN_S = 10.0
GOES_ON_WITHIN_S = 4.0
STRUCK = 2

HELD = {
    "reset-before-the-reply": "broke off",
    "reset-within-the-body": "broke off",
    "truncated": "broke off",
    "shorter-than-listed": "does not understand",
    "silent-before-the-reply": "Nothing comes",
    "stalled-within-the-body": "Nothing comes",
    "trickling": "slow",
    "another-range": "does not understand",
    "failing": "could not do that just now",
    "bad-gateway": "could not do that just now",
    "too-many-requests": "patience",
    "captive-portal": "sign in to it first",
    "outage": "not taking connections",
}
"""What the screen says of a fault that lasts and may yet go away."""


@dataclass(frozen=True, slots=True)
class Ending:
    """A fault that nothing can mend: what the card says."""

    name: str
    strike: Strike
    says: str
    revoked: bool = False


def always(kind: Kind, status: int = 200) -> Strike:
    return Strike(kind, f"/{STRUCK:05}.m4s", 0.5, ALWAYS, status)


ENDINGS = (
    Ending("not-found", always(Kind.STATUS, 404), "no longer knows"),
    Ending("gone", always(Kind.STATUS, 410), "no longer knows"),
    Ending("revoked", always(Kind.STATUS, 403), "Neither a rental", revoked=True),
    Ending("corrupt-for-ever", always(Kind.CORRUPT), "arrived wrong again and again"),
)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    full = metafunc.config.getoption("--promises-full")
    if "held" in metafunc.fixturenames:
        metafunc.parametrize("held", HELD if full else ("stalled-within-the-body", "trickling"))
    if "never" in metafunc.fixturenames:
        metafunc.parametrize("never", (Kind.STALL, Kind.TRICKLE) if full else (Kind.STALL,))
    if "ending" in metafunc.fixturenames:
        endings = ENDINGS if full else ENDINGS[2:]
        metafunc.parametrize("ending", endings, ids=lambda ending: ending.name)


@contextmanager
def on_screen(folder: Path, film: dict[str, Any], begin: Callable[[Stand], None]) -> Iterator[Any]:
    """A film on the player's screen, from its beginning, soon before the struck segment."""
    with stand(folder, film, f"v360/{STRUCK:05}.m4s", ahead_ms=1) as here:
        screen = PlayerScreen(here.player, Preferences(quality="least"))
        begin(here)
        screen.open()
        try:
            yield here, screen
        finally:
            screen.close()


def test_a_lasting_fault_is_named_with_a_way_out_and_the_film_goes_on_once_it_is_over(
    held: str, chance: random.Random, film_folder: Path, film: dict[str, Any], promise: Promise
) -> None:
    fault: Fault = BY_NAME[held]
    with on_screen(film_folder, film, lambda here: fault.begin(here, chance)) as (here, screen):
        player = here.player
        player.wait(lambda: bool(here.asked()))
        if held == "outage":
            here.proxy.outage()
        player.wait_for(Phase.STALLED)
        stood_still_at = player.state.picture_at
        player.wait(lambda: HELD[held] in screen.model.messageText, NAMED_WITHIN_S)
        assert time.monotonic() - stood_still_at < NAMED_WITHIN_S
        assert screen.model.reconnecting, "Try now and Stop are offered"
        assert screen.model.cardTitle == ""
        stood_at_ms = player.frame_ms
        assert abs(player.position_ms - stood_at_ms) < 300
        here.proxy.clear()
        here.proxy.back()
        screen.model.tryNow()
        player.wait(lambda: player.frame_ms > stood_at_ms, GOES_ON_WITHIN_S)
        assert player.frame_ms < stood_at_ms + 300, "it goes on where it stood"
        player.wait(lambda: screen.model.messageText == "", 2)
    promise.tried()


def test_a_fault_that_nothing_mends_ends_the_film_with_its_reason_and_keeps_the_place(
    ending: Ending, film_folder: Path, film: dict[str, Any], promise: Promise
) -> None:
    with on_screen(film_folder, film, lambda here: here.proxy.strike(ending.strike)) as (
        here,
        screen,
    ):
        player = here.player
        if ending.revoked:
            player.revoked = NoRight(403, "no-right")
        player.wait_for(Phase.FAILED, 15)
        assert time.monotonic() - player.state.picture_at < NAMED_WITHIN_S
        player.wait(lambda: ending.says in screen.model.cardText, 2)
        assert not player.state.finished
        stood_at_ms = player.frame_ms
        assert (STRUCK - 1.5) * 1000 < stood_at_ms <= STRUCK * 1000
    assert not player.places.finished
    assert abs(player.places.position_ms - stood_at_ms) < 300
    promise.tried()


def test_a_film_that_does_not_even_begin_is_named_and_begins_when_it_is_tried_again(
    never: Kind, film_folder: Path, film: dict[str, Any], promise: Promise
) -> None:
    with stand(film_folder, film, "v360/index.m3u8") as here:
        here.proxy.strike(Strike(never, here.struck, None if never is Kind.STALL else 0.5, ALWAYS))
        screen = PlayerScreen(here.player, Preferences(quality="least"))
        try:
            screen.navigation.go(Place("player", "film-1"))
            here.player.wait(lambda: "took too long" in screen.model.cardText, NAMED_WITHIN_S)
            here.proxy.clear()
            screen.model.act()
            here.player.wait(lambda: screen.model.positionMs > 0, GOES_ON_WITHIN_S)
            assert screen.model.cardTitle == ""
        finally:
            screen.close()
    promise.tried()
