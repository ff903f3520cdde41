"""Wishes for downloads are kept within their bounds; another folder only once it is filled."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QUrl

from player_app.core.storage_errors import FolderUnusable
from player_app.features.settings import DownloadWishes
from player_app.ui.viewmodels.download_settings import OWN_FOLDER
from tests.screenshots.offline_scenes import never
from tests.ui.offline_answers import USUAL, Offline
from tests.ui.stage import Answers, Stage

OTHER = QUrl.fromLocalFile("/media/rosa/disk")
THERE = Path("/media/rosa/disk") / OWN_FOLDER


def stage_with(**offline: Any) -> Stage:
    return Stage(Answers(offline=Offline(**offline)))


@pytest.mark.parametrize(
    ("deed", "value", "field", "kept"),
    [
        ("chooseQuality", "best", "quality", "best"),
        ("chooseQuality", "8k", "quality", "good"),
        ("chooseParallel", 6, "parallel", 6),
        ("chooseParallel", 99, "parallel", 6),
        ("chooseParallel", 0, "parallel", 1),
        ("chooseLimit", 2, "most_bytes_per_s", 2_000_000),
        ("chooseLimit", 0, "most_bytes_per_s", None),
        ("chooseLimit", 3, "most_bytes_per_s", None),
        ("useMetered", True, "on_metered", True),
    ],
)
def test_a_wish_is_kept_within_its_bounds(deed: str, value: Any, field: str, kept: Any) -> None:
    stage = stage_with()

    getattr(stage.downloads, deed)(value)

    assert getattr(stage.settings.preferences.downloads, field) == kept


def test_films_that_go_by_themselves_are_the_viewers_wish() -> None:
    stage = stage_with()
    assert stage.settings.preferences.downloads == DownloadWishes()

    stage.downloads.removeWhenWatched(True)
    stage.downloads.removeWhenExpired(True)

    tidying = stage.settings.preferences.downloads.tidying
    assert (tidying.when_watched, tidying.when_expired) == (True, True)


def test_films_whose_folder_is_gone_are_fetched_again_in_the_new_one() -> None:
    stage = stage_with(lost=2)

    stage.downloads.moveTo(OTHER)

    assert stage.downloads.said == f"Kept in {THERE} from now on. 2 films to be downloaded again."


def test_the_folder_of_their_own_may_be_chosen_itself() -> None:
    stage = stage_with()

    stage.downloads.moveTo(QUrl.fromLocalFile(str(THERE)))

    assert stage.answers.offline.moved == [THERE]


def test_films_move_into_a_folder_of_their_own() -> None:
    stage = stage_with()

    stage.downloads.moveTo(OTHER)

    assert stage.answers.offline.moved == [THERE]
    assert stage.downloads.folder == str(THERE)
    assert not stage.downloads.isUsual
    assert stage.downloads.said == f"Moved to {THERE}."

    stage.downloads.moveBack()
    assert stage.downloads.folder == str(USUAL)


def test_a_folder_that_can_not_be_used_leaves_the_films_where_they_were() -> None:
    stage = stage_with(deed_error=FolderUnusable("/media/rosa/disk", "read-only"))

    stage.downloads.moveTo(OTHER)

    assert stage.downloads.wrong.endswith("The films stay where they were.")
    assert stage.downloads.folder == str(USUAL)


def test_what_is_no_folder_of_this_computer_is_not_used() -> None:
    stage = stage_with()

    stage.downloads.moveTo(QUrl("https://films.example.org/folder"))

    assert stage.answers.offline.moved == []


def test_a_move_says_how_far_it_is_and_can_be_stopped() -> None:
    stage = stage_with()
    never(stage.downloads)
    stage.downloads.moveTo(OTHER)

    stage.downloads._show_move(178_000_000, 590_000_000)
    assert stage.downloads.said == "178 MB of 590 MB moved"
    stage.downloads.stopMove()

    assert not stage.downloads.moving
    assert stage.downloads.folder == str(USUAL)
