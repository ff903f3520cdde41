"""A damaged database: kept aside and rebuilt, said at the start, and nothing of it is lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from player_app.core.position import Position
from player_app.reference_service.server import RunningService
from player_app.storage.comments import CommentStore
from player_app.storage.copied import copy_of
from player_app.storage.film_file import film_file_of
from player_app.storage.paths import Paths
from tests.bad_input.screened import FILM, Screened, StartIt
from tests.bad_input.test_address_of_a_service import then_another_address_is_looked_up
from tests.storage.damage import DAMAGES, zeroed

THOUGHT = "The frame that is missing is the one I looked for."


@dataclass(frozen=True)
class Belongings:
    """What a viewer left in the profile."""

    film_id: str
    place: Position

    def missing_in(self, screen: Screened) -> list[str]:
        screen.until(lambda: screen.app.viewer.account is not None, "to be signed in still")
        draft = CommentStore(screen.database).draft(self.film_id)
        is_there = {
            "place": screen.place_in(self.film_id) == self.place,
            "comment": draft == THOUGHT,
            "theme": screen.app._views.settings.property("theme") == "light",
            "right": screen.app.browse.film(self.film_id).right.may_play,
        }
        return [name for name, there in is_there.items() if not there]


@pytest.fixture
def left(start: StartIt, subscribed: RunningService) -> Belongings:
    """Somebody was here: signed in, in the middle of a film and of a comment."""
    screen = start(subscribed.address)
    screen.sign_in()
    screen.go("settings")
    screen.click("themeLight")
    film = screen.film(FILM)
    place = screen.left_at(film.id, 10_000)
    screen.open_film(FILM)
    screen.write_comment(THOUGHT)
    draft = CommentStore(screen.database)
    screen.until(lambda: draft.draft(film.id) == THOUGHT, "the comment to be kept")
    screen.stop()
    return Belongings(film.id, place)


@pytest.mark.parametrize(
    "damage",
    [
        "first_page",
        pytest.param("truncated", marks=pytest.mark.thorough),
        pytest.param("deleted", marks=pytest.mark.thorough),
    ],
)
def test_a_damaged_library_is_told_kept_aside_and_loses_nothing_of_the_viewers(
    start: StartIt, paths: Paths, left: Belongings, damage: str, expect_log: Callable[[str], None]
) -> None:
    expect_log("the library is damaged")
    DAMAGES[damage](paths.database)
    harmed = paths.database.read_bytes() if damage != "deleted" else None

    screen = start()
    screen.reads(
        "Your library was damaged. Everything of yours was saved from its copy: your places in "
        "films, comments, payments under way, and settings."
    )
    aside = [each for each in paths.folder.glob("verite.sqlite3.damaged-*") if each.suffix]
    assert [each.read_bytes() for each in aside] == ([harmed] if harmed is not None else [])
    screen.reads(*(f"The damaged file is kept aside as {each}." for each in aside))
    assert left.missing_in(screen) == []

    screen.press_in("damagedBar", "messageAction", "Fetch them now")
    screen.until(lambda: not screen.shows("damagedBar"), "the notice to go")
    screen.until(lambda: not screen.app.shell._refreshing, "the service to have answered")
    screen.until(lambda: screen.shows("filmRow"), "the films")
    assert left.missing_in(screen) == []


def test_a_damaged_list_of_films_is_told_and_fetched_again(
    start: StartIt, paths: Paths, left: Belongings, expect_log: Callable[[str], None]
) -> None:
    expect_log("the list of films is damaged")
    zeroed(film_file_of(paths.database))

    screen = start()
    screen.reads(
        "The list of films was damaged. It is fetched from the service again. "
        "Nothing of yours was in it. The damaged file is kept aside as "
    )
    screen.press_in("damagedBar", "messageAction", "Fetch them now")
    screen.until(lambda: screen.shows("filmRow"), "the films")
    assert left.missing_in(screen) == []


def test_with_library_and_copy_damaged_both_are_kept_aside_and_rights_come_back(
    start: StartIt,
    subscribed: RunningService,
    paths: Paths,
    left: Belongings,
    expect_log: Callable[[str], None],
) -> None:
    expect_log("the library is damaged")
    expect_log("the copy of the library is damaged")
    expect_log("the index of segments is lost or damaged")
    for each in (paths.database, copy_of(paths.database)):
        zeroed(each)

    screen = start()
    screen.reads(
        "Your library was damaged. Its copy was damaged, too, and nothing in them could be read, "
        "so a new one was begun. Rentals come back from the service."
    )
    assert len(list(paths.folder.glob("*.damaged-*"))) >= 2
    assert not screen.shows("messageAction"), "there is nobody yet to fetch them from"
    then_another_address_is_looked_up(screen, subscribed)
    screen.press_in("damagedBar", "messageAction", "Fetch them now")
    screen.until(lambda: not screen.shows("damagedBar"), "the notice to go")
    screen.sign_in()
    screen.open_film(FILM)
    screen.until(lambda: screen.text("filmAction") == "Play", "the film to be there to play")
    assert left.missing_in(screen) == ["place", "comment", "theme"]
