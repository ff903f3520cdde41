"""The test's hand on the application in its own process, its service behind the fault proxy."""

from __future__ import annotations

import json
import os
import select
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import delete

from player_app.reference_service.server import loopback_socket, running
from player_app.reference_service.service import Service
from player_app.reference_service.tables import RateLimit
from player_app.resources import resource
from tests.app_process import app_process
from tests.faults.control import FaultProxy, fault_proxy
from tests.media.packaging import Recipe, package
from tests.service_settings import quick_settings
from tests.subscription import subscribe

FILM, OTHER_FILM = "picture-start", "the-brass-sea"
RECIPE = Recipe(seconds=20, heights=(180,))
MANY_DEVICES = 1_000
ANSWERED_AT_ALL_S = GONE_AT_ALL_S = 30.0


@dataclass(frozen=True, slots=True)
class Did:
    """How an act went: the call itself, until it was done, and what the watchdog saw.

    `card` is what was said where there was no picture.
    """

    done_s: float
    pulses: int
    p99_s: float
    worst_s: float
    longest_call_s: float
    longest_call: str
    call_s: float = 0.0
    card: str = ""


class Viewer:
    """`struck` is the end of the address of the segment that faults strike."""

    def __init__(self, process: subprocess.Popen[str], proxy: FaultProxy, struck: int) -> None:
        self.process = process
        self.process_id = process.pid
        self.proxy = proxy
        self.struck = f"/{struck:05}.m4s"

    def moved(self) -> None:
        """The service has left its address."""
        self.proxy.move()

    def did(self, name: str, *said: object) -> Did:
        return Did(**self.ask(name, *said))

    def quit(self) -> Did:
        """Done when the process is gone."""
        begun = time.monotonic()
        watched = self.ask("quit")
        self.process.wait(GONE_AT_ALL_S)
        return Did(done_s=time.monotonic() - begun, **watched)

    def ask(self, name: str, *said: object) -> Any:
        self.tell(name, *said)
        return self.answer()

    def tell(self, name: str, *said: object) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps([name, *said]) + "\n")
        self.process.stdin.flush()

    def answer(self) -> Any:
        assert self.process.stdout is not None
        # one answer at a time is on its way: none is left behind in the buffer
        comes, _, _ = select.select([self.process.stdout], [], [], ANSWERED_AT_ALL_S)
        assert comes, f"no answer in {ANSWERED_AT_ALL_S} s"
        line = self.process.stdout.readline()
        if not line:
            assert self.process.stderr is not None
            raise AssertionError(f"the application ended: {self.process.stderr.read()}")
        return json.loads(line)


@dataclass(frozen=True, slots=True)
class ProxiedService:
    proxy: FaultProxy
    service: Service

    def forget_sign_ins(self) -> None:
        """So many in an hour would be taken for an attack."""
        with self.service.transaction() as session:
            session.execute(delete(RateLimit))


@contextmanager
def service_behind_a_proxy(folder: Path) -> Iterator[ProxiedService]:
    """The demo's service, at the proxy's address alone; its viewer may watch everything.

    One of its films is 20 s long, in segments of one; the others are as they are.
    """
    resources, demo, bound = folder / "resources", resource("demo"), loopback_socket()
    (resources / "streams").mkdir(parents=True)
    for name in ("catalogue", "pictures", f"streams/{OTHER_FILM}"):
        (resources / name).symlink_to(demo / name)
    package(resources / "streams" / FILM, RECIPE)
    with fault_proxy(bound.getsockname()[1]) as proxy:
        settings = quick_settings(
            folder, origin=proxy.origin, resources=resources, device_limit=MANY_DEVICES
        )
        with running(settings, bound=bound) as started:
            subscribe(started.service)
            yield ProxiedService(proxy, started.service)


@contextmanager
def viewer_of(proxy: FaultProxy, struck: int) -> Iterator[Viewer]:
    """A viewer who is signed in, on a profile of their own."""
    with (
        tempfile.TemporaryDirectory(prefix="verite") as profile,
        app_process(
            "tests.faults.viewer_process", profile, proxy.origin, variables=os.environ
        ) as process,
    ):
        viewer = Viewer(process, proxy, struck)
        assert viewer.answer() == "ready"
        yield viewer
