"""The demo's self-test is green, and says nothing that it should not."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def self_test(screen: Mapping[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tests.journeys.self_test", *arguments],
        cwd=ROOT,
        env={**os.environ, **screen},
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("broken", "before"),
    [
        ("captcha", "home shows the catalogue"),
        ("checkout", "the page of “Picture Start” is open"),
        ("film", "asked first"),
    ],
)
def test_a_broken_step_ends_the_self_test_and_is_named(
    screen: Mapping[str, str], broken: str, before: str
) -> None:
    run = self_test(screen, "--break", broken)
    assert run.returncode == 1, run.stdout + run.stderr
    last = run.stdout.rstrip().splitlines()[-1]
    assert last.startswith("BROKEN after")
    assert before in last


def test_a_viewer_registers_rents_watches_and_subscribes(screen: Mapping[str, str]) -> None:
    run = self_test(screen)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "The main job works" in run.stdout
    assert "Traceback" not in run.stderr
