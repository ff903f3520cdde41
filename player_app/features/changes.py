"""The session that a playing film is to go on with: made ready while the old one plays on."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from player_app.core.errors import VeriteError
from player_app.media.gateway.gateway import Gateway
from player_app.media.gateway.sessions import Permission, Session


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """A session being made ready to go on with: at `seek_ms`, or else where the picture is."""

    permission: Permission
    session: Session
    seek_ms: int | None


Done = Callable[[Change, VeriteError | None], None]


class Changes:
    """At most one change is under way; `done` hears of each that came to its end.

    It is told on a thread of the change; a change that was dropped is told too.
    """

    def __init__(self, gateway: Gateway, done: Done) -> None:
        self._gateway = gateway
        self._done = done
        self._guard = threading.Lock()
        self._current: Change | None = None
        self._is_open = True

    @property
    def current(self) -> Change | None:
        return self._current

    def begin(self, permission: Permission, position_ms: int, seek_ms: int | None) -> None:
        """Make ready a session that reads from `position_ms`, however long that takes."""
        change = Change(permission, self._gateway.session(permission), seek_ms)
        with self._guard:
            if not self._is_open:
                return
            before, self._current = self._current, change
        if before is not None:
            before.session.abort()

        def ready() -> None:
            cause: VeriteError | None = None
            try:
                change.session.prepare(position_ms, patience_s=None)
            except VeriteError as error:
                cause = error
            self._done(change, cause)

        threading.Thread(target=ready, name="media-change", daemon=True).start()

    def take(self, change: Change) -> bool:
        """Whether this one is still wanted; from now on it is the taker's. One dropped is ended."""
        with self._guard:
            wanted = self._current is change
            if wanted:
                self._current = None
        if not wanted:
            change.session.abort()
        return wanted

    def drop(self) -> None:
        with self._guard:
            change, self._current = self._current, None
        if change is not None:
            change.session.abort()

    def close(self) -> None:
        """Drop what is under way, and begin nothing any more."""
        with self._guard:
            self._is_open = False
        self.drop()
