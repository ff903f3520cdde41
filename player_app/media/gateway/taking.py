"""Takes one film offline: what is missing of it comes into the store, by the ways it streams by."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from hashlib import sha256

from player_app.core.errors import Stopped, VeriteError
from player_app.core.licence import Permit
from player_app.core.parts import Part, PartKind
from player_app.core.refusals import NotFound
from player_app.core.stream import Fragment
from player_app.core.stream_errors import DamagedStream, PackagedAnew, PlaylistError
from player_app.media.gateway.begun import Begun
from player_app.media.gateway.errand import Errand, Fetch
from player_app.media.gateway.fetching import carry
from player_app.media.gateway.files import LARGEST_FILE
from player_app.media.gateway.link import Link
from player_app.media.gateway.patience import STALLED_AFTER_S
from player_app.media.gateway.restraint import Restraint
from player_app.media.gateway.taking_progress import Rate, TakingProgress
from player_app.media.gateway.throttle import Throttle
from player_app.media.gateway.tracks import LARGEST_SEGMENT
from player_app.media.gateway.upstream import Store, Upstream
from player_app.media.gateway.vetting import Sound, soundness_of_segments, soundness_of_small

WORKERS = 3
LOOK_EVERY_S = 0.1
TOLD_EVERY_S = 0.25
LET_GO_WITHIN_S = 0.3
IDLE_AFTER_S = 1.0
SAMPLE_S = 1.0


class Taking:
    """One film, once: `run` it, on a thread that may block.

    `parts` are fetched in their order, the small files before the film. `yields` says whether a
    playback waits for the link: then nothing is asked or read. `on_progress` is called on `run`'s
    thread, about four times a second. Raises `PackagedAnew` once the service has another list of
    the film, by which the rest is to be had, and `PlaylistError` for media on a host that is not
    among the `origins`, and for parts that are larger than any can be. What had come of a part as
    a run was stopped is `begun`, for the next.
    """

    def __init__(
        self,
        *,
        upstream: Upstream,
        store: Store,
        permit: Permit,
        renew: Callable[[], Permit],
        origins: tuple[str, ...],
        parts: tuple[Part, ...],
        link: Link,
        throttle: Throttle,
        on_progress: Callable[[TakingProgress], None],
        yields: Callable[[], bool] = lambda: False,
        begun: Begun | None = None,
        workers: int = WORKERS,
        stalled_after_s: float = STALLED_AFTER_S,
    ) -> None:
        self._restraint = Restraint(upstream, throttle)
        # a share of the link, or as much as is allowed, is no measure of it: that is made here
        self._errand = Errand(self._restraint, Link(), permit, self._renewed, origins)
        self._condition = self._errand.condition
        self._renew = renew
        self._licence = permit.licence
        self._store = store
        self._link = link
        self._on_progress = on_progress
        self._yields = yields
        self._begun = begun or Begun(0)
        self._workers = workers
        self._stalled_after_s = stalled_after_s
        by_key = {each.key: each for each in parts}
        self._parts = tuple(sorted(map(_bounded, by_key.values()), key=_is_film))
        self._waiting: deque[Part] = deque()
        self._under_way: dict[str, Fetch] = {}
        self._sizes: dict[str, int] = {}
        self._judges: dict[str, Sound] | None = None
        self._failure: VeriteError | None = None
        self._rate = Rate()
        self._told_at = self._sampled_at = 0.0
        self._sampled_bytes = 0

    def run(self, stop: threading.Event) -> None:
        """Until all parts are stored; raises what ends it, `Stopped` soon after `stop` was set.

        What is stored by then stays; what is begun is gone on with as long as the player runs. A
        thread that the disk or a connection in the making keeps longer is left to end by itself.
        """
        here = {each.key for each in self._parts if self._has(each)}
        self._sizes = {each.key: each.bytes or 0 for each in self._parts if each.key in here}
        self._waiting.extend(each for each in self._parts if each.key not in here)
        threads = [
            threading.Thread(target=self._work, name=f"media-taking-{number}", daemon=True)
            for number in range(min(self._workers, len(self._waiting)))
        ]
        self._restraint.yields = self._yields()
        self._sampled_at = time.monotonic()
        self._tell(self._sampled_at)
        try:
            for each in threads:
                each.start()
            while self._failure is None and any(each.is_alive() for each in threads):
                if stop.wait(LOOK_EVERY_S):
                    raise Stopped
                self._look()
        finally:
            self._errand.end()
            until = time.monotonic() + LET_GO_WITHIN_S
            for each in threads:
                each.join(max(0.0, until - time.monotonic()))
            with self._condition:
                for key, fetch in self._under_way.items():
                    self._begun.keep(key, fetch)
        if self._failure is not None:
            raise self._failure
        if self._missing:
            raise RuntimeError("a thread of the download ended before its work")
        self._tell(time.monotonic())

    def nudge(self) -> None:
        """Try at once whatever waits, and anew whatever makes no progress; from any thread."""
        self._kick_idle(IDLE_AFTER_S)
        self._errand.nudge()

    def wake(self) -> None:
        """After a sleep no connection is to be trusted; from any thread."""
        self._kick_idle(0.0)
        self._errand.nudge()

    @property
    def _missing(self) -> int:
        return len(self._parts) - len(self._sizes)

    def _has(self, part: Part) -> bool:
        """Playlists are read: whatever else has no hash is judged by them."""
        if part.lists:
            return self._store.get(part.key) is not None
        return self._store.has(part.key)

    def _work(self) -> None:
        try:
            while (part := self._next()) is not None:
                if self._has(part):  # brought meanwhile by the film's page, or its player
                    self._is_here(part, part.bytes or 0)
                else:
                    self._take(part)
        except VeriteError as error:
            with self._condition:
                self._failure = self._failure or error

    def _next(self) -> Part | None:
        with self._condition:
            return self._waiting.popleft() if self._waiting and not self._errand.is_over else None

    def _take(self, part: Part) -> None:
        fetch = self._fetch_of(part)
        self._begun.go_on(part, fetch)
        with self._condition:
            self._under_way[part.key] = fetch
        self._errand.watch(fetch, None)
        try:
            carry(fetch, self._errand)
        finally:
            self._errand.forget(fetch)
        if fetch.cause is not None:
            raise self._why(fetch.path, fetch.cause)
        if not fetch.done or self._errand.is_over:
            raise Stopped
        self._store.put(part.key, bytes(fetch.data))
        with self._condition:
            del self._under_way[part.key]
            self._is_here(part, len(fetch.data))

    def _is_here(self, part: Part, size: int) -> None:
        with self._condition:
            self._sizes[part.key] = size
            self._condition.notify_all()

    def _why(self, path: str, cause: VeriteError) -> VeriteError:
        """Files that are gone, or stay wrong, may be those of a film that was packaged anew."""
        if not isinstance(cause, NotFound | DamagedStream):
            return cause
        failure = self._errand.renew(self._errand.address_of(path))
        return failure if isinstance(failure, PackagedAnew) else cause

    def _fetch_of(self, part: Part) -> Fetch:
        limit = part.bytes or _largest(part)
        if part.sha256 is None:
            return Fetch(part.path, part.bytes, (), limit, is_sound=self._judge_of(part))
        if part.bytes is None:
            return Fetch(part.path, None, (), limit, is_sound=lambda data: _is(part, data))
        return Fetch(part.path, part.bytes, (Fragment(part.bytes, part.sha256),), limit)

    def _judge_of(self, part: Part) -> Sound:
        if not _is_film(part):
            return soundness_of_small(part)
        playlists = [each for each in self._parts if each.lists]
        with self._condition:
            # the playlists are on their way already, on threads that wait for nobody
            self._condition.wait_for(
                lambda: self._errand.is_over or all(each.key in self._sizes for each in playlists)
            )
            if self._errand.is_over:
                raise Stopped
            if self._judges is None:
                stored = [(each, self._store.get(each.key)) for each in playlists]
                found = [(each, data) for each, data in stored if data is not None]
                self._judges = soundness_of_segments(found, self._licence.keys)
        if part.path not in self._judges:
            raise PlaylistError(f"{part.path}: in no playlist")
        return self._judges[part.path]

    def _renewed(self) -> Permit:
        permit = self._renew()
        if permit.licence.segments_sha256 != self._licence.segments_sha256:
            raise PackagedAnew(permit.licence.film_id)
        return permit

    def _look(self) -> None:
        """What has to be done again and again while the threads work."""
        now = time.monotonic()
        self._restraint.yields = self._yields()
        with self._condition:
            for each in self._under_way.values():
                if self._restraint.holds(each.break_off):
                    each.begin_anew()
        self._kick_idle(self._stalled_after_s)
        is_held = self._restraint.yields or self._restraint.throttle.rate is not None
        self._measure(now, is_held=is_held)
        if now - self._told_at >= TOLD_EVERY_S:
            self._tell(now)

    def _kick_idle(self, idle_s: float) -> None:
        with self._condition:
            before = time.monotonic() - idle_s
            for each in self._under_way.values():
                if each.break_off is not None and each.gained_at <= before:
                    self._errand.kick(each)

    def _measure(self, now: float, *, is_held: bool) -> None:
        """Tell the link what all threads got together, while nothing but the link held them up."""
        if now - self._sampled_at < SAMPLE_S and not is_held:
            return
        came_bytes = self._restraint.received_bytes - self._sampled_bytes
        if not is_held and self._errand.trouble_since is None:
            self._link.measured(came_bytes, now - self._sampled_at)
        self._sampled_at, self._sampled_bytes = now, self._restraint.received_bytes

    def _tell(self, now: float) -> None:
        with self._condition:
            coming = {key: len(each.data) for key, each in self._under_way.items()}
            here = self._sizes | coming
            total = sum(each.bytes or here.get(each.key, 0) for each in self._parts)
            progress = TakingProgress(
                done_bytes=min(total, sum(here.values())),
                total_bytes=total,
                missing=self._missing,
                rate_bps=self._rate.at(now, self._restraint.received_bytes),
                trouble=self._errand.last_trouble if self._missing else None,
                trouble_since=self._errand.trouble_since if self._missing else None,
            )
        self._told_at = now
        self._on_progress(progress)


def _is_film(part: Part) -> bool:
    return part.kind is PartKind.SEGMENT


def _largest(part: Part) -> int:
    return LARGEST_SEGMENT if _is_film(part) else LARGEST_FILE


def _bounded(part: Part) -> Part:
    if part.bytes is not None and not 0 < part.bytes <= _largest(part):
        raise PlaylistError(f"{part.path}: {part.bytes} bytes")
    return part


def _is(part: Part, data: bytes) -> bool:
    return sha256(data).hexdigest() == part.sha256
