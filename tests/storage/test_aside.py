"""What one account left here comes back to it, of two places the newer one, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from player_app.core.position import Position
from player_app.storage.aside import Aside
from player_app.storage.comments import CommentStore
from player_app.storage.contents import number_of
from player_app.storage.database import Database, open_database
from player_app.storage.kept import Kept
from player_app.storage.positions import PositionStore
from tests.fakes.browser import RecordingBrowser
from tests.features.player import Player
from tests.storage.belongings import PENDING, POSITIONS, missing_from, put_in
from tests.ui import samples

ANNA = "anna https://films.example.org"
EARLIER = Position("film-01", 10_000, finished=False, kept_at=1)
LATER = Position("film-01", 90_000, finished=False, kept_at=2)
ELSEWHERE = Position("film-08", 30_000, finished=False, kept_at=3)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database, _ = open_database(tmp_path / "verite.sqlite3")
    yield database
    database.close()


def test_all_that_was_put_aside_comes_back(database: Database) -> None:
    put_in(database)
    Aside(database).put(ANNA)
    assert PositionStore(database).all() == {}
    assert CommentStore(database).waiting() == ()
    Aside(database).bring_back(ANNA)
    assert missing_from(database) == []


def test_what_was_put_aside_twice_comes_back_together_the_newer_place_first(
    database: Database,
) -> None:
    aside, positions = Aside(database), PositionStore(database)
    CommentStore(database).keep_draft("film-02", "earlier alone")
    for each in (EARLIER, ELSEWHERE):
        positions.keep(each)
    aside.put(ANNA)
    positions.keep(LATER)
    aside.put(ANNA)
    aside.bring_back(ANNA)
    assert positions.all() == {"film-01": LATER, "film-08": ELSEWHERE}
    assert CommentStore(database).draft("film-02") == "earlier alone"


def test_what_stands_there_meanwhile_stays(database: Database) -> None:
    aside, positions = Aside(database), PositionStore(database)
    positions.keep(EARLIER)
    aside.put(ANNA)
    positions.keep(LATER)
    aside.bring_back(ANNA)
    assert positions.of("film-01") == LATER
    aside.put(ANNA)
    aside.bring_back(ANNA)
    assert positions.of("film-01") == LATER


def test_it_is_brought_back_and_the_account_kept_or_neither(database: Database) -> None:
    put_in(database)
    Kept(database).forget("account")
    aside = Aside(database)
    aside.put(ANNA)
    with pytest.raises(TypeError):
        aside.bring_back(ANNA, account=object())
    assert PositionStore(database).all() == {}
    assert Kept(database).get("account", str) is None

    aside.bring_back(ANNA, account="Anna")
    assert set(PositionStore(database).all()) == {each.film_id for each in POSITIONS}
    assert Kept(database).get("account", str) == "Anna"


def test_what_is_forgotten_goes_as_the_rest_is_put_aside(database: Database) -> None:
    put_in(database)
    Kept(database).put("kept", 1)
    Aside(database).put(ANNA, "account", "rights")
    assert Kept(database).get("account", object) is None
    assert Kept(database).get("rights", object) is None
    assert Kept(database).get("kept", int) == 1
    Aside(database).bring_back(ANNA)
    assert missing_from(database) == ["account", "rights"]
    assert PENDING.id


def test_a_sign_in_is_one_change_and_a_sign_out_another(tmp_path: Path) -> None:
    """So no kill can leave one account's things before the next one, or hide its own from it."""
    player = Player(tmp_path, RecordingBrowser())

    def number() -> int:
        with player.database.read() as connection:
            return number_of(connection)

    before = number()
    player.connection.signed_in_as(samples.ACCOUNT)
    assert number() == before + 1
    PositionStore(player.database).keep(LATER)
    before = number()
    player.connection.signed_out()
    assert number() == before + 1
    assert PositionStore(player.database).all() == {}
    player.connection.signed_in_as(samples.ACCOUNT)
    assert number() == before + 2
    assert PositionStore(player.database).of("film-01") == LATER
    player.close()
