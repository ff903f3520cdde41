"""What a download of a film consists of, part by part, in the order in which it is fetched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate

from player_app.core.stream import CheckedFile, Rendition, SegmentList
from player_app.core.stream_errors import PlaylistError


class PartKind(StrEnum):
    PLAYLIST = "playlist"
    INIT = "init"
    CAPTIONS = "captions"
    PREVIEW = "preview"
    SEGMENT = "segment"


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a download: its name in the store, and where it lies below the media address.

    `bytes` and `sha256` (hex) are those of the file as it is stored, None where nobody tells them.
    A playlist of a rendition `lists` its initialisation, if there is one, and its segments.
    """

    key: str
    path: str
    bytes: int | None
    sha256: str | None
    kind: PartKind = PartKind.SEGMENT
    lists: tuple[str, ...] = ()


def stored_as(owner: str, path: str) -> str:
    """The name in the store of a file whose hash nobody tells; `owner` stands for its film."""
    return f"{owner}:{path}"


def parts_of(listed: SegmentList, video_id: str, owner: str) -> tuple[Part, ...]:
    """One picture, every sound, all captions and preview sheets: the small files, then the film.

    Picture and sound come together, moment by moment, so that a film can be watched while it is
    taken. `owner` is the gateway's `owner_of` the licence.

    A file that is part of the film twice is here once. Raises `PlaylistError` where the film has no
    such picture.
    """
    video = next((each for each in listed.videos() if each.id == video_id), None)
    if video is None:
        raise PlaylistError("the film has no such picture")
    renditions = (video, *listed.audios())
    found: dict[str, Part] = {}
    for part in _small(listed, renditions, owner):
        found.setdefault(part.key, part)
    for _start_ms, _rank, part in sorted(_timed(renditions, owner), key=lambda each: each[:2]):
        found.setdefault(part.key, part)
    return tuple(found.values())


def _small(listed: SegmentList, renditions: tuple[Rendition, ...], owner: str) -> Iterator[Part]:
    for each in renditions:
        yield _playlist(owner, each)
    for each in renditions:
        if each.init is not None:
            yield _checked(owner, each.init, PartKind.INIT)
    for captions in listed.captions:
        yield _checked(owner, captions.file, PartKind.CAPTIONS)
    for sheet in listed.preview.sheets if listed.preview is not None else ():
        yield _checked(owner, sheet, PartKind.PREVIEW)


def _timed(renditions: tuple[Rendition, ...], owner: str) -> Iterator[tuple[int, int, Part]]:
    """Each segment with the moment at which it begins, and its rendition's rank at that."""
    for rank, rendition in enumerate(renditions):
        starts_ms = accumulate((each.duration_ms for each in rendition.segments), initial=0)
        for segment, start_ms in zip(rendition.segments, starts_ms, strict=False):
            file = CheckedFile(segment.path, segment.bytes, segment.sha256)
            yield start_ms, rank, _checked(owner, file, PartKind.SEGMENT)


def _playlist(owner: str, rendition: Rendition) -> Part:
    path, init = rendition.playlist, rendition.init
    named = (*(() if init is None else (init.path,)), *(each.path for each in rendition.segments))
    return Part(stored_as(owner, path), path, None, None, PartKind.PLAYLIST, named)


def _checked(owner: str, file: CheckedFile, kind: PartKind) -> Part:
    key = file.sha256 or stored_as(owner, file.path)
    return Part(key, file.path, file.bytes, file.sha256, kind)
