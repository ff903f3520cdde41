"""The travel check: will these films play until then with no internet? Tested, not guessed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Protocol

from player_app.core.download import Download, DownloadState
from player_app.core.errors import Stopped, VeriteError
from player_app.core.licence import Licence, Permit
from player_app.core.rental import Grant, Record
from player_app.core.storage_errors import FolderGone, StorageError
from player_app.core.stream_errors import LicenceError, RentalOver
from player_app.core.travel import Clocks, Finding, Obstacle, Parts, Remedy, until

Tell = Callable[[str, int, int], None]
"""Called with a film's title and how many of its files are read, of how many."""

NOT_COMPLETE = Clocks(Obstacle.NOT_COMPLETE, Remedy.DOWNLOAD)
NO_LICENCE = Clocks(Obstacle.LICENCE, Remedy.CONNECT)
BROKEN = Clocks(Obstacle.MISSING, Remedy.REPAIR)
NO_PICTURE = Clocks(Obstacle.PICTURE, Remedy.HELP)


class Licences(Protocol):
    def licence(self, film_id: str) -> Licence | None:
        """As it is kept, be it over or not; raises where it does not open."""

    def kept(self, film_id: str) -> Permit | None: ...


@dataclass(frozen=True, slots=True)
class Trials:
    """What a film is put through: `record` is what this computer knows of its right's use.

    `ahead_s` is by how much its clock is ahead of `now`, as far as that is known.
    `verify` reads every file of it, `decode` its first picture, both without the network.
    """

    record: Callable[[Licence], Record]
    now: Callable[[], int]
    ahead_s: Callable[[], int]
    verify: Callable[[Permit, Callable[[int, int], None], threading.Event], Parts]
    decode: Callable[[Permit, threading.Event], None]


class TravelCheck:
    """`downloads` are the viewer's; `title` of a film that the catalogue may know no more."""

    def __init__(
        self,
        *,
        downloads: Callable[[], Iterable[Download]],
        title: Callable[[str], str],
        licences: Licences,
        trials: Trials,
    ) -> None:
        self._downloads = downloads
        self._title = title
        self._licences = licences
        self._trials = trials

    def check(self, then: int, tell: Tell, stop: threading.Event) -> tuple[Finding, ...]:
        """A finding for each film that is here, or is to be, up to `then` (seconds since 1970).

        Blocks; raises `Stopped`.
        """
        films = (each for each in self._downloads() if each.state is not DownloadState.REMOVING)
        return tuple(self._finding(each, then, tell, stop) for each in films)

    def _finding(self, download: Download, then: int, tell: Tell, stop: threading.Event) -> Finding:
        if stop.is_set():
            raise Stopped
        film_id, title = download.film_id, self._title(download.film_id)
        tell(title, 0, 0)
        if download.state is not DownloadState.COMPLETE:
            return Finding(film_id, title, NOT_COMPLETE)
        try:
            licence = self._licences.licence(film_id)
            clocks = NO_LICENCE if licence is None else self._clocks(licence, then)
            permit = None if clocks.obstacle is not None else self._licences.kept(film_id)
        except FolderGone as error:
            return Finding(film_id, title, BROKEN, cause=error)
        except (LicenceError, RentalOver, StorageError) as error:
            return Finding(film_id, title, NO_LICENCE, cause=error)
        if permit is None:
            return Finding(film_id, title, clocks)
        found = Finding(film_id, title, clocks)
        return self._tried(found, permit, tell, stop)

    def _clocks(self, licence: Licence, then: int) -> Clocks:
        trials = self._trials
        grant: Grant = licence.grant()
        return until(grant, trials.record(licence), trials.now(), then, trials.ahead_s())

    def _tried(self, found: Finding, permit: Permit, tell: Tell, stop: threading.Event) -> Finding:
        def read(done: int, whole: int) -> None:
            tell(found.title, done, whole)

        try:
            parts = self._trials.verify(permit, read, stop)
        except StorageError as error:
            return replace(found, clocks=BROKEN, cause=error)
        if not parts.is_whole:
            return replace(found, clocks=BROKEN, parts=parts)
        try:
            self._trials.decode(permit, stop)
        except Stopped:
            raise
        except VeriteError as error:
            return replace(found, clocks=NO_PICTURE, parts=parts, cause=error)
        return replace(found, parts=parts)
