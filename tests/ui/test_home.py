"""Home, from a catalogue that is still coming to one that is there, empty or out of reach."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from player_app.core.download import DownloadState
from player_app.core.errors import ServiceFailing, Unreachable
from player_app.core.reach import Reach
from player_app.core.rental import Expired
from player_app.core.rights import Right
from player_app.core.storage_errors import FolderUnusable
from player_app.features.holdings import Holding
from player_app.ui import formatting
from player_app.ui.application import Window
from player_app.ui.navigation import Place
from tests.journeys.screen import Screen
from tests.ui import samples
from tests.ui.offline_answers import Offline
from tests.ui.offline_samples import taken
from tests.ui.stage import Answers, Stage
from tests.ui.standstill import NOW


def test_nothing_is_called_empty_before_the_service_was_asked() -> None:
    stage = Stage(Answers(empty=True))

    stage.home.begin()

    assert stage.home.phase == "loading"


def test_films_appear_with_the_first_answer() -> None:
    stage = Stage(Answers(empty=True))
    stage.home.begin()
    stage.answers.empty = False

    stage.shell.refresh()

    assert stage.home.phase == "ready"
    assert stage.home.title


def test_a_service_without_films_is_told_once_it_was_asked() -> None:
    stage = Stage(Answers(empty=True))
    stage.home.begin()

    stage.shell.refresh()

    assert stage.home.phase == "empty"
    assert stage.offline.text == ""


def test_a_first_start_without_the_service_says_that_nothing_is_kept() -> None:
    stage = Stage(Answers(empty=True, refresh_error=Unreachable("films.example.org", "offline")))
    stage.home.begin()

    stage.shell.refresh()

    assert stage.home.phase == "empty"
    assert "Offline" in stage.offline.text


def test_a_failing_service_that_then_goes_out_of_reach_is_called_offline() -> None:
    stage = Stage(Answers(refresh_error=ServiceFailing("films.example.org", 503)))
    stage.shell.refresh()
    assert "Offline" not in stage.offline.text
    stage.answers.refresh_error = Unreachable("films.example.org", "offline")

    stage.shell.refresh()

    assert stage.offline.text.startswith("Offline since ")


def test_offline_since_says_when_it_began_with_its_day_once_that_is_over() -> None:
    stage = Stage(Answers(refresh_error=Unreachable("films.example.org", "offline")))
    stage.shell.refresh()
    stage.clock.now_s += 86_400

    stage.shell.refresh()

    began = formatting.moment(NOW, NOW + 86_400)
    assert stage.offline.text.startswith(f"Offline since {began}.")
    assert "Nov, " in began


def test_offline_begins_anew_after_the_service_answered() -> None:
    stage = Stage(Answers(refresh_error=Unreachable("films.example.org", "offline")))
    stage.shell.refresh()
    first = stage.offline.text
    stage.answers.refresh_error = None
    stage.shell.refresh()
    assert stage.offline.text == ""
    stage.answers.refresh_error = Unreachable("films.example.org", "offline")
    stage.clock.now_s += 3_600

    stage.shell.refresh()

    assert stage.offline.text.startswith("Offline since ")
    assert stage.offline.text != first


def test_another_service_starts_with_the_skeleton_again() -> None:
    stage = Stage(Answers(empty=True))
    stage.home.begin()
    stage.shell.refresh()

    stage.home.begin()

    assert stage.home.phase == "loading"


def test_what_is_known_is_shown_before_the_service_was_asked() -> None:
    stage = Stage()

    stage.home.begin()

    assert stage.home.phase == "ready"


@pytest.mark.parametrize(
    ("right", "symbol"), [(samples.NO_RIGHT, ""), (samples.SUBSCRIBED, "play")]
)
def test_the_featured_button_bears_a_triangle_only_where_it_plays(
    right: Right, symbol: str, open_window: Callable[[Stage], Window]
) -> None:
    stage = Stage(Answers(right=right))
    window = open_window(stage)
    stage.home.begin()

    button = Screen(window.root).item("featuredAction")

    assert button.property("symbol") == symbol


def test_a_home_that_could_not_be_read_is_read_again() -> None:
    stage = Stage(Answers(home_error=FolderUnusable("/mnt/films", "read-only")))
    stage.home.begin()
    assert stage.home.phase == "failed"
    assert "/mnt/films" in stage.home.failure.text
    stage.answers.home_error = None

    stage.home.failure.act()

    assert stage.home.phase == "ready"


@pytest.mark.parametrize("lost_at", [None, NOW])
def test_home_offers_to_renew_what_plays_only_after_a_contact(lost_at: int | None) -> None:
    film = next(each for each in samples.films() if each.id == "film-02")
    needs = Expired("renewal-needed", NOW - 60)
    held = Holding(taken=(taken(film, DownloadState.COMPLETE, licence=needs),))
    offline = Offline(holding=held, reach=Reach(lost_at=lost_at))
    stage = Stage(Answers(right=samples.SUBSCRIBED, offline=offline))
    stage.home.load()

    assert stage.home.filmId == film.id
    assert stage.home.actionLabel == ("Play" if lost_at is None else "Renew")

    stage.home.act()

    screen = "player" if lost_at is None else "film"
    assert stage.navigation.here == Place(screen, film.id)
