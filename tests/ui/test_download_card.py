"""The card that takes a film offline: its size and the room before it is begun, then its state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt

from player_app.core.download import DownloadState
from player_app.core.errors import ServiceFailing, Unreachable
from player_app.core.reach import Reach
from player_app.core.refusals import PlacesTaken
from player_app.core.rental import Expired
from player_app.core.storage_errors import DiskFull, KeyringMissing, OfflineNeedsKeyring
from player_app.core.stream_errors import NotForOffline
from player_app.features.holdings import Holding
from player_app.ui.application import Window
from player_app.ui.navigation import Place
from player_app.ui.viewmodels.download_face import preferred, quality_rows, room_words
from tests.journeys.screen import Screen
from tests.ui import offline_samples, samples
from tests.ui.offline_answers import Offline
from tests.ui.offline_samples import HOUR, MB, choices, taken
from tests.ui.stage import NOW, Answers, Stage

Open = Callable[[Stage], Window]
S = DownloadState
FILM_ID = "film-02"
FILM = next(each for each in samples.films() if each.id == FILM_ID)


def at_film(right: Any = None, **offline: Any) -> Stage:
    stage = Stage(Answers(right=right or samples.started(NOW), offline=Offline(**offline)))
    stage.viewer.is_now(samples.ACCOUNT)
    stage.navigation.go(Place("film", FILM_ID))
    return stage


def holding(state: DownloadState, part: float = 0.0, **more: Any) -> Holding:
    return Holding(taken=(taken(FILM, state, part, **more),))


def test_size_room_and_qualities_are_told_before_anything_is_begun() -> None:
    stage = at_film()

    assert stage.download.phase == "offered"
    assert [row.label for row in stage.download.qualities.rows] == [
        "720p · 412 MB",
        "360p · 121 MB",
    ]
    assert stage.download.said == "38 GB free on this disk"
    assert stage.download.actionLabel == "Download · 412 MB"
    assert stage.answers.offline.asked == []

    stage.download.choose("v360")
    assert stage.download.actionLabel == "Download · 121 MB"

    stage.download.start()
    assert stage.answers.offline.asked == [("start", f"{FILM_ID} v360")]


@pytest.mark.parametrize(
    ("wish", "free_mb", "chosen"),
    [
        ("best", 40_000, "v720"),
        ("good", 40_000, "v720"),
        ("least", 40_000, "v360"),
        ("best", 300, "v360"),
        ("best", 10, "v720"),
    ],
)
def test_what_is_chosen_beforehand_fits_if_anything_does(
    wish: str, free_mb: int, chosen: str
) -> None:
    found = preferred(choices(free_mb * MB), wish)

    assert found is not None
    assert found.video_id == chosen


def test_four_k_is_not_chosen_unless_the_best_is_wished_for() -> None:
    large = replace(choices()[1], video_id="v2160", height=2160, bytes=9_000 * MB)

    assert preferred((*choices(), large), "good") == choices()[1]
    assert preferred((*choices(), large), "best") == large


def test_where_there_is_no_room_nothing_can_be_begun_and_what_helps_is_offered() -> None:
    stage = at_film(choices=choices(10 * MB))

    assert not stage.download.fits
    assert stage.download.said == "502 MB more are needed on this disk."
    stage.download.start()
    assert stage.answers.offline.asked == []

    stage.download.help()
    assert stage.navigation.here == Place("kept")


def test_what_streamed_already_needs_not_be_fetched() -> None:
    part = replace(choices()[1], missing_bytes=300 * MB)

    assert room_words(part) == "300 MB still to fetch · 38 GB free on this disk"


def test_a_size_that_nobody_tells_is_about_so_much() -> None:
    guessed = replace(choices()[0], is_estimate=True)

    assert quality_rows([guessed])[0].label == "360p · about 121 MB"


@pytest.mark.parametrize(
    ("error", "heading", "helps"),
    [
        (Unreachable("films.example.org", "offline"), "Not on this computer", "Try again"),
        (ServiceFailing("films.example.org", 502), "The service has a problem", "Try again"),
        (PlacesTaken(409, "places-taken"), "Offline on as many devices as it may", "Try again"),
        (NotForOffline("film"), "This film plays online only", ""),
    ],
)
def test_what_keeps_a_film_from_being_taken_is_said(error: Any, heading: str, helps: str) -> None:
    stage = at_film(choices_error=error)

    assert stage.download.phase == "cannot"
    assert (stage.download.heading, stage.download.helpLabel) == (heading, helps)

    stage.answers.offline.choices_error = None
    stage.download.help()
    assert stage.download.phase == ("offered" if helps else "cannot")


def test_without_a_store_for_secrets_it_says_how_to_get_one() -> None:
    stage = at_film(why_not=OfflineNeedsKeyring(KeyringMissing("none")))

    assert stage.download.phase == "cannot"
    assert "store for secrets" in stage.download.said
    assert stage.download.helpLabel == "Sign in"
    stage.download.help()
    assert stage.navigation.here.screen == "sign-in"


@pytest.mark.parametrize("right", [samples.NO_RIGHT])
def test_a_film_without_a_right_offers_no_download(right: Any) -> None:
    assert at_film(right).download.phase == "none"


def test_a_film_that_is_here_can_be_removed_without_a_right() -> None:
    gone = Expired("finished", NOW - HOUR)
    stage = at_film(samples.NO_RIGHT, holding=holding(S.COMPLETE, licence=gone))

    assert stage.download.phase == "held"
    stage.download.remove()
    stage.question.yes()

    assert stage.answers.offline.asked == [("remove", FILM_ID)]
    assert stage.download.phase == "none"


@pytest.mark.parametrize(
    ("shown", "heading", "said"),
    [
        (holding(S.RUNNING, 0.43, rate_mb=3.2), "Take it offline", "43 % · 177 MB of 412 MB"),
        (holding(S.PAUSED, 0.61), "Take it offline", "Paused at 61 %"),
        (holding(S.FAILED, 0.9, why=offline_samples.DAMAGED), "Not taken offline",
         "Part of the film is damaged"),
        (holding(S.COMPLETE), "On this computer", "Ready offline · 412 MB"),
        (holding(S.REMOVING), "On this computer", "Being removed"),
    ],
)  # fmt: skip
def test_a_download_is_followed_on_the_films_page(shown: Holding, heading: str, said: str) -> None:
    stage = at_film(holding=shown)

    assert stage.download.phase == "held"
    assert (stage.download.heading, stage.download.said) == (heading, said)


def test_it_is_paused_resumed_and_stopped_there() -> None:
    stage = at_film(holding=holding(S.RUNNING, 0.43))

    stage.download.pause()
    stage.download.resume()
    stage.download.remove()
    assert stage.question.title == f"Stop downloading {FILM.title}?"
    stage.question.yes()

    assert [deed for deed, _ in stage.answers.offline.asked] == ["pause", "resume", "remove"]
    assert stage.download.phase == "offered"


def test_its_progress_moves_with_each_beat() -> None:
    stage = at_film(holding=holding(S.RUNNING, 0.43))
    stage.answers.offline.holding = holding(S.RUNNING, 0.5)

    stage.download.beat()

    assert stage.download.said.startswith("50 %")


def test_a_licence_that_needs_a_contact_is_renewed_there() -> None:
    needs = Expired("renewal-needed", NOW - HOUR)
    stage = at_film(holding=holding(S.COMPLETE, licence=needs))
    assert stage.download.helpLabel == "Renew"

    stage.download.help()

    assert stage.answers.offline.asked == [("renew", FILM_ID)]


def test_without_the_service_a_film_s_page_says_what_its_download_says() -> None:
    needs, away = Expired("renewal-needed", NOW - HOUR), Reach(lost_at=NOW)
    kept = holding(S.COMPLETE, licence=needs)
    assert at_film(samples.SUBSCRIBED, holding=kept).film.actionLabel == "Play"

    stage = at_film(samples.SUBSCRIBED, holding=kept, reach=away)
    assert (stage.film.standing, stage.film.actionLabel) == (stage.download.more, "Renew")
    assert stage.download.more == "Its licence needs one connection."

    stage.film.act()

    assert stage.answers.offline.asked == [("renew", FILM_ID)]


def test_a_deed_that_fails_is_said_beside_the_film() -> None:
    stage = at_film(holding=holding(S.RUNNING, 0.43), deed_error=DiskFull(2 * MB, 0))

    stage.download.pause()

    assert stage.download.wrong.startswith("Not enough disk space.")


def test_word_of_another_film_changes_nothing() -> None:
    stage = at_film()
    stage.navigation.go(Place("film", "film-03"))

    stage.download._found(FILM_ID, None)

    assert stage.download._film_id == "film-03"


def test_the_card_is_worked_by_keys_alone(open_window: Open) -> None:
    stage = at_film()
    screen = Screen(open_window(stage).root)
    screen.until(lambda: screen.shows("startDownload"), "the offer")
    screen.item("filmAction").forceActiveFocus(Qt.FocusReason.TabFocusReason)

    seen: list[str] = []
    while "startDownload" not in seen and len(seen) < 10:
        screen.press(Qt.Key.Key_Tab)
        seen.append(screen.focus())

    assert seen == ["quality-v720", "quality-v360", "startDownload"]
    screen.press(Qt.Key.Key_Return)
    assert stage.answers.offline.asked == [("start", f"{FILM_ID} v720")]
