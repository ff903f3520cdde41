"""A film plays to its end over a link whose connections are reset again and again.

Where the promises are shown in full it is Big Buck Bunny, whole and in real time.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from player_app.core.playback import Phase
from tests.bench import real_film
from tests.faults.control import fault_proxy
from tests.faults.faults import ALWAYS
from tests.faults.strikes import Kind, Reply, Strike
from tests.media.player import TestPlayer
from tests.plugins.promises import Promise
from tests.strangers.nginx import nginx
from tests.strangers.packagings import listed_by_us
from tests.strangers.player import Place
from tests.strangers.watching import Apart, Watching, by_look, by_number

QUICKER = 2.0
"""A connection carries so much more than the film needs on average: cuts find it at work."""

IN_STEP_MS, OUT_OF_STEP = 300, 0.01
"""Pictures are so close to the position, but for this part: a busy machine is late.

They also stand still for no larger a part: Big Buck Bunny itself does so three times.
"""

SHORT_S = 8

FETCHED_TWICE = 0.05
"""So much of a film at most is lost in cut connections and comes again."""


@dataclass(frozen=True, slots=True)
class Journey:
    """`made` may package the clear film that it is given; at least `cuts` transfers must be cut."""

    name: str
    made: Callable[[Path], tuple[Path, dict[str, Any]]]
    apart: Callable[[Path], Apart]
    cut_every_s: float
    cuts: int


def short_film(clear: Path) -> tuple[Path, dict[str, Any]]:
    return clear.parent / "ours", listed_by_us(clear, clear.parent / "ours", SHORT_S)


SHORT = Journey("eight-seconds", short_film, lambda _folder: by_number, 1.0, 3)
WHOLE = Journey(
    "big-buck-bunny",
    lambda _clear: real_film.real_film(),
    lambda folder: by_look(real_film.looks_of(folder), real_film.FRAME_RATE),
    20.0,
    15,
)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """The whole film takes its ten minutes only where the promises are shown in full."""
    full = metafunc.config.getoption("--promises-full")
    metafunc.parametrize("journey", [WHOLE if full else SHORT], ids=lambda each: each.name)


@pytest.mark.thorough
@pytest.mark.promise(7)
@pytest.mark.usefixtures("qapp")
def test_a_film_plays_whole_though_every_connection_is_reset_again_and_again(
    journey: Journey,
    clear: Path,
    tmp_path: Path,
    promise: Promise,
    request: pytest.FixtureRequest,
) -> None:
    made = journey.made(clear)
    if journey is SHORT:
        # a machine that does much else is late once, and a film of eight seconds is all beginning
        with contextlib.suppress(AssertionError):
            plays_whole(journey, made, tmp_path / "first", request)
            promise.tried()
            return
    plays_whole(journey, made, tmp_path / "alone", request)
    promise.tried()


def plays_whole(
    journey: Journey,
    film: tuple[Path, dict[str, Any]],
    scratch: Path,
    request: pytest.FixtureRequest,
) -> None:
    scratch.mkdir()
    folder, made = film
    length_s, film_bytes = made["length_ms"] / 1000, bytes_of(made)
    rate = film_bytes / length_s * QUICKER
    with (
        nginx(folder, scratch / "nginx") as server,
        fault_proxy(server.port) as proxy,
    ):
        proxy.strike(Strike(Kind.TRICKLE, "/media/", 0.0, ALWAYS, rate=rate))
        address = f"{proxy.origin}/media/grant/master.m3u8"
        player = TestPlayer(made, Place(proxy.origin, address))
        try:
            watching = Watching(player, journey.apart(folder))
            proxy.cut_every(journey.cut_every_s)
            player.open(quality="least")
            player.wait_for(Phase.ENDED, length_s * 1.2 + 30)
            replies = proxy.replies()
        finally:
            player.close()
    fetched = sum(each.sent for each in replies)
    cut = [each for each in replies if each.end == "cut"]
    request.node.add_report_section("call", "figures", figures(watching, replies, film_bytes))

    assert player.state.finished
    assert player.state.cause is None
    assert watching.seen[-1].position_ms > made["length_ms"] - IN_STEP_MS
    assert watching.stalls_s == []
    still_s = sum(after.at - before.at for before, after in watching.pauses)
    assert still_s <= OUT_OF_STEP * length_s
    assert all(state.phase is not Phase.STALLED for state in player.states)
    assert abs(watching.jumps_ms[-1]) < IN_STEP_MS
    astray = [each for each in watching.apart_ms if each > IN_STEP_MS]
    assert len(astray) <= OUT_OF_STEP * len(watching.apart_ms)
    assert len(cut) >= journey.cuts
    assert film_bytes <= fetched <= film_bytes * (1 + FETCHED_TWICE)


def bytes_of(made: dict[str, Any]) -> int:
    """Of the one picture and the main sound."""
    played = [each for each in made["renditions"] if each.get("role") != "description"]
    return sum(segment["bytes"] for each in played for segment in each["segments"])


def figures(watching: Watching, replies: list[Reply], film_bytes: int) -> str:
    """What is worth knowing of a journey, for `pytest -rA`."""
    seen, apart_ms = watching.seen, watching.apart_ms
    cut = sum(each.end == "cut" for each in replies)
    fetched = sum(each.sent for each in replies)
    resumed = sum(each.start > 0 for each in replies)
    late = [
        f"{after.at - before.at:.2f} s at {before.position_ms / 1000:.1f} s of film"
        for before, after in watching.pauses
    ]
    return (
        f"{len(seen)} pictures in {seen[-1].at - seen[0].at:.1f} s, stalls {watching.stalls_s}, "
        f"pauses {late}, "
        f"farthest step of the position {watching.jumps_ms[-1]} ms, picture from position "
        f"{apart_ms[len(apart_ms) // 2]:.0f} ms in the middle and {apart_ms[-1]:.0f} at most; "
        f"{len(replies)} requests, {cut} cut, {resumed} resumed; "
        f"{fetched} bytes for a film of {film_bytes} ({fetched / film_bytes:.4f})"
    )
