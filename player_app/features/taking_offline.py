"""The one thread that takes films offline, one at a time, in the order of their queue."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from player_app.core.download import Download, DownloadEvent, DownloadState, Progress, stepped
from player_app.core.download_queue import goes_on, next_of, pause_s
from player_app.core.download_reasons import (
    METERED,
    NO_ROOM,
    OF_THE_WAY,
    SIGNED_OUT,
    UNFORESEEN,
    Reason,
)
from player_app.core.errors import ServiceFailing, SlowDown, Stopped, VeriteError
from player_app.core.storage_errors import StorageError
from player_app.features.bringing import Bringing
from player_app.features.download_queue import DownloadQueue
from player_app.features.download_run import Run, Telling, ended, run_of, running

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Listener:
    """All are called on the thread on which it happened.

    `changed`: some download is not as it was. `finished` and `failed` name the film, and why.
    """

    changed: Callable[[], None]
    finished: Callable[[str], None]
    failed: Callable[[str, Reason], None]


SILENCE = Listener(lambda: None, lambda _: None, lambda _film_id, _reason: None)


@dataclass(frozen=True, slots=True)
class Tried:
    """How often in a row a download came no further, and when it may be tried again."""

    times: int
    due_at: float


class TakingOffline:
    """`queue` is that of whoever is signed in; `clear` does away with what is to be removed.

    `free_bytes` are what the disk has; `may_use_way` is whether the network may be used as it is
    now; `look_every_s` is how often both are looked at while something waits for them.
    """

    def __init__(
        self,
        *,
        queue: Callable[[], DownloadQueue | None],
        bringing: Bringing,
        clear: Callable[[DownloadQueue], None],
        free_bytes: Callable[[], int],
        may_use_way: Callable[[], bool],
        look_every_s: float,
    ) -> None:
        self._queue = queue
        self._bringing = bringing
        self._clear = clear
        self._free_bytes = free_bytes
        self._may_use_way = may_use_way
        self._look_every_s = look_every_s
        self._closing = threading.Event()
        self._woken = threading.Event()
        self._thread = threading.Thread(target=self._work, name="download", daemon=True)
        self._is_new = True
        self._run: Run | None = None
        self._tried: dict[str, Tried] = {}
        self.listener = SILENCE

    def begin(self) -> None:
        """Take up what was under way when the player closed. Once."""
        self._thread.start()

    def wake(self) -> None:
        """Something is to be done, or what was waited for may be over."""
        self._woken.set()

    def signed_in(self) -> None:
        """The queue is another one, or was out of sight."""
        self._is_new = True
        self.wake()

    def is_taking(self, film_id: str, queue: DownloadQueue) -> bool:
        run = self._run
        return run is not None and run.film_id == film_id and run.queue is queue

    def interrupt(self, film_id: str | None = None) -> None:
        """Stop taking this film, or any. The download says already why, if the viewer did it."""
        run = self._run
        if run is not None and film_id in (None, run.film_id):
            run.stop.set()

    def progress(self, film_id: str, queue: DownloadQueue) -> Progress | None:
        """Of the film that is being taken; None for any other."""
        run = self._run
        if run is None or run.film_id != film_id or run.queue is not queue:
            return None
        return run.progress

    def way_is_back(self, queue: DownloadQueue) -> None:
        """Whatever waits for the service, or to be signed in, has another try now."""
        with queue.changing:
            for each in queue.all():
                over = each.reason == SIGNED_OUT or each.reason in OF_THE_WAY
                if each.state is DownloadState.WAITING and over:
                    queue.follow(stepped(each, DownloadEvent.RESUME))
        self.wake()

    def look(self) -> None:
        """Whether the network may be used may have changed."""
        run = self._run
        if run is not None:
            self._stop_if_metered(run)
        self.wake()

    def close(self, until: float) -> None:
        """Stop, and wait for the thread until that monotonic moment at most."""
        self._closing.set()
        self._bringing.close()
        self.interrupt()
        self.wake()
        if self._thread.is_alive():
            self._thread.join(max(0.0, until - time.monotonic()))

    def _work(self) -> None:
        while not self._closing.is_set():
            self._woken.clear()
            try:
                wait_s = self._turn(self._queue())
            except StorageError as error:
                log.warning("the downloads can't be read: %s", type(error).__name__)
                wait_s = self._look_every_s
            self._woken.wait(wait_s)

    def _turn(self, queue: DownloadQueue | None) -> float | None:
        """Do what is to be done; after how many seconds to look again, None: when woken."""
        if queue is None:
            return None
        if self._is_new:
            self._is_new = False
            self.way_is_back(queue)
        queue.keep_rest()
        self._clear(queue)
        self._let_go_on(queue)
        run = self._begun(queue)
        if run is None:
            return self._look_every_s if _needs_looks(queue) else None
        left = self._end(run, self._brought(run))
        self._clear(run.queue)  # it need not be the queue of the next turn
        was_interrupted = left is not None and left.state is DownloadState.QUEUED
        return self._look_every_s if was_interrupted else 0.0

    def _let_go_on(self, queue: DownloadQueue) -> None:
        for each in queue.all():
            if each.state is not DownloadState.WAITING:
                continue
            over = goes_on(
                each,
                free_bytes=self._free_bytes() if each.reason == NO_ROOM else 0,
                may_use_way=self._may_use_way(),
                is_due=self._is_due(each.film_id),
            )
            with queue.changing:
                if over and queue.of(each.film_id) == each:
                    queue.follow(stepped(each, DownloadEvent.RESUME))

    def _is_due(self, film_id: str) -> bool:
        tried = self._tried.get(film_id)
        return tried is None or time.monotonic() >= tried.due_at

    def _begun(self, queue: DownloadQueue) -> Run | None:
        """Whoever closes or leaves meanwhile sees the run, or is seen here."""
        with queue.changing:
            download = next_of(queue.all())
            if download is None:
                return None
            run = self._run = run_of(download, queue)
            if self._closing.is_set() or self._queue() is not queue:
                self._run = None
                return None
            queue.follow(stepped(download, DownloadEvent.BEGIN))
        self.listener.changed()
        return run

    def _brought(self, run: Run) -> VeriteError | None:
        """What kept the film from coming, if anything did."""
        download = run.queue.of(run.film_id)
        if download is None:
            return Stopped()
        try:
            self._stop_if_metered(run)
            self._bringing.bring(
                download, run.queue.owner, run.stop, Telling(run, self._stop_if_metered)
            )
        except VeriteError as error:
            return error
        except Exception:  # border: a mistake must not end the thread that takes all others
            log.exception("a film could not be taken offline in a way nobody foresaw")
            return VeriteError(UNFORESEEN)
        return None

    def _stop_if_metered(self, run: Run) -> None:
        if not self._may_use_way():
            run.why = Reason(METERED)
            run.stop.set()

    def _end(self, run: Run, error: VeriteError | None) -> Download | None:
        """What became of it; None where the viewer had the last word."""
        with run.queue.changing:
            self._run = None
            download = running(run)
            left = ended(download, run, error) if download is not None else None
            if left is not None:
                run.queue.follow(left)
        self._count(run, left, error)
        self.listener.changed()
        if left is not None and self._queue() is run.queue:
            self._say(left)
        return left

    def _say(self, left: Download) -> None:
        if left.state is DownloadState.COMPLETE:
            self.listener.finished(left.film_id)
        elif left.state is DownloadState.FAILED:
            self.listener.failed(left.film_id, Reason(left.reason, left.facts))

    def _count(self, run: Run, left: Download | None, error: VeriteError | None) -> None:
        tried = self._tried.pop(run.film_id, None)
        if left is None or left.state is not DownloadState.WAITING:
            return
        came_on = run.progress.done_bytes > run.began_bytes
        times = 1 if tried is None or came_on else tried.times + 1
        wait_s = max(pause_s(times, self._look_every_s), _asked_s(error))
        self._tried[run.film_id] = Tried(times, time.monotonic() + wait_s)


def _asked_s(error: VeriteError | None) -> float:
    """How long the service asks to be left alone."""
    asked = error.retry_after_s if isinstance(error, SlowDown | ServiceFailing) else None
    return asked or 0.0


def _needs_looks(queue: DownloadQueue) -> bool:
    """Whether something may end, or succeed, without anybody saying so."""
    states = (DownloadState.WAITING, DownloadState.REMOVING)
    return queue.owes or any(each.state in states for each in queue.all())
