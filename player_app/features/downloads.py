"""Taking films offline, as the viewer sees it: start, pause, resume, remove, in a queue that stays.

Whatever returns here is on disk. The work itself is `taking_offline`'s.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

from player_app.core.download import (
    Download,
    DownloadEvent,
    DownloadState,
    Progress,
    Quality,
    Tidying,
    cleared,
    is_possible,
    is_to_go,
    started,
    stepped,
)
from player_app.core.download_queue import last_order, moved
from player_app.core.rental import Standing
from player_app.core.sign_in_errors import SignedOut
from player_app.core.storage_errors import StorageError
from player_app.features.bringing import Bringing, Needs
from player_app.features.download_queue import DownloadQueue
from player_app.features.offline_choices import Choice, OfflineChoices
from player_app.features.taking_offline import Listener, TakingOffline
from player_app.storage.downloads import DownloadStore

log = logging.getLogger(__name__)

LOOK_EVERY_S = 2.0


@dataclass(frozen=True, slots=True)
class Rules:
    """What the viewer set, and what is known of films, asked anew each time.

    `may_use_way`: whether the network may be used as it is now. `finished_at` is when a film was
    last watched to its end, `is_told` whether its standing is what the service says, or by its
    time. `is_in_use` a film that plays.
    """

    may_use_way: Callable[[], bool]
    tidying: Callable[[], Tidying]
    standing: Callable[[str], Standing | None]
    finished_at: Callable[[str], int | None]
    is_told: Callable[[str], bool]
    is_in_use: Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Clearing:
    """How what came along with a film goes; each may be called again for what is gone already.

    `give_back` gets the film, and whose licence of it goes.
    """

    give_back: Callable[[str, str], None]
    drop_comments: Callable[[str], None]


class Downloads:
    """`owner` names who is signed in, None where nobody is; nobody else's downloads are seen here.

    `now` is of the clock that places in films are dated by, in whole seconds since 1970.

    Everything that changes a download raises `StorageError` where the disk does not take it, and
    `SignedOut` where nobody is signed in; then nothing has changed.
    """

    def __init__(
        self,
        *,
        store: DownloadStore,
        owner: Callable[[], str | None],
        now: Callable[[], int],
        choices: OfflineChoices,
        needs: Needs,
        clearing: Clearing,
        rules: Rules,
        look_every_s: float = LOOK_EVERY_S,
    ) -> None:
        self._store = store
        self._owner = owner
        self._now = now
        self._choices = choices
        self._segments = needs.segments
        self._clearing = clearing
        self._rules = rules
        self._clearing_up = threading.Lock()
        self._reading, self._making = threading.Lock(), threading.Lock()
        self._queues: dict[str, DownloadQueue] = {}
        self._emptied: frozenset[str] = frozenset()
        self._current: DownloadQueue | None = None
        self._taking = TakingOffline(
            queue=self._queue_now,
            bringing=Bringing(needs),
            clear=self._clear_away,
            free_bytes=needs.free_bytes,
            may_use_way=rules.may_use_way,
            look_every_s=look_every_s,
        )

    def begin(self) -> None:
        """Go on with what was under way when the player closed. Once."""
        self._taking.begin()

    def listen(self, listener: Listener) -> None:
        self._taking.listener = listener

    def choices(self, film_id: str) -> tuple[Choice, ...]:
        """The qualities, the least first, with what each needs. Asks the service."""
        return self._choices.of(film_id)

    def all(self) -> tuple[Download, ...]:
        """In the order of the queue."""
        queue = self._queue_now()
        return queue.all() if queue is not None else ()

    def of(self, film_id: str) -> Download | None:
        queue = self._queue_now()
        return queue.of(film_id) if queue is not None else None

    def progress(self, film_id: str) -> Progress:
        """Cheap: nothing is read from disk."""
        queue = self._queue_now()
        download = queue.of(film_id) if queue is not None else None
        if queue is None or download is None:
            return Progress(0, 0)
        running = self._taking.progress(film_id, queue)
        return running or Progress(download.done_bytes, download.total_bytes)

    def start(self, film_id: str, quality: Quality) -> None:
        """Put it into the queue; one that is there already goes on, in this quality."""
        queue = self._signed_in()
        with queue.changing:
            before, order = queue.of(film_id), last_order(queue.all()) + 1
            download = started(before, film_id, quality, self._wanted_at(film_id), order)
            if download == before:
                return
            queue.keep(download)
            self._taking.interrupt(film_id)
        self._changed()

    def pause(self, film_id: str) -> None:
        self._step(film_id, DownloadEvent.PAUSE)

    def resume(self, film_id: str) -> None:
        """Also what waits, or has failed, tries again now."""
        self._step(film_id, DownloadEvent.RESUME)

    def parts_lost(self, film_id: str) -> None:
        """Some of what was stored is gone or damaged: fetch that again."""
        self._step(film_id, DownloadEvent.LOSE_PARTS)

    def remove(self, film_id: str) -> None:
        """It is gone when this returns, or, where it is just being taken, soon after."""
        queue = self._signed_in()
        self._step(film_id, DownloadEvent.REMOVE)
        self._clear_away(queue)
        self._taking.listener.changed()

    def remove_all(self) -> None:
        """Whosever they are and whoever is signed in; gone as by `remove`."""
        owners = frozenset(owner for owner, _ in self._store.everybody())
        self._emptied |= owners
        for queue in map(self._queue_of, owners):
            with queue.changing:
                for each in queue.all():
                    queue.keep(stepped(each, DownloadEvent.REMOVE))
            self._taking.interrupt()
            self._clear_away(queue)
        self._changed()

    def up(self, film_id: str) -> None:
        """One place further to the front of the queue."""
        self._move(film_id, -1)

    def down(self, film_id: str) -> None:
        self._move(film_id, 1)

    def tidy(self) -> tuple[str, ...]:
        """Remove what the viewer wants gone by itself; the films it was."""
        rules, gone = self._rules, []
        for each in self.all():
            film_id = each.film_id
            to_go = is_to_go(
                each,
                rules.tidying(),
                rules.standing(film_id),
                finished_at=rules.finished_at(film_id),
                is_told=rules.is_told(film_id),
            )
            if to_go and not rules.is_in_use(film_id):
                self.remove(film_id)
                gone.append(film_id)
        return tuple(gone)

    def contact(self) -> None:
        """The service can be reached again."""
        queue = self._queue_now()
        if queue is not None:
            self._taking.way_is_back(queue)

    def look(self) -> None:
        """What the viewer set, or the network, has changed."""
        self._taking.look()

    def leave(self) -> None:
        """Who was signed in has gone: what is theirs rests where it is."""
        self._taking.interrupt()

    def close(self, until: float) -> None:
        """Stop, and wait for the thread until that monotonic moment at most."""
        self._taking.close(until)

    def _step(self, film_id: str, event: DownloadEvent) -> None:
        """What can't be any more, since the download went on meanwhile, is passed over."""
        queue = self._signed_in()
        with queue.changing:
            download = queue.of(film_id)
            if download is None or not is_possible(download.state, event):
                return
            queue.keep(stepped(download, event))
            self._taking.interrupt(film_id)
        self._changed()

    def _move(self, film_id: str, by: int) -> None:
        queue = self._signed_in()
        with queue.changing:
            queue.keep(*moved(queue.all(), film_id, by))
        self._changed()

    def _changed(self) -> None:
        self._taking.wake()
        self._taking.listener.changed()

    def _clear_away(self, queue: DownloadQueue) -> None:
        """All that is to be removed, but for what is just being taken: that stops first."""
        with self._clearing_up:
            for each in queue.all():
                is_free = not self._taking.is_taking(each.film_id, queue)
                is_theirs = queue.owner in (self._owner(), *self._emptied)
                if each.state is DownloadState.REMOVING and is_free and is_theirs:
                    self._clear_one(queue, each)

    def _clear_one(self, queue: DownloadQueue, download: Download) -> None:
        """The row goes last: until then all of this is done again after a restart."""
        film_id = download.film_id
        try:
            self._clearing.give_back(film_id, queue.owner)
            for holder in download.holders(queue.owner):
                self._segments.let_go(holder)
            self._clearing.drop_comments(film_id)
            with queue.changing:
                left = cleared(
                    queue.of(film_id) or download,
                    self._wanted_at(film_id),
                    last_order(queue.all()) + 1,
                )
                if left is None:
                    queue.drop(film_id)
                else:
                    queue.keep(left)
        except StorageError as error:
            log.info("a download is removed later: %s", type(error).__name__)

    def _wanted_at(self, film_id: str) -> int:
        return max(self._now(), self._rules.finished_at(film_id) or 0)

    def _signed_in(self) -> DownloadQueue:
        queue = self._queue_now()
        if queue is None:
            raise SignedOut("a download needs a sign-in")
        return queue

    def _queue_now(self) -> DownloadQueue | None:
        """One for each owner as long as the player runs: a film may yet end on an earlier one."""
        owner, current = self._owner(), self._current
        if owner == (current.owner if current is not None else None):
            return current
        with self._reading:
            self._current = current = self._queue_of(owner) if owner is not None else None
        self._taking.signed_in()
        return current

    def _queue_of(self, owner: str) -> DownloadQueue:
        with self._making:
            if owner not in self._queues:
                self._queues[owner] = DownloadQueue(self._store, owner)
            return self._queues[owner]
