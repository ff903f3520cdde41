"""A small disk that can be full: a tmpfs where root runs the tests, else a writer that says so."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from player_app.storage.database import Database

SIZE = "size=48m"
PAGE = b"\xff" * 4096


class Disk:
    """`folder` lies on it. Full means: not a page more; what is there can be read."""

    def __init__(self, folder: Path, *, is_real: bool) -> None:
        self.folder = folder
        self.is_real = is_real
        self._filling = folder / "holiday pictures"

    def fill(self, database: Database | None = None) -> None:
        if self.is_real:
            with suppress(OSError), self._filling.open("wb", buffering=0) as file:
                while file.write(PAGE):
                    pass
        elif database is not None:
            own: Any = database._own
            own.writer = _Full(own.writer)

    def make_room(self, database: Database | None = None) -> None:
        if self.is_real:
            self._filling.unlink()
        elif database is not None:
            own: Any = database._own
            own.writer = own.writer.writer


class _Full:
    """SQLite's writing connection on a disk without room."""

    def __init__(self, writer: sqlite3.Connection) -> None:
        self.writer = writer

    def __getattr__(self, name: str) -> Any:
        return getattr(self.writer, name)

    def execute(self, statement: str, *values: Any) -> sqlite3.Cursor:
        if statement == "COMMIT":
            full = sqlite3.OperationalError("database or disk is full")
            full.sqlite_errorcode = sqlite3.SQLITE_FULL
            raise full
        return self.writer.execute(statement, *values)


@contextmanager
def small_disk(folder: Path) -> Iterator[Disk]:
    folder.mkdir()
    if os.name != "posix" or os.geteuid() != 0:
        yield Disk(folder, is_real=False)
        return
    subprocess.run(["mount", "-t", "tmpfs", "-o", SIZE, "tmpfs", str(folder)], check=True)
    try:
        yield Disk(folder, is_real=True)
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
