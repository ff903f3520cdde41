"""A film of two hours: it opens, goes to its last minute at once, and takes no more memory."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

import pytest

from player_app.core.parts import Part, PartKind
from player_app.core.stream import SegmentList
from player_app.reference_service.media import Package, package
from player_app.storage.segments.store import open_segments
from tests.app_process import app_process
from tests.endurance.test_long_runs import TIDY
from tests.endurance.two_hour_film import LAST_MINUTE_MS, VIDEO, two_hour_film
from tests.endurance.two_hours_process import PLACES_MS, LongPlayer, Read, Seen, permit_of
from tests.media.host import serving
from tests.media.taker import Taker, parts_for
from tests.money.quick_folder import quick_folder
from tests.plugins.promises import Promise

LEAST_ROWS = 2 * 3_000
BEFORE_MS, AFTER_MS = 4_000, 40_000
"""What libVLC may read around a place: it is ahead of the picture by half a minute at most."""

WARM_UP = 3
"""Openings, until libVLC and Qt have what they keep."""

MOST_GROWTH_BYTES = 2 * 1024 * 1024
"""Over all openings and seeks after that: what a single opening holds is three times as much."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with quick_folder(tmp_path_factory.mktemp("two-hours")) as made:
        yield made


@pytest.fixture(scope="module")
def film(folder: Path) -> Package:
    two_hour_film(folder / "film")
    made = package(folder / "film")
    assert made is not None
    return made


def take(film: Package, store: Path, *, whole: bool) -> None:
    """All of the film, or what is read at the places that are watched."""
    segments, trouble = open_segments(store, device="this one")
    assert trouble is None
    with serving(film.folder) as host:
        permitted = permit_of(film, host.address)
        assert permitted.segment_list is not None
        watched = watched_in(permitted.segment_list)

        def is_taken(part: Part) -> bool:
            return whole or part.kind is not PartKind.SEGMENT or part.path in watched

        parts = tuple(each for each in parts_for(permitted, VIDEO) if is_taken(each))
        Taker({}, host, segments, permitted=lambda: permitted, parts=parts).run()
    segments.close()


def watched_in(listed: SegmentList) -> frozenset[str]:
    """The pieces around the places."""
    found = set()
    for rendition in listed.renditions:
        starts_ms = accumulate((each.duration_ms for each in rendition.segments), initial=0)
        for segment, start_ms in zip(rendition.segments, starts_ms, strict=False):
            if any(place - BEFORE_MS <= start_ms < place + AFTER_MS for place in PLACES_MS):
                found.add(segment.path)
    return frozenset(found)


@pytest.mark.promise(22)
@pytest.mark.thorough
def test_it_plays_from_the_disk_alone_and_memory_stays_as_it_is(
    film: Package, folder: Path, promise: Promise
) -> None:
    rounds = promise.count(smoke=WARM_UP + 1, full=WARM_UP + 27)
    take(film, folder / "store", whole=promise.is_full)
    told = (str(film.folder), str(folder / "store"), str(rounds))
    with app_process(
        "tests.endurance.two_hours_process", *told, variables={**os.environ, **TIDY}
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        first, *lines = process.stdout.readlines()
        assert process.wait(30) == 0, process.stderr.read()
    read, seen = Read(**json.loads(first)), [Seen(**json.loads(each)) for each in lines]
    print(read, *seen, sep="\n")  # noqa: T201
    assert read.rows > LEAST_ROWS
    assert [each.place_ms for each in seen] == list(PLACES_MS) * rounds
    assert LAST_MINUTE_MS in PLACES_MS
    assert all(each.asked == 0 for each in seen)
    memory = [each.memory for each in seen[WARM_UP * len(PLACES_MS) :]]
    assert max(memory) - memory[0] < MOST_GROWTH_BYTES
    promise.tried(len(seen))


@pytest.mark.thorough
@pytest.mark.usefixtures("qapp")
def test_a_stream_goes_to_the_last_minute_without_what_lies_between(film: Package) -> None:
    with serving(film.folder) as host:
        player = LongPlayer(film, host)
        try:
            player.come_to(0, opens=True)
            player.come_to(LAST_MINUTE_MS)
        finally:
            player.close()
        asked = {path for path, _start in host.asked}
    picture = [path for path in asked if path.startswith(VIDEO) and path.endswith(".m4s")]
    assert 1 < len(picture) < 100
