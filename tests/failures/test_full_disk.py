"""A disk fills up while a film comes, and while one streams: said, and nothing of it lost."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from player_app.reference_service.hooks import TestHooks
from player_app.reference_service.server import RunningService
from player_app.storage.paths import Paths
from tests.bad_input.screened import FILM, Screened, StartIt
from tests.failures.disk import LARGE_BYTES, SMALL_BYTES, Disk, film_disk
from tests.failures.viewer import READY, arrive, belongings, held_files, play, press, said

NO_ROOM = r"\d+(\.\d)? MB more are needed on this disk\. It goes on by itself once there is room\."
NOT_KEPT = "The disk is nearly full: what you stream is not kept for going back in a film."


@pytest.fixture(params=[LARGE_BYTES])
def disk(paths: Paths, request: pytest.FixtureRequest) -> Iterator[Disk]:
    with film_disk(paths.segments, request.param) as made:
        yield made


@pytest.fixture
def screen(
    start: StartIt,
    service: RunningService,
    disk: Disk,  # noqa: ARG001 - it comes before what lies on it
    expect_log: Callable[[str], None],
) -> Screened:
    expect_log("what streams is not kept on disk")
    return start(service.address)


def reads_that_there_is_no_room(screen: Screened) -> bool:
    return any(re.fullmatch(NO_ROOM, str(each)) for each in texts(screen))


def texts(screen: Screened) -> list[str]:
    return [str(each.property("text")) for each in screen._visible()]


@pytest.mark.parametrize("disk", [SMALL_BYTES], indirect=True, ids=[""])
def test_a_disk_that_fills_while_a_film_comes_is_named_and_the_film_goes_on_with_room(
    screen: Screened, paths: Paths, hooks: TestHooks, disk: Disk
) -> None:
    film_id = arrive(screen)
    before = belongings(screen)
    hooks.delay_next("/media/", 1.0, times=1_000)
    screen.click("startDownload")
    downloads = screen.app._offline.downloads
    screen.until(lambda: downloads.progress(film_id).done_bytes > 0, "some of the film")
    disk.fill()
    hooks._faults.clear()
    screen.until(lambda: said(screen).startswith("Waiting at "), "the download to wait", 20.0)
    screen.until(lambda: reads_that_there_is_no_room(screen), "why it waits")
    stored = held_files(paths)
    press(screen, "downloadCard", "Make room")
    screen.reads("Kept on this computer", "Films taken offline")

    disk.make_room()
    screen.open_film(FILM)
    screen.until(lambda: said(screen).startswith(READY), "the film to be here", 30.0)
    after = held_files(paths)
    assert {name: after.get(name) for name in stored} == stored
    assert replace(belongings(screen), downloads=()) == before


def test_a_film_that_streams_over_a_full_disk_plays_and_the_library_says_what_is_not_kept(
    screen: Screened, disk: Disk
) -> None:
    disk.fill()
    arrive(screen)
    play(screen)
    assert not screen.says(NOT_KEPT), "nobody is to be told of it while all is well"
    screen.click("railLibrary")
    screen.reads(NOT_KEPT)

    disk.make_room()
    screen.click("railHome")
    screen.click("railLibrary")
    screen.until(lambda: not screen.says(NOT_KEPT), "the line to go")
