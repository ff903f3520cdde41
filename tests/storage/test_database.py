"""The database keeps what it acknowledged, refuses a newer one, and begins anew when damaged."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from player_app.core.errors import DatabaseTooNew
from player_app.core.position import Position
from player_app.storage.database import migrations, open_database
from player_app.storage.positions import PositionStore

HERE = Position("film-1", 61_000, finished=False, kept_at=1)


def test_a_position_is_there_after_a_restart(tmp_path: Path) -> None:
    database, _ = open_database(tmp_path / "d")
    PositionStore(database).keep(HERE)
    database.close()
    again, damaged = open_database(tmp_path / "d")
    assert PositionStore(again).of("film-1") == HERE
    assert damaged is None
    again.close()


def test_a_damaged_database_is_kept_aside_and_begun_anew(
    tmp_path: Path, expect_log: Callable[[str], None]
) -> None:
    expect_log("the database is damaged")
    (tmp_path / "d").write_bytes(b"no database at all" * 500)
    database, damaged = open_database(tmp_path / "d")
    assert damaged is not None
    assert Path(damaged.kept_as).read_bytes().startswith(b"no database")
    PositionStore(database).keep(HERE)
    database.close()


def test_a_newer_database_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    database, _ = open_database(tmp_path / "d")
    with database.write() as connection:
        connection.execute(f"PRAGMA user_version = {max(migrations()) + 1}")
    database.close()
    before = (tmp_path / "d").read_bytes()
    with pytest.raises(DatabaseTooNew):
        open_database(tmp_path / "d")
    assert (tmp_path / "d").read_bytes() == before


def test_a_transaction_that_fails_leaves_nothing_and_the_next_one_works(tmp_path: Path) -> None:
    database, _ = open_database(tmp_path / "d")
    with pytest.raises(RuntimeError), database.write() as connection:  # noqa: PT012
        connection.execute("INSERT INTO drafts VALUES ('film-1', 'half')")
        raise RuntimeError
    with database.read() as connection:
        assert connection.execute("SELECT count(*) FROM drafts").fetchone() == (0,)
    PositionStore(database).keep(HERE)
    with database.read() as connection:
        assert connection.execute("SELECT count(*) FROM drafts").fetchone() == (0,)
    assert PositionStore(database).of("film-1") == HERE
    database.close()
