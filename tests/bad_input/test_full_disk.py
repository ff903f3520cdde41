"""A full disk: what is not kept is said at once, held, and kept when there is room."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickWindow

from player_app.core.storage_errors import DiskFull
from player_app.reference_service.server import RunningService
from player_app.storage.comments import CommentStore
from player_app.storage.database import ROOM_BYTES
from player_app.storage.paths import Paths, open_paths
from player_app.ui.trouble import until_it_works
from tests.bad_input.disk import Disk, small_disk
from tests.bad_input.screened import FILM, Screened, StartIt
from tests.journeys.screen import Screen

SENTENCE = (
    "MB more are needed on the disk where Verité keeps its things. "
    "Delete or move something there, then try again."
)
ANOTHER = "core-rope"
THOUGHT = "The frame that is missing is the one I looked for."


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    with small_disk(tmp_path / "disk") as made:
        yield made


@pytest.fixture
def paths(disk: Disk) -> Paths:
    return open_paths(disk.folder / "profile")


def test_a_comment_on_a_full_disk_stays_in_its_field_and_is_kept_once_there_is_room(
    start: StartIt, service: RunningService, disk: Disk
) -> None:
    screen = start(service.address)
    film_id = screen.open_film(FILM)
    disk.fill(screen.database)
    screen.write_comment(THOUGHT)
    screen.reads("What you write is not kept on this computer yet.", SENTENCE)
    screen.open_film(ANOTHER)
    assert screen.text("commentField") == ""
    screen.open_film(FILM)
    assert screen.text("commentField") == THOUGHT
    assert CommentStore(screen.database).draft(film_id) == ""

    screen.write_comment(THOUGHT)
    screen.reads("What you write is not kept on this computer yet.")
    disk.make_room(screen.database)
    assert screen.text("keepComment") == "Try again"
    screen.click("keepComment")
    screen.until(lambda: not screen.shows("commentWrong"), "the sentence to go")
    screen.stop()
    again = start()
    again.open_film(FILM)
    again.until(lambda: again.text("commentField") == THOUGHT, "the comment to be there")


def test_settings_on_a_full_disk_hold_are_told_and_are_kept_once_there_is_room(
    start: StartIt, service: RunningService, disk: Disk
) -> None:
    screen = start(service.address)
    screen.go("settings")
    disk.fill(screen.database)
    screen.click("themeLight")
    screen.reads("What you choose holds until you close Verité, but is not kept.", SENTENCE)
    assert screen.app._views.settings.property("theme") == "light"

    disk.make_room(screen.database)
    screen.press_in("settingsUnkept", "messageAction", "Try again")
    screen.until(lambda: not screen.shows("settingsUnkept"), "the sentence to go")
    screen.stop()
    assert start().app._views.settings.property("theme") == "light"


def test_what_a_sync_finds_no_room_for_is_told_and_fetched_once_there_is_room(
    start: StartIt, service: RunningService, disk: Disk
) -> None:
    screen = start(service.address)
    disk.fill(screen.database)
    screen.app.shell.refresh()
    screen.reads("Not enough disk space.", SENTENCE, "Showing what is kept on this computer.")
    assert screen.shows("filmRow")

    disk.make_room(screen.database)
    screen.press_in("offlineBar", "messageAction", "Try again")
    screen.until(lambda: not screen.shows("offlineBar"), "the notice to go")


def test_a_film_on_a_full_disk_plays_on_and_its_place_is_kept_once_there_is_room(
    start: StartIt, subscribed: RunningService, disk: Disk, expect_log: Callable[[str], None]
) -> None:
    expect_log("a place in a film is not kept: DiskFull")
    expect_log("what streams is not kept on disk")
    expect_log("the clock is not kept: DiskFull")
    screen = start(subscribed.address)
    screen.sign_in()
    film_id = screen.open_film(FILM)
    screen.click("filmAction")
    screen.until(lambda: screen.app.player.property("positionMs") > 0, "the film to play", 20.0)
    disk.fill(screen.database)
    screen.press(Qt.Key.Key_Space)
    screen.reads("Your place in this film is not being kept. Not enough disk space:", SENTENCE)
    assert screen.place_in(film_id) is None

    disk.make_room(screen.database)
    screen.press_in("unkeptBar", "messageAction", "Try again")
    screen.until(lambda: screen.place_in(film_id) is not None, "the place to be kept")
    assert not screen.shows("unkeptBar")
    screen.press(Qt.Key.Key_Space)
    screen.plays()


def test_a_disk_that_is_full_at_the_start_is_told_in_a_window_until_there_is_room(
    qapp: QGuiApplication, disk: Disk, start: StartIt, expect_log: Callable[[str], None]
) -> None:
    expect_log("the player can't start")
    disk.fill()
    told: list[str] = []

    def work() -> Screened:
        if not disk.is_real and not told:
            raise DiskFull(ROOM_BYTES, 0)
        return start()

    def act() -> None:
        windows = [each for each in qapp.topLevelWindows() if isinstance(each, QQuickWindow)]
        screens = [Screen(each) for each in windows if each.isVisible()]
        for screen in (each for each in screens if each.shows("trouble")):
            assert screen.says(SENTENCE)
            told.append(screen.text("emptyAction"))
            disk.make_room()
            looking.stop()
            screen.click("emptyAction")

    looking = QTimer()
    looking.timeout.connect(act)
    looking.start(50)
    screen = until_it_works(work)
    looking.stop()
    assert told == ["Try again"]
    assert screen is not None
    screen.until(lambda: screen.shows("servicePage"), "the player to have started")
