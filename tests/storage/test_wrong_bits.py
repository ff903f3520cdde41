"""A single wrong bit anywhere in one of the three files: the player opens, and nothing is lost."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from player_app.core.position import Position
from player_app.core.storage_errors import DatabaseDamaged, DatabaseTooNew
from player_app.storage.catalogue import Catalogue, Change
from player_app.storage.copied import copy_of
from player_app.storage.database import Database, migrations, open_database
from player_app.storage.film_file import film_file_of
from player_app.storage.packing import seal
from player_app.storage.positions import PositionStore
from tests.plugins.promises import Promise
from tests.storage.belongings import missing_from, put_in
from tests.storage.damage import one_wrong_bit, one_wrong_byte

ExpectLog = Callable[[str], None]
LATER = Position("film-09", 1_000, finished=False, kept_at=1_763_999_999)
HEADER = 100
WRITING_FORMAT, SCHEMA_FORMAT = 18, 47
USER_VERSION = 63
"""The last byte of the schema's version in a file's header."""

FILES: dict[str, Callable[[Path], Path]] = {
    "own": lambda path: path,
    "copy": copy_of,
    "films": film_file_of,
}


@pytest.fixture
def profile(tmp_path: Path, expect_log: ExpectLog) -> Path:
    for name in ("the library", "the copy of the library", "the list of films"):
        expect_log(f"{name} is damaged")
    (tmp_path / "whole").mkdir()
    database, _ = open_database(tmp_path / "whole" / "verite.sqlite3")
    put_in(database)
    database.close()
    return tmp_path / "whole" / "verite.sqlite3"


def works(database: Database) -> bool:
    """Whether films come and places are kept; damage of the films may show only now."""
    PositionStore(database).keep(LATER)
    try:
        Catalogue(database).apply(Change((), (), "cursor-9"))
        return Catalogue(database).cursor() == "cursor-9"
    except DatabaseDamaged:
        return False


@pytest.mark.promise(3)
@pytest.mark.parametrize("which", FILES)
def test_one_wrong_bit_loses_nothing_and_keeps_nobody_out(
    tmp_path: Path, profile: Path, promise: Promise, which: str
) -> None:
    chance = random.Random(f"{which} 1")  # noqa: S311 - the same places each time
    content = FILES[which](profile).read_bytes()
    used = [place for place, byte in enumerate(content) if byte]
    for number in range(promise.count(smoke=20, full=400)):
        place = chance.choice(used) if number % 3 else chance.randrange(HEADER)
        bit = chance.randrange(8)
        harmed = tmp_path / str(number) / profile.name
        shutil.copytree(profile.parent, harmed.parent)
        one_wrong_bit(FILES[which](harmed), place, bit)

        database, _ = open_database(harmed)
        assert missing_from(database) == [], (place, bit)
        is_well = works(database)
        assert is_well or which == "films", (place, bit)
        database.close()
        database, damaged = open_database(harmed)
        assert (damaged is None) == is_well, (place, bit)
        assert works(database), (place, bit)
        assert missing_from(database) == [], (place, bit)
        database.close()
        shutil.rmtree(harmed.parent)
        promise.tried()


@pytest.mark.promise(3)
@pytest.mark.promise(24)
@pytest.mark.parametrize("bit", range(2, 8))
def test_a_wrong_bit_in_a_version_is_not_taken_for_a_newer_player(profile: Path, bit: int) -> None:
    one_wrong_bit(profile, USER_VERSION, bit)
    one_wrong_bit(film_file_of(profile), USER_VERSION, bit)
    database, damaged = open_database(profile)
    assert damaged is not None
    assert damaged.saved == "all"
    assert missing_from(database) == []
    database.close()


@pytest.mark.promise(3)
@pytest.mark.parametrize("which", FILES)
@pytest.mark.parametrize("place", [WRITING_FORMAT, SCHEMA_FORMAT])
def test_a_wrong_bit_that_asks_for_a_newer_sqlite_shuts_nobody_out(
    profile: Path, which: str, place: int
) -> None:
    one_wrong_bit(FILES[which](profile), place, 3)
    database, _ = open_database(profile)
    assert missing_from(database) == []
    assert works(database)
    database.close()


@pytest.mark.promise(3)
@pytest.mark.parametrize("place", [0, len("positions"), len("positions") + 6])
def test_a_wrong_bit_in_the_key_of_a_copied_row_spoils_the_copy_and_not_the_library(
    profile: Path, place: int
) -> None:
    key = b"positions" + seal("film-01")
    content = copy_of(profile).read_bytes()
    assert content.count(key) == 1
    one_wrong_bit(copy_of(profile), content.index(key) + place, 1)
    database, damaged = open_database(profile)
    assert damaged is None
    assert missing_from(database) == []
    database.close()
    assert list(profile.parent.glob(f"{copy_of(profile).name}.damaged-*"))


@pytest.mark.promise(3)
def test_a_definition_with_a_wrong_bit_is_damage_also_where_there_is_no_copy(profile: Path) -> None:
    copy_of(profile).unlink()
    content = profile.read_bytes()
    one_wrong_bit(profile, content.index(b"finished INTEGER"), 0)
    database, damaged = open_database(profile)
    assert damaged is not None
    assert damaged.saved == "some"
    assert missing_from(database) == ["film-01", "film-02"]
    PositionStore(database).keep(LATER)
    database.close()


@pytest.mark.promise(3)
def test_with_its_version_wrong_and_no_copy_every_row_is_still_saved(profile: Path) -> None:
    copy_of(profile).unlink()
    one_wrong_bit(profile, USER_VERSION, 6)
    database, damaged = open_database(profile)
    assert damaged is not None
    assert missing_from(database) == []
    database.close()


@pytest.mark.promise(3)
def test_a_wrong_bit_in_the_state_of_the_copy_puts_nothing_of_the_library_aside(
    profile: Path,
) -> None:
    content = copy_of(profile).read_bytes()
    database, _ = open_database(profile)
    with database._own.alone() as writer:
        (state,) = writer.execute("SELECT state FROM copied_state").fetchone()
    database.close()
    assert content.count(state) == 1
    start = content.index(state)
    for place in range(start, start + len(state)):
        one_wrong_bit(copy_of(profile), place, 0)
        database, damaged = open_database(profile)
        assert damaged is None
        assert missing_from(database) == []
        database.close()
    assert not list(profile.parent.glob(f"{profile.name}.damaged-*"))


@pytest.mark.promise(3)
def test_a_copy_alone_whose_state_and_a_row_are_wrong_gives_all_other_rows(profile: Path) -> None:
    profile.unlink()
    one_wrong_byte(copy_of(profile), b"Seen twice.")
    content = copy_of(profile).read_bytes()
    # the state is sealed as the only value of its table, on a page of its own
    state = content.rindex(bytes([0x92, max(migrations())]))
    one_wrong_bit(copy_of(profile), state + 1, 2)
    database, damaged = open_database(profile)
    assert damaged is not None
    assert damaged.saved == "some"
    assert missing_from(database) == ["waiting comment"]
    database.close()


@pytest.mark.promise(24)
def test_a_copy_that_a_newer_player_sealed_is_refused_and_left_as_it_is(profile: Path) -> None:
    database, _ = open_database(profile)
    with database._own.alone() as writer:
        writer.execute("UPDATE copied_state SET state = sealed(99, 1)")
    database.close()
    before = {each: each.read_bytes() for each in profile.parent.iterdir()}
    with pytest.raises(DatabaseTooNew):
        open_database(profile)
    assert {each: each.read_bytes() for each in profile.parent.iterdir()} == before
