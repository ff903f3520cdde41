"""The queue of downloads: its order, whose turn it is, and when what waits goes on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from player_app.core.download import Download, DownloadState
from player_app.core.download_reasons import METERED, NO_ROOM, SIGNED_OUT

LONGEST_PAUSE = 16
"""Of the first."""


def in_order(downloads: Iterable[Download]) -> tuple[Download, ...]:
    return tuple(sorted(downloads, key=lambda each: (each.order, each.added_at, each.film_id)))


def next_of(downloads: Iterable[Download]) -> Download | None:
    """The one whose turn it is: what waits, or was paused, lets the others go first."""
    queued = (each for each in in_order(downloads) if each.state is DownloadState.QUEUED)
    return next(queued, None)


def last_order(downloads: Iterable[Download]) -> int:
    return max((each.order for each in downloads), default=0)


def moved(downloads: Iterable[Download], film_id: str, by: int) -> tuple[Download, ...]:
    """The downloads that change when this one goes `by` places back in the queue (-1: forward).

    What is complete or on its way out has no place in the queue.
    """
    over = (DownloadState.COMPLETE, DownloadState.REMOVING)
    queue = [each for each in in_order(downloads) if each.state not in over]
    here = next((at for at, each in enumerate(queue) if each.film_id == film_id), None)
    if here is None:
        return ()
    download = queue.pop(here)
    queue.insert(max(0, here + by), download)
    numbers = _distinct(sorted(each.order for each in queue))
    placed = zip(queue, numbers, strict=True)
    return tuple(replace(each, order=number) for each, number in placed if each.order != number)


def _distinct(numbers: list[int]) -> list[int]:
    """Rising numbers, as close to the given ones as they can be."""
    found: list[int] = []
    for each in numbers:
        found.append(max(each, found[-1] + 1) if found else each)
    return found


def goes_on(download: Download, *, free_bytes: int, may_use_way: bool, is_due: bool) -> bool:
    """Whether what a download waits for is over, or worth another try.

    `free_bytes` are what the disk has; `may_use_way` is whether the network may be used as it is
    now; `is_due` whether it has waited long enough since it last tried.
    """
    if download.state is not DownloadState.WAITING or not is_due:
        return False
    if download.reason == NO_ROOM:
        return free_bytes >= _needed_bytes(download)
    if download.reason == METERED:
        return may_use_way
    return download.reason != SIGNED_OUT


def _needed_bytes(download: Download) -> int:
    needed = download.facts[0] if download.facts else 0
    return needed if isinstance(needed, int) else 0


def pause_s(times: int, first_s: float) -> float:
    """How long a download waits that came no further for so many `times` in a row, twice each."""
    return first_s * min(LONGEST_PAUSE, 2.0 ** min(16, max(0, times - 1)))
