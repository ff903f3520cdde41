"""Before the second clock of a rental begins, the viewer is asked: on every way to it, once."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from player_app.core.rental import ClockDoubt, NotStarted, RentalState, SecondClock
from player_app.core.rights import Right
from player_app.core.storage_errors import FolderUnusable
from player_app.features.holdings import Held, Holding
from player_app.ui.application import Window
from player_app.ui.navigation import Place
from player_app.ui.viewmodels.start_question import UNKNOWN, beginning, start_question
from tests.journeys.screen import Screen
from tests.ui import offline_samples, samples
from tests.ui.offline_answers import Offline
from tests.ui.offline_samples import DAY, HOUR
from tests.ui.stage import NOW, Answers, Stage

PLAYER_APP = Path(__file__).resolve().parents[2] / "player_app"
FILM = "film-02"
WAITS = NotStarted(NOW + 28 * DAY)
UNSTARTED = offline_samples.rental(FILM, WAITS)
Open = Callable[[Stage], Window]


def doubted(
    started_at: int | None = None,
    second_clock: SecondClock = SecondClock.PLAY,
    state: RentalState = RentalState.ACTIVE,
) -> Right:
    right = offline_samples.rental(FILM, ClockDoubt("used-up"), second_clock=second_clock)
    assert right.rental is not None
    return replace(right, rental=replace(right.rental, started_at=started_at, state=state))


def stage_with(right: Right = UNSTARTED) -> Stage:
    stage = Stage(Answers(right=right))
    stage.viewer.is_now(samples.ACCOUNT)
    return stage


def from_the_film_page(stage: Stage) -> None:
    stage.navigation.go(Place("film", FILM))
    stage.film.act()


def from_the_featured_film(stage: Stage) -> None:
    stage.home.begin()
    stage.home.act()


def from_a_rental_in_the_library(stage: Stage) -> None:
    film = next(each for each in samples.films() if each.id == FILM)
    held = Held(film, UNSTARTED, None, None)
    stage.answers.offline.holding = Holding(rentals=(held,))
    stage.navigation.go(Place("library"))
    stage.library.act(FILM)


def from_a_download_in_the_library(stage: Stage) -> None:
    stage.navigation.go(Place("library"))
    stage.library.play(FILM)


def from_a_link(stage: Stage) -> None:
    film = next(each for each in samples.films() if each.id == FILM)
    stage.shell.follow(f"verite://films.example.org/films/{film.slug}")
    stage.film.act()


WAYS = (
    from_the_film_page,
    from_the_featured_film,
    from_a_rental_in_the_library,
    from_a_download_in_the_library,
    from_a_link,
)


@pytest.mark.parametrize("way", WAYS)
def test_no_way_begins_the_second_clock_unasked(way: Callable[[Stage], None]) -> None:
    stage = stage_with()

    way(stage)

    assert stage.question.asked
    assert stage.question.title == "Starting now begins your 48 hours: until Sunday 14:05"
    assert (stage.question.yesLabel, stage.question.noLabel) == ("Start now", "Not yet")
    assert stage.navigation.here.screen != "player"

    stage.question.yes()

    assert stage.navigation.here == Place("player", FILM)
    assert not stage.question.asked
    stage.leave_the_film()


@pytest.mark.parametrize("way", WAYS)
def test_not_yet_begins_nothing(way: Callable[[Stage], None]) -> None:
    stage = stage_with()
    way(stage)
    before = stage.navigation.here

    stage.question.no()
    stage.question.yes()

    assert not stage.question.asked
    assert stage.navigation.here == before


def test_nothing_else_leads_to_the_player() -> None:
    """Whoever adds a way has it ask, too."""
    found = set()
    for module in PLAYER_APP.rglob("*.py"):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Place":
                first = node.args[0] if node.args else None
                if not isinstance(first, ast.Constant) or first.value == "player":
                    found.add(module.relative_to(PLAYER_APP).as_posix())

    # the shell goes where the rail leads, and where a message does: to no film
    assert found == {"ui/viewmodels/start_question.py", "ui/viewmodels/shell.py"}


@pytest.mark.parametrize(
    "right",
    [
        samples.started(NOW),
        samples.SUBSCRIBED,
        samples.NO_RIGHT,
        offline_samples.rental(FILM, offline_samples.UNTIL_SUNDAY),
        doubted(started_at=NOW - 5 * DAY),
        doubted(second_clock=SecondClock.PURCHASE),
        doubted(state=RentalState.REVOKED),
    ],
)
def test_what_begins_nothing_is_played_at_once(right: Right) -> None:
    stage = stage_with(right)

    stage.start_question.play(FILM)

    assert not stage.question.asked
    assert stage.navigation.here == Place("player", FILM)
    stage.leave_the_film()


def test_a_right_that_cannot_be_read_is_asked_about_all_the_same() -> None:
    stage = stage_with()

    def unreadable(_film_id: str) -> tuple[str, Right]:
        raise FolderUnusable("/profile", "unreadable")

    stage.start_question._right_to = unreadable

    stage.start_question.play(FILM)

    assert stage.question.title == UNKNOWN.title
    assert stage.navigation.here.screen == "home"


def test_a_question_is_put_away_by_going_elsewhere() -> None:
    stage = stage_with()
    from_the_film_page(stage)

    stage.navigation.go(Place("search"))
    stage.question.yes()

    assert not stage.question.asked
    assert stage.navigation.here.screen == "search"


@pytest.mark.parametrize(
    ("clock", "by", "begins"),
    [
        (SecondClock.PLAY, SecondClock.PLAY, True),
        (SecondClock.PLAY, SecondClock.DOWNLOAD, False),
        (SecondClock.DOWNLOAD, SecondClock.DOWNLOAD, True),
        (SecondClock.DOWNLOAD, SecondClock.PLAY, True),
    ],
)
def test_what_begins_the_second_clock_is_the_offers_to_say(
    clock: SecondClock, by: SecondClock, *, begins: bool
) -> None:
    right = offline_samples.rental(FILM, WAITS, second_clock=clock)

    assert (beginning(right, NOW, by) is not None) is begins


def test_the_window_told_is_the_one_that_the_cap_leaves() -> None:
    assert UNSTARTED.rental is not None
    capped = replace(UNSTARTED, rental=replace(UNSTARTED.rental, not_after=NOW + 5 * HOUR))

    begins = beginning(capped, NOW, SecondClock.PLAY)

    assert begins is not None
    assert (begins.window_s, begins.ends_at) == (5 * HOUR, NOW + 5 * HOUR)
    face = start_question("The Wire", begins, SecondClock.PLAY, NOW)
    assert face.title == "Starting now begins your 5 hours: until 19:05"


def test_one_second_before_the_first_clock_ends_the_second_is_whole() -> None:
    right = offline_samples.rental(FILM, NotStarted(NOW + 1))

    begins = beginning(right, NOW, SecondClock.PLAY)

    assert begins is not None
    assert begins.window_s == samples.TERMS.finish_within_s


@pytest.mark.parametrize("why", ["used-up", "over"])
def test_a_rental_that_waits_is_asked_about_though_no_clock_says_what_time_it_is(why: str) -> None:
    stage = stage_with(offline_samples.rental(FILM, ClockDoubt(why)))

    stage.start_question.play(FILM)

    assert stage.question.title == "Starting now begins your 48 hours"
    assert "The clock of this computer looks wrong" in stage.question.text
    stage.question.yes()
    assert stage.navigation.here == Place("player", FILM)
    stage.leave_the_film()


def test_a_download_that_begins_the_clock_is_asked_about_first() -> None:
    right = offline_samples.rental(FILM, WAITS, second_clock=SecondClock.DOWNLOAD)
    stage = stage_with(right)
    stage.navigation.go(Place("film", FILM))
    assert stage.download.more == "Downloading it begins your 48 hours."

    stage.download.start()
    assert stage.question.title == "Downloading now begins your 48 hours: until Sunday 14:05"
    assert stage.answers.offline.asked == []

    stage.question.yes()
    assert stage.answers.offline.asked == [("start", f"{FILM} v720")]


def test_the_question_takes_the_keys_and_begins_with_no(open_window: Open) -> None:
    stage = stage_with()
    screen = Screen(open_window(stage).root)
    from_the_film_page(stage)
    screen.until(lambda: screen.shows("question"), "the question")

    assert screen.focus() == "questionNo"
    screen.press(Qt.Key.Key_Return)

    assert not stage.question.asked
    assert stage.navigation.here.screen == "film"


def test_the_question_is_answered_by_keys(open_window: Open) -> None:
    stage = stage_with()
    screen = Screen(open_window(stage).root)
    from_the_film_page(stage)
    screen.until(lambda: screen.shows("questionYes"), "the question")
    screen.until(lambda: screen.item("questionYes").property("enabled"), "a yes to be taken")

    screen.press(Qt.Key.Key_Tab)
    screen.press(Qt.Key.Key_Tab)
    screen.until(lambda: screen.focus() in ("questionYes", "questionNo"), "the keys to stay in it")
    if screen.focus() == "questionNo":
        screen.press(Qt.Key.Key_Right)
    screen.press(Qt.Key.Key_Return)

    screen.until(lambda: stage.navigation.here.screen == "player", "the film to be opened")


def test_escape_is_a_no_and_leaves_the_page_where_it_is(open_window: Open) -> None:
    stage = stage_with()
    screen = Screen(open_window(stage).root)
    from_the_film_page(stage)
    screen.until(lambda: screen.shows("question"), "the question")

    screen.press(Qt.Key.Key_Escape)

    screen.until(lambda: not stage.question.asked, "the question to go")
    assert stage.navigation.here.screen == "film"


@pytest.fixture
def slow_double_clicks(qapp: QGuiApplication) -> Iterator[None]:
    """The machine of a test may take a while to put the question at rest."""
    hints = qapp.styleHints()
    before = hints.mouseDoubleClickInterval()
    hints.setMouseDoubleClickInterval(2_000)
    yield
    hints.setMouseDoubleClickInterval(before)


def test_the_question_takes_no_yes_from_the_moment_it_can_be_seen(open_window: Open) -> None:
    stage = stage_with()
    stage.settings.chooseMotion("full")
    screen = Screen(open_window(stage).root)
    from_the_film_page(stage)

    screen.until(lambda: screen.shows("questionYes"), "the question")

    assert not screen.item("questionYes").property("enabled")


@pytest.mark.usefixtures("slow_double_clicks")
def test_the_second_click_of_a_double_click_starts_nothing(open_window: Open) -> None:
    stage = stage_with()
    screen = Screen(open_window(stage).root)
    from_the_film_page(stage)
    screen.until(lambda: screen.shows("questionYes"), "the question")
    yes = screen.item("questionYes")
    screen.rests("questionYes")

    screen.click_at(yes.mapToScene(yes.boundingRect().center()))

    assert stage.question.asked
    assert stage.navigation.here.screen == "film"
    screen.click("questionYes")
    screen.until(lambda: stage.navigation.here.screen == "player", "the film to be opened")


def test_offline_the_question_is_asked_too() -> None:
    reach = offline_samples.LOST
    stage = Stage(Answers(right=UNSTARTED, offline=Offline(reach=reach)))

    from_the_film_page(stage)

    assert stage.question.asked
