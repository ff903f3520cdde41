"""The library: rentals with both clocks, downloads in every state, and what is done with them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible

from player_app.core.download import DownloadState
from player_app.core.download_reasons import METERED, SIGNED_OUT, Reason
from player_app.core.rental import (
    ClockDoubt,
    Expired,
    Finishing,
    NotStarted,
    Running,
    SecondClock,
    Standing,
)
from player_app.core.storage_errors import DiskFull, FolderUnusable
from player_app.core.travel import Parts, Remedy
from player_app.features.holdings import Held, Holding
from player_app.ui.application import Window
from player_app.ui.navigation import Place
from player_app.ui.viewmodels.library_face import (
    UNCHECKED,
    checked_face,
    expiry_said,
    rental_row,
    shelf_row,
)
from tests.journeys.screen import Screen
from tests.ui import offline_samples, samples
from tests.ui.accessible import heard_in
from tests.ui.offline_answers import Offline
from tests.ui.offline_samples import DAY, HOUR, MB, full_holding, taken
from tests.ui.stage import NOW, Answers, Stage

Open = Callable[[Stage], Window]
S = DownloadState
FILM, _, GOING = offline_samples.streamed()[:3]
LONDON = ZoneInfo("Europe/London")


def in_library(holding: Holding | None = None, **offline: Any) -> Stage:
    shown = full_holding() if holding is None else holding
    stage = Stage(Answers(offline=Offline(holding=shown, **offline)))
    stage.viewer.is_now(samples.ACCOUNT)
    stage.navigation.go(Place("library"))
    return stage


def held(standing: Standing, **more: Any) -> Held:
    return Held(FILM, offline_samples.rental(FILM.id, standing, **more), None, None)


@pytest.mark.parametrize(
    ("standing", "clock", "other", "action"),
    [
        (
            NotStarted(NOW + 28 * DAY),
            "28 days to start, until 18 Dec, 14:05",
            "Then 48 hours to finish, once you press Play",
            "Play",
        ),
        (
            Running(NOW + 41 * HOUR),
            "41 h left · until Sunday 07:05",
            "You started it today at 07:05",
            "Play",
        ),
        (
            Running(NOW + 59),
            "Less than a minute left · until 14:05",
            "You started it on 18 Nov, 14:05",
            "Play",
        ),
        (
            Finishing(NOW + HOUR),
            "May be finished until 15:05",
            "",
            "Play",
        ),
        (
            Expired("finished", NOW),
            "Rental ended 14:05",
            "",
            "Rent it again",
        ),
        (
            Expired("not-started-in-time", NOW - DAY),
            "Not started in time; ended 19 Nov, 14:05",
            "",
            "Rent it again",
        ),
    ],
)
def test_a_rental_says_both_clocks_in_words_and_in_local_time(
    standing: Standing, clock: str, other: str, action: str
) -> None:
    row = rental_row(held(standing), NOW, UTC)

    assert (row.clock, row.other, row.action_label) == (clock, other, action)
    assert row.over is (action == "Rent it again")
    assert row.has_end is (action == "Play")


def test_clocks_are_told_in_the_zone_of_the_viewer() -> None:
    summer = int(datetime(2026, 7, 1, 12, 0, tzinfo=UTC).timestamp())

    row = rental_row(held(NotStarted(summer + 40 * HOUR)), summer, LONDON)

    assert row.clock == "40 h to start, until Friday 05:00"


def test_a_rental_that_a_download_begins_says_so() -> None:
    row = rental_row(held(NotStarted(NOW + DAY), second_clock=SecondClock.DOWNLOAD), NOW, UTC)

    assert row.other == "Then 48 hours to finish, once you play or download it"


@pytest.mark.parametrize(
    ("state", "more", "said", "rest", "help_label"),
    [
        (S.QUEUED, {"before": 0}, "In the queue, next", "", ""),
        (S.QUEUED, {"before": 2, "part": 0.5}, "In the queue, after 2 films",
         "206 MB of 412 MB", ""),
        (S.RUNNING, {"part": 0.43, "rate_mb": 3.2}, "43 % · 177 MB of 412 MB",
         "3.2 MB/s · 1 min left", ""),
        (S.RUNNING, {"part": 0.43}, "43 % · 177 MB of 412 MB", "", ""),
        (S.PAUSED, {"part": 0.61}, "Paused at 61 %", "251 MB of 412 MB", ""),
        (S.WAITING, {"why": offline_samples.NO_NETWORK}, "Waiting at 0 %",
         "There is no connection just now. It goes on by itself.", ""),
        (S.WAITING, {"why": Reason(METERED)}, "Waiting at 0 %",
         "This network counts what is loaded. It goes on by itself.", "Load all the same"),
        (S.WAITING, {"why": Reason(SIGNED_OUT)}, "Waiting at 0 %", "You are signed out.",
         "Sign in"),
        (S.WAITING, {"why": offline_samples.NO_ROOM}, "Waiting at 0 %",
         "310 MB more are needed on this disk. It goes on by itself once there is room.",
         "Make room"),
        (S.FAILED, {"why": offline_samples.DAMAGED}, "Part of the film is damaged",
         "A piece of the film arrived wrong again and again, and was not shown.", ""),
        (S.COMPLETE, {}, "Ready offline · 412 MB", "Plays until Sunday 07:05", ""),
        (S.COMPLETE, {"licence": NotStarted(NOW + DAY)}, "Ready offline · 412 MB",
         "Start it until Saturday 14:05", ""),
        (S.COMPLETE, {"licence": None}, "Here, 412 MB",
         "Its licence is missing: connect once.", "Renew"),
        (S.COMPLETE, {"licence": Expired("renewal-needed", NOW)}, "Here, 412 MB",
         "Its licence needs one connection.", "Renew"),
        (S.COMPLETE, {"licence": ClockDoubt("used-up")}, "Here, 412 MB",
         "This computer's clock looks wrong; connect once to check it", "Renew"),
        (S.COMPLETE, {"licence": Expired("finished", NOW)}, "Here, 412 MB",
         "Rental ended 14:05", "See how to watch it"),
        (S.REMOVING, {}, "Being removed", "", ""),
    ],
)  # fmt: skip
def test_a_download_says_its_state_and_what_helps(
    state: DownloadState, more: dict[str, Any], said: str, rest: str, help_label: str
) -> None:
    row = shelf_row(taken(FILM, state, **more), UNCHECKED, NOW, UTC)

    assert (row.said, row.more, row.help_label) == (said, rest, help_label)
    assert (row.play_label != "") is (said.startswith("Ready"))


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


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (Parts(sound=204), "All 204 segments are sound"),
        (Parts(sound=1), "Its one segment is sound"),
        (Parts(sound=203, missing=1), "1 of 204 segments is missing"),
        (Parts(sound=203, damaged=1), "1 of 204 segments is damaged"),
        (Parts(sound=200, missing=3, damaged=1), "4 of 204 segments are missing or damaged"),
    ],
)
def test_a_check_counts(parts: Parts, said: str) -> None:
    assert checked_face(parts).said == said


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


@pytest.mark.parametrize(
    ("before_s", "after_s", "is_said"),
    [(3_601, 3_600, True), (3_600, 3_599, False), (7_200, 3_601, False)],
)
def test_the_last_hour_is_announced_as_it_begins(
    before_s: int, after_s: int, *, is_said: bool
) -> None:
    ends_at = NOW + 10 * DAY
    rental = held(Running(ends_at))

    said = expiry_said(rental, rental, ends_at - before_s, ends_at - after_s)

    assert (said != "") is is_said


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


def test_the_library_is_worked_by_keys_alone(open_window: Open) -> None:
    stage = in_library()
    screen = Screen(open_window(stage).root)
    screen.until(lambda: screen.shows("pauseDownload"), "the downloads")
    seen: list[str] = []

    while "showKept" not in seen and len(seen) < 60:
        screen.press(Qt.Key.Key_Tab)
        seen.append(screen.focus())

    wanted = ["workOffline", "travelDayInput", "travelTimeInput", "travelCheck", "openRental",
              "exportEnd", "rentalAction", "giveBack", "openDownload", "checkDownload",
              "removeDownload",
              "playDownload", "pauseDownload", "soonerDownload", "showKept"]  # fmt: skip
    firsts = [seen.index(each) for each in wanted]
    assert firsts == sorted(firsts)

    screen.press(Qt.Key.Key_Return)
    assert stage.navigation.here == Place("kept")


def test_after_a_removal_the_keys_are_at_the_films_that_stay(open_window: Open) -> None:
    stage = in_library()
    screen = Screen(open_window(stage).root)
    screen.until(lambda: screen.shows("removeDownload"), "the downloads")
    first = screen.item("removeDownload")
    first.forceActiveFocus(Qt.FocusReason.TabFocusReason)

    screen.press(Qt.Key.Key_Return)
    screen.click("questionRemove")

    screen.until(lambda: stage.library.downloads.count == 3, "the film to go")
    screen.until(lambda: screen.focus().startswith("openDownload"), "the keys to be at a film")


def test_every_button_of_a_card_says_which_film_it_is_for(open_window: Open) -> None:
    stage = in_library()
    window = open_window(stage)
    Screen(window.root).until(lambda: stage.library.phase == "ready", "the library")

    buttons = [h for h in heard_in(window.root) if h.role == QAccessible.Role.Button]
    names = [each.name for each in buttons if FILM.title in each.name]

    for deed in ("Put the end into a calendar", "Give its place back", "Check every segment",
                 "Remove", "Play"):  # fmt: skip
        assert f"{deed}: {FILM.title}" in names
