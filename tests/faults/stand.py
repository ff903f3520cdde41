"""A film on its way through the fault proxy and the player's own transport, on a real player."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from tests.faults.control import FaultProxy, fault_proxy
from tests.faults.link import Link, slow_link
from tests.faults.strikes import Reply
from tests.media.host import Host, serving
from tests.media.player import TestPlayer


class Stand:
    """`struck` is the address of the segment that faults strike, below the film's folder."""

    def __init__(self, host: Host, proxy: FaultProxy, player: TestPlayer, struck: str) -> None:
        self.host, self.proxy, self.player, self.struck = host, proxy, player, struck
        self.process_id = os.getpid()

    def moved(self) -> None:
        """The media are at another address from now on, and permits say so."""
        self.proxy.move()
        self.host.known_as = self.proxy.origin
        self.host.grant = "media/grant-2"

    def asked(self) -> list[Reply]:
        """What was asked of the struck segment."""
        return self.proxy.replies(self.struck)


@contextmanager
def stand(
    folder: Path,
    package: dict[str, Any],
    struck: str,
    link: Link | None = None,
    **options: Any,
) -> Iterator[Stand]:
    """Everything that one film needs, until the end of the block.

    With a `link` the proxy reaches the film over it: what strikes is at the player's end, at once.
    """
    with ExitStack() as held:
        host = held.enter_context(serving(folder))
        port = host.server_port
        if link is not None:
            port = held.enter_context(slow_link(port, link))
        proxy = held.enter_context(fault_proxy(port))
        host.known_as = proxy.origin
        host.moves_to = (proxy.next_origin,)
        player = TestPlayer(package, host, **options)
        held.callback(player.close)
        yield Stand(host, proxy, player, struck)
