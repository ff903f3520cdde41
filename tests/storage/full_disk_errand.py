"""Writes to a database while the disk under it fills up: a process of its own.

On a disk that is full but for some pages (a tmpfs that only this process sees), or where no file
may grow beyond a length. It says as JSON what came of every write, page by page.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from player_app.core.storage_errors import StorageError
from player_app.storage.contents import copied_contents, own_contents
from player_app.storage.copied import copy_of
from player_app.storage.database import Database, open_database
from player_app.storage.kept import Kept

PAGE = 4096
WRITES = 6
Scarce = Callable[[Path, int], AbstractContextManager[None]]


@contextlib.contextmanager
def full_disk(path: Path, free_pages: int) -> Iterator[None]:
    filling = path.with_name("holiday pictures")
    with filling.open("wb", buffering=0) as file:
        with contextlib.suppress(OSError):
            while file.write(b"\xff" * PAGE):
                pass
        os.ftruncate(file.fileno(), max(0, filling.stat().st_size // PAGE - free_pages) * PAGE)
    try:
        yield
    finally:
        filling.unlink()


@contextlib.contextmanager
def short_files(path: Path, free_pages: int) -> Iterator[None]:
    """The copy is longer than the own file's log here, and is the first that can't grow."""
    most_bytes = copy_of(path).stat().st_size + free_pages * PAGE
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def written_to(path: Path, scarce: Scarce, free_pages: int, log: str) -> dict[str, Any]:
    """With the library's log cut (TRUNCATE) it has to grow first, else (RESTART) the copy has."""
    database, _ = open_database(path)
    kept = Kept(database)
    for number in range(30):
        kept.put(f"before {number}", "x" * 3000)
    with database._own.alone() as writer:
        writer.execute(f"PRAGMA own.wal_checkpoint({log})").fetchone()
    with scarce(path, free_pages):
        said = [write(database, f"during {number}") for number in range(WRITES)]
    write(database, "after")
    database.close()
    agree = own_contents(path) == copied_contents(copy_of(path))

    database, damaged = open_database(path)
    later = {name: Kept(database).get(name, str) for name, _, _ in said}
    after = Kept(database).get("after", str)
    database.close()
    return {
        "free_pages": free_pages,
        "log": log,
        "refused": [name for name, error, _ in said if error],
        "half_done": [name for name, error, is_there in said if bool(error) == is_there],
        "changed_later": [
            name for name, _, is_there in said if (later[name] is not None) != is_there
        ],
        "agree": agree,
        "damaged": str(damaged) if damaged else None,
        "works_again": after is not None,
    }


def write(database: Database, name: str) -> tuple[str, str, bool]:
    """What was written, the error, and whether it is there."""
    error = ""
    try:
        Kept(database).put(name, "y" * 3000)
    except StorageError as raised:
        error = type(raised).__name__
    return name, error, Kept(database).get(name, str) is not None


def main() -> None:
    logging.disable(logging.CRITICAL)
    folder, cases = Path(sys.argv[2]), int(sys.argv[3])
    scarce: Scarce = short_files
    if sys.argv[1] == "full_disk":
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", folder], check=True)
        scarce = full_disk
    answers = []
    for case in range(cases):
        log = ("TRUNCATE", "RESTART")[case % 2]
        answers.append(written_to(folder / "verite.sqlite3", scarce, case // 2, log))
        for each in folder.iterdir():
            each.unlink()
    json.dump(answers, sys.stdout)


if __name__ == "__main__":
    main()
