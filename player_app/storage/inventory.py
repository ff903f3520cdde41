"""Counts what lies in the player's folders and in the viewer's own database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from player_app.storage.database import Database
from player_app.storage.schema import migrations, own_tables


@dataclass(frozen=True, slots=True)
class Amount:
    """Of files or rows; `bytes` are what the files take, or the values in the rows."""

    count: int = 0
    bytes: int = 0

    def __add__(self, other: Amount) -> Amount:
        return Amount(self.count + other.count, self.bytes + other.bytes)


def files_below(folder: Path) -> dict[Path, int]:
    """Every file below the folder with its bytes; what goes meanwhile is left out."""
    found: dict[Path, int] = {}
    for path in folder.rglob("*"):
        try:
            if path.is_file() and not path.is_symlink():
                found[path] = path.stat().st_size
        except OSError:
            continue
    return found


def drop_rows(database: Database, tables: Iterable[str]) -> None:
    """All of these tables of the viewer's own, which stay, empty."""
    known = {table.name for table in own_tables(max(migrations()))}
    with database.write() as connection:
        for table in known & set(tables):
            connection.execute(f"DELETE FROM {table}")  # noqa: S608 - names of ours


def rows_of(database: Database) -> dict[str, Amount]:
    """Each table of the viewer's own by its name, but for single values: these by theirs.

    A single value is called `kept:` and its name.
    """
    found: dict[str, Amount] = {}
    with database.read() as connection:
        for table in own_tables(max(migrations())):
            size = " + ".join(f"length(CAST({each} AS BLOB))" for each in table.columns)
            name = "'kept:' || name" if table.name == "kept" else f"'{table.name}'"
            rows = connection.execute(
                f"SELECT {name}, count(*), coalesce(sum({size}), 0) FROM {table.name} GROUP BY 1"  # noqa: S608 - names of ours
            )
            for key, count, total in rows:
                found[str(key)] = Amount(int(count), int(total))
            if table.name != "kept":
                found.setdefault(table.name, Amount())
    return found
