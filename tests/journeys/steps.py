"""What was seen to work, told step by step."""

from __future__ import annotations

import time


class Steps:
    """Prints a line for each step with the time it took."""

    def __init__(self) -> None:
        self._begun = time.monotonic()
        self.last = ""

    def done(self, what: str) -> None:
        self.last = what
        now = time.monotonic()
        print(f"  {now - self._begun:6.2f} s  {what}", flush=True)  # noqa: T201 - it is for people
        self._begun = now
