"""What the library's rows say: both clocks of a rental, downloads in every state, checks."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

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
    Subscription,
)
from player_app.core.travel import Parts
from player_app.core.withdrawn import UNKNOWN_TITLE, stand_in, withdrawn
from player_app.features.holdings import Held, Holding
from player_app.ui.models.cards import film_facts
from player_app.ui.viewmodels.library_face import (
    UNCHECKED,
    checked_face,
    expiry_said,
    library_face,
    rental_row,
    shelf_row,
)
from tests.ui import offline_samples, samples
from tests.ui.offline_samples import DAY, HOUR, taken
from tests.ui.stage import NOW

S = DownloadState
FILM, _, GOING = offline_samples.streamed()[:3]
LONDON = ZoneInfo("Europe/London")


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


def test_a_film_that_is_not_shown_any_more_plays_and_is_not_rented_again() -> None:
    plays, over = held(Running(NOW + DAY)), held(Expired("finished", NOW))
    rows = [rental_row(replace(each, film=withdrawn(FILM)), NOW, UTC) for each in (plays, over)]

    assert [(row.action, row.action_label) for row in rows] == [("play", "Play"), ("", "")]


def test_a_film_of_which_nothing_is_known_plays_all_the_same() -> None:
    row = shelf_row(taken(None, S.COMPLETE), UNCHECKED, NOW, UTC)

    assert (row.title, row.play_label) == (UNKNOWN_TITLE, "Play")
    assert film_facts(stand_in("film-gone")) == ""


def test_by_a_clock_that_is_not_believed_a_rental_is_not_over() -> None:
    row = rental_row(held(ClockDoubt("over")), NOW, UTC)

    assert row.clock == "This computer's clock looks wrong; connect once to check it"
    assert (row.over, row.action, row.action_label, row.has_end) == (False, "play", "Play", False)


def test_a_right_without_an_end_says_so_and_gives_a_calendar_none() -> None:
    never = int(datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC).timestamp())
    bought = Subscription("sub-1", active=True, since=NOW, until=never, terms=samples.TERMS)

    row = rental_row(held(Running(never)), NOW)
    shelf = shelf_row(taken(FILM, S.COMPLETE, licence=Running(never)), UNCHECKED, NOW)
    face = library_face(Holding(subscription=bought), NOW, signed_in=True)

    assert (row.clock, row.has_end) == ("Yours without an end", False)
    assert shelf.more == "Plays"
    assert face.subscription == "You are subscribed: every film is yours to watch."


def test_a_rental_tells_its_own_clock_though_a_subscription_has_the_film_too() -> None:
    subscribed = replace(held(Running(NOW + 41 * HOUR)), subscribed=True)
    over = replace(held(Expired("finished", NOW - 3 * HOUR)), subscribed=True)

    row, row_over = rental_row(subscribed, NOW), rental_row(over, NOW)

    assert row.clock == "41 h left · until Sunday 07:05"
    assert row.other == "You started it today at 07:05 · In your subscription"
    assert (row_over.over, row_over.action, row_over.has_end) == (False, "play", False)
    assert (row_over.other, row_over.can_take) == ("In your subscription", True)


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
