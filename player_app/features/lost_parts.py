"""Films that were all here and are no more: files go by other hands, and a film says so in time."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import Protocol

from player_app.core.download import Download, DownloadState, holder
from player_app.core.parts import parts_of
from player_app.core.stream import SegmentList
from player_app.core.stream_errors import PlaylistError

log = logging.getLogger(__name__)


class Segments(Protocol):
    def held_by(self, holder: str, /) -> frozenset[str]: ...

    def gone(self, keys: Iterable[str], /) -> frozenset[str]:
        """By the rows alone; raises `FolderGone` where that can't be told."""


class Downloaded(Protocol):
    def all(self) -> tuple[Download, ...]: ...

    def parts_lost(self, film_id: str) -> None:
        """Fetch again what is missing, of a film that was complete."""


class LostParts:
    """`owner` names who is signed in; `list_of` has a film's list by its SHA-256, if it is here."""

    def __init__(
        self,
        *,
        owner: Callable[[], str | None],
        downloads: Downloaded,
        segments: Segments,
        list_of: Callable[[str], SegmentList | None],
    ) -> None:
        self._owner = owner
        self._downloads = downloads
        self._segments = segments
        self._list_of = list_of

    def look(self, film_id: str | None = None) -> tuple[str, ...]:
        """The films, or of this one whether it is one, that are put into the queue again.

        Cheap where nothing is gone. Raises `StorageError`: while the folder is away none is lost.
        """
        owner = self._owner()
        if owner is None:
            return ()
        lost = [
            each.film_id
            for each in self._downloads.all()
            if film_id in (None, each.film_id)
            and each.state is DownloadState.COMPLETE
            and self._lacks_parts(holder(owner, each.film_id, each.rendition_id), each)
        ]
        for each in lost:
            log.info("of a film that was here files are gone: they are fetched again")
            self._downloads.parts_lost(each)
        return tuple(lost)

    def _lacks_parts(self, here: str, download: Download) -> bool:
        """A film lacks nothing that it plays without, such as a picture of the catalogue."""
        held = self._segments.held_by(here)
        gone = self._segments.gone(held)
        if held and not gone:
            return False
        listed = self._list_of(download.list_sha256)
        if listed is None:
            return True
        try:
            parts = parts_of(listed, download.rendition_id, download.list_sha256)
        except PlaylistError:
            return False
        return bool(self._segments.gone(each.key for each in parts))
