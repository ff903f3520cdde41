"""Brings one film to this computer: its licence, all its parts, its pictures and its comments."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol, TypeVar

from player_app.core.catalogue import PictureFile
from player_app.core.download import Download, holder, meanwhile
from player_app.core.errors import BadReply, Stopped, VeriteError
from player_app.core.licence import Permit
from player_app.core.parts import Part
from player_app.core.refusals import Refused
from player_app.core.storage_errors import DiskFull, StorageError
from player_app.core.stream import Rendition
from player_app.core.stream_errors import DamagedStream, NotForOffline
from player_app.features.asking import asked
from player_app.features.offline_choices import PartsOf, sizes_of
from player_app.media.gateway.taking_progress import TakingProgress

log = logging.getLogger(__name__)
T = TypeVar("T")

BESIDE_AT_ONCE = 4
"""Pictures that come at the same time: each is small, and would leave the link to its delay."""

MOST_ROUNDS = 3
"""What is found damaged once all is stored is fetched again so often."""


class Segments(Protocol):
    """What is asked of the store; `holder` is `core.download`'s."""

    def put(self, key: str, data: bytes) -> None: ...

    def hold(self, holder: str, keys: Iterable[str], /) -> None:
        """These stay, too, whether they are here yet or not, until the holder lets go."""

    def let_go(self, holder: str, /) -> int: ...

    def held_by(self, holder: str, /) -> frozenset[str]: ...

    def missing(self, keys: Iterable[str]) -> tuple[str, ...]: ...


OnProgress = Callable[[TakingProgress], None]
Take = Callable[[str, Permit, tuple[Part, ...], threading.Event, OnProgress], None]
"""Blocks until all parts of the film are stored; raises `Stopped`, or what keeps them away."""


@dataclass(frozen=True, slots=True)
class Needs:
    """What a film is brought with.

    `permit` gets and keeps the licence to play a film offline, in a rendition. `picture` brings one
    of `pictures` by its SHA-256; `save_comments` keeps those of a film. `free_bytes` are what the
    disk has, and what would make way; `reserve_bytes` of them stay free.
    """

    permit: Callable[[str, str], Permit]
    parts: PartsOf
    take: Take
    segments: Segments
    free_bytes: Callable[[], int]
    reserve_bytes: int
    pictures: Callable[[str], tuple[PictureFile, ...]]
    picture: Callable[[str], bytes]
    save_comments: Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Found:
    """What there is to bring, in which rendition, and how much of it is here already."""

    video: Rendition
    list_sha256: str
    total_bytes: int
    done_bytes: int


class Tell(Protocol):
    """Who hears how it goes, on the thread that brings; it may set what stops it."""

    def found(self, found: Found) -> None:
        """Before anything is held or fetched."""

    def alone(self) -> None:
        """What only other qualities of the film needed is held no more."""

    def came(self, progress: TakingProgress) -> None:
        """Four times a second, also while nothing comes; the bytes are those of everything."""


class Bringing:
    """Blocks; raises `Stopped` when asked to stop, else what keeps the film from coming."""

    def __init__(self, needs: Needs) -> None:
        self._needs = needs
        self._closing = threading.Event()

    def close(self) -> None:
        """Wait for no answer any more."""
        self._closing.set()

    def bring(self, download: Download, owner: str, stop: threading.Event, tell: Tell) -> None:
        film_id, segments = download.film_id, self._needs.segments
        permit = self._ask(lambda: self._needs.permit(film_id, download.rendition_id), stop)
        video = _video(permit, download)
        parts = self._ask(lambda: self._needs.parts(permit, video.id), stop)
        pictures = self._needs.pictures(film_id)
        sizes = sizes_of(parts, pictures)

        def missing_bytes() -> int:
            return sum(sizes[each] for each in segments.missing(sizes))

        total_bytes, left_bytes = sum(sizes.values()), missing_bytes()
        list_sha256 = permit.licence.segments_sha256 or ""
        tell.found(Found(video, list_sha256, total_bytes, total_bytes - left_bytes))
        here = holder(owner, film_id, video.id)
        segments.hold(here, sizes)
        for each in download.holders(owner):
            if each != here:
                segments.let_go(each)
        tell.alone()
        self._expect_room(left_bytes)
        self._bring_beside(film_id, pictures, stop)
        beside_bytes = total_bytes - sum(sizes_of(parts).values())
        try:
            self._take(
                film_id, permit, parts, stop, lambda said: tell.came(_with(said, beside_bytes))
            )
        except DiskFull as error:
            needed_bytes = max(error.needed_bytes, missing_bytes() + self._needs.reserve_bytes)
            raise DiskFull(needed_bytes, error.free_bytes) from error
        _together(self._missing_pictures(pictures, stop))  # by now their host may be back
        self._hold_no_more_than(here, sizes)

    def _hold_no_more_than(self, here: str, keys: Iterable[str]) -> None:
        """What the service's list before this one needed, which played until all was here, goes."""
        segments, wanted = self._needs.segments, frozenset(keys)
        if segments.held_by(here) <= wanted:
            return
        segments.hold(meanwhile(here), wanted)
        segments.let_go(here)
        segments.hold(here, wanted)
        segments.let_go(meanwhile(here))

    def _expect_room(self, missing_bytes: int) -> None:
        """Better said before than found out by the way."""
        needed_bytes, free_bytes = (
            missing_bytes + self._needs.reserve_bytes,
            self._needs.free_bytes(),
        )
        if missing_bytes and free_bytes < needed_bytes:
            raise DiskFull(needed_bytes, free_bytes)

    def _bring_beside(
        self, film_id: str, pictures: tuple[PictureFile, ...], stop: threading.Event
    ) -> None:
        """Pictures and comments; a film comes without those that can't be had."""
        comments = partial(self._bring_comments, film_id, stop)
        _together([*self._missing_pictures(pictures, stop), comments])

    def _missing_pictures(
        self, pictures: tuple[PictureFile, ...], stop: threading.Event
    ) -> list[Callable[[], None]]:
        missing = self._needs.segments.missing(each.sha256 for each in pictures)
        is_away = threading.Event()
        return [partial(self._bring_picture, each, stop, is_away) for each in missing]

    def _bring_picture(self, sha256: str, stop: threading.Event, is_away: threading.Event) -> None:
        """Once their host `is_away`, no other waits for it, and the film for none of them."""
        if is_away.is_set():
            return
        try:
            picture = self._ask(lambda: self._needs.picture(sha256), stop)
        except (Stopped, StorageError):
            raise
        except VeriteError as error:
            log.info("a picture does not come along: %s", type(error).__name__)
            if not isinstance(error, BadReply | Refused):
                is_away.set()
        else:
            self._needs.segments.put(sha256, picture)

    def _bring_comments(self, film_id: str, stop: threading.Event) -> None:
        try:
            self._ask(lambda: self._needs.save_comments(film_id), stop)
        except (Stopped, StorageError):
            raise
        except VeriteError as error:
            log.info("comments do not come along: %s", type(error).__name__)

    def _take(
        self,
        film_id: str,
        permit: Permit,
        parts: tuple[Part, ...],
        stop: threading.Event,
        came: OnProgress,
    ) -> None:
        paths = {each.key: each.path for each in parts}
        for _ in range(MOST_ROUNDS):
            self._needs.take(film_id, permit, parts, stop, came)
            lost = self._needs.segments.missing(paths)
            if not lost:
                return
            if stop.is_set():
                raise Stopped
        raise DamagedStream(paths[lost[0]], MOST_ROUNDS)

    def _ask(self, question: Callable[[], T], stop: threading.Event) -> T:
        """An answer, such as a licence, is waited for and kept also for a viewer who pauses."""
        if stop.is_set():
            raise Stopped
        answer = asked(question, self._closing, "download-ask")
        if stop.is_set():
            raise Stopped
        return answer


def _together(errands: Iterable[Callable[[], None]]) -> None:
    """A few at a time; raises what one of them does, and begins no other then."""
    with ThreadPoolExecutor(BESIDE_AT_ONCE, thread_name_prefix="download-beside") as together:
        coming = [together.submit(each) for each in errands]
        came, _others = wait(coming, return_when=FIRST_EXCEPTION)
        together.shutdown(wait=False, cancel_futures=True)
    for each in came:
        each.result()


def _with(progress: TakingProgress, beside_bytes: int) -> TakingProgress:
    """Of the parts and what is beside them."""
    return replace(
        progress,
        done_bytes=progress.done_bytes + beside_bytes,
        total_bytes=progress.total_bytes + beside_bytes,
    )


def _video(permit: Permit, download: Download) -> Rendition:
    """The one that was chosen; where the service has renewed its film, the one most like it."""
    videos = permit.segment_list.videos() if permit.segment_list is not None else ()
    if not videos:
        raise NotForOffline(download.film_id)

    def distance(video: Rendition) -> tuple[bool, int]:
        return (
            video.id != download.rendition_id,
            abs((video.height or 0) - (download.height or 0)),
        )

    return min(videos, key=distance)
