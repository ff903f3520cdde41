"""Whatever happens to one of the two files of the viewer's own, nothing of it is lost."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from player_app.core.position import Position
from player_app.core.storage_errors import DatabaseDamaged
from player_app.storage.copied import copy_of
from player_app.storage.database import Database, open_database
from player_app.storage.kept import Kept
from player_app.storage.positions import PositionStore
from tests.storage.belongings import POSITIONS, missing_from, put_in
from tests.storage.damage import DAMAGES, LOG_DAMAGES, Damage, first_page, log_of, zeroed

ExpectLog = Callable[[str], None]
LATEST = Position("film-01", 912_000, finished=False, kept_at=1_763_999_999)


@pytest.fixture
def profile(tmp_path: Path, expect_log: ExpectLog) -> Path:
    """A profile with one of everything, closed well."""
    expect_log("the library is damaged")
    expect_log("the copy of the library is damaged")
    database, _ = open_database(tmp_path / "verite.sqlite3")
    put_in(database)
    database.close()
    return tmp_path / "verite.sqlite3"


@pytest.fixture
def killed(tmp_path: Path, expect_log: ExpectLog) -> Path:
    """A profile as a killed player leaves it: what came last is only in the log."""
    expect_log("the library is damaged")
    (tmp_path / "living").mkdir()
    (tmp_path / "killed").mkdir()
    database, _ = open_database(tmp_path / "living" / "verite.sqlite3")
    put_in(database)
    for each in (tmp_path / "living").iterdir():
        shutil.copy(each, tmp_path / "killed" / each.name)
    database.close()
    return tmp_path / "killed" / "verite.sqlite3"


def opened(path: Path) -> tuple[Database, DatabaseDamaged]:
    database, damaged = open_database(path)
    assert damaged is not None
    return database, damaged


@pytest.mark.promise(3)
@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_nothing_is_lost_when_the_library_is_damaged(profile: Path, damage: Damage) -> None:
    damage(profile)
    database, damaged = opened(profile)
    assert missing_from(database) == []
    assert damaged.saved == "all"
    assert (damaged.kept_as is None) == (damage is DAMAGES["deleted"])
    assert damaged.kept_as is None or Path(damaged.kept_as).exists()

    PositionStore(database).keep(LATEST)
    database.close()
    again, told_again = open_database(profile)
    assert told_again is None
    assert PositionStore(again).of("film-01") == LATEST
    again.close()


@pytest.mark.promise(3)
@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_copy_is_made_anew_and_saves_the_library_the_next_time(
    profile: Path, damage: Damage
) -> None:
    damage(copy_of(profile))
    database, damaged = open_database(profile)
    assert damaged is None
    PositionStore(database).keep(LATEST)
    database.close()
    zeroed(profile)
    again, _ = opened(profile)
    assert set(missing_from(again)) == {"film-01"}
    assert PositionStore(again).of("film-01") == LATEST
    again.close()


@pytest.mark.promise(3)
@pytest.mark.parametrize("damage", LOG_DAMAGES.values(), ids=LOG_DAMAGES)
def test_nothing_is_lost_with_the_log_of_a_killed_player(killed: Path, damage: Damage) -> None:
    assert log_of(killed).stat().st_size > 0
    damage(killed)
    database, damaged = opened(killed)
    assert missing_from(database) == []
    assert damaged.saved == "all"
    database.close()


def test_a_killed_player_with_its_log_is_no_damage(killed: Path) -> None:
    database, damaged = open_database(killed)
    assert damaged is None
    assert missing_from(database) == []
    database.close()


def test_the_log_of_a_library_that_is_gone_is_not_played_into_the_next_one(killed: Path) -> None:
    killed.unlink()
    copy_of(killed).unlink()
    database, damaged = open_database(killed)
    assert damaged is None
    assert PositionStore(database).all() == {}
    database.close()


def test_a_single_wrong_byte_in_what_the_viewer_wrote_is_mended_from_the_copy(
    profile: Path,
) -> None:
    content = profile.read_bytes()
    assert content.count(b"Half a thought") == 1
    profile.write_bytes(content.replace(b"Half a thought", b"Half a thoucht"))
    database, damaged = opened(profile)
    assert damaged.saved == "all"
    assert missing_from(database) == []
    database.close()


@pytest.mark.promise(3)
def test_with_both_files_hit_every_row_that_can_be_read_in_either_is_kept(profile: Path) -> None:
    for path in (profile, copy_of(profile)):
        content = path.read_bytes()
        assert content.count(b"Seen twice.") == 1
    spoil(profile, "waiting_comments")
    spoil(profile, "drafts")
    copy = copy_of(profile)
    copy.write_bytes(copy.read_bytes().replace(b"Seen twice.", b"Seen thrice"))

    database, damaged = opened(profile)
    assert damaged.saved == "some"
    # the draft is in the copy alone; the comment was whole in neither
    assert missing_from(database) == ["waiting comment"]
    database.close()


def test_of_a_position_in_both_the_one_that_was_kept_last_is_taken(profile: Path) -> None:
    old_copy = copy_of(profile).read_bytes()
    database, _ = open_database(profile)
    PositionStore(database).keep(LATEST)
    database.close()
    copy_of(profile).write_bytes(old_copy.replace(b"Seen twice.", b"Seen thrice"))
    spoil(profile, "drafts")
    database, damaged = opened(profile)
    assert damaged.saved == "some"
    assert PositionStore(database).of("film-01") == LATEST
    assert PositionStore(database).of("film-02") == POSITIONS[1]
    database.close()


def test_with_nothing_readable_in_either_file_the_library_is_begun_anew(profile: Path) -> None:
    first_page(profile)
    zeroed(copy_of(profile))
    database, damaged = opened(profile)
    assert damaged.saved == "none"
    assert Path(str(damaged.kept_as)).exists()
    Kept(database).put("settings", 1)
    database.close()


def test_a_row_with_a_long_value_is_saved_whole(profile: Path) -> None:
    database, _ = open_database(profile)
    Kept(database).put("rights", "r" * 300_000)
    database.close()
    DAMAGES["middle"](profile)
    database, _ = opened(profile)
    assert Kept(database).get("rights", str) == "r" * 300_000
    database.close()


def spoil(path: Path, table: str) -> None:
    """Overwrite the page that a table begins at."""
    connection = sqlite3.connect(path)
    query = "SELECT rootpage FROM sqlite_schema WHERE name = ?"
    (page,) = connection.execute(query, (table,)).fetchone()
    size = connection.execute("PRAGMA page_size").fetchone()[0]
    connection.close()
    with path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
