"""Whole processes on a system whose clock is set as a viewer might set it, across restarts."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.core.borders import DAY, HOUR

SLACK_S = 60


@dataclass(frozen=True)
class Said:
    standing: str
    since_bought_s: int
    in_doubt: bool

    def is_about(self, standing: str, since_bought_s: int, *, in_doubt: bool) -> bool:
        near = 0 <= self.since_bought_s - since_bought_s < SLACK_S
        return (self.standing, near, self.in_doubt) == (standing, True, in_doubt)


@dataclass(frozen=True)
class Profile:
    folder: Path
    bought: int

    def starts(self, ahead_s: int, server_ahead_s: int | None = None, zone: str = "UTC") -> Said:
        """A player starts on a computer whose clock is so far ahead, and ends."""
        contact = "" if server_ahead_s is None else str(self.bought + server_ahead_s)
        us = [sys.executable, "-m", "tests.features.clock_process"]
        done = subprocess.run(
            ["faketime", "-f", f"{ahead_s:+}s", *us, str(self.folder), str(self.bought), contact],
            env={**os.environ, "FAKETIME_DONT_FAKE_MONOTONIC": "1", "TZ": zone},
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        standing, since, in_doubt = done.stdout.split()
        return Said(standing, int(since), in_doubt == "True")


@pytest.mark.promise(10)
def test_a_clock_turned_between_processes_gains_nothing(tmp_path: Path) -> None:
    profile = Profile(tmp_path, int(time.time()))

    assert profile.starts(0).is_about("Running", 0, in_doubt=False)
    assert profile.starts(DAY).is_about("Running", DAY, in_doubt=False)
    assert profile.starts(0).is_about("Running", DAY, in_doubt=True)
    assert profile.starts(-400 * DAY).is_about("Running", DAY, in_doubt=True)
    in_tokyo = profile.starts(DAY + HOUR, zone="Asia/Tokyo")
    assert in_tokyo.is_about("Running", DAY + HOUR, in_doubt=False)
    assert profile.starts(2 * DAY).is_about("Expired", 2 * DAY, in_doubt=False)
    assert profile.starts(0).is_about("ClockDoubt", 2 * DAY, in_doubt=True)
    assert profile.starts(0, server_ahead_s=0).is_about("Running", 0, in_doubt=False)
    assert profile.starts(0).is_about("Running", 0, in_doubt=False)
