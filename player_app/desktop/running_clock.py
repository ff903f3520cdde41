"""A clock that runs on while the machine sleeps."""

from __future__ import annotations

import sys
import time


def running_s() -> float:
    """Seconds since some moment, the sleep of the machine included; they only ever grow.

    Linux: CLOCK_BOOTTIME (clock_gettime(2)). macOS: its CLOCK_MONOTONIC counts sleep, other than
    `time.monotonic`. Windows: what `time.monotonic` asks (GetTickCount64) counts sleep.
    """
    if sys.platform.startswith("linux"):
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    if sys.platform == "darwin":
        return time.clock_gettime(time.CLOCK_MONOTONIC)
    return time.monotonic()
