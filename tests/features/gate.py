"""Holds back what a media host is asked for, as long as a test wants."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from tests.media.host import Handler, Host


class Gate:
    """All is held back until it is opened."""

    def __init__(self) -> None:
        self._change = threading.Condition()
        self._shut_for: str | None = ""

    def open(self, *, but_for: str | None = None) -> None:
        """For all paths, or all but those that end so."""
        with self._change:
            self._shut_for = but_for
            self._change.notify_all()

    def pass_through(self, handler: Handler, _data: bytes) -> bool:
        def may() -> bool:
            return self._shut_for is None or not handler.path.endswith(self._shut_for)

        with self._change:
            self._change.wait_for(may, timeout=20)
        return False


@contextmanager
def gated(host: Host) -> Iterator[Gate]:
    gate = Gate()
    host.faults.append(gate.pass_through)
    try:
        yield gate
    finally:
        gate.open()
        host.faults.remove(gate.pass_through)
