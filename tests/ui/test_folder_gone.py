"""While the folder with the films is not there the window says so, and calls no film ready."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from player_app.features.holdings import Holding
from player_app.ui.application import Window
from player_app.ui.navigation import Place
from tests.journeys.screen import Screen
from tests.ui import offline_samples, samples
from tests.ui.offline_answers import Offline
from tests.ui.offline_samples import away_holding, full_holding
from tests.ui.stage import Answers, Stage

Open = Callable[[Stage], Window]
FILM = offline_samples.streamed()[0]
GONE = away_holding()


def in_library(holding: Holding) -> Stage:
    stage = Stage(Answers(offline=Offline(holding=holding)))
    stage.viewer.is_now(samples.ACCOUNT)
    stage.navigation.go(Place("library"))
    return stage


def test_it_is_told_on_every_page_until_the_folder_is_back(open_window: Open) -> None:
    stage = in_library(GONE)
    screen = Screen(open_window(stage).root)
    screen.until(lambda: screen.shows("folderBar"), "what is wrong")
    assert stage.library.trouble.startswith("The folder with your films is not there. /mnt/films")
    assert stage.library.ready == 0
    assert "free" not in stage.library.room
    (download,), (rental,) = stage.library.downloads.rows, stage.library.rentals.rows
    assert (download.said, download.more) == (
        "Not here just now",
        "The folder that it is in is not there.",
    )
    assert (download.help_label, download.play_label) == ("Look again", "")
    assert (rental.here, rental.offline) == (False, "Not here just now")
    stage.navigation.go(Place("home"))
    screen.until(lambda: screen.shows("homePage"), "home")
    assert screen.shows("folderBar")

    stage.answers.offline.holding = full_holding()
    stage.library.help(FILM.id)

    assert stage.library.trouble == ""
    assert stage.library.ready == 1
    assert not screen.shows("folderBar")


def test_that_it_is_back_is_seen_by_itself() -> None:
    stage = in_library(replace(GONE, rentals=()))
    stage.answers.offline.holding = full_holding()

    stage.library.tick()

    assert stage.library.trouble == ""


def test_it_is_nothing_to_who_has_taken_no_film_offline() -> None:
    assert in_library(replace(GONE, taken=())).library.trouble == ""


def test_that_what_streams_is_not_kept_is_told_in_a_line() -> None:
    crowded = in_library(replace(full_holding(), keeps_streams=False))

    assert crowded.library.unkept.startswith("The disk is nearly full: what you stream")
    assert in_library(full_holding()).library.unkept == ""


def test_who_is_not_signed_in_is_not_told_that_nothing_is_here() -> None:
    rented = replace(full_holding(), taken=())
    stage = Stage(Answers(offline=Offline(holding=rented)))
    stage.navigation.go(Place("library"))

    assert stage.library.noneTaken.startswith("Sign in to see the films")
    assert in_library(rented).library.noneTaken.startswith("No film is taken offline yet")
