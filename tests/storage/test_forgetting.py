"""What goes when the viewer takes a kind of thing away, and what stays."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from player_app.storage.catalogue import Catalogue, Change
from player_app.storage.database import Database, open_database
from player_app.storage.inventory import drop_rows
from player_app.storage.positions import PositionStore
from tests.storage.belongings import POSITIONS, missing_from, put_in
from tests.ui import samples


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made, _ = open_database(tmp_path / "library.sqlite3")
    put_in(made)
    Catalogue(made).apply(Change(samples.films(), (), "1"))
    yield made
    made.close()


def test_the_list_of_films_goes_and_nothing_of_the_viewers(database: Database) -> None:
    catalogue = Catalogue(database)
    assert catalogue.count() > 0

    catalogue.forget_films()

    assert (catalogue.count(), catalogue.cursor()) == (0, None)
    assert not missing_from(database)


def test_places_go_and_nothing_else(database: Database) -> None:
    drop_rows(database, ["positions", "waiting_progress"])

    assert PositionStore(database).all() == {}
    assert Catalogue(database).count() > 0
    PositionStore(database).keep(POSITIONS[0])
    PositionStore(database).keep(POSITIONS[1])
    assert not missing_from(database)


def test_no_table_goes_that_is_none_of_the_viewers_own(database: Database) -> None:
    drop_rows(database, ["films", "sqlite_master", "positions; DROP TABLE kept"])

    assert Catalogue(database).count() > 0
    assert not missing_from(database)
