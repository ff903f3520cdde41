"""One owner's downloads: in memory as they are, on disk as soon as the disk takes them."""

from __future__ import annotations

import logging
import threading

from player_app.core.download import Download, reopened
from player_app.core.download_queue import in_order
from player_app.core.storage_errors import StorageError
from player_app.storage.downloads import DownloadStore

log = logging.getLogger(__name__)


class DownloadQueue:
    """Whoever reads, decides and writes does so under `changing`."""

    def __init__(self, store: DownloadStore, owner: str) -> None:
        self.owner = owner
        self.changing = threading.RLock()
        self._store = store
        kept = (reopened(each) for each in store.all(owner))
        self._downloads = in_order(kept)
        self._unkept: frozenset[str] = frozenset()

    def all(self) -> tuple[Download, ...]:
        """In the order of the queue."""
        return self._downloads

    def of(self, film_id: str) -> Download | None:
        return next((each for each in self._downloads if each.film_id == film_id), None)

    @property
    def owes(self) -> bool:
        """Whether the disk has yet to take something."""
        return bool(self._unkept)

    def keep(self, *downloads: Download) -> None:
        """On disk when it returns; raises `StorageError`, and then nothing has changed."""
        with self.changing:
            self._store.put(self.owner, *downloads)
            self._replace(*downloads)
            self._unkept -= {each.film_id for each in downloads}

    def follow(self, download: Download) -> None:
        """What happened has happened: where the disk takes nothing now, it is written later."""
        with self.changing:
            self._replace(download)
            self._unkept |= {download.film_id}
            self.keep_rest()

    def keep_rest(self) -> None:
        """Write what could not be written before, if the disk takes it now."""
        with self.changing:
            owed = [each for each in self._downloads if each.film_id in self._unkept]
            if not owed:
                return
            try:
                self._store.put(self.owner, *owed)
            except StorageError as error:
                log.info("the state of a download is written later: %s", type(error).__name__)
            else:
                self._unkept = frozenset()

    def drop(self, film_id: str) -> None:
        """Gone from disk when it returns; raises `StorageError`, and then nothing has changed."""
        with self.changing:
            self._store.remove(self.owner, film_id)
            self._downloads = tuple(each for each in self._downloads if each.film_id != film_id)
            self._unkept -= {film_id}

    def _replace(self, *downloads: Download) -> None:
        """Readers see the whole tuple of before or of after, without a lock."""
        rest = {each.film_id: each for each in self._downloads}
        rest |= {each.film_id: each for each in downloads}
        self._downloads = in_order(rest.values())
