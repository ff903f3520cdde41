"""A player killed in the midst of writing has all that it said it kept, in either file."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from player_app.storage.copied import copy_of
from player_app.storage.database import open_database
from player_app.storage.file_moves import keep_aside
from player_app.storage.positions import PositionStore
from tests.plugins.promises import Promise

ROOT = Path(__file__).resolve().parents[2]


def killed_after(path: Path, writes: int) -> int:
    """How many places the process said that it had kept."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.storage.writing_errand", path],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        for _ in range(writes):
            process.stdout.readline()
        process.kill()
        return writes + len([each for each in process.stdout if each.endswith("\n")])


def kept_in(path: Path) -> tuple[set[int], bool]:
    """The places that are there, and whether damage was told."""
    database, damaged = open_database(path)
    places = {each.position_ms for each in PositionStore(database).all().values()}
    database.close()
    return places, damaged is not None


@pytest.mark.promise(1)
def test_what_was_acknowledged_before_a_kill_is_in_both_files(
    tmp_path: Path, promise: Promise, expect_log: Callable[[str], None]
) -> None:
    expect_log("the library is damaged")
    chance = random.Random(1)  # noqa: S311 - the same numbers each time
    for number in range(promise.count(smoke=3, full=50)):
        path = tmp_path / str(number) / "verite.sqlite3"
        path.parent.mkdir()
        said = killed_after(path, chance.randrange(1, 60))
        for name in ("own", "copy"):
            shutil.copytree(path.parent, tmp_path / f"{number} {name}")
        # one write more may be there: it was killed before it could say so
        possible = [set(range(said)), set(range(said + 1))]

        places, is_damaged = kept_in(path)
        assert places in possible
        assert not is_damaged
        own_alone = tmp_path / f"{number} own" / path.name
        keep_aside(copy_of(own_alone))
        assert kept_in(own_alone)[0] in possible
        copy_alone = tmp_path / f"{number} copy" / path.name
        keep_aside(copy_alone)
        assert kept_in(copy_alone)[0] in possible
        promise.tried()
