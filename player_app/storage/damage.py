"""What SQLite and its files say of damage, of a full disk, and of all else that goes wrong."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from player_app.core.storage_errors import DatabaseDamaged, FolderUnusable, StorageError
from player_app.storage.room import disk_full

ROOM_BYTES = 16 * 1024 * 1024
"""What a database asks for to go on with, where the disk is full."""

FAILURES = (sqlite3.DatabaseError, UnicodeDecodeError)
"""What a statement can raise: a message that quotes a damaged definition need be no text."""

_NEWEST_FORMAT, _NEWEST_SCHEMA_FORMAT = 2, 4
_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def is_whole(connection: sqlite3.Connection, schema: str = "main") -> bool:
    """By reading all of it; what is so bad that it can't be read is not whole either."""
    try:
        said = connection.execute(f"PRAGMA {schema}.quick_check(1)").fetchone()
    except FAILURES as error:
        if is_damage(error):
            return False
        raise
    return bool(said[0] == "ok")


def asks_for_a_newer_sqlite(path: Path) -> bool:
    """By its header, where one wrong bit says so; SQLite then refuses it, or every write to it.

    Not to be asked while a transaction is open there: closing the file lets go of its locks.
    """
    if not path.is_file():
        return False
    with path.open("rb") as file:
        header = file.read(48)
    schema_format = int.from_bytes(header[44:48], "big")
    return max(header[18:20], default=0) > _NEWEST_FORMAT or schema_format > _NEWEST_SCHEMA_FORMAT


def damage_found() -> sqlite3.DatabaseError:
    """What SQLite would have said, had it met the damage itself."""
    damage = sqlite3.DatabaseError("damage was found")
    damage.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    return damage


def is_damage(error: Exception) -> bool:
    """Also where a text is none: Python then says so in SQLite's place, without a code."""
    if isinstance(error, sqlite3.OperationalError) and not hasattr(error, "sqlite_errorcode"):
        return True
    return isinstance(error, UnicodeDecodeError) or _code(error) in _DAMAGE


def is_refused(error: Exception) -> bool:
    """Whether SQLite made no sense of a query of ours: the definition of a table is damaged."""
    return _code(error) == sqlite3.SQLITE_ERROR


def storage_error_of(error: Exception, path: Path) -> StorageError:
    """What SQLite said, as a viewer can be told."""
    if is_damage(error):
        return DatabaseDamaged(None)
    if _code(error) == sqlite3.SQLITE_FULL or not _has_room(path.parent):
        return disk_full(path.parent, ROOM_BYTES)
    if path.parent.is_dir() and not os.access(path.parent, os.W_OK):
        return FolderUnusable(str(path.parent), "it can only be read")
    return FolderUnusable(str(path.parent), str(error))


def _code(error: Exception) -> int:
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def _has_room(folder: Path) -> bool:
    """A full disk also shows as an error of input and output, where no page can be mapped."""
    try:
        facts = os.statvfs(folder)
    except (AttributeError, OSError):
        return True
    return facts.f_bavail > 0
