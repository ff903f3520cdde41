"""The page of all that is kept on this computer: every kind in words, its size, and its removal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from player_app.core.kept_here import REMOVABLE, KeptThings, Kind
from player_app.core.storage_errors import FolderUnusable, KeyringLocked
from player_app.ui.application import Window
from player_app.ui.navigation import Place
from player_app.ui.viewmodels.kept_face import STORE, WORDS, kept_rows, removal_of
from tests.journeys.screen import Screen
from tests.ui import offline_samples, samples
from tests.ui.offline_answers import Offline
from tests.ui.stage import Answers, Stage

Open = Callable[[Stage], Window]


def at_page(**offline: Any) -> Stage:
    stage = Stage(Answers(offline=Offline(**offline)))
    stage.viewer.is_now(samples.ACCOUNT)
    stage.navigation.go(Place("kept"))
    return stage


def test_every_kind_has_words_and_what_can_go_says_what_that_means() -> None:
    assert set(WORDS) == set(Kind)
    assert {kind for kind, words in WORDS.items() if words.loss} == REMOVABLE


def test_groups_have_one_heading_and_the_largest_first() -> None:
    rows = kept_rows(offline_samples.kept_things())

    headings = [row.heading for row in rows if row.heading]
    assert headings == [
        "Films",
        "What is yours",
        "From the service",
        "Secrets",
        "Of the player itself",
    ]
    assert [row.title for row in rows[:2]] == [
        "Films taken offline",
        "Pieces of films that were streamed",
    ]
    assert len(rows) == len(Kind)


def test_a_secret_is_named_and_never_measured() -> None:
    row = next(row for row in kept_rows(offline_samples.kept_things()) if row.id == "secrets")

    assert (row.size, row.facts, row.where) == ("", "2 secrets", STORE)


def test_what_is_there_is_shown_with_all_its_bytes() -> None:
    stage = at_page()

    assert stage.kept.phase == "ready"
    assert stage.kept.total == "654 MB in all"


@pytest.mark.parametrize("kind", sorted(REMOVABLE))
def test_what_can_go_is_asked_about_and_goes(kind: Kind) -> None:
    stage = at_page()

    stage.kept.remove(kind.value)
    assert stage.question.isRemoval
    assert WORDS[kind].loss in stage.question.text
    assert stage.answers.offline.asked == []

    stage.question.yes()
    assert stage.answers.offline.asked == [("remove-kept", kind.value)]
    assert kind.value not in [row.id for row in stage.kept.things.rows]


@pytest.mark.parametrize("kind", sorted(set(Kind) - REMOVABLE))
def test_what_goes_only_with_the_rest_is_not_asked_about(kind: Kind) -> None:
    stage = at_page()

    stage.kept.remove(kind.value)

    assert not stage.question.asked


def test_one_button_removes_it_all_once_the_viewer_has_said_so() -> None:
    stage = at_page()

    stage.kept.removeAll()
    assert "654 MB" in stage.question.text
    stage.question.yes()

    assert stage.answers.offline.asked == [("remove-all", "")]


def test_what_would_not_go_says_why() -> None:
    stage = at_page(deed_error=KeyringLocked("locked"))

    stage.kept.remove("secrets")
    stage.question.yes()

    assert stage.kept.said.startswith("The store for secrets is locked.")
    assert not stage.kept.busy


def test_a_page_that_can_not_be_read_is_read_again() -> None:
    stage = at_page(read_error=FolderUnusable("/mnt/films", "gone"))
    assert stage.kept.phase == "failed"
    stage.answers.offline.read_error = None

    stage.kept.failure.act()

    assert stage.kept.phase == "ready"


def test_a_thing_of_no_bytes_frees_nothing_that_is_told() -> None:
    face = removal_of(KeptThings(Kind.SECRETS, 2, None, ""))

    assert not face.text.startswith("This frees")


@pytest.mark.parametrize(
    ("place", "link"), [("library", "showKept"), ("account", "showKeptOfAccount")]
)
def test_it_is_reached_from_library_and_account_and_led_back(
    place: str, link: str, open_window: Open
) -> None:
    stage = Stage(Answers(offline=Offline(holding=offline_samples.full_holding())))
    stage.viewer.is_now(samples.ACCOUNT)
    stage.navigation.go(Place(place))
    screen = Screen(open_window(stage).root)

    screen.click(link)
    screen.until(lambda: screen.shows("keptTotal"), "the page")
    screen.click("backButton")

    screen.until(lambda: stage.navigation.here.screen == place, "where it was left for")
