"""A player killed in the midst of storing has every segment that it said it stored."""

from __future__ import annotations

import contextlib
import random
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.plugins.promises import Promise
from tests.storage.segments.filled import HARBOUR, names_in, opened, segment
from tests.storage.segments.harm import INDEX
from tests.storage.segments.putting_errand import SIZE, key_of

ROOT = Path(__file__).resolve().parents[3]


def killed_after(folder: Path, puts: int, then_s: float) -> set[int]:
    """Which segments the process said that it had stored."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.storage.segments.putting_errand", folder],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        said = {int(process.stdout.readline()) for _ in range(puts)}
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=then_s)
        process.kill()
        return said | {int(each) for each in process.stdout if each.endswith("\n")}


@pytest.mark.promise(1)
def test_what_was_stored_before_a_kill_is_there_and_nothing_else_is(
    tmp_path: Path, promise: Promise
) -> None:
    chance = random.Random(1)  # noqa: S311 - the same numbers each time
    for number in range(promise.count(smoke=3, full=50)):
        folder = tmp_path / str(number)
        said = killed_after(folder, chance.randrange(1, 40), chance.random() / 50)
        with contextlib.closing(sqlite3.connect(folder / INDEX)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)

        store = opened(folder)
        for stored in said:
            # of one name the last that was put counts, and the one that was under way may
            later = {
                each for each in range(stored, max(said) + 20) if key_of(each) == key_of(stored)
            }
            assert store.get(key_of(stored)) in {segment(each, SIZE) for each in later}
        assert store.held_by(HARBOUR) >= {key_of(each) for each in said}
        store.trim(0)
        rows = store._reader.here().ledger.rows()
        assert names_in(folder) == {each.named.file_name for each in rows}
        store.close()
        promise.tried()
