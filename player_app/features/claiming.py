"""After the index of the segments was lost: which files belong to which download, told anew."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import Protocol

from player_app.core.catalogue import PictureFile
from player_app.core.download import Download, holder
from player_app.core.parts import parts_of
from player_app.core.refusals import NotFound
from player_app.core.storage_errors import StorageError
from player_app.core.stream import SegmentList
from player_app.core.stream_errors import PlaylistError
from player_app.features.offline_choices import sizes_of
from player_app.storage.downloads import DownloadStore

log = logging.getLogger(__name__)


class Segments(Protocol):
    def hold(self, holder: str, keys: Iterable[str], /) -> None: ...

    def held_by(self, holder: str, /) -> frozenset[str]: ...

    def release_unclaimed(self) -> None: ...


class Claiming:
    """`list_of` has a film's list by its SHA-256, where it is here; `pictures` those of a film."""

    def __init__(
        self,
        *,
        store: DownloadStore,
        segments: Segments,
        list_of: Callable[[str], SegmentList | None],
        pictures: Callable[[str], tuple[PictureFile, ...]],
    ) -> None:
        self._store = store
        self._segments = segments
        self._list_of = list_of
        self._pictures = pictures

    def claim(self) -> None:
        """Every viewer's downloads hold what is theirs; then what nobody holds may make way.

        As long as one can't say what is its own, nothing makes way. Raises `StorageError`, for a
        film that fails only once all others have claimed theirs.
        """
        failed: StorageError | None = None
        claimed = []
        for owner, each in self._store.everybody():
            try:
                claimed.append(self._claims(owner, each))
            except StorageError as error:
                failed = error
        if failed is not None:
            raise failed
        if all(claimed):
            self._segments.release_unclaimed()

    def _claims(self, owner: str, download: Download) -> bool:
        here = holder(owner, download.film_id, download.rendition_id)
        if not download.list_sha256 or self._segments.held_by(here):
            return True
        listed = self._list_of(download.list_sha256)
        if listed is None:
            return False
        try:
            parts = parts_of(listed, download.rendition_id, download.list_sha256)
        except PlaylistError as error:
            log.warning("a download does not fit its list: %s", error)
            return False
        self._segments.hold(here, sizes_of(parts, self._pictures_of(download.film_id)))
        return True

    def _pictures_of(self, film_id: str) -> tuple[PictureFile, ...]:
        """None of a film that has left the catalogue, where nothing tells them any more."""
        try:
            return self._pictures(film_id)
        except NotFound:
            return ()
