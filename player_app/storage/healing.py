"""Sees at the start that nothing of the viewer's is lost: from the file, its copy, or both."""

from __future__ import annotations

import contextlib
import logging
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from player_app.core.storage_errors import DatabaseDamaged, DatabaseTooNew
from player_app.storage.contents import (
    UNKNOWN,
    Contents,
    Rows,
    copied_contents,
    own_contents,
)
from player_app.storage.copied import copy_of
from player_app.storage.file_moves import is_gone, keep_aside, put_in_place
from player_app.storage.schema import COUNTER, OWN, bring_up_to_date, migrations, own_tables

log = logging.getLogger(__name__)

KEPT_AT = 3
"""The column of a position that says when it was kept."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What was found and done; the copy must be made anew unless `copy_agrees`."""

    damaged: DatabaseDamaged | None
    copy_agrees: bool


def settle(path: Path) -> Settled:
    """Before the file is opened: make it anew where it is damaged or knows less than its copy.

    At every moment all rows that can be read lie in the file, in its copy, or, whole, in a file
    of what was healed: a player that is killed here goes on at its next start.
    """
    healed = path.with_name(f"{path.name}.healed")
    goes_on = is_gone(path) and healed.exists()
    if goes_on:
        keep_aside(path)
        put_in_place(healed, path)
    own, copy = own_contents(path), copied_contents(copy_of(path))
    _refuse_newer(own, copy)
    if own is None and copy is None:
        if is_gone(path):
            keep_aside(path)
        return Settled(None, copy_agrees=False)
    if own is not None and _is_enough(own, copy):
        healed.unlink(missing_ok=True)
        _put_aside_unless_whole(path, copy)
        saved = "all" if copy is not None and copy.whole else "some"
        return Settled(DatabaseDamaged(None, saved) if goes_on else None, copy_agrees=own == copy)
    log.error("the library is damaged and is made anew of what was saved")
    version, rows, saved = _saved(own, copy)
    _make(healed, version, max(each.number for each in (own, copy) if each), rows)
    is_there, kept_as = not is_gone(path), str(keep_aside(path))
    put_in_place(healed, path)
    _put_aside_unless_whole(path, copy)
    return Settled(
        DatabaseDamaged(kept_as if is_there else None, saved),
        copy_agrees=own_contents(path) == copy,
    )


def _put_aside_unless_whole(path: Path, copy: Contents | None) -> None:
    if copy is not None and not copy.whole:
        log.warning("the copy of the library is damaged and is kept aside")
        keep_aside(copy_of(path))


def _is_enough(own: Contents, copy: Contents | None) -> bool:
    """Whether the file is whole and knows all that its copy knows."""
    if not own.whole or copy is None:
        return own.whole
    if (own.version, own.number) < (copy.version, copy.number):
        return False
    # the same changes must have led to the same rows, or the file was changed from outside
    same = (own.version, own.number) == (copy.version, copy.number)
    return not (same and copy.whole and own.rows != copy.rows)


def _saved(own: Contents | None, copy: Contents | None) -> tuple[int, Rows, str]:
    """The schema's version, the rows and how much of the whole they are."""
    if copy is not None and copy.whole:
        return copy.version, copy.rows, "all"
    found = [each for each in (own, copy) if each is not None]
    version = max(each.version for each in found)
    if version == UNKNOWN:
        version = max(migrations())
    rows: Rows = {}
    for each in sorted(found, key=lambda contents: contents.number):
        _take(rows, each.rows)
    return version, rows, "some" if rows else "none"


def _take(rows: Rows, newer: Rows) -> None:
    """Rows of the one that has seen more changes win; of a position the one that was kept last."""
    for place, row in newer.items():
        known = rows.get(place)
        if known is None or place[0] != "positions" or _kept_at(row) >= _kept_at(known):
            rows[place] = row


def _kept_at(position: tuple[object, ...]) -> int:
    at = position[KEPT_AT] if len(position) > KEPT_AT else None
    return at if isinstance(at, int) else 0


def _make(healed: Path, version: int, number: int, rows: Rows) -> None:
    """A file of its own of that version with these rows; what does not fit in is left out."""
    part = healed.with_name(f"{healed.name}.part")
    part.unlink(missing_ok=True)
    tables = {table.name: table for table in own_tables(version)}
    with contextlib.closing(sqlite3.connect(part, isolation_level=None)) as connection:
        part.chmod(0o600)
        connection.execute("PRAGMA synchronous = FULL")
        bring_up_to_date(connection, OWN, version)
        connection.execute("BEGIN IMMEDIATE")
        for (name, _), row in rows.items():
            if name in tables and len(row) == len(tables[name].columns):
                _put(connection, name, row)
        if version > 1:
            connection.execute(f"UPDATE {COUNTER} SET number = ?", (max(number, 0),))  # noqa: S608 - a name of ours
        connection.execute("COMMIT")
    put_in_place(part, healed)


def _put(connection: sqlite3.Connection, name: str, row: Iterable[object]) -> None:
    values = tuple(row)
    marks = ",".join("?" * len(values))
    with contextlib.suppress(sqlite3.IntegrityError):  # of a row that was read from a damaged page
        connection.execute(f"INSERT OR REPLACE INTO {name} VALUES ({marks})", values)  # noqa: S608 - names of ours


def _refuse_newer(own: Contents | None, copy: Contents | None) -> None:
    newest = max(migrations())
    for each in (own, copy):
        if each is not None and each.version > newest:
            raise DatabaseTooNew(each.version, newest)
