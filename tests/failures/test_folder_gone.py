"""The folder with the films disappears: said, nothing deleted, and played when it is back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl

from player_app.reference_service.hooks import TestHooks
from tests.bad_input.screened import FILM, Screened, StartIt
from tests.failures.viewer import (
    READY,
    belongings,
    press,
    press_play,
    said,
)

OWN = "Verité films"
GONE = "The folder with your films is not there. {folder} can't be found. "
WHAT_HELPS = "Connect the disk that it is on, and they play again; nothing of yours is lost."


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    """Another disk, which the viewer chose for the films."""
    folder = tmp_path / "media" / "rosa" / "DISK"
    folder.mkdir(parents=True)
    return folder


def keep_on(screen: Screened, disk: Path) -> None:
    """As the window's dialog for folders does once one is chosen."""
    screen.click("railSettings")
    downloads = screen.app._views.offline_views.settings
    downloads.moveTo(QUrl.fromLocalFile(str(disk)))
    screen.until(lambda: not downloads.property("moving"), "the films to be there")
    assert downloads.property("folder") == str(disk / OWN)


def media_asked(hooks: TestHooks) -> list[str]:
    return [each for each in hooks.arrived if each.startswith("/media/")]


def test_films_on_a_disk_that_is_pulled_out_are_named_kept_and_played_when_it_is_back(
    settled: Screened,
    start: StartIt,
    hooks: TestHooks,
    disk: Path,
    expect_log: Callable[[str], None],
) -> None:
    expect_log("what streams is not kept on disk")
    sentence = (GONE.format(folder=disk / OWN), WHAT_HELPS)
    screen = settled
    keep_on(screen, disk)
    before = belongings(screen)
    away = disk.rename(disk.with_name("in a drawer"))

    screen.click("railLibrary")
    screen.reads(*sentence, "Not here just now", "The folder that it is in is not there.")
    assert not screen.shows("playDownload")
    press(screen, "folderBar", "Try again")
    screen.until(lambda: screen.shows("folderBar"), "to be told again")
    screen.stop()

    again = start()
    again.until(lambda: again.app.shell.property("signedIn"), "to be signed in still")
    again.reads(*sentence)
    again.app._views.offline_bar.workOffline(True)
    again.reads("Working offline, as you chose.")
    again.open_film(FILM)
    again.reads("Not here just now")
    press_play(again)
    again.until(lambda: again.shows("playerCard"), "the player to say why not", 20.0)
    again.reads("The folder with your films is not there", WHAT_HELPS)
    assert again.offers("playerCard", "playerCardAction") == "Try again"
    assert belongings(again) == before

    away.rename(disk)
    hooks.arrived.clear()
    again.click("playerCardAction")
    again.plays()
    again.click("railLibrary")
    again.until(lambda: again.says(READY), "the film to be here again")
    assert not again.shows("folderBar")
    assert media_asked(hooks) == []
    assert belongings(again).downloads == before.downloads


def test_where_the_disk_is_lost_another_folder_is_chosen_and_the_films_come_again(
    settled: Screened, disk: Path, tmp_path: Path
) -> None:
    screen = settled
    keep_on(screen, disk)
    before = belongings(screen)
    disk.rename(disk.with_name("lost"))
    screen.click("railLibrary")
    press(screen, "folderBar", "Choose another folder")
    screen.until(lambda: screen.shows("moveFilms"), "the settings of downloads")

    other = tmp_path / "other"
    other.mkdir()
    keep_on(screen, other)
    screen.reads(f"Kept in {other / OWN} from now on. 1 film to be downloaded again.")
    screen.open_film(FILM)
    screen.until(lambda: said(screen).startswith(READY), "the film to be here", 30.0)
    assert not screen.shows("folderBar")
    after = belongings(screen)
    assert (after.rentals, after.theme) == (before.rentals, before.theme)
    assert (after.positions, after.drafts) == (before.positions, before.drafts)
