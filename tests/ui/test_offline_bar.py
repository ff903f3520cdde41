"""While the service is out of reach a bar says since when, and what is still possible."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from player_app.core.errors import NotSecure, ServiceFailing, Unreachable
from player_app.core.reach import Reach
from player_app.core.storage_errors import DiskFull
from player_app.ui.application import Window
from player_app.ui.navigation import Place
from player_app.ui.viewmodels.offline_face import OfflineFace, offline_face
from tests.journeys.screen import Screen
from tests.ui import offline_samples, samples
from tests.ui.offline_answers import Offline
from tests.ui.offline_samples import full_holding
from tests.ui.stage import NOW, Answers, Stage

Open = Callable[[Stage], Window]
OUT_OF_REACH = Unreachable("films.example.org", "offline")
LOST = Reach(lost_at=NOW, why=OUT_OF_REACH)
PORTAL = Unreachable("films.example.org", "portal")


HERE = "Showing what is kept on this computer."
IN_A_PORTAL = (
    "No connection. Another page answered in place of films.example.org: this network may want you "
    f"to sign in to it first, in a browser. {HERE}"
)
NOT_SAFE = (
    "The connection is not safe. films.example.org could not prove who it is, so nothing was sent. "
    f"Check this computer's date, or try another network. {HERE}"
)
FAILING = (
    "The service has a problem. films.example.org could not do that just now. It is not your "
    f"connection. {HERE}"
)
ONE = "1 film is ready to watch; what you write is sent later."
TWO = "2 films are ready to watch; what you write is sent later."


@pytest.mark.parametrize(
    ("error", "reach", "ready", "face"),
    [
        (None, Reach(), 3, OfflineFace()),
        (OUT_OF_REACH, Reach(), 3, OfflineFace()),
        (OUT_OF_REACH, LOST, 0, OfflineFace(f"Offline since 14:05. {HERE}", "offline", "retry")),
        (None, LOST, 1, OfflineFace(f"Offline since 14:05. {ONE}", "offline", "retry", "library")),
        (
            None,
            Reach(by_choice=True),
            2,
            OfflineFace(f"Working offline, as you chose. {TWO}", "offline", "go-online", "library"),
        ),
        (
            PORTAL,
            Reach(lost_at=NOW, why=PORTAL),
            2,
            OfflineFace(IN_A_PORTAL, "warning", "retry"),
        ),
        (
            NotSecure("films.example.org", "x"),
            Reach(),
            0,
            OfflineFace(NOT_SAFE, "warning", "retry"),
        ),
        (
            ServiceFailing("films.example.org", 502),
            Reach(),
            0,
            OfflineFace(FAILING, "warning", "retry"),
        ),
    ],
)
def test_the_bar_says_why_and_what_is_still_possible(
    error: Any, reach: Reach, ready: int, face: OfflineFace
) -> None:
    assert offline_face(error, reach, NOW, ready) == face


def train(**more: Any) -> Stage:
    stage = Stage(
        Answers(
            refresh_error=OUT_OF_REACH,
            offline=Offline(holding=full_holding(), reach=LOST, **more),
        )
    )
    stage.home.begin()
    stage.shell.start()
    stage.viewer.is_now(samples.ACCOUNT)
    return stage


def test_the_way_out_leads_to_what_plays() -> None:
    stage = train()
    assert stage.offline.text.startswith("Offline since 14:05. 1 film is ready to watch")

    stage.offline.goOut()

    assert stage.navigation.here == Place("library")


def test_the_bar_goes_when_the_service_is_back_and_what_changed_is_asked_for() -> None:
    stage = train()
    stage.answers.refresh_error = None
    refreshed: list[None] = []
    stage.shell.catalogueChanged.connect(lambda: refreshed.append(None))

    stage.offline.reached(Reach())

    assert stage.offline.text == ""
    assert refreshed


def test_a_switch_leaves_the_service_alone_and_another_goes_online_again() -> None:
    stage = Stage(Answers(offline=Offline(holding=full_holding())))

    stage.offline.workOffline(True)
    assert stage.offline.byChoice
    assert stage.offline.label == "Go online"

    stage.offline.act()
    assert not stage.offline.byChoice
    assert stage.offline.text == ""


def test_a_wish_that_is_not_kept_is_told_and_the_switch_goes_back() -> None:
    stage = Stage()

    def full(_by_choice: bool) -> None:  # noqa: FBT001 - the wish itself
        raise DiskFull(100, 0)

    stage.offline._choose = full

    stage.offline.workOffline(True)

    assert not stage.offline.byChoice
    assert stage.shell.passingText.startswith("Not enough disk space.")


def test_the_library_does_not_lead_to_itself(open_window: Open) -> None:
    stage = train()
    screen = Screen(open_window(stage).root)
    screen.until(lambda: screen.shows("messageWayOut"), "the way out")

    screen.click("messageWayOut")

    screen.until(lambda: stage.navigation.here.screen == "library", "the library")
    screen.until(lambda: not screen.shows("messageWayOut"), "the way out to go")
    assert screen.shows("offlineBar")


def test_home_begins_with_what_plays_without_the_service() -> None:
    stage = train()
    ready = offline_samples.streamed()[0]

    assert stage.home.rows.rows[0].title == "Ready offline"
    assert [card.offline for card in stage.home.rows.rows[0].cards.rows] == [True]
    assert stage.home.title == ready.title


def test_home_shows_the_services_own_film_first_while_it_answers() -> None:
    stage = Stage(Answers(offline=Offline(holding=full_holding())))
    stage.home.begin()

    assert stage.home.title == next(f.title for f in samples.films() if f.featured)


def test_the_switch_is_in_the_library_and_in_the_settings(open_window: Open) -> None:
    stage = train()
    screen = Screen(open_window(stage).root)

    for place in ("library", "settings"):
        stage.navigation.go(Place(place))
        screen.until(lambda: screen.shows("workOffline"), f"the switch of {place}")
