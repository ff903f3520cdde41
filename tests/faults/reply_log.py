"""The fault proxy's log: one reply after the other, each as far as it has come."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

from tests.faults.strikes import Reply


class ReplyLog:
    def __init__(self) -> None:
        self._replies: list[Reply] = []

    def begin(self, path: str, start: int) -> Entry:
        """A request has come."""
        number = len(self._replies)
        self._replies.append(Reply(number, time.monotonic(), path, start))
        return Entry(self._replies, number)

    def since(self, number: int) -> list[Reply]:
        return self._replies[number:]


class Entry:
    """One reply's place in the log."""

    def __init__(self, replies: list[Reply], number: int) -> None:
        self._replies = replies
        self._number = number

    @property
    def reply(self) -> Reply:
        return self._replies[self._number]

    def note(self, **said: Any) -> None:
        self._replies[self._number] = replace(self.reply, **said)
