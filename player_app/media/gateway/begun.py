"""What had come of segments as a run of a download was stopped: the next goes on behind it."""

from __future__ import annotations

import threading
from collections import OrderedDict

from player_app.core.parts import Part
from player_app.media.gateway.errand import Fetch


class Begun:
    """In memory alone, and no more than `most_bytes`: what was begun longest ago makes way.

    Only of what has a hash, by which the whole is judged in the end.
    """

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._guard = threading.Lock()
        self._held: OrderedDict[str, bytes] = OrderedDict()
        self._bytes = 0

    def keep(self, key: str, fetch: Fetch) -> None:
        """What is whole, or came to a bad end, is none that is begun."""
        if not fetch.runs or not fetch.data or fetch.done or fetch.cause is not None:
            return
        with self._guard:
            self._bytes += len(fetch.data) - len(self._held.pop(key, b""))
            self._held[key] = bytes(fetch.data)
            while self._bytes > self._most_bytes:
                _key, dropped = self._held.popitem(last=False)
                self._bytes -= len(dropped)

    def go_on(self, part: Part, fetch: Fetch) -> None:
        """Before it is carried: it begins with what there is of the part."""
        with self._guard:
            data = self._held.pop(part.key, b"")
            self._bytes -= len(data)
        if fetch.size is not None and len(data) < fetch.size:
            fetch.data += data
