"""What other threads ask for happens on the Qt thread, in order, and never after the end."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

from PySide6.QtGui import QGuiApplication

from player_app.core.errors import Stopped, Unreachable
from player_app.ui.relay import Relay
from player_app.ui.tasks import Done, Failed, LongWait, Outcome, Tasks


def test_calls_run_on_the_relays_thread_in_order(qapp: QGuiApplication) -> None:
    relay, seen = Relay(), list[tuple[int, int]]()

    def from_elsewhere() -> None:
        for number in range(1_000):
            relay.post(lambda number=number: seen.append((number, threading.get_ident())))  # type: ignore[misc]

    thread = threading.Thread(target=from_elsewhere)
    thread.start()
    thread.join()
    while len(seen) < 1_000:
        qapp.processEvents()

    assert seen == [(number, threading.get_ident()) for number in range(1_000)]


def test_a_closed_relay_drops_what_still_comes(qapp: QGuiApplication) -> None:
    relay, seen = Relay(), list[int]()
    relay.post(lambda: seen.append(1))
    relay.close()
    relay.post(lambda: seen.append(2))
    qapp.processEvents()

    assert seen == []


def test_a_task_brings_its_value_or_its_error(qapp: QGuiApplication) -> None:
    relay, outcomes = Relay(), list[Outcome[int]]()
    error = Unreachable("films.example.org", "offline")

    def fail() -> int:
        raise error

    with ThreadPoolExecutor(1) as executor:
        tasks = Tasks(executor, relay.post)
        tasks.run(lambda: 7, outcomes.append)
        tasks.run(fail, outcomes.append)
        while len(outcomes) < 2:
            qapp.processEvents()

    assert outcomes == [Done(7), Failed(error)]


def test_a_stopped_wait_says_nothing() -> None:
    outcomes: list[Outcome[None]] = []
    wait = LongWait("wait", lambda call: call())

    def until_stopped(stop: threading.Event) -> None:
        stop.wait()
        raise Stopped

    wait.run(until_stopped, outcomes.append)
    wait.stop()

    assert wait.join(2)
    assert outcomes == []
