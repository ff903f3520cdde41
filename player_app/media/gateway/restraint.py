"""The way to the media hosts as a download may use it: no faster than the viewer wants, and last.

What it holds back is the reading: the host soon notices, since TCP's window fills.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from player_app.core.errors import Stopped
from player_app.media.gateway.throttle import Throttle
from player_app.media.gateway.upstream import Body, Upstream

STEP_S = 0.02


class Restraint:
    """An `Upstream`; while it `yields`, nothing is asked and nothing is read."""

    def __init__(self, upstream: Upstream, throttle: Throttle) -> None:
        self.throttle = throttle
        self.yields = False
        self._upstream = upstream
        self._guard = threading.Lock()
        self._received = 0
        self._held: set[Callable[[], None]] = set()

    @property
    def received_bytes(self) -> int:
        """All that came, of whatever use it was."""
        return self._received

    def open(
        self,
        address: str,
        start: int = 0,
        breaks: Callable[[Callable[[], None]], None] | None = None,
    ) -> Body:
        if self.yields:
            self._wait(breaks)
        return _RestrainedBody(self._upstream.open(address, start, breaks), self)

    def holds(self, break_off: Callable[[], None] | None) -> bool:
        """Whether what can be broken off so waits here, and not for its host."""
        return break_off in self._held

    def allowed(self, wanted: int, broken: threading.Event, break_off: Callable[[], None]) -> int:
        """So many of the wanted bytes may be read now; waits until it is some."""
        try:
            while not broken.is_set():
                allowed = 0 if self.yields else self.throttle.allowed(wanted)
                if allowed:
                    return allowed
                self._held.add(break_off)
                broken.wait(STEP_S)
        finally:
            self._held.discard(break_off)
        raise Stopped

    def came(self, size_bytes: int, allowed_bytes: int) -> None:
        self.throttle.give_back(allowed_bytes - size_bytes)
        with self._guard:
            self._received += size_bytes

    def _wait(self, breaks: Callable[[Callable[[], None]], None] | None) -> None:
        broken = threading.Event()
        break_off = broken.set
        if breaks is not None:
            breaks(break_off)
        self._held.add(break_off)
        while self.yields and not broken.wait(STEP_S):
            pass
        self._held.discard(break_off)
        if broken.is_set():
            raise Stopped


class _RestrainedBody:
    def __init__(self, body: Body, restraint: Restraint) -> None:
        self._body = body
        self._restraint = restraint
        self._closed = threading.Event()

    @property
    def length(self) -> int | None:
        return self._body.length

    @property
    def etag(self) -> str | None:
        return self._body.etag

    def read(self, at_most: int) -> bytes:
        allowed = self._restraint.allowed(at_most, self._closed, self.close)
        piece = self._body.read(allowed)
        self._restraint.came(len(piece), allowed)
        return piece

    def close(self) -> None:
        self._closed.set()
        self._body.close()
