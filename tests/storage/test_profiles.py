"""A profile of every schema that was ever in use opens, whole, in the player of today."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from player_app.storage.catalogue import Catalogue
from player_app.storage.copied import copy_of
from player_app.storage.database import Database, open_database
from player_app.storage.search import FilmSearch
from tests.storage.belongings import missing_from
from tests.storage.damage import zeroed

PROFILES = Path(__file__).resolve().parents[1] / "profiles"
pytestmark = pytest.mark.promise(24)

NAMES = sorted(each.name for each in PROFILES.iterdir())
FILM_IDS = {"film-05", "film-08", "film-13", "film-23"}


@pytest.fixture(params=NAMES)
def profile(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    shutil.copytree(PROFILES / request.param, tmp_path / "profile")
    return tmp_path / "profile" / "verite.sqlite3"


def assert_films_are_there(database: Database) -> None:
    catalogue = Catalogue(database)
    assert set(catalogue.films(FILM_IDS)) == FILM_IDS
    assert catalogue.cursor() == "cursor-4"
    film = catalogue.newest(1)[0]
    assert film.id in [hit.film.id for hit in FilmSearch(database).find(film.title, 10)]


def test_an_earlier_profile_opens_with_everything_in_it(profile: Path) -> None:
    for _ in range(2):
        database, damaged = open_database(profile)
        assert damaged is None
        assert missing_from(database) == []
        assert_films_are_there(database)
        database.close()


def test_what_came_from_an_earlier_profile_is_in_the_copy_from_the_first_opening_on(
    profile: Path, expect_log: Callable[[str], None]
) -> None:
    expect_log("the library is damaged")
    open_database(profile)[0].close()
    zeroed(profile)
    database, damaged = open_database(profile)
    assert damaged is not None
    assert missing_from(database) == []
    assert_films_are_there(database)
    database.close()


def test_an_opening_that_was_broken_off_is_taken_up(
    profile: Path, expect_log: Callable[[str], None]
) -> None:
    """Between the films' move and the change of the tables, and before the copy was whole."""
    expect_log("the copy of the library is damaged")
    before = profile.read_bytes()
    open_database(profile)[0].close()
    profile.write_bytes(before)
    copy_of(profile).write_bytes(b"half a copy")
    database, damaged = open_database(profile)
    assert damaged is None
    assert missing_from(database) == []
    assert_films_are_there(database)
    database.close()
