"""The travel check: a question with a day and a time, a test that can be stopped, and verdicts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt

from player_app.core.errors import Stopped
from player_app.core.storage_errors import FolderUnusable
from player_app.core.travel import Clocks, Finding, Obstacle, Parts, Remedy
from player_app.ui.application import Window
from player_app.ui.navigation import Place
from player_app.ui.tasks import Failed
from player_app.ui.viewmodels.travel_face import verdict_row, whole_answer
from tests.journeys.screen import Screen
from tests.screenshots.offline_scenes import never
from tests.ui import offline_samples, samples
from tests.ui.offline_answers import Offline
from tests.ui.offline_samples import DAY, HOUR, full_holding
from tests.ui.stage import NOW, Answers, Stage

Open = Callable[[Stage], Window]
SUNDAY = int(datetime(2026, 11, 22, 21, 0, tzinfo=UTC).timestamp())
WHOLE, UNREAD = Parts(sound=204), Parts()


def stage_with(**offline: Any) -> Stage:
    stage = Stage(Answers(offline=Offline(holding=full_holding(), **offline)))
    stage.viewer.is_now(samples.ACCOUNT)
    stage.navigation.go(Place("library"))
    return stage


def finding(clocks: Clocks, parts: Parts = UNREAD) -> Finding:
    return Finding("film-01", "The Wire", clocks, parts)


def test_it_asks_about_the_coming_sunday_evening() -> None:
    stage = stage_with()

    assert (stage.travel_check.dayText, stage.travel_check.timeText) == (
        "Sunday 22 November",
        "21:00",
    )
    stage.travel_check.check()
    assert stage.answers.offline.asked == [("check", str(SUNDAY))]


@pytest.mark.parametrize(
    ("clocks", "parts", "answer", "words", "label"),
    [
        (Clocks(), WHOLE, "yes", "Plays: 204 segments read and sound", ""),
        (Clocks(None, Remedy.START_BEFORE, NOW + DAY), WHOLE, "if",
         "Plays, if you start it before Saturday 14:05", ""),
        (Clocks(Obstacle.NOT_COMPLETE, Remedy.DOWNLOAD), Parts(), "no",
         "Its download is not done", "Finish the download"),
        (Clocks(Obstacle.MISSING, Remedy.REPAIR),
         Parts(sound=201, missing=3, fetch_bytes=2_100_000), "no",
         "3 of 204 segments are missing", "Fetch 2.1 MB"),
        (Clocks(Obstacle.LICENCE, Remedy.CONNECT), Parts(), "no",
         "Its licence on this computer can't be used", "Renew"),
        (Clocks(Obstacle.RENEWAL, Remedy.CONNECT, NOW + 20 * HOUR), Parts(), "no",
         "Its licence must be renewed by Saturday 10:05", "Renew"),
        (Clocks(Obstacle.OVER, Remedy.RENT, NOW - DAY), Parts(), "no",
         "Its time ended 19 Nov, 14:05", "See how to watch it"),
        (Clocks(Obstacle.ENDS, Remedy.WATCH_BEFORE, NOW + HOUR), Parts(), "no",
         "Its time ends 15:05: watch it before then", ""),
        (Clocks(Obstacle.NOT_YET, Remedy.WAIT, NOW + DAY), Parts(), "no",
         "It can be watched only from Saturday 14:05", ""),
        (Clocks(Obstacle.CLOCK, Remedy.CONNECT), Parts(), "no",
         "This computer's clock looks wrong", "Renew"),
        (Clocks(Obstacle.CLOCK, Remedy.CONNECT, ahead_s=3 * HOUR + 1), Parts(), "no",
         "This computer's clock is 3 h fast: set it right, then renew", "Renew"),
        (Clocks(Obstacle.CLOCK, Remedy.CONNECT, ahead_s=1 - 3 * HOUR), Parts(), "no",
         "This computer's clock is 3 h slow: set it right, then renew", "Renew"),
        (Clocks(Obstacle.PICTURE, Remedy.HELP), WHOLE, "no",
         "No picture of it could be shown", "Get help"),
    ],
)  # fmt: skip
def test_a_verdict_says_the_reason_and_the_one_thing_to_do(
    clocks: Clocks, parts: Parts, answer: str, words: str, label: str
) -> None:
    row = verdict_row(finding(clocks, parts), NOW, UTC)

    assert (row.answer, row.words, row.remedy_label) == (answer, words, label)


def test_every_obstacle_and_every_remedy_has_words() -> None:
    for obstacle in Obstacle:
        for remedy in Remedy:
            assert verdict_row(finding(Clocks(obstacle, remedy, NOW), WHOLE), NOW, UTC).words


@pytest.mark.parametrize(
    ("plays", "answer", "said"),
    [
        ((), "", "Nothing is downloaded yet, so nothing plays without internet."),
        ((True,), "yes", "Yes: it plays without internet until Sunday 21:00."),
        ((True, True), "yes", "Yes: all 2 films play without internet until Sunday 21:00."),
        ((True, False), "no", "Not all: 1 of 2 films plays without internet until Sunday 21:00."),
        ((False,), "no", "No: it does not play without internet until Sunday 21:00."),
        ((False, False), "no", "No: none of 2 films plays without internet until Sunday 21:00."),
    ],
)
def test_the_whole_is_told_in_a_sentence(plays: tuple[bool, ...], answer: str, said: str) -> None:
    no = Clocks(Obstacle.OVER, Remedy.RENT, NOW)
    found = [finding(Clocks() if each else no) for each in plays]

    assert whole_answer(found, SUNDAY, NOW, UTC) == (answer, said)


def test_another_question_takes_the_old_answer_away() -> None:
    stage = stage_with()
    stage.travel_check.check()
    assert stage.travel_check.phase == "told"

    stage.travel_check.stepDay(1)

    assert (stage.travel_check.phase, stage.travel_check.dayText) == (
        "asking",
        "Monday 23 November",
    )
    assert stage.travel_check.verdicts.count == 0


@pytest.mark.parametrize(
    ("steps", "told"),
    [((1,), "21:30"), ((-1,), "20:30"), ((1,) * 6, "00:00"), ((-1,) * 43, "23:30")],
)
def test_the_time_steps_around_the_clock(steps: tuple[int, ...], told: str) -> None:
    stage = stage_with()

    for each in steps:
        stage.travel_check.stepTime(each)

    assert stage.travel_check.timeText == told


def test_a_typed_time_steps_to_the_next_half_hour() -> None:
    stage = stage_with()
    stage.travel_check.typeTime("21:10")

    stage.travel_check.stepTime(1)
    assert stage.travel_check.timeText == "21:30"
    stage.travel_check.typeTime("21:10")
    stage.travel_check.stepTime(-1)
    assert stage.travel_check.timeText == "21:00"


def test_the_day_stays_between_today_and_a_year_on() -> None:
    stage = stage_with()

    stage.travel_check.stepDay(-99)
    assert stage.travel_check.dayText == "Friday 20 November"
    stage.travel_check.stepDay(9999)
    assert stage.travel_check.dayText == "Saturday 20 November"


@pytest.mark.parametrize(
    ("deed", "text"), [("typeDay", "someday"), ("typeTime", "noonish"), ("typeTime", "25:00")]
)
def test_what_is_no_day_or_time_says_so_and_is_not_tested(deed: str, text: str) -> None:
    stage = stage_with()

    getattr(stage.travel_check, deed)(text)
    stage.travel_check.check()

    assert stage.travel_check.wrong
    assert stage.answers.offline.asked == []


@pytest.mark.parametrize("day", ["0001-01-01", "31.12.9999", "2026-11-19", "2027-11-21"])
def test_a_day_that_is_past_or_too_far_is_not_taken_and_says_so(day: str) -> None:
    stage = stage_with()

    stage.travel_check.typeDay(day)
    stage.travel_check.check()

    assert stage.travel_check.wrong == "Type a day that is not past, within a year from today."
    assert stage.answers.offline.asked == []
    stage.travel_check.typeDay("2027-11-20")
    assert stage.travel_check.wrong == ""


def test_a_time_that_is_past_is_not_tested() -> None:
    stage = stage_with()
    stage.travel_check.typeDay("today")
    stage.travel_check.typeTime("14:05")

    stage.travel_check.check()

    assert stage.travel_check.wrong == "That is past: choose a later time."


def test_a_test_says_how_far_it_is_and_can_be_stopped() -> None:
    stage = stage_with()
    never(stage.travel_check)
    stage.travel_check.check()
    turn = stage.travel_check._turn

    stage.travel_check._testing(turn, "The Wire", 51, 204)
    assert stage.travel_check.said == "Testing The Wire: 51 of 204 segments"
    assert stage.travel_check.progress == 0.25

    stage.travel_check.stop()
    stage.travel_check._testing(turn, "The Wire", 52, 204)
    stage.travel_check._told(turn, SUNDAY, Failed(Stopped()))
    assert (stage.travel_check.phase, stage.travel_check.said) == ("asking", "")


def test_a_test_that_can_not_be_done_says_why() -> None:
    stage = stage_with()

    stage.travel_check._told(
        stage.travel_check._turn, SUNDAY, Failed(FolderUnusable("/mnt/films", "gone"))
    )

    assert (stage.travel_check.phase, stage.travel_check.answer) == ("told", "no")
    assert "/mnt/films" in stage.travel_check.said


def test_what_helps_is_done_and_tested_again() -> None:
    stage = stage_with(findings=offline_samples.findings(3))
    stage.travel_check.check()
    broken = stage.travel_check.verdicts.rows[2]

    stage.travel_check.remedy(broken.id)

    assert [deed for deed, _ in stage.answers.offline.asked] == ["check", "repair", "check"]


def test_it_is_worked_by_keys_alone(open_window: Open) -> None:
    stage = stage_with()
    screen = Screen(open_window(stage).root)
    screen.until(lambda: screen.shows("travelDay"), "the question")
    field = screen.item("travelDayInput")
    field.forceActiveFocus(Qt.FocusReason.TabFocusReason)

    screen.press(Qt.Key.Key_Up)
    assert stage.travel_check.dayText == "Monday 23 November"
    screen.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    screen.write("24 nov")
    screen.press(Qt.Key.Key_Tab)
    assert stage.travel_check.dayText == "Tuesday 24 November"
    screen.press(Qt.Key.Key_Down)
    assert stage.travel_check.timeText == "20:30"
    screen.press(Qt.Key.Key_Return)

    screen.until(lambda: stage.travel_check.phase == "told", "the verdicts")
    assert stage.answers.offline.asked[0][0] == "check"
