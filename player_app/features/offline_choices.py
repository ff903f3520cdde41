"""In which qualities a film can be taken offline, with what each needs and what the disk has."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from player_app.core.catalogue import Film, PictureFile
from player_app.core.download import Quality
from player_app.core.licence import Permit
from player_app.core.parts import Part, PartKind
from player_app.core.stream import Rendition, SegmentList
from player_app.core.stream_errors import NotForOffline

PartsOf = Callable[[Permit, str], tuple[Part, ...]]
"""All parts of a film in the video rendition with this id."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A quality to take a film in: `bytes` in all, of which `missing_bytes` are not here yet.

    `is_estimate` where the service does not tell all sizes. `needed_bytes` is what must be free.
    """

    video_id: str
    height: int | None
    audio_ids: tuple[str, ...]
    bytes: int
    missing_bytes: int
    needed_bytes: int
    free_bytes: int
    is_estimate: bool

    @property
    def fits(self) -> bool:
        return self.needed_bytes <= self.free_bytes

    @property
    def quality(self) -> Quality:
        return Quality(self.video_id, self.height, self.audio_ids, self.bytes)


class OfflineChoices:
    """`look` gets a permit that costs the viewer nothing; `missing` are keys the store lacks.

    `reserve_bytes` stay free, whatever is taken offline.
    """

    def __init__(
        self,
        *,
        look: Callable[[str], Permit],
        parts: PartsOf,
        pictures: Callable[[str], tuple[PictureFile, ...]],
        missing: Callable[[Iterable[str]], tuple[str, ...]],
        free_bytes: Callable[[], int],
        reserve_bytes: int,
    ) -> None:
        self._look = look
        self._parts = parts
        self._pictures = pictures
        self._missing = missing
        self._free_bytes = free_bytes
        self._reserve_bytes = reserve_bytes

    def of(self, film_id: str) -> tuple[Choice, ...]:
        """The least first. Asks the service; raises what keeps the film from being taken."""
        permit = self._look(film_id)
        listed = permit.segment_list
        if listed is None:
            raise NotForOffline(film_id)
        pictures, free_bytes = self._pictures(film_id), self._free_bytes()
        return tuple(
            self._choice(listed, video, self._parts(permit, video.id), pictures, free_bytes)
            for video in listed.videos()
        )

    def _choice(
        self,
        listed: SegmentList,
        video: Rendition,
        parts: tuple[Part, ...],
        pictures: tuple[PictureFile, ...],
        free_bytes: int,
    ) -> Choice:
        guessed = _guessed(parts, listed, video)
        sizes = sizes_of(parts, pictures) | guessed
        total_bytes = sum(sizes.values())
        missing_bytes = sum(sizes[each] for each in self._missing(sizes))
        return Choice(
            video_id=video.id,
            height=video.height,
            audio_ids=tuple(each.id for each in listed.audios()),
            bytes=total_bytes,
            missing_bytes=missing_bytes,
            needed_bytes=missing_bytes + (self._reserve_bytes if missing_bytes else 0),
            free_bytes=free_bytes,
            is_estimate=bool(guessed),
        )


def sizes_of(parts: Iterable[Part], pictures: Iterable[PictureFile] = ()) -> dict[str, int]:
    """Each key once with its bytes, 0 where nobody tells them."""
    found = {each.key: each.bytes or 0 for each in parts}
    return found | {each.sha256: each.bytes for each in pictures}


def pictures_of(film: Film) -> tuple[PictureFile, ...]:
    """Every size of the film's poster, backdrop and stills, each file once."""
    pictures = (film.poster, film.backdrop, *film.stills)
    files = (file for picture in pictures if picture is not None for file in picture.files)
    return tuple({file.sha256: file for file in files}.values())


def _guessed(parts: tuple[Part, ...], listed: SegmentList, video: Rendition) -> dict[str, int]:
    """Bytes of each segment of which nobody tells them, by bandwidths (bit/s) and length."""
    segments = [each for each in parts if each.kind is PartKind.SEGMENT]
    together = video.bandwidth + sum(each.bandwidth for each in listed.audios())
    film_bytes = together * listed.length_ms // 8000
    return {each.key: film_bytes // len(segments) for each in segments if each.bytes is None}
