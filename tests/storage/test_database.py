"""The databases keep what they acknowledged, refuse a newer one, and serve on after damage."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from player_app.core.position import Position
from player_app.core.storage_errors import DatabaseDamaged, DatabaseTooNew, StorageError
from player_app.storage.catalogue import Catalogue, Change
from player_app.storage.comments import CommentStore
from player_app.storage.contents import contents_of, copied_contents, number_of, own_contents
from player_app.storage.copied import copy_of
from player_app.storage.database import Database, migrations, open_database
from player_app.storage.file_moves import MOST_KEPT_ASIDE, keep_aside
from player_app.storage.kept import Kept
from player_app.storage.positions import PositionStore
from player_app.storage.schema import OWN, bring_up_to_date, version_of

HERE = Position("film-1", 61_000, finished=False, kept_at=1)
NEWER = max(migrations()) + 1
LARGE = [(f"film-{number}", "x" * 2000) for number in range(200)]


def overwrite_middle(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        file.write(b"\xff" * 100_000)


def overwrite_start(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(b"\xff" * 4096)


def fill_drafts(database: Database) -> None:
    with database.write() as connection:
        connection.executemany("INSERT INTO drafts VALUES (?, ?)", LARGE)


def test_a_position_is_there_after_a_restart(tmp_path: Path) -> None:
    database, _ = open_database(tmp_path / "d")
    PositionStore(database).keep(HERE)
    database.close()
    again, damaged = open_database(tmp_path / "d")
    assert PositionStore(again).of("film-1") == HERE
    assert damaged is None
    again.close()


def test_a_newer_database_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    database, _ = open_database(tmp_path / "d")
    with database.write() as connection:
        connection.execute(f"PRAGMA own.user_version = {NEWER}")
        connection.execute("UPDATE changes SET version = ?", (NEWER,))
    database.close()
    before = {each: each.read_bytes() for each in tmp_path.glob("d*")}
    with pytest.raises(DatabaseTooNew):
        open_database(tmp_path / "d")
    assert {each: each.read_bytes() for each in tmp_path.glob("d*")} == before


@pytest.mark.parametrize("version", [each for each in migrations() if each > 1])
def test_every_script_writes_its_version_where_a_wrong_bit_in_the_header_shows(
    version: int,
) -> None:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    bring_up_to_date(connection, OWN, version)
    assert contents_of(connection).version == version_of(connection) == version
    connection.close()


def test_only_what_changes_something_is_counted(tmp_path: Path) -> None:
    database, _ = open_database(tmp_path / "d")

    def number() -> int:
        with database.read() as connection:
            return number_of(connection)

    PositionStore(database).keep(HERE)
    assert number() == 1
    with database.write() as connection:
        connection.execute("SELECT count(*) FROM positions").fetchone()
        connection.execute("DELETE FROM drafts WHERE film_id = 'film-1'")
    Kept(database).forget("account")
    assert number() == 1
    fill_drafts(database)
    assert number() == 2
    with pytest.raises(RuntimeError), database.write() as connection:  # noqa: PT012
        connection.execute("DELETE FROM drafts")
        raise RuntimeError
    assert number() == 2
    database.close()
    copy = copied_contents(copy_of(tmp_path / "d"))
    assert copy is not None
    assert copy.number == 2


def test_a_copy_that_missed_a_change_never_seems_to_know_as_much_as_the_library(
    tmp_path: Path,
) -> None:
    path = tmp_path / "d"
    database, _ = open_database(path)
    with database._own.alone() as writer:
        writer.execute("INSERT INTO drafts VALUES ('film-1', 'known to the library alone')")
        writer.execute("UPDATE own.changes SET number = 1")
        writer.execute("DELETE FROM copied_rows")
        writer.execute("UPDATE copied_state SET state = sealed(2, 0)")
    PositionStore(database).keep(HERE)
    database.close()
    own, copy = own_contents(path), copied_contents(copy_of(path))
    assert own is not None
    assert copy is not None
    assert copy.number < own.number

    database, damaged = open_database(path)
    assert damaged is None
    assert PositionStore(database).of("film-1") == HERE
    assert CommentStore(database).draft("film-1") == "known to the library alone"
    database.close()
    assert own_contents(path) == copied_contents(copy_of(path))


def test_what_is_kept_aside_takes_along_what_lies_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "kept" / "d"
    path.parent.mkdir()
    endings = ("", "-wal", "-shm", "-journal")
    for ending in endings:
        path.with_name(f"d{ending}").write_text(f"d{ending}")
    kept_as = keep_aside(path)
    assert {each.name: each.read_text() for each in path.parent.iterdir()} == {
        f"{kept_as.name}{ending}": f"d{ending}" for ending in endings
    }


def test_of_what_is_kept_aside_the_latest_few_stay_and_a_strange_folder_does(
    tmp_path: Path,
) -> None:
    path = tmp_path / "kept" / "d"
    path.mkdir(parents=True)
    (path / "letter").write_text("not ours")
    folder = keep_aside(path)
    kept = []
    for number in range(MOST_KEPT_ASIDE + 3):
        path.write_text(str(number))
        path.with_name("d-wal").write_text(str(number))
        kept.append(keep_aside(path))
    assert (folder / "letter").read_text() == "not ours"
    stay = {each.name for each in kept[-MOST_KEPT_ASIDE:]}
    there = {each.name for each in path.parent.iterdir()} - {folder.name}
    assert there == stay | {f"{each}-wal" for each in stay}


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


def test_damage_met_in_use_is_told_and_mended_at_the_next_start(
    tmp_path: Path, expect_log: Callable[[str], None]
) -> None:
    expect_log("the library is damaged")
    path = tmp_path / "d"
    database, _ = open_database(path)
    fill_drafts(database)
    database.close()
    database, _ = open_database(path)
    overwrite_middle(path)
    with pytest.raises(DatabaseDamaged) as met, database.read() as connection:
        connection.execute("SELECT sum(length(text)) FROM drafts").fetchone()
    assert not met.value.saved
    database.close()

    database, damaged = open_database(path)
    assert damaged is not None
    assert damaged.saved == "all"
    with database.read() as connection:
        assert sorted(connection.execute("SELECT * FROM drafts")) == sorted(LARGE)
    database.close()


@pytest.mark.parametrize("damage", [overwrite_start, Path.unlink], ids=["overwritten", "deleted"])
def test_a_copy_that_is_damaged_in_use_is_made_anew_and_the_next_write_is_in_it(
    tmp_path: Path, expect_log: Callable[[str], None], damage: Callable[[Path], None]
) -> None:
    expect_log("the copy of the library is damaged")
    expect_log("the library is damaged")
    path = tmp_path / "d"
    database, _ = open_database(path)
    fill_drafts(database)
    damage(path.with_name("d.copy"))
    with pytest.raises(StorageError):
        PositionStore(database).keep(HERE)
    PositionStore(database).keep(HERE)
    database.close()

    path.unlink()
    database, damaged = open_database(path)
    assert damaged is not None
    assert (damaged.kept_as, damaged.saved) == (None, "all")
    assert PositionStore(database).of("film-1") == HERE
    database.close()


def test_a_library_that_is_deleted_in_use_loses_nothing(
    tmp_path: Path, expect_log: Callable[[str], None]
) -> None:
    expect_log("the library is damaged")
    path = tmp_path / "d"
    database, _ = open_database(path)
    path.unlink()
    PositionStore(database).keep(HERE)
    database.close()
    database, damaged = open_database(path)
    assert damaged is not None
    assert PositionStore(database).of("film-1") == HERE
    database.close()


def test_films_that_are_damaged_are_begun_anew_and_nothing_of_the_viewers_is_touched(
    tmp_path: Path, expect_log: Callable[[str], None]
) -> None:
    expect_log("the list of films is damaged")
    database, _ = open_database(tmp_path / "d.sqlite3")
    Catalogue(database).apply(Change((), (), "cursor-9"))
    PositionStore(database).keep(HERE)
    database.close()
    overwrite_start(tmp_path / "d-films.sqlite3")

    database, damaged = open_database(tmp_path / "d.sqlite3")
    assert damaged is not None
    assert damaged.saved == "films"
    assert Path(str(damaged.kept_as)).exists()
    assert Catalogue(database).cursor() is None
    assert PositionStore(database).of("film-1") == HERE
    database.close()


def test_films_are_read_as_a_whole_only_after_a_bad_end(
    tmp_path: Path, expect_log: Callable[[str], None]
) -> None:
    expect_log("the list of films is damaged")
    path, films = tmp_path / "d.sqlite3", tmp_path / "d-films.sqlite3"
    database, _ = open_database(path)
    with database.films.write() as connection:
        connection.executemany(
            "INSERT INTO films (id, slug, featured, streams, year, packed) "
            "VALUES (?, ?, 0, 0, 0, '')",
            [(f"film-{number}", "x" * 2000) for number in range(200)],
        )
    database.close()
    overwrite_middle(films)
    database, damaged = open_database(path)
    assert damaged is None
    database.close()
    films.with_name(f"{films.name}.in-use").touch()
    database, damaged = open_database(path)
    assert damaged is not None
    database.close()


def test_two_writers_wait_for_each_other_in_both_files(tmp_path: Path) -> None:
    database, _ = open_database(tmp_path / "d")
    store = PositionStore(database)

    def keep(first: int) -> None:
        for number in range(first, first + 50):
            store.keep(Position(f"film-{number}", number, finished=False, kept_at=number))

    threads = [threading.Thread(target=keep, args=(start,)) for start in (0, 100, 200, 300)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(store.all()) == 200
    database.close()
    assert own_contents(tmp_path / "d") == copied_contents(tmp_path / "d.copy")
