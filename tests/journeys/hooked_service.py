"""The demo's service in a process of its own, with hooks that others may ask over pipes."""

from __future__ import annotations

import argparse
import contextlib
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from player_app.reference_service.hooks import TestHooks
from player_app.reference_service.server import loopback_socket, running
from player_app.reference_service.settings import Settings

RESOURCES = Path(__file__).parents[2] / "resources" / "demo"
PIECES = (".mp4", ".m4s", ".ts", ".vtt", ".jpg")


NONE = "none"


class Hooks:
    """The end of the pipes that asks; one at a time may."""

    def __init__(self, questions: IO[str], answers: IO[str]) -> None:
        self._questions = questions
        self._answers = answers

    def captcha_answer(self) -> str | None:
        """The answer of the newest captcha, once; None while there is none."""
        answer = self._ask("captcha")
        return None if answer == NONE else answer

    def pieces(self) -> list[str]:
        """What of films was asked for since the service began, as `film/path`, in order."""
        answer = self._ask("pieces")
        return [] if answer == NONE else answer.split()

    def line(self) -> str:
        """The next that the service says."""
        line = self._answers.readline().strip()
        if not line:
            raise RuntimeError("the service ended")
        return line

    def _ask(self, question: str) -> str:
        self._questions.write(f"{question}\n")
        self._questions.flush()
        return self.line()


class HookedService(Hooks):
    """The service's parent's end, which knows its address, and may hand the pipes to a child."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("the service was started without pipes")
        super().__init__(process.stdin, process.stdout)
        self.pipes = (process.stdin.fileno(), process.stdout.fileno())
        self.address = self.line()


@contextlib.contextmanager
def hooked_service(
    broken: str | None = None, *, folder: Path | None = None, port: int = 0, ahead_s: int = 0
) -> Iterator[HookedService]:
    """The service, until the end of the block; it fails requests that begin with `broken`.

    What it keeps lies in `folder`, or goes with it; its clock is `ahead_s` ahead.
    """
    command = [sys.executable, "-m", "tests.journeys.hooked_service"]
    command += [] if broken is None else ["--break", broken]
    command += [] if folder is None else ["--folder", str(folder)]
    process = subprocess.Popen(
        [*command, "--port", str(port), "--ahead", str(ahead_s)],
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
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--ahead", type=int, default=0, metavar="SECONDS")
    wanted = parser.parse_args()
    hooks = TestHooks()
    hooks.go_ahead(wanted.ahead)
    if wanted.broken is not None:
        hooks.fail_next(wanted.broken, 500, times=sys.maxsize)
    with tempfile.TemporaryDirectory() as passing:
        settings = Settings(origin="", folder=wanted.folder or Path(passing), resources=RESOURCES)
        with running(settings, hooks=hooks, bound=loopback_socket(wanted.port)) as service:
            print(service.address, flush=True)  # noqa: T201 - the parent reads it
            for line in sys.stdin:
                answer = _newest_captcha(hooks) if line.strip() == "captcha" else _pieces(hooks)
                print(answer, flush=True)  # noqa: T201 - the parent reads it


def _newest_captcha(hooks: TestHooks) -> str:
    newest = next(reversed(hooks.captcha_answers.values()), NONE)
    hooks.captcha_answers.clear()
    return newest


def _pieces(hooks: TestHooks) -> str:
    """The paths without their grants."""
    asked = (each.path.split("/", 3) for each in list(hooks.requests) if each.method == "GET")
    paths = [parts[3] for parts in asked if parts[1] == "media" and parts[-1].endswith(PIECES)]
    return " ".join(paths) or NONE


if __name__ == "__main__":
    main()
