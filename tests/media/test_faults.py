"""Faults at the start of a film, of a change and of a seek, and what is asked for again."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from player_app.core.playback import Phase
from player_app.core.refusals import NotFound
from player_app.media.gateway.store import MemoryStore
from player_app.ui.viewmodels.player_face import moving_face
from tests.media.host import (
    Handler,
    Host,
    cut,
    failing,
    once,
    reset,
    stall,
    trickle,
)
from tests.media.player import MakePlayer

STRUCK = "v360/00009.m4s"


def gone(handler: Handler, _data: bytes) -> None:
    handler.plain(404)


@pytest.mark.promise(7)
def test_what_arrived_before_a_fault_is_not_asked_for_again(
    make_player: MakePlayer, host: Host
) -> None:
    host.faults.append(once(STRUCK, cut))
    player = make_player(ahead_ms=1)
    player.open(from_ms=8_000)
    player.wait_for(Phase.ENDED, 15)
    first, second = (start for path, start in host.asked if path == STRUCK)
    assert first == 0
    assert second > 0


@pytest.mark.promise(7)
def test_a_link_that_is_gone_for_a_while_stalls_the_film_and_says_so(
    make_player: MakePlayer, host: Host
) -> None:
    host.faults.append(once("m4s", reset, times=10_000))
    player = make_player(ahead_ms=1)
    player.open(from_ms=0)
    player.wait(lambda: player.state.supply.trouble_since is not None)
    assert player.state.phase is Phase.OPENING
    host.faults.clear()
    assert player.playback is not None
    player.playback.retry_now()
    player.wait_for(Phase.PLAYING)
    player.wait(lambda: player.frame_ms > 1_000)
    assert abs(player.position_ms - player.frame_ms) < 300


@pytest.mark.promise(8)
def test_a_fresh_address_is_fetched_when_the_old_one_is_refused(
    make_player: MakePlayer, host: Host
) -> None:
    player = make_player(ahead_ms=1)
    host.faults.append(once("v360/00003.m4s", lambda handler, _data: handler.plain(403)))
    player.open(from_ms=0)
    player.wait(lambda: player.frame_ms > 3_200)
    assert player.permits_asked == 2


@pytest.mark.promise(8)
def test_another_quality_begins_at_the_newest_address(make_player: MakePlayer, host: Host) -> None:
    player = make_player(ahead_ms=1)
    playback = player.open(from_ms=0)
    player.wait_for(Phase.PLAYING)
    host.grant = "media/grant-2"
    player.wait(lambda: player.permits_asked == 2)
    playback.choose_video(playback.videos[-1])
    player.wait(lambda: player.surface.newest().height() == 720)
    assert player.permits_asked == 2


@pytest.mark.promise(8)
def test_a_quality_that_can_not_be_had_is_named_and_the_film_plays_on(
    make_player: MakePlayer, host: Host
) -> None:
    host.faults.append(once("v720/index.m3u8", gone, times=10_000))
    player = make_player()
    playback = player.open(from_ms=0)
    player.wait_for(Phase.PLAYING)
    playback.choose_video(playback.videos[-1])
    player.wait(lambda: player.state.refused is not None)
    assert type(player.state.refused) is NotFound
    assert "goes on as it was" in moving_face(player.state, (), time.monotonic()).message
    here_ms = player.frame_ms
    player.wait(lambda: player.frame_ms > here_ms + 500, 3)
    assert playback.video.height == 360


@pytest.mark.promise(9)
@pytest.mark.parametrize("fault", [stall, failing], ids=lambda each: each.__name__)
def test_a_quality_that_is_long_in_coming_holds_nothing_up(
    make_player: MakePlayer, host: Host, fault: Callable[[Handler, bytes], None]
) -> None:
    host.faults.append(once("v720/index.m3u8", fault, times=10_000))
    player = make_player()
    playback = player.open(from_ms=0)
    player.wait_for(Phase.PLAYING)
    playback.choose_video(playback.videos[-1])
    player.wait(lambda: ("v720/index.m3u8", 0) in host.asked)
    playback.seek(6_000)
    player.wait(lambda: player.state.phase is Phase.PLAYING and player.frame_ms > 6_000, 3)
    begun = time.monotonic()
    player.close()
    assert time.monotonic() - begun < 1.0


@pytest.mark.promise(8)
def test_a_seek_that_the_service_refuses_is_named(make_player: MakePlayer, host: Host) -> None:
    host.faults.append(once("v360/00004.m4s", stall, times=10_000))
    player = make_player(ahead_ms=1, store=MemoryStore(0))
    playback = player.open(from_ms=0)
    player.wait_for(Phase.STALLED)
    host.faults.append(once("v360/index.m3u8", failing, times=2))
    playback.seek(1_000)
    player.wait(lambda: player.state.phase is Phase.PLAYING and player.frame_ms < 2_000, 6)
    player.wait_for(Phase.STALLED)
    host.faults.append(once("v360/index.m3u8", gone, times=10_000))
    playback.seek(2_000)
    player.wait_for(Phase.FAILED)
    assert type(player.state.cause) is NotFound


@pytest.mark.promise(9)
@pytest.mark.parametrize("fault", [stall, trickle], ids=lambda each: each.__name__)
def test_leaving_a_film_that_never_began_is_quick(
    make_player: MakePlayer, host: Host, fault: Callable[[Handler, bytes], None]
) -> None:
    host.faults.append(once("m4s", fault, times=10_000))
    player = make_player(ahead_ms=1)
    player.open(from_ms=0)
    player.wait(lambda: player.state.supply.waited_for)
    begun = time.monotonic()
    player.watch.close()
    assert time.monotonic() - begun < 0.1
    player.close()
    assert time.monotonic() - begun < 1.0
