"""What all fetches of a session share: the way out, the address, the troubles, and the end."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from urllib.parse import urlsplit

from player_app.core.errors import Stopped, VeriteError
from player_app.core.licence import Permit
from player_app.core.stream import Fragment
from player_app.core.stream_errors import PlaylistError
from player_app.media.gateway.link import Link
from player_app.media.gateway.upstream import Body, Upstream, folder_and_name

TROUBLE_LASTS_S = 1.5
"""A link that breaks off again and again is in trouble, though bytes come in between."""

LEAST_GAIN_BYTES = 8 * 1024
"""Fewer than these are no progress: what trickles on one connection may come on another."""


class Fetch:
    """The state of one fetch; all fields are guarded by the errand's condition.

    `checked` bytes of `data` may be given out. `is_sound` judges the whole where no hashes do.
    With `early`, all but the last 32 KiB may be given out before they are checked;
    `spoils` counts how often some of it was wrong; `from_the_top` that the host can't go on in the
    middle. `told_size` and `etag` are of the last answer. Something came at `moved_at`; at
    `gained_at` it was begun or had made progress. It knew of so many `nudges` as it was last tried.
    """

    def __init__(
        self,
        path: str,
        size: int | None,
        runs: tuple[Fragment, ...],
        limit: int,
        *,
        is_sound: Callable[[bytes], bool] | None = None,
        early: bool = False,
    ) -> None:
        self.path = path
        self.is_sound = is_sound
        self.early = early
        self.spoils = 0
        self.told_size: int | None = None
        self.etag: str | None = None
        self.size = size
        self.runs = runs
        self.limit = limit
        self.data = bytearray()
        self.checked = 0
        self.readers = 0
        self.done = False
        self.left = False
        self.cause: VeriteError | None = None
        self.break_off: Callable[[], None] | None = None
        self.moved_at = self.gained_at = time.monotonic()
        self._gain_bytes = 0
        self.from_the_top = False
        self.kicked = False
        self.nudges = 0
        self.until: float | None = None
        self.trouble: VeriteError | None = None

    def begin_anew(self) -> None:
        """Progress is counted from now on."""
        self.gained_at = time.monotonic()
        self._gain_bytes = 0

    def came(self, size_bytes: int) -> None:
        self.moved_at = time.monotonic()
        self._gain_bytes += size_bytes
        if self._gain_bytes >= LEAST_GAIN_BYTES:
            self.begin_anew()


class Errand:
    """Fetches change only through it, under `condition`, which also tells of every change."""

    def __init__(
        self,
        upstream: Upstream,
        link: Link,
        permit: Permit,
        renew: Callable[[], Permit],
        origins: tuple[str, ...],
    ) -> None:
        self.link = link
        self.condition = threading.Condition()
        self.is_over = False
        self.trouble_since: float | None = None
        self._troubled_at = 0.0
        self.last_trouble: VeriteError | None = None
        self._upstream = upstream
        self._renew = renew
        self._renewing = threading.Lock()
        self._renewals = 0
        self._kept_from: VeriteError | None = None
        self._looking: threading.Thread | None = None
        self._origins = origins
        self._go_by(permit)
        self._nudges = 0
        self._others: set[Fetch] = set()

    def address_of(self, path: str) -> str:
        """By the newest permit, which alone knows the query of the first playlist's address."""
        is_first = path == self.media_address.partition("?")[0].removeprefix(self._folder)
        return self.media_address if is_first else self._folder + path

    @staticmethod
    def host_of(address: str) -> str:
        return urlsplit(address).hostname or ""

    def open(self, fetch: Fetch, address: str, start: int) -> Body:
        """Ask a media host; it can be broken off from now on, until `closed`."""

        def can_break(break_off: Callable[[], None]) -> None:
            with self.condition:
                fetch.break_off, fetch.kicked = break_off, False
                fetch.begin_anew()
                if self.is_over or fetch.left:
                    raise Stopped

        with self.condition:
            fetch.nudges = self._nudges
        body = self._upstream.open(address, start, can_break)
        with self.condition:
            broken = self.is_over or fetch.left or fetch.kicked
            fetch.break_off = body.close
            fetch.begin_anew()
        if broken:
            body.close()
            raise Stopped
        return body

    def closed(self, fetch: Fetch) -> None:
        """The body of a fetch is read, or given up."""
        with self.condition:
            fetch.break_off = None

    def arrived(self, fetch: Fetch, piece: bytes) -> None:
        with self.condition:
            if self.is_over or fetch.left:
                raise Stopped
            fetch.data += piece
            fetch.came(len(piece))
            if fetch.moved_at - self._troubled_at > TROUBLE_LASTS_S:
                self.trouble_since = self.last_trouble = None

    def free(self, fetch: Fetch, end: int) -> None:
        """Up to `end`, the fetch's bytes are checked."""
        with self.condition:
            fetch.checked = end
            self.condition.notify_all()

    def drop_from(self, fetch: Fetch, begin: int) -> None:
        """What came from `begin` on was wrong; it is not given out unchecked again."""
        with self.condition:
            del fetch.data[begin:]
            fetch.spoils += fetch.checked > begin
            fetch.checked = min(fetch.checked, begin)
            fetch.early = False
            self.condition.notify_all()

    def settle(self, fetch: Fetch, cause: VeriteError | None) -> None:
        """The fetch is over: complete, or for this reason never."""
        with self.condition:
            fetch.cause = cause
            fetch.done = cause is None
            if fetch.done:
                fetch.checked = len(fetch.data)
            self.condition.notify_all()

    def trouble(self, fetch: Fetch, error: VeriteError) -> None:
        with self.condition:
            fetch.trouble = error
            self._troubled_at = time.monotonic()
            self.trouble_since = self.trouble_since or self._troubled_at
            self.last_trouble = error
            self.condition.notify_all()

    def rest(self, fetch: Fetch, seconds: float) -> bool:
        """Wait before the next try, unless nudged since the last; whether there is to be one."""
        with self.condition:
            if fetch.until is not None and time.monotonic() + seconds > fetch.until:
                return False
            self.condition.wait_for(
                lambda: self.is_over or fetch.left or self._nudges > fetch.nudges, timeout=seconds
            )
            fetch.nudges = self._nudges
            return not (self.is_over or fetch.left)

    def nudge(self) -> None:
        """Have everything that waits try again now."""
        with self.condition:
            self._nudges += 1
            self.condition.notify_all()

    def renew(self, refused_address: str) -> VeriteError | None:
        """Get a fresh address unless that has happened meanwhile; what kept it from coming, if so.

        Whoever waited here while another one asked goes by the answer to that.
        """
        asked = self._renewals
        with self._renewing:
            if self.is_over or not refused_address.startswith(self._folder):
                return None
            if self._renewals == asked:
                self._kept_from = self._renewed()
                self._renewals += 1
            return self._kept_from

    def _renewed(self) -> VeriteError | None:
        try:
            self._go_by(self._renew())
        except VeriteError as error:
            return error
        return None

    def look_elsewhere(self, lost_address: str) -> None:
        """Ask for a fresh address, while the tries at the old one go on."""
        if self._looking is not None and self._looking.is_alive():
            return

        def look() -> None:
            before = self._folder
            self.renew(lost_address)
            if self._folder != before:
                self.nudge()

        self._looking = threading.Thread(target=look, name="media-renew", daemon=True)
        self._looking.start()

    def watch(self, fetch: Fetch, until: float | None) -> None:
        """A fetch outside the stock: it too stops at the end, and gives up at `until`."""
        with self.condition:
            fetch.until = until
            self._others.add(fetch)

    def forget(self, fetch: Fetch) -> None:
        with self.condition:
            self._others.discard(fetch)

    def leave(self, fetch: Fetch) -> None:
        """Nobody wants this fetch any more. To be called under the condition."""
        fetch.left = True
        self._close(fetch)

    def kick(self, fetch: Fetch) -> None:
        """Too little has come for too long: begin again where it stopped."""
        with self.condition:
            fetch.kicked = True
            fetch.begin_anew()
            self._close(fetch)

    def end(self) -> None:
        with self.condition:
            self.is_over = True
            for fetch in self._others:
                self.leave(fetch)
            self.condition.notify_all()

    @staticmethod
    def _close(fetch: Fetch) -> None:
        if fetch.break_off is not None:
            fetch.break_off()

    def _go_by(self, permit: Permit) -> None:
        parts = urlsplit(permit.media_address)
        if f"{parts.scheme}://{parts.netloc}" not in self._origins:
            raise PlaylistError("media on a host that the service does not name")
        self._folder = folder_and_name(permit.media_address)[0]
        self.media_address = permit.media_address
