"""The application in a process of its own, which is told by lines what to do, and answers so."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from player_app.reference_service.demo import PASSWORD

ROOT = Path(__file__).resolve().parents[1]
NO_SCREEN = {"QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software"}


@contextmanager
def app_process(
    module: str, *arguments: str, variables: Mapping[str, str]
) -> Iterator[subprocess.Popen[str]]:
    """`module` on no screen, with the demo's password as its first line; killed in the end."""
    with subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        env={**variables, **NO_SCREEN},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdin is not None
            print(PASSWORD, file=process.stdin, flush=True)
            yield process
        finally:
            process.kill()
