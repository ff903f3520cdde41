"""However the computer's clock is turned, a rental gives no more true time than it should."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from player_app.features.telling_starts import TellingStarts
from tests.features.clock_walk import Walk
from tests.features.machine import NOON, Machine, a_machine
from tests.money.quick_folder import quick_folder
from tests.plugins.promises import Promise

STEPS: dict[Callable[[Walk], None], int] = {
    Walk.plays: 10,
    Walk.leaves_it_open: 3,
    Walk.closes: 4,
    Walk.is_killed: 2,
    Walk.is_online: 3,
    Walk.hears_late: 1,
}
TURNING: dict[Callable[[Walk], None], int] = {
    Walk.turns_the_clock: 5,
    Walk.turns_it_back_to_what_the_player_knows: 3,
}
IN_A_WALK = 30


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    with quick_folder(tmp_path) as folder, a_machine(folder / "profile") as made:
        yield made


def put_back(machine: Machine) -> None:
    machine.true, machine.ahead_s = NOON + 0.25, 0.0
    with machine.database.write() as connection:
        connection.execute("DELETE FROM clock")
        connection.execute("DELETE FROM starts")


@pytest.mark.promise(10)
def test_no_walk_gains_time_and_no_honest_one_loses_any(
    machine: Machine, promise: Promise, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(TellingStarts, "begin", lambda _: None)
    granted = ended = 0
    for seed in range(promise.count(smoke=60, full=1_000)):
        put_back(machine)
        walk = Walk(machine, random.Random(seed))  # noqa: S311 - no secret
        steps = STEPS if seed % 4 == 0 else STEPS | TURNING
        for step in walk.chance.choices(list(steps), list(steps.values()), k=IN_A_WALK):
            walk.story.append(step.__name__)
            try:
                step(walk)
                walk.holds()
            except AssertionError as error:
                story = ", ".join(walk.story)
                raise AssertionError(f"walk {seed}: {story}: {error}") from error
        granted += walk.granted_s > 0
        ended += walk.granted_s > walk.window_s - 60
        promise.tried()
    assert granted > seed // 2
    assert ended > seed // 20
