"""The demo's service in a process of its own, with hooks that its parent may ask over pipes."""

from __future__ import annotations

import argparse
import contextlib
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from player_app.reference_service.hooks import TestHooks
from player_app.reference_service.server import running
from player_app.reference_service.settings import Settings

RESOURCES = Path(__file__).parents[2] / "resources" / "demo"


NONE = "none"


class HookedService:
    """The parent's end: the address, and the answer of the newest captcha."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self.address = self._line()

    def captcha_answer(self) -> str | None:
        """The answer of the newest captcha, once; None while there is none."""
        if self._process.stdin is None:
            raise RuntimeError("the service was started without pipes")
        self._process.stdin.write("captcha\n")
        self._process.stdin.flush()
        answer = self._line()
        return None if answer == NONE else answer

    def _line(self) -> str:
        if self._process.stdout is None:
            raise RuntimeError("the service was started without pipes")
        line = self._process.stdout.readline().strip()
        if not line:
            raise RuntimeError("the service ended")
        return line


@contextlib.contextmanager
def hooked_service(broken: str | None = None) -> Iterator[HookedService]:
    """The service, until the end of the block; it fails requests that begin with `broken`."""
    command = [sys.executable, "-m", "tests.journeys.hooked_service"]
    process = subprocess.Popen(
        command if broken is None else [*command, "--break", broken],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield HookedService(process)
    finally:
        process.communicate(timeout=15)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--break", dest="broken", metavar="PATH")
    broken = parser.parse_args().broken
    hooks = TestHooks()
    if broken is not None:
        hooks.fail_next(broken, 500, times=sys.maxsize)
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(origin="", folder=Path(folder), resources=RESOURCES)
        with running(settings, hooks=hooks) as service:
            print(service.address, flush=True)  # noqa: T201 - the parent reads it
            for _ in sys.stdin:
                newest = next(reversed(hooks.captcha_answers.values()), NONE)
                hooks.captcha_answers.clear()
                print(newest, flush=True)  # noqa: T201 - the parent reads it


if __name__ == "__main__":
    main()
