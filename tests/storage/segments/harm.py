"""What can happen to a store's folder behind the player's back, each at a place of chance."""

from __future__ import annotations

import contextlib
import random
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

from tests.storage.damage import DAMAGES, one_wrong_bit
from tests.storage.segments.filled import hash_of, opened, segment

Harm = Callable[[Path, random.Random], None]
INDEX = "index.sqlite3"


def _files(folder: Path) -> list[Path]:
    return sorted(each for each in folder.glob("??/*") if each.is_file())


def deleted(folder: Path, chance: random.Random) -> None:
    chance.choice(_files(folder)).unlink()


def truncated(folder: Path, chance: random.Random) -> None:
    path = chance.choice(_files(folder))
    path.write_bytes(path.read_bytes()[: chance.randrange(path.stat().st_size)])


def grown(folder: Path, chance: random.Random) -> None:
    with chance.choice(_files(folder)).open("ab") as file:
        file.write(chance.randbytes(chance.randrange(1, 5000)))


def one_bit(folder: Path, chance: random.Random) -> None:
    path = chance.choice(_files(folder))
    one_wrong_bit(path, chance.randrange(path.stat().st_size), chance.randrange(8))


def zeroed(folder: Path, chance: random.Random) -> None:
    path = chance.choice(_files(folder))
    path.write_bytes(bytes(path.stat().st_size))


def swapped(folder: Path, chance: random.Random) -> None:
    one, other = chance.sample(_files(folder), 2)
    content = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(content)


def many_deleted(folder: Path, chance: random.Random) -> None:
    for path in chance.sample(_files(folder), 8):
        path.unlink()


def a_folder_in_its_place(folder: Path, chance: random.Random) -> None:
    DAMAGES["a_folder"](chance.choice(_files(folder)))


def a_link_in_its_place(folder: Path, chance: random.Random) -> None:
    path = chance.choice(_files(folder))
    path.unlink()
    path.symlink_to("/dev/zero" if chance.random() < 0.5 else folder / "nothing")


def a_file_in_a_folders_place(folder: Path, chance: random.Random) -> None:
    path = chance.choice(_files(folder)).parent
    shutil.rmtree(path)
    path.write_text("holiday")


def left_in_the_middle(folder: Path, chance: random.Random) -> None:
    path = chance.choice(_files(folder))
    path.with_name(f"{path.name}.7.part").write_bytes(path.read_bytes()[:100])


def a_false_file(folder: Path, chance: random.Random) -> None:
    """One that is called by the hash of something else."""
    path = folder / "ab" / f"ab{chance.randbytes(31).hex()}"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"anything")


CLOSED_OR_OPEN: tuple[Harm, ...] = (
    deleted,
    truncated,
    grown,
    one_bit,
    zeroed,
    swapped,
    many_deleted,
    a_folder_in_its_place,
    a_file_in_a_folders_place,
    left_in_the_middle,
)


def index_deleted(folder: Path, _chance: random.Random) -> None:
    (folder / INDEX).unlink(missing_ok=True)


def index_harmed(folder: Path, chance: random.Random) -> None:
    if (folder / INDEX).is_file():
        chance.choice(list(DAMAGES.values()))(folder / INDEX)


def index_with_a_wrong_bit(folder: Path, chance: random.Random) -> None:
    path = folder / INDEX
    if not path.is_file():
        return
    used = [place for place, byte in enumerate(path.read_bytes()) if byte]
    if used:
        one_wrong_bit(path, chance.choice(used), chance.randrange(8))


def index_of_another_device(folder: Path, _chance: random.Random) -> None:
    other = folder.with_name("another device's")
    store = opened(other, "another device")
    store.hold("another's film", ["never:put"])
    store.close()
    if not (folder / INDEX).is_dir():
        shutil.copy(other / INDEX, folder / INDEX)
    shutil.rmtree(other)


def index_from_before(folder: Path, _chance: random.Random) -> None:
    """As a backup brings it back: it knows the films, and not half of their files."""
    _rows(folder, "DELETE FROM segments WHERE name > '8'")


def stale_row(folder: Path, chance: random.Random) -> None:
    name = hash_of(chance.randbytes(8))
    _rows(folder, f"INSERT INTO segments VALUES ('{name}', '{name}', 10, 1, 1)")  # noqa: S608 - a hash


def row_of_another_size(folder: Path, _chance: random.Random) -> None:
    _rows(folder, "UPDATE segments SET bytes = bytes + 1 WHERE name < '8'")


def row_of_another_file(folder: Path, _chance: random.Random) -> None:
    _rows(folder, f"UPDATE segments SET content = '{hash_of(segment(99))}' WHERE name < '8'")  # noqa: S608 - a hash


def row_of_nonsense(folder: Path, chance: random.Random) -> None:
    values = ("'no hash'", "x'ff'", "NULL", "'-1'", "9e99", "CAST(x'ff' AS TEXT)")
    column = chance.choice(("name", "content", "bytes", "used", "proven"))
    with contextlib.suppress(sqlite3.IntegrityError):
        value = chance.choice(values)
        _rows(
            folder,
            f"UPDATE segments SET {column} = {value} WHERE name = (SELECT min(name) FROM segments)",  # noqa: S608 - values of ours
        )


def hold_of_nonsense(folder: Path, chance: random.Random) -> None:
    value = chance.choice(("x'00'", "'text'", "zeroblob(300)", "(SELECT max(sealed) FROM holds)"))
    _rows(folder, f"UPDATE holds SET sealed = {value}")  # noqa: S608 - a value of ours


def log_of_nonsense(folder: Path, chance: random.Random) -> None:
    (folder / f"{INDEX}-wal").write_bytes(chance.randbytes(9000))


CLOSED: tuple[Harm, ...] = (
    *CLOSED_OR_OPEN,
    a_link_in_its_place,
    a_false_file,
    index_deleted,
    index_harmed,
    index_harmed,
    index_with_a_wrong_bit,
    index_with_a_wrong_bit,
    index_of_another_device,
    index_from_before,
    stale_row,
    row_of_another_size,
    row_of_another_file,
    row_of_nonsense,
    hold_of_nonsense,
    log_of_nonsense,
)

OPEN: tuple[Harm, ...] = (*CLOSED_OR_OPEN, index_deleted, index_harmed)


def _rows(folder: Path, statement: str) -> None:
    if (folder / INDEX).is_file():
        connection = sqlite3.connect(folder / INDEX)
        try:
            with contextlib.suppress(sqlite3.DatabaseError), connection:
                connection.execute(statement)
        finally:
            connection.close()
