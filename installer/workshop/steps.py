"""One line per step with its time; a step's own output goes into a file, its tail on failure."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Mapping, Sequence

from installer.workshop import BUILD, ROOT

LOG = BUILD / "setup.log"
TAIL_LINES = 25


class StepFailed(Exception):
    """A step ended badly; its text is for the person at the keyboard."""


def step(title: str, command: Sequence[str], environment: Mapping[str, str] | None = None) -> None:
    """Run one command quietly and say how long it took."""
    BUILD.mkdir(exist_ok=True)
    print(f"  {title} …", end="", flush=True)
    began = time.monotonic()
    with LOG.open("a", encoding="utf-8") as log:
        log.write(f"\n== {title}: {' '.join(command)}\n")
        log.flush()
        begins_at = log.tell()
        try:
            code = subprocess.run(
                command,
                cwd=ROOT,
                env={**os.environ, **(environment or {})},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                check=False,
            ).returncode
        except OSError as cannot_start:
            print()
            raise StepFailed(f"{command[0]} could not be started: {cannot_start}") from cannot_start
    print(f" {time.monotonic() - began:.1f} s", flush=True)
    if code != 0:
        with LOG.open("rb") as log_bytes:
            log_bytes.seek(begins_at)
            said = log_bytes.read().decode(errors="replace").splitlines()
        raise StepFailed(
            "\n".join([*said[-TAIL_LINES:], f"{title}: failed with {code}; all of it: {LOG}"])
        )
