"""Where ciphertext lies: the store of segments, and the cache in front of it while films stream."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable
from pathlib import Path

from player_app.core.storage_errors import DatabaseDamaged, DiskFull, FolderGone
from player_app.media.gateway.store import MemoryStore
from player_app.storage.kept import Kept
from player_app.storage.paths import Paths
from player_app.storage.segments.caching import CachingStore
from player_app.storage.segments.store import open_segments

HELD_FILM_BYTES = 256 * 1024 * 1024
MOST_CACHED_BYTES = 2 * 1024 * 1024 * 1024
FOLDER, DEVICE = "segments_folder", "segments_device"


class Segments:
    """`damaged` says that the list of what lies there had to be made anew at the opening.

    `usual` is where segments lie while the viewer has chosen no other folder.
    """

    def __init__(self, paths: Paths, kept: Kept) -> None:
        self._kept = kept
        self.usual = paths.segments
        chosen = kept.get(FOLDER, str)
        self.store, trouble = open_segments(
            Path(chosen) if chosen else paths.segments,
            device=_device(kept),
            made_before=chosen is not None,
        )
        self.damaged = trouble if isinstance(trouble, DatabaseDamaged) else None
        self._told: Callable[[], None] = lambda: None
        self.cache = CachingStore(
            self.store,
            MemoryStore(HELD_FILM_BYTES),
            most_cached_bytes=MOST_CACHED_BYTES,
            told=self._changed,
        )

    def listen(self, told: Callable[[], None]) -> None:
        """Who hears, on a thread of the store's, that what streams is kept no more, or again."""
        self._told = told

    def move_to(
        self, folder: Path, progress: Callable[[int, int], None], stop: threading.Event
    ) -> None:
        """Blocks; tells the bytes that are copied, of how many; raises `Stopped`.

        From a folder that is gone nothing comes along: what is in the new one is used from now on.
        """
        if self.is_away():
            self.store.begin_in(folder, note=self._note)
        else:
            self.store.move_to(folder, note=self._note, progress=progress, stop=stop)

    def is_away(self) -> bool:
        """Whether the folder, and every film in it, is not there."""
        return isinstance(self.store.trouble(), FolderGone)

    def free_bytes(self) -> int:
        """What the disk has, and what would make way for a film that is taken offline."""
        sizes = self.store.sizes()
        return sizes.free_bytes + sizes.cached_bytes

    def keeps_streams(self) -> bool:
        """Whether there is room to keep what streams; the folder's own trouble is another thing."""
        trouble = self.cache.trouble
        if not isinstance(trouble, DiskFull) or self.is_away():
            return True
        return self.store.sizes().free_bytes >= trouble.needed_bytes

    def close(self, until: float) -> None:
        self.cache.close(max(until, time.monotonic()))
        self.store.close(max(0.0, until - time.monotonic()))

    def _changed(self) -> None:
        self._told()

    def _note(self, folder: Path) -> None:
        self._kept.put(FOLDER, str(folder))


def _device(kept: Kept) -> str:
    """What tells this profile's segments from those of another one on this computer."""
    known = kept.get(DEVICE, str)
    if known is None:
        known = secrets.token_urlsafe(16)
        kept.put(DEVICE, known)
    return known
