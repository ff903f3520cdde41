"""A profile of every schema that was ever in use opens, whole, in the player of today."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from player_app.core.download import Download, DownloadState
from player_app.storage.catalogue import Catalogue
from player_app.storage.comments import CommentStore
from player_app.storage.copied import copy_of
from player_app.storage.database import Database, open_database
from player_app.storage.downloads import DownloadStore
from player_app.storage.search import FilmSearch
from tests.storage.belongings import missing_from
from tests.storage.damage import zeroed

PROFILES = Path(__file__).resolve().parents[1] / "profiles"
pytestmark = pytest.mark.promise(24)

NAMES = sorted(each.name for each in PROFILES.iterdir())
OWNER = "acc-rosa https://films.example.org"
TAKEN = Download(
    "film-05",
    "v360",
    360,
    ("a-main",),
    total_bytes=90_000_000,
    added_at=1_763_900_400,
    order=1,
    state=DownloadState.COMPLETE,
    done_bytes=90_000_000,
    list_sha256="5" * 64,
)
SEALED = {"licences": b"as it was sealed", "starts": b"a sealed start", "clock": b"a sealed clock"}
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


def test_what_the_third_version_took_offline_is_as_it_was(
    tmp_path: Path, expect_log: Callable[[str], None]
) -> None:
    """Also once more, out of the copy."""
    expect_log("the library is damaged")
    shutil.copytree(PROFILES / "version-3", tmp_path / "profile")
    profile = tmp_path / "profile" / "verite.sqlite3"
    for _ in range(2):
        database, _damaged = open_database(profile)
        assert DownloadStore(database).all(OWNER) == (TAKEN,)
        assert CommentStore(database).saved(TAKEN.film_id) == ()
        with database.read() as connection:
            found = {
                name: connection.execute(f"SELECT sealed FROM {name}").fetchone()[0]  # noqa: S608
                for name in SEALED
            }
        assert found == SEALED
        database.close()
        zeroed(profile)
