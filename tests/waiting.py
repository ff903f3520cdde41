"""Waiting for what another thread or process does."""

from __future__ import annotations

import time
from collections.abc import Callable

STEP_S = 0.02


def until(condition: Callable[[], object], what: str, within_s: float = 10.0) -> None:
    """Return once `condition` holds; `what` names it when it never does."""
    deadline = time.monotonic() + within_s
    while not condition():
        assert time.monotonic() < deadline, f"not within {within_s} s: {what}"
        time.sleep(STEP_S)
