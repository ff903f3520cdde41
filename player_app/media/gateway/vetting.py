"""Whether a whole file of a download can be what it should be, where the service tells no hash."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Iterator, Mapping

from player_app.core.parts import Part, PartKind
from player_app.core.stream_errors import LicenceError, MediaError, PlaylistError
from player_app.media.fragments import boxes
from player_app.media.gateway.soundness import is_sound
from player_app.media.gateway.tracks import Container, Piece
from player_app.media.playlist import MediaPlaylist, folder_of, is_playlist, read_media_playlist

Sound = Callable[[bytes], bool]


def soundness_of_small(part: Part) -> Sound:
    """What judges a small file without a hash: of a preview only that there is one."""
    match part.kind:
        case PartKind.PLAYLIST:
            return lambda data: _is_playlist(part, data)
        case PartKind.INIT:
            return _is_initialisation
        case PartKind.CAPTIONS:
            return _are_captions
        case _:
            return bool


def soundness_of_segments(
    playlists: Iterable[tuple[Part, bytes]], keys: Mapping[str, bytes]
) -> dict[str, Sound]:
    """By path, what judges each segment of these playlists; `LicenceError` without its key."""
    found: dict[str, Sound] = {}
    for part, data in playlists:
        read = read_media_playlist(data, folder_of(part.path))
        found |= {each.path: _judge_of(each) for each in _pieces(read, keys)}
    return found


def _judge_of(piece: Piece) -> Sound:
    return lambda cipher: is_sound(piece, cipher)


def _pieces(playlist: MediaPlaylist, keys: Mapping[str, bytes]) -> Iterator[Piece]:
    container = Container.TRANSPORT_STREAM if playlist.init is None else Container.FRAGMENTED_MP4
    for each in playlist.segments:
        if each.key_id is not None and each.key_id not in keys:
            raise LicenceError(f"no key for {each.path}")
        yield Piece(
            path=each.path,
            start_ms=0,
            duration_s=each.duration_s,
            size=None,
            sha256=None,
            fragments=(),
            key=None if each.key_id is None else keys[each.key_id],
            iv=each.iv,
            stored_as="",
            container=container,
        )


def _is_playlist(part: Part, data: bytes) -> bool:
    """Whether it names exactly what the part says."""
    try:
        read = read_media_playlist(data, folder_of(part.path))
    except MediaError:
        return False
    named = (read.init, *(each.path for each in read.segments))
    return tuple(each for each in named if each is not None) == part.lists


def _is_initialisation(data: bytes) -> bool:
    try:
        return b"moov" in {box.kind for box in boxes(data)}
    except PlaylistError:
        return False


def _are_captions(data: bytes) -> bool:
    """Only by how they begin: captions that can't be read keep no film from being watched."""
    return is_playlist(data) or data.removeprefix(BOM_UTF8).startswith(b"WEBVTT")
