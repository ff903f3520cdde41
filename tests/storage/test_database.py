"""The database keeps what it acknowledged, refuses a newer one, and begins anew when damaged."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from player_app.core.errors import DatabaseDamaged, DatabaseTooNew
from player_app.core.position import Position
from player_app.storage.database import migrations, open_database
from player_app.storage.positions import PositionStore

HERE = Position("film-1", 61_000, finished=False, kept_at=1)


def filled(path: Path) -> None:
    database, _ = open_database(path)
    rows = [(f"film-{number}", "x" * 2000) for number in range(200)]
    with database.write() as connection:
        connection.executemany("INSERT INTO drafts VALUES (?, ?)", rows)
    database.close()


def damage(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        file.write(b"\xff" * 100_000)


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
    assert Path(str(damaged.kept_as)).read_bytes().startswith(b"no database")
    PositionStore(database).keep(HERE)
    database.close()


def test_damage_met_in_use_is_told_and_mended_at_the_next_start(
    tmp_path: Path, expect_log: Callable[[str], None]
) -> None:
    expect_log("the database is damaged")
    path = tmp_path / "d"
    filled(path)
    assert not path.with_name("d.in-use").exists()
    damage(path)
    database, damaged = open_database(path)
    assert damaged is None
    with pytest.raises(DatabaseDamaged), database.read() as connection:
        connection.execute("SELECT sum(length(text)) FROM drafts").fetchone()
    database.close()
    database, damaged = open_database(path)
    assert damaged is not None
    assert damaged.kept_as is not None
    assert Path(damaged.kept_as).exists()
    database.close()


def test_a_database_that_was_not_closed_well_is_read_as_a_whole(
    tmp_path: Path, expect_log: Callable[[str], None]
) -> None:
    expect_log("the database is damaged")
    path = tmp_path / "d"
    filled(path)
    damage(path)
    path.with_name("d.in-use").touch()
    database, damaged = open_database(path)
    assert damaged is not None
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
