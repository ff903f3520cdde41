"""What waits for the service is told soon, once, and again after a failure that may pass."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtGui import QGuiApplication

from player_app.core.errors import BadReply, ServiceFailing, SlowDown, Unreachable, VeriteError
from player_app.ui import telling
from player_app.ui.tasks import Outcome, Tasks, attempt
from player_app.ui.telling import Telling
from tests.waiting import until

HOST = "films.example.org"


class AtOnce(Tasks):
    """Does the work where it is asked for."""

    def __init__(self) -> None:
        self.done = 0

    def run(self, work: Callable[[], object], then: Callable[[Outcome[object]], None]) -> None:  # type: ignore[override]
        self.done += 1
        then(attempt(work))


class Service:
    def __init__(self) -> None:
        self.failures: list[VeriteError] = []
        self.moves = False

    def tell(self) -> bool:
        if self.failures:
            raise self.failures.pop(0)
        return self.moves


class Stand:
    def __init__(self, qapp: QGuiApplication) -> None:
        self._qapp = qapp
        self.service, self.tasks, self.moved = Service(), AtOnce(), list[str]()
        self.telling = Telling(self.service.tell, lambda: self.moved.append("moved"), self.tasks)

    def wait_until_told(self, times: int) -> None:
        def told() -> bool:
            self._qapp.processEvents()
            return self.tasks.done >= times

        until(told, f"told {times} times")

    @property
    def waits_ms(self) -> int | None:
        """How long until it is told again."""
        timer = self.telling._timer
        return timer.interval() if timer.isActive() else None


@pytest.fixture
def stand(qapp: QGuiApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stand]:
    monkeypatch.setattr(telling, "SOON_MS", 30)
    made = Stand(qapp)
    yield made
    made.telling.stop()


def test_what_happens_close_together_is_told_once(stand: Stand) -> None:
    stand.service.moves = True
    for _ in range(5):
        stand.telling.soon()
    stand.wait_until_told(1)
    assert (stand.tasks.done, stand.waits_ms, stand.moved) == (1, None, ["moved"])


def test_where_no_place_moved_nothing_is_shown_anew(stand: Stand) -> None:
    stand.telling.soon()
    stand.wait_until_told(1)
    assert stand.moved == []


@pytest.mark.parametrize(
    ("failure", "waits_ms"),
    [
        (Unreachable(HOST, "offline"), telling.AGAIN_MS[0]),
        (ServiceFailing(HOST, 503), telling.AGAIN_MS[0]),
        (ServiceFailing(HOST, 503, retry_after_s=90.0), 90_000),
        (SlowDown(7.5), 7_500),
        (BadReply("progress", "nonsense"), None),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_failure_that_may_pass_is_tried_again_and_no_other(
    stand: Stand, failure: VeriteError, waits_ms: int | None
) -> None:
    stand.service.failures = [failure]
    stand.telling.soon()
    stand.wait_until_told(1)
    assert stand.waits_ms == waits_ms


def test_it_waits_longer_each_time_and_then_leaves_it_to_the_usual_catching_up(
    stand: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telling, "AGAIN_MS", (10, 20, 40))
    stand.service.failures = [Unreachable(HOST, "offline")] * 9
    stand.telling.soon()
    for times, waits_ms in enumerate((10, 20, 40, None), start=1):
        stand.wait_until_told(times)
        assert stand.waits_ms == waits_ms
    stand.telling.soon()
    stand.wait_until_told(5)
    assert stand.waits_ms == 10
