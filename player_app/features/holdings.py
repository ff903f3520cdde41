"""What a viewer holds: rentals, a subscription, and films on this computer; read, never asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from player_app.core.catalogue import Film
from player_app.core.download import Download, DownloadState, Progress
from player_app.core.refusals import NotFound
from player_app.core.rental import Standing, Subscription
from player_app.core.rights import Right, Rights
from player_app.core.storage_errors import StorageError
from player_app.core.withdrawn import stand_in
from player_app.features.browse import FilmFacts


@dataclass(frozen=True, slots=True)
class Taken:
    """A film that is here, or is to be: `before` films are taken before it.

    `licence` is where the one that is kept with it stands, None where there is none. `away` is one
    whose folder is not there at present.
    """

    film: Film
    download: Download
    progress: Progress
    before: int = 0
    licence: Standing | None = None
    position_ms: int | None = None
    away: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """A rented film; `taken` where it is on this computer, too.

    `right` is the rental's alone; `subscribed` says that a subscription lets the film play.
    """

    film: Film
    right: Right
    position_ms: int | None
    taken: Taken | None
    subscribed: bool = False


@dataclass(frozen=True, slots=True)
class Holding:
    """All of it; `free_bytes` is what the disk with the films has left.

    `trouble` is why nothing can be kept in their folder; `keeps_streams` whether there is room to
    keep what streams.
    """

    rentals: tuple[Held, ...] = ()
    subscription: Subscription | None = None
    taken: tuple[Taken, ...] = ()
    held_bytes: int = 0
    free_bytes: int = 0
    trouble: StorageError | None = None
    keeps_streams: bool = True


class Holdings:
    """`licence` and `progress` are asked by film.

    `sizes` are bytes held and bytes free, and raise where the films are not there; `trouble` is
    why their folder takes nothing, and `keeps_streams` whether what streams is kept.
    """

    def __init__(
        self,
        *,
        facts: Callable[[str], FilmFacts],
        rights: Callable[[], Rights],
        downloads: Callable[[], tuple[Download, ...]],
        progress: Callable[[str], Progress],
        licence: Callable[[str], Standing | None],
        sizes: Callable[[], tuple[int, int]],
        trouble: Callable[[], StorageError | None],
        keeps_streams: Callable[[], bool],
    ) -> None:
        self._facts = facts
        self._rights = rights
        self._downloads = downloads
        self._progress = progress
        self._licence = licence
        self._sizes = sizes
        self._trouble = trouble
        self._keeps_streams = keeps_streams

    def read(self) -> Holding:
        downloads = self._downloads()
        before, sizes = before_in_queue(downloads), self._sizes_here()
        taken = tuple(
            self._taken(each, before[each.film_id], away=sizes is None) for each in downloads
        )
        by_film = {each.download.film_id: each for each in taken}
        held_bytes, free_bytes = sizes or (0, 0)
        return Holding(
            rentals=tuple(self._held(by_film)),
            subscription=self._rights().subscription,
            taken=taken,
            held_bytes=held_bytes,
            free_bytes=free_bytes,
            trouble=self._trouble(),
            keeps_streams=self._keeps_streams(),
        )

    def of(self, film_id: str) -> Taken | None:
        """A film as it is on this computer; None where it is not and is not to be."""
        downloads = self._downloads()
        found = next((each for each in downloads if each.film_id == film_id), None)
        if found is None:
            return None
        before, away = before_in_queue(downloads)[film_id], self._sizes_here() is None
        return self._taken(found, before, away=away)

    def _sizes_here(self) -> tuple[int, int] | None:
        """None while the folder with the films is not there."""
        try:
            return self._sizes()
        except StorageError:
            return None

    def _held(self, taken: dict[str, Taken]) -> Iterable[Held]:
        newest_first = (each.film_id for each in reversed(self._rights().rentals))
        for film_id in dict.fromkeys(newest_first):
            facts = self._known(film_id)
            if facts is not None:
                subscribed = facts.right.kind == "subscription" and facts.right.may_play
                here = taken.get(film_id)
                yield Held(facts.film, facts.rental, facts.position_ms, here, subscribed)

    def _taken(self, download: Download, before: int, *, away: bool) -> Taken:
        facts = self._known(download.film_id)
        return Taken(
            film=facts.film if facts else stand_in(download.film_id),
            download=download,
            progress=self._progress(download.film_id),
            before=before,
            licence=self._licence(download.film_id),
            position_ms=facts.position_ms if facts else None,
            away=away,
        )

    def _known(self, film_id: str) -> FilmFacts | None:
        try:
            return self._facts(film_id)
        except NotFound:
            return None


def before_in_queue(downloads: Iterable[Download]) -> dict[str, int]:
    """How many films are taken before each, where they are told in the order of the queue."""
    counts, ahead = {}, 0
    for each in downloads:
        counts[each.film_id] = ahead
        ahead += each.state in (DownloadState.QUEUED, DownloadState.RUNNING)
    return counts
