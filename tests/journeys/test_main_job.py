"""The demo's self-test is green, and says nothing that it should not."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_a_viewer_registers_rents_watches_and_subscribes(screen: Mapping[str, str]) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "tests.journeys.self_test"],
        cwd=ROOT,
        env={**os.environ, **screen},
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert "The main job works" in run.stdout
    assert "Traceback" not in run.stderr
