"""What a session gives out: the pieces of the chosen renditions, with keys and checks."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import accumulate

from player_app.core.errors import LicenceError, PlaylistError
from player_app.core.stream import CheckedFile, Fragment, Rendition, RenditionKind
from player_app.media.playlist import MediaPlaylist

LARGEST_SEGMENT = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Piece:
    """One segment of a track: how to fetch, check and decrypt it.

    `size` is of the ciphertext, in bytes; `fragments` are runs of it with their SHA-256.
    """

    path: str
    start_ms: int
    duration_s: float
    size: int
    sha256: str
    fragments: tuple[Fragment, ...]
    key: bytes | None = field(repr=False)
    iv: bytes | None = field(repr=False)

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


def track(
    name: str, rendition: Rendition, playlist: MediaPlaylist, keys: dict[str, bytes]
) -> Track:
    """Bring the service's playlist (keys, true durations) and its list (sizes, hashes) together."""
    if [each.path for each in playlist.segments] != [each.path for each in rendition.segments]:
        raise PlaylistError(f"{rendition.id}: the playlist names other segments than the list")
    if playlist.init != (rendition.init.path if rendition.init else None):
        raise PlaylistError(f"{rendition.id}: the playlist names another initialisation")
    starts_s = accumulate((each.duration_s for each in playlist.segments), initial=0.0)
    pieces = []
    for listed, said, start_s in zip(playlist.segments, rendition.segments, starts_s, strict=False):
        if not 0 < said.bytes <= LARGEST_SEGMENT:
            raise PlaylistError(f"{said.path}: {said.bytes} bytes")
        if listed.key_id is not None and listed.key_id not in keys:
            raise LicenceError(f"no key for {rendition.id}")
        key = keys[listed.key_id] if listed.key_id is not None else None
        pieces.append(
            Piece(
                path=said.path,
                start_ms=round(start_s * 1000),
                duration_s=listed.duration_s,
                size=said.bytes,
                sha256=said.sha256,
                fragments=_sound(said.fragments, said.bytes),
                key=key,
                iv=listed.iv,
            )
        )
    return Track(name, rendition, rendition.init, tuple(pieces))


def _sound(fragments: tuple[Fragment, ...], size: int) -> tuple[Fragment, ...]:
    """The fragments if they add up to the segment, else none: it is then checked as a whole."""
    if sum(fragment.bytes for fragment in fragments) != size:
        return ()
    return fragments
