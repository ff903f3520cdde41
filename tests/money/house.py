"""The service in a process of its own, to be killed and started again on the same address."""

from __future__ import annotations

import logging
import multiprocessing
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from player_app.reference_service.hooks import TestHooks
from player_app.reference_service.server import loopback_socket, running
from tests.service_settings import quick_settings

SLOW_S = 0.25
_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(
    ["player_app.reference_service.server", "tests.money.player_process", __name__]
)


class House:
    """Its clock goes with the parent's, `ahead_s` ahead, across restarts."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ahead_s = 0
        with loopback_socket() as free:
            self._port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self._port}"
        self._ways: Connection | None = None
        self.start()

    @property
    def database(self) -> Path:
        return self.folder / "service.sqlite3"

    def now(self) -> int:
        return int(time.time()) + self.ahead_s

    def start(self) -> None:
        ours, theirs = _FORKS.Pipe()
        self._process = _FORKS.Process(
            target=_serve, args=(theirs, self.folder, self._port, self.ahead_s), daemon=True
        )
        self._process.start()
        theirs.close()
        self._ways = ours
        assert ours.recv() == "started"

    def kill(self) -> None:
        self._process.kill()
        self._gone()

    def stop(self) -> None:
        if self._ways is not None:
            self._ways.send(("stop",))
            self._gone()

    def let_pass(self, seconds: int) -> None:
        self.ahead_s += seconds
        self._ask("ahead", self.ahead_s)

    def fail_next(self, path: str, status: int) -> None:
        self._ask("fail_next", path, status)

    def cut_next(self, path: str, bytes_sent: int) -> None:
        self._ask("cut_next", path, bytes_sent)

    def heal(self) -> None:
        """No fault that was asked for strikes any more."""
        self._ask("heal")

    def _ask(self, *said: Any) -> Any:
        assert self._ways is not None
        self._ways.send(said)
        return self._ways.recv()

    def _gone(self) -> None:
        self._process.join(10)
        assert self._ways is not None
        self._ways.close()
        self._ways = None


@contextmanager
def open_house(folder: Path) -> Iterator[House]:
    folder.mkdir()
    house = House(folder)
    try:
        yield house
    finally:
        house.stop()


def _serve(ways: Connection, folder: Path, port: int, ahead_s: int) -> None:
    logging.disable(logging.CRITICAL)
    hooks = TestHooks()
    hooks.ahead_s = ahead_s
    settings = quick_settings(folder, slow_payment_s=SLOW_S)
    with running(settings, hooks=hooks, bound=loopback_socket(port)):
        ways.send("started")
        while True:
            match ways.recv():
                case ("stop",):
                    return
                case ("ahead", int(seconds)):
                    hooks.ahead_s = seconds
                    ways.send(None)
                case ("heal",):
                    hooks._faults.clear()
                    ways.send(None)
                case (name, *arguments):
                    getattr(hooks, name)(*arguments)
                    ways.send(None)
