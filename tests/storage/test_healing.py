"""Healing may be broken off at any moment: the next start goes on, and no row is lost by it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from player_app.storage.copied import copy_of
from player_app.storage.database import open_database
from tests.storage.belongings import put_in
from tests.storage.damage import header, one_wrong_byte, truncated
from tests.storage.test_damage import spoil

ROOT = Path(__file__).resolve().parents[2]


def both(path: Path) -> None:
    """The own file can't be read at all; in the copy one row is broken."""
    header(path)
    one_wrong_byte(copy_of(path), b"Seen twice.")


def own_alone(path: Path) -> None:
    """There is no copy, and of the own file not every row can be read."""
    copy_of(path).unlink()
    spoil(path, "drafts")


def with_a_whole_copy(path: Path) -> None:
    truncated(path)


def gone_and_a_broken_copy(path: Path) -> None:
    path.unlink()
    one_wrong_byte(copy_of(path), b"Seen twice.")


LOST: dict[Callable[[Path], None], list[str]] = {
    both: ["waiting comment"],
    own_alone: ["draft"],
    with_a_whole_copy: [],
    gone_and_a_broken_copy: ["waiting comment"],
}


EVERY_HARM = [
    pytest.param(harm, id=harm.__name__, marks=() if harm is both else pytest.mark.thorough)
    for harm in LOST
]


def killed_at_each_step(profile: Path, work: Path) -> list[dict[str, Any]]:
    errand = [sys.executable, "-m", "tests.storage.killed_errand"]
    done = subprocess.run(
        [*errand, str(profile.parent), str(work), profile.name],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answers: list[dict[str, Any]] = json.loads(done.stdout)
    return answers


@pytest.mark.promise(1)
@pytest.mark.promise(3)
@pytest.mark.parametrize("harm", EVERY_HARM)
def test_a_player_killed_at_any_step_of_healing_loses_no_row_that_can_be_read(
    tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    profile = tmp_path / "profile" / "verite.sqlite3"
    profile.parent.mkdir()
    database, _ = open_database(profile)
    put_in(database)
    database.close()
    harm(profile)

    answers = killed_at_each_step(profile, tmp_path / "work")
    assert len(answers) > 10, "the kills struck nothing of the healing"
    assert [each for each in answers if each["missing"] != LOST[harm]] == []
    told = [each["told"] for each in answers]
    # once all is in its place a kill can only take the sentence about it
    assert told == [*sorted(told[:-1], reverse=True), True]
    assert told[:10] == [True] * 10


def test_what_a_broken_off_healing_left_is_not_taken_for_the_library_later(tmp_path: Path) -> None:
    profile = tmp_path / "verite.sqlite3"
    database, _ = open_database(profile)
    database.close()
    left = tmp_path / "verite.sqlite3.healed"
    left.write_bytes(profile.read_bytes())
    open_database(profile)[0].close()
    assert not left.exists()
