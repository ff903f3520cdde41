"""Reading all of a film that is here, file by file, and having fetched again what is broken."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from typing import Protocol

from player_app.core.download import Download, DownloadState
from player_app.core.licence import Permit
from player_app.core.parts import Part
from player_app.core.travel import Parts
from player_app.features.offline_choices import PartsOf, sizes_of

Tell = Callable[[int, int], None]
"""Called with how many files have been read, of how many."""


class Verified(Protocol):
    @property
    def missing(self) -> tuple[str, ...]: ...

    @property
    def damaged(self) -> tuple[str, ...]: ...


class Segments(Protocol):
    def verify(
        self,
        keys: Iterable[str],
        *,
        progress: Callable[[int, int], None],
        stop: threading.Event,
    ) -> Verified:
        """What is damaged is forgotten; raises `Stopped`."""


class Downloaded(Protocol):
    def of(self, film_id: str) -> Download | None: ...

    def parts_lost(self, film_id: str) -> None:
        """Fetch again what is missing, of a film that was complete."""

    def resume(self, film_id: str) -> None: ...


class Verifying:
    """`permit` answers what is kept of a film by this computer alone, be it over or not."""

    def __init__(
        self,
        *,
        permit: Callable[[str], Permit],
        parts: PartsOf,
        segments: Segments,
        downloads: Downloaded,
    ) -> None:
        self._permit = permit
        self._parts = parts
        self._segments = segments
        self._downloads = downloads

    def verify(self, film_id: str, tell: Tell, stop: threading.Event) -> Parts:
        """Blocks while every file is read; raises `Stopped`, or why what is kept does not open."""
        return self.verify_permit(self._permit(film_id), tell, stop)

    def verify_permit(self, permit: Permit, tell: Tell, stop: threading.Event) -> Parts:
        """As `verify`, of a permit that is at hand."""
        listed = permit.segment_list
        parts: tuple[Part, ...] = ()
        if listed is not None and listed.videos():
            parts = self._parts(permit, listed.videos()[0].id)
        sizes = sizes_of(parts)
        missing, damaged = 0, 0
        fetch_bytes = 0
        for done, key in enumerate(sizes):
            tell(done, len(sizes))
            found = self._segments.verify([key], progress=_untold, stop=stop)
            missing += len(found.missing)
            damaged += len(found.damaged)
            if found.missing or found.damaged:
                fetch_bytes += sizes[key]
        tell(len(sizes), len(sizes))
        return Parts(len(sizes) - missing - damaged, missing, damaged, fetch_bytes)

    def repair(self, film_id: str) -> None:
        """Put what is broken into the queue again; the rest is not fetched twice."""
        download = self._downloads.of(film_id)
        if download is not None and download.state is DownloadState.COMPLETE:
            self._downloads.parts_lost(film_id)
        else:
            self._downloads.resume(film_id)


def _untold(_done_bytes: int, _total_bytes: int) -> None:
    """The files are counted here."""
