"""The small files of a film, fetched whole on the caller's thread: playlists, captions, sheets."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator
from hashlib import sha256

from player_app.core.errors import Stopped
from player_app.core.licence import Licence
from player_app.core.parts import stored_as
from player_app.core.stream import CheckedFile, Fragment
from player_app.core.stream_errors import PlaylistError
from player_app.media.gateway.errand import Errand, Fetch
from player_app.media.gateway.fetching import carry
from player_app.media.gateway.upstream import Store
from player_app.media.playlist import is_playlist
from player_app.media.tags import LARGEST_PLAYLIST

LARGEST_FILE = 8 * 1024 * 1024


def owner_of(licence: Licence) -> str:
    """What tells a film's files in the store from another's where they have no hash.

    Where the service lists nothing they belong to the one licence: nothing tells whether the film
    is packaged as it was.
    """
    return licence.segments_sha256 or licence.id


class Files:
    """Both block; they raise what can't be waited out, and what lasts longer than `patience_s`."""

    def __init__(self, errand: Errand, store: Store, owner: str) -> None:
        self._errand = errand
        self._store = store
        self._owner = owner

    def file(self, wanted: CheckedFile, patience_s: float | None = None) -> bytes:
        """A file of the film, checked where the service tells its hash."""
        name = wanted.sha256 or stored_as(self._owner, wanted.path)
        stored = self._store.get(name)
        if stored is not None and wanted.sha256 in (None, sha256(stored).hexdigest()):
            return stored
        data = self._bring(_fetch_of(wanted), patience_s)
        self._store.put(name, data)
        return data

    def playlist(self, path: str, patience_s: float | None = None) -> bytes:
        name = stored_as(self._owner, path)
        stored = self._store.get(name)
        if stored is not None:
            return stored
        data = self._bring(Fetch(path, None, (), LARGEST_PLAYLIST), patience_s)
        if is_playlist(data):
            self._store.put(name, data)
        return data

    def _bring(self, fetch: Fetch, patience_s: float | None) -> bytes:
        until = None if patience_s is None else time.monotonic() + patience_s
        self._errand.watch(fetch, until)
        try:
            with self._kicked_after(fetch, patience_s):
                carry(fetch, self._errand)
        finally:
            self._errand.forget(fetch)
        if fetch.cause is not None:
            raise fetch.cause
        if not fetch.done:
            raise fetch.trouble or Stopped()
        return bytes(fetch.data)

    @contextlib.contextmanager
    def _kicked_after(self, fetch: Fetch, patience_s: float | None) -> Iterator[None]:
        """A try under way ends with the patience: it may be silent, or come byte by byte."""
        if patience_s is None:
            yield
            return
        impatience = threading.Timer(patience_s, self._errand.kick, (fetch,))
        impatience.daemon = True
        impatience.start()
        try:
            yield
        finally:
            impatience.cancel()


def _fetch_of(wanted: CheckedFile) -> Fetch:
    size = wanted.bytes
    if size is not None and not 0 < size <= LARGEST_FILE:
        raise PlaylistError(f"{wanted.path}: {size} bytes")
    if size is None or wanted.sha256 is None:
        return Fetch(wanted.path, size, (), size or LARGEST_FILE)
    return Fetch(wanted.path, size, (Fragment(size, wanted.sha256),), size)
