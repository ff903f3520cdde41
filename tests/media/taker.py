"""A film of the tests' host that is taken offline, through the player's own transport."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import player_app
from player_app.core.errors import VeriteError
from player_app.core.licence import Permit
from player_app.core.parts import Part, parts_of
from player_app.media.gateway.files import owner_of
from player_app.media.gateway.link import Link
from player_app.media.gateway.taking import Taking
from player_app.media.gateway.taking_progress import TakingProgress
from player_app.media.gateway.throttle import Throttle
from player_app.media.gateway.upstream import Store
from player_app.service.transport import Transport
from tests.media.host import Host
from tests.media.permits import permit
from tests.waiting import until

VIDEO = "v360"


def parts_for(permitted: Permit, video_id: str = VIDEO) -> tuple[Part, ...]:
    assert permitted.segment_list is not None
    return parts_of(permitted.segment_list, video_id, owner_of(permitted.licence))


class Taker:
    """`outcome` is what the run ended with, None while it runs or when all went well."""

    def __init__(
        self,
        package: dict[str, Any],
        host: Host,
        store: Store,
        *,
        permitted: Callable[[], Permit] | None = None,
        parts: tuple[Part, ...] | None = None,
        bytes_per_s: Callable[[], int | None] = lambda: None,
        **options: Any,
    ) -> None:
        self.host, self.store = host, store
        self.stop = threading.Event()
        self.told: list[TakingProgress] = []
        self.permits_asked = 0
        self.revoked: VeriteError | None = None
        self.outcome: BaseException | None = None
        self._permitted = permitted or (lambda: permit(package, host.address))
        first = self._permitted()
        self.parts = parts_for(first) if parts is None else parts
        self.transport = Transport({}, "", player_app.__version__)
        self.taking = Taking(
            upstream=self.transport,
            store=store,
            permit=first,
            renew=self._renew,
            origins=host.origins,
            parts=self.parts,
            link=Link(),
            throttle=Throttle(bytes_per_s),
            on_progress=self.told.append,
            **options,
        )

    @property
    def latest(self) -> TakingProgress:
        return self.told[-1]

    def run(self) -> None:
        try:
            self.taking.run(self.stop)
        finally:
            self.transport.close()

    @contextmanager
    def running(self) -> Iterator[threading.Thread]:
        """On a thread of its own; stopped at the end of the block, if it still runs."""
        thread = threading.Thread(target=self._run, name="taker")
        thread.start()
        until(lambda: self.told, "its first word of how far it is")
        try:
            yield thread
        finally:
            self.stop.set()
            thread.join(10)
            self.transport.close()

    def finish(self, thread: threading.Thread, within_s: float = 10.0) -> None:
        """Wait for its end; raises what that was."""
        thread.join(within_s)
        assert not thread.is_alive(), f"not within {within_s} s: {self.latest}"
        if self.outcome is not None:
            raise self.outcome

    def _run(self) -> None:
        try:
            self.taking.run(self.stop)
        except VeriteError as error:
            self.outcome = error

    def _renew(self) -> Permit:
        self.permits_asked += 1
        if self.revoked is not None:
            raise self.revoked
        return self._permitted()
