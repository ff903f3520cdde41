"""The library: what is done with rentals and downloads, what it announces, and where it fails."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from player_app.core.download import DownloadState
from player_app.core.rental import Expired
from player_app.core.storage_errors import DiskFull, FolderUnusable
from player_app.core.travel import Parts, Remedy
from player_app.features.holdings import Holding
from player_app.ui.navigation import Place
from tests.ui import offline_samples, samples
from tests.ui.offline_answers import Offline
from tests.ui.offline_samples import MB, full_holding, taken
from tests.ui.stage import NOW, Answers, Stage

S = DownloadState
FILM, _, GOING = offline_samples.streamed()[:3]


def in_library(holding: Holding | None = None, **offline: Any) -> Stage:
    shown = full_holding() if holding is None else holding
    stage = Stage(Answers(offline=Offline(holding=shown, **offline)))
    stage.viewer.is_now(samples.ACCOUNT)
    stage.navigation.go(Place("library"))
    return stage


def test_a_film_that_left_the_catalogue_can_still_be_removed() -> None:
    stage = in_library(Holding(taken=(taken(None, S.COMPLETE),)))

    stage.library.remove("film-gone")
    stage.question.yes()

    assert stage.answers.offline.asked == [("remove", "film-gone")]


@pytest.mark.parametrize(
    ("deed", "asked"),
    [("pause", "pause"), ("resume", "resume"), ("sooner", "up")],
)
def test_a_download_is_led_from_its_card(deed: str, asked: str) -> None:
    stage = in_library()
    film_id = stage.library.downloads.rows[1].id

    getattr(stage.library, deed)(film_id)

    assert stage.answers.offline.asked == [(asked, film_id)]


def test_what_would_be_lost_is_asked_about_before_it_goes() -> None:
    stage = in_library()
    ready, going, queued, _ = (row.id for row in stage.library.downloads.rows)

    stage.library.remove(ready)
    assert stage.question.title == f"Remove {FILM.title} from this computer?"
    assert stage.question.isRemoval
    stage.question.no()
    stage.library.remove(going)
    assert "177 MB" in stage.question.text
    stage.question.no()
    assert stage.answers.offline.asked == []

    stage.library.remove(queued)
    assert stage.answers.offline.asked == [("remove", queued)]
    assert queued not in [row.id for row in stage.library.downloads.rows]


def test_a_place_is_given_back_once_the_viewer_has_said_so() -> None:
    stage = in_library()

    stage.library.giveBack(FILM.id)
    assert stage.question.title == "Give this computer's place back?"

    stage.question.yes()
    assert stage.answers.offline.asked == [("remove", FILM.id)]


def test_a_deed_that_fails_is_told_with_the_films_name() -> None:
    stage = in_library(deed_error=DiskFull(2 * MB, 0))

    stage.library.pause(stage.library.downloads.rows[1].id)

    assert stage.library.said.startswith(f"{GOING.title}: Not enough disk space.")
    stage.library.dismissSaid()
    assert stage.library.said == ""


def test_a_check_says_what_is_broken_and_fetches_that_alone() -> None:
    stage = in_library(parts=Parts(sound=201, missing=3, fetch_bytes=2_100_000))

    stage.library.check(FILM.id)

    row = stage.library.downloads.rows[0]
    assert (row.check_phase, row.check_said) == ("broken", "3 of 204 segments are missing")
    assert row.check_label == "Fetch 2.1 MB"

    stage.library.repair(FILM.id)
    assert stage.answers.offline.asked[-1] == ("repair", FILM.id)
    assert stage.library.downloads.rows[0].check_phase == ""


def test_the_end_of_a_rental_is_put_into_a_calendar() -> None:
    stage = in_library()

    stage.library.exportEnd(FILM.id)

    text = stage.answers.offline.saved[0]
    assert "DTSTART:20261122T070500Z" in text
    assert f"SUMMARY:Last moment to watch: {FILM.title}" in text
    assert stage.library.calendar.text == f"Saved in Downloads as {FILM.title} (end of rental).ics"

    stage.library.calendar.open()
    assert [path.suffix for path in stage.answers.offline.opened] == [".ics"]
    assert stage.library.calendar.text == ""


def test_word_of_a_saved_file_is_not_met_again() -> None:
    stage = in_library()
    stage.library.exportEnd(FILM.id)

    stage.navigation.go(Place("home"))
    stage.navigation.go(Place("library"))

    assert stage.library.calendar.text == ""


def test_a_rental_that_is_over_has_no_end_to_put_into_a_calendar() -> None:
    stage = in_library()
    over = stage.library.rentals.rows[3]
    assert over.over

    stage.library.exportEnd(over.id)

    assert stage.answers.offline.saved == []


def test_a_folder_that_takes_no_calendar_file_is_told() -> None:
    stage = in_library(calendar_error=FolderUnusable("/home/rosa/Downloads", "read-only"))

    stage.library.exportEnd(FILM.id)

    assert "can't be used" in stage.library.calendar.text
    assert not stage.library.calendar.isSaved


def test_results_of_downloads_are_announced() -> None:
    stage = in_library()
    said: list[str] = []
    stage.library.announced.connect(said.append)

    stage.library.finished(FILM.id)
    stage.library.failed(FILM.id, offline_samples.DAMAGED)

    assert said == [
        f"{FILM.title} is ready offline",
        f"{FILM.title} was not taken offline. Part of the film is damaged",
    ]


def test_an_expiry_is_announced_once() -> None:
    stage = in_library()
    said: list[str] = []
    stage.library.announced.connect(said.append)
    first, *rest = full_holding().rentals
    over = replace(first, right=offline_samples.rental(FILM.id, Expired("finished", NOW)))
    stage.answers.offline.holding = replace(full_holding(), rentals=(over, *rest))

    stage.library.tick()
    stage.library.tick()

    assert said == [f"{FILM.title}: Rental ended 14:05"]


def test_what_comes_is_seen_on_the_rail_and_moves_with_each_beat() -> None:
    stage = in_library()
    assert stage.library.movingText == f"Downloading {GOING.title}, 43 %"
    going = stage.answers.offline.holding.taken[1]
    further = replace(going.progress, done_bytes=300 * MB)
    stage.answers.offline.holding = replace(
        full_holding(), taken=(replace(going, progress=further),)
    )

    stage.library.beat()

    assert stage.library.movingText.endswith("72 %")
    assert stage.library.downloads.rows[1].said == "72 % · 300 MB of 412 MB"


@pytest.mark.parametrize(
    ("remedy", "asked"),
    [
        (Remedy.DOWNLOAD, [("resume", FILM.id)]),
        (Remedy.REPAIR, [("repair", FILM.id)]),
        (Remedy.CONNECT, [("renew", FILM.id)]),
    ],
)
def test_what_a_travel_check_offers_is_done_here(
    remedy: Remedy, asked: list[tuple[str, str]]
) -> None:
    stage = in_library()

    stage.library.remedy(remedy, FILM.id)

    assert stage.answers.offline.asked == asked


def test_a_shelf_that_can_not_be_read_is_read_again() -> None:
    stage = in_library(read_error=FolderUnusable("/mnt/films", "read-only"))
    assert stage.library.phase == "failed"
    stage.answers.offline.read_error = None

    stage.library.failure.act()

    assert stage.library.phase == "ready"


@pytest.mark.parametrize(("signed_in", "phase"), [(True, "empty"), (False, "signed-out")])
def test_an_empty_shelf_says_why(*, signed_in: bool, phase: str) -> None:
    stage = Stage()
    if signed_in:
        stage.viewer.is_now(samples.ACCOUNT)

    stage.navigation.go(Place("library"))

    assert stage.library.phase == phase


def test_a_subscriber_reads_until_when() -> None:
    stage = in_library(offline_samples.subscribed(full_holding()))

    assert stage.library.subscription.startswith("You are subscribed until 10 Dec")
