"""What a session gives out: the pieces of the chosen renditions, with keys and checks."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import accumulate

from player_app.core.parts import stored_as
from player_app.core.stream import CheckedFile, Fragment, Rendition, RenditionKind, Segment
from player_app.core.stream_errors import LicenceError, PlaylistError
from player_app.media.playlist import MediaPlaylist

LARGEST_SEGMENT = 64 * 1024 * 1024


class Container(StrEnum):
    """What a segment is once it is decrypted; the word is the ending of its name for libVLC."""

    FRAGMENTED_MP4 = "m4s"
    TRANSPORT_STREAM = "ts"


@dataclass(frozen=True, slots=True)
class Piece:
    """One segment of a track: how to fetch, check and decrypt it.

    `size` is of the ciphertext, in bytes; `fragments` are runs of it with their SHA-256. What the
    service does not tell is None, or no fragments. `stored_as` is its name in the store.
    """

    path: str
    start_ms: int
    duration_s: float
    size: int | None
    sha256: str | None
    fragments: tuple[Fragment, ...]
    key: bytes | None = field(repr=False)
    iv: bytes | None = field(repr=False)
    stored_as: str
    container: Container

    @property
    def end_ms(self) -> int:
        return self.start_ms + round(self.duration_s * 1000)


@dataclass(frozen=True, slots=True)
class Track:
    """A rendition as a session gives it out; `name` is its folder in our playlists."""

    name: str
    rendition: Rendition
    init: CheckedFile | None
    pieces: tuple[Piece, ...]

    @property
    def is_video(self) -> bool:
        return self.rendition.kind is RenditionKind.VIDEO

    def index_at(self, position_ms: int) -> int:
        """The piece that holds this position."""
        starts = [piece.start_ms for piece in self.pieces]
        return max(0, bisect_right(starts, position_ms) - 1)

    def start_before(self, position_ms: int) -> int:
        """Where the piece begins that holds this position."""
        return self.pieces[self.index_at(position_ms)].start_ms


def track(
    name: str, rendition: Rendition, playlist: MediaPlaylist, keys: dict[str, bytes], owner: str
) -> Track:
    """Bring the service's playlist (keys, true durations) and its list (sizes, hashes) together.

    Where there is no list, the playlist alone says what to fetch; `owner` then tells the pieces of
    one film in the store from those of another.
    """
    init, said = rendition.init, rendition.segments
    if not said:
        init = CheckedFile(playlist.init, None, None) if playlist.init is not None else None
        said = tuple(
            Segment(each.path, round(each.duration_s * 1000)) for each in playlist.segments
        )
    if [each.path for each in playlist.segments] != [each.path for each in said]:
        raise PlaylistError(f"{rendition.id}: the playlist names other segments than the list")
    if playlist.init != (init.path if init else None):
        raise PlaylistError(f"{rendition.id}: the playlist names another initialisation")
    container = Container.FRAGMENTED_MP4 if init else Container.TRANSPORT_STREAM
    starts_s = accumulate((each.duration_s for each in playlist.segments), initial=0.0)
    pieces = []
    for listed, segment, start_s in zip(playlist.segments, said, starts_s, strict=False):
        if segment.bytes is not None and not 0 < segment.bytes <= LARGEST_SEGMENT:
            raise PlaylistError(f"{segment.path}: {segment.bytes} bytes")
        if listed.key_id is not None and listed.key_id not in keys:
            raise LicenceError(f"no key for {rendition.id}")
        pieces.append(
            Piece(
                path=segment.path,
                start_ms=round(start_s * 1000),
                duration_s=listed.duration_s,
                size=segment.bytes,
                sha256=segment.sha256,
                fragments=_sound(segment),
                key=keys[listed.key_id] if listed.key_id is not None else None,
                iv=listed.iv,
                stored_as=segment.sha256 or stored_as(owner, segment.path),
                container=container,
            )
        )
    return Track(name, rendition, init, tuple(pieces))


def _sound(segment: Segment) -> tuple[Fragment, ...]:
    """The fragments if they add up to the segment, else none: it is then checked as a whole."""
    if sum(fragment.bytes for fragment in segment.fragments) != segment.bytes:
        return ()
    return segment.fragments
