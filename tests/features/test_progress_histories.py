"""Two devices and the service, whatever happens between them, come to the same true places."""

from __future__ import annotations

import os
import random
import secrets
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from player_app.core.discovery import Service
from player_app.core.errors import ServiceError
from player_app.core.position import WaitingPosition
from player_app.features.positions import new_watch_session
from player_app.reference_service.hooks import TestHooks
from player_app.reference_service.server import RunningService
from tests.features.two_devices import (
    PASSWORD,
    Device,
    Story,
    Watched,
    found,
    new_account,
    place_at_service,
)
from tests.money.quick_folder import quick_folder
from tests.plugins.logs import Expect
from tests.plugins.promises import Promise

SEED = "VERITE_PROGRESS_SEED"
"""Set to the number that a failure names, it repeats that history alone."""
STEPS = 26
FILMS = ("film-01", "film-02")
PATH = "/v1/progress"
DAY = 86_400
RESTS = 0.5
SKEWS_S = (0, 0, 0, -40, 90, -3_600, 7_200, -3 * DAY, 3 * DAY)
BEGINS = 1_800_000_000


@pytest.fixture(scope="module")
def quick_path(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with quick_folder(tmp_path_factory.mktemp("histories")) as folder:
        yield folder


class Killed(BaseException):
    """In place of a process that ends there."""


class History:
    """`told` says what was done, for who reads a failure."""

    def __init__(
        self, service: RunningService, there: Service, hooks: TestHooks, folder: Path, seed: int
    ) -> None:
        self.random = random.Random(seed)  # noqa: S311 - repeatable, not secret
        self.told: list[str] = []
        self.hooks = hooks
        self._service = service
        hooks.set_now(BEGINS)
        self.account, email = new_account(service)
        self.devices = [Device(folder / f"{each}", hooks, there) for each in range(2)]
        for device in self.devices:
            device.desk.sign_in(email, PASSWORD, None)
        self.stories = {film: Story() for film in FILMS}
        self.openings: dict[tuple[int, str], str] = {}
        self.resting: dict[tuple[int, str], Watched] = {}
        self.posts: list[WaitingPosition] = []
        """What is or may be on its way to the service, or came there before."""

    def go(self) -> None:
        steps = list(STEP_WEIGHTS)
        for step in self.random.choices(steps, list(STEP_WEIGHTS.values()), k=STEPS):
            number = self.random.randrange(2)
            self.told.append(f"{step.__name__} {number}")
            step(self, number)
            self.look()
        self.end()

    def note(self, text: str) -> None:
        self.told[-1] += f" {text}"

    def look(self) -> None:
        for film, story in self.stories.items():
            story.see(place_at_service(self._service, self.account, film))
            for number, device in enumerate(self.devices):
                story.show(number, device.positions.of(film))

    def watch(self, number: int, film: str, *, finished: bool = False) -> None:
        device, story = self.devices[number], self.stories[film]
        self.hooks.go_ahead(self.random.randrange(5, 120))
        if (number, film) not in self.openings:
            self.openings[number, film] = new_watch_session()
            story.open(number)
        now = story.watch(number, self.hooks.now(), device.clock.skew_s, finished=finished)
        rests = self.random.random() < RESTS
        self.keep(number, film, now, rests=rests)
        self.resting.pop((number, film), None)
        if rests:
            self.resting[number, film] = now
        if not story.is_ahead(number):
            self.posts += [each for each in device.waiting() if each.film_id == film]
        self.note(f"{film} place {now.number}{' finished' if finished else ''} at {now.at}")

    def keep(self, number: int, film: str, where: Watched, *, off_ms: int = 0, rests: bool) -> None:
        self.devices[number].positions.keep(
            film,
            where.position_ms + off_ms,
            finished=where.finished,
            watch_session=self.openings[number, film],
            rests=rests,
        )

    def exchange(self, number: int) -> bool:
        """Whether all went well."""
        device = self.devices[number]
        self.posts += device.waiting()
        try:
            device.progress.catch_up()
        except ServiceError as error:
            self.note(type(error).__name__)
            return False
        finally:
            self.hooks._faults.clear()
        return True

    def catch_up(self, number: int) -> bool:
        """The same, and the two know all of each other's then."""
        is_done = self.exchange(number)
        if is_done:
            self.look()
            for story in self.stories.values():
                story.caught_up(number)
        return is_done

    def end(self) -> None:
        self.told.append("end")
        for number in (0, 1, 0, 1):
            self.told.append(f"catches up {number}")
            assert self.catch_up(number)
        for film, story in self.stories.items():
            there = place_at_service(self._service, self.account, film)
            assert [device.positions.of(film) for device in self.devices] == [there, there]
            if there is not None:
                story.is_settled()
        assert [device.waiting() for device in self.devices] == [(), ()]

    def close(self) -> None:
        for device in self.devices:
            device.close()
        self.hooks.let_run()
        self.hooks.ahead_s = 0


Step = Callable[[History, int], None]


def watches(history: History, number: int) -> None:
    film = history.random.choice(FILMS)
    for _ in range(history.random.randrange(1, 4)):
        history.watch(number, film)


def watches_to_the_end(history: History, number: int) -> None:
    history.watch(number, history.random.choice(FILMS), finished=True)


def opens_anew(history: History, number: int) -> None:
    for film in FILMS:
        history.openings.pop((number, film), None)
        history.resting.pop((number, film), None)


def leaves_what_stood_still(history: History, number: int) -> None:
    """Paused long ago, and closed now: meanwhile another device may have gone on."""
    mine = [each for each in history.resting if each[0] == number]
    if mine:
        _, film = history.random.choice(mine)
        where = history.resting[number, film]
        off_ms = history.random.choice((0, 0, 400))
        history.keep(number, film, where, off_ms=off_ms, rests=True)
        history.note(f"{film} place {where.number}")


def catches_up(history: History, number: int) -> None:
    history.catch_up(number)


def loses_an_answer(history: History, number: int) -> None:
    history.hooks.cut_next(PATH, bytes_sent=5)
    history.catch_up(number)


def asks_a_failing_service(history: History, number: int) -> None:
    history.hooks.fail_next(PATH, 503, times=history.random.choice((1, 2)))
    history.catch_up(number)


def watches_while_the_answer_is_on_its_way(history: History, number: int) -> None:
    device = history.devices[number]
    film, answers = history.random.choice(FILMS), iter((history.random.randrange(2), 0))

    def watch(_address: str, _error: object) -> None:
        if next(answers, None) == 0:
            history.watch(number, film)
            history.hooks.fail_next(PATH, 503, times=history.random.randrange(2))

    device.transport.listen(watch)
    history.exchange(number)
    device.transport.listen(lambda _address, _error: None)


def is_killed_before_it_read_the_answer(history: History, number: int) -> None:
    device = history.devices[number]

    def end(address: str, _error: object) -> None:
        if address.endswith(PATH):
            raise Killed

    history.posts += device.waiting()
    device.transport.listen(end)
    with pytest.raises(Killed):
        device.progress.catch_up()
    is_killed(history, number)


def is_offline(history: History, number: int) -> None:
    with history.devices[number].offline():
        assert not history.catch_up(number)


def is_killed(history: History, number: int) -> None:
    history.devices[number].kill()
    opens_anew(history, number)


def has_its_clock_set(history: History, number: int) -> None:
    history.devices[number].clock.skew_s = history.random.choice(SKEWS_S)
    history.note(f"{history.devices[number].clock.skew_s} s off")


def time_passes(history: History, _number: int) -> None:
    history.hooks.go_ahead(history.random.choice((60, 3_600, DAY)))


def posts_arrive_again(history: History, number: int) -> None:
    """Or late, and in any order."""
    if history.posts:
        again = history.random.choices(history.posts, k=history.random.randrange(1, 6))
        history.note(", ".join(f"{each.film_id} {each.position_ms // 7_000}" for each in again))
        history.devices[number].connection.client().send_progress(again)


STEP_WEIGHTS: dict[Step, int] = {
    watches: 9,
    watches_to_the_end: 2,
    opens_anew: 4,
    leaves_what_stood_still: 3,
    catches_up: 7,
    loses_an_answer: 3,
    asks_a_failing_service: 1,
    watches_while_the_answer_is_on_its_way: 3,
    is_offline: 1,
    is_killed: 1,
    is_killed_before_it_read_the_answer: 1,
    has_its_clock_set: 2,
    time_passes: 3,
    posts_arrive_again: 4,
}
"""With how often each is taken."""


@pytest.mark.promise(14)
def test_two_devices_and_the_service_come_to_the_same_true_places(
    service: RunningService,
    hooks: TestHooks,
    quick_path: Path,
    promise: Promise,
    expect_log: Expect,
) -> None:
    expect_log("uvicorn.error: Exception in ASGI application")
    asked, there = os.environ.get(SEED), found(service)
    count = 1 if asked else promise.count(smoke=4, full=300)
    for number in range(count):
        seed = int(asked) if asked else secrets.randbits(48)
        folder = quick_path / f"{seed}"
        history = History(service, there, hooks, folder, seed)
        try:
            history.go()
        except Exception as error:
            story = "\n  ".join(history.told)
            raise AssertionError(f"{SEED}={seed}, {number}:\n  {story}\n{error!r}") from error
        finally:
            history.close()
            shutil.rmtree(folder)
        promise.tried()
