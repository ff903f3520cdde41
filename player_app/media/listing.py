"""What a film consists of, read from its playlists alone: for services that list no segments."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from player_app.core.catalogue import AudioRole, CaptionKind
from player_app.core.stream import CaptionFile, CheckedFile, Rendition, RenditionKind, SegmentList
from player_app.core.stream_errors import MediaError, PlaylistError, UnsupportedStream
from player_app.media.playlist import (
    MediaPlaylist,
    checked_codecs,
    folder_of,
    path_below,
    read_master_playlist,
)

MOST_BANDWIDTH = 10**9
LARGEST_SIDE = 16_384
HIGHEST_RATE = 300
LONGEST_NAME = 500
ONLY_RENDITION_BPS = 1
"""The bandwidth of a film in one rendition, which no playlist tells."""

_SOUND = re.compile(r"mp4a|ac-[34]|ec-3|opus|flac|mp3|vorbis", re.IGNORECASE)
_DESCRIBES = "public.accessibility.describes-video"
_FOR_THE_DEAF = "public.accessibility.describes-music-and-sound"


@dataclass(frozen=True, slots=True)
class Contents:
    """What a master playlist names."""

    renditions: tuple[Rendition, ...]
    captions: tuple[CaptionFile, ...]

    def videos(self) -> tuple[Rendition, ...]:
        return self.listed(0).videos()

    def listed(self, length_ms: int) -> SegmentList:
        return SegmentList(length_ms, self.renditions, self.captions, None)


def contents_of(data: bytes, path: str) -> Contents:
    """What the playlist at `path` offers: a master's renditions, or itself as the only one.

    Raises `PlaylistError`; `UnsupportedStream` where no variant can be played.
    """
    found = read_master_playlist(data)
    if found is None:
        return Contents((_video(path, ONLY_RENDITION_BPS),), ())
    folder = folder_of(path)
    variants = _playable(found.playlists)
    group = variants[0].stream_info.audio
    sounds = [each for each in found.media if each.type == "AUDIO" and each.group_id == group]
    apart = bool(sounds) and all(each.uri for each in sounds)
    words = [each for each in found.media if each.type == "SUBTITLES" and each.uri]
    codecs = variants[0].stream_info.codecs
    videos = [_variant(*each, apart=apart) for each in _by_path(folder, variants)]
    audios = [_sound(*each, codecs) for each in _by_path(folder, sounds if apart else [])]
    captions = tuple(_captions(*each) for each in _by_path(folder, words))
    return Contents((*videos, *audios), captions)


def length_ms(playlist: MediaPlaylist) -> int:
    return round(sum(each.duration_s for each in playlist.segments) * 1000)


def _by_path(folder: str, entries: list[Any]) -> list[tuple[str, Any]]:
    """Each playlist once, with the first entry that names it."""
    found: dict[str, Any] = {}
    for each in entries:
        found.setdefault(path_below(folder, each.uri), each)
    return list(found.items())


def _playable(variants: Any) -> list[Any]:
    """The variants with a picture that this player plays; what keeps the first, if all are kept."""
    found, refusals = [], list[MediaError]()
    is_sized = any(each.stream_info.resolution for each in variants)
    for each in variants:
        about = each.stream_info
        if is_sized and not about.resolution:
            continue  # sound alone, for links too slow for a picture
        try:
            if about.video_range not in (None, "SDR"):
                raise UnsupportedStream("HDR")
            checked_codecs(_codecs(about.codecs))
        except MediaError as refusal:
            refusals.append(refusal)
        else:
            found.append(each)
    if found:
        return found
    raise refusals[0] if refusals else PlaylistError("no variants")


def _variant(path: str, variant: Any, *, apart: bool) -> Rendition:
    """A rendition of the picture; of picture and sound unless that is `apart`."""
    about = variant.stream_info
    codecs = _codecs(about.codecs).split(",")
    width, height = about.resolution or (None, None)
    if not all(0 < side <= LARGEST_SIDE for side in about.resolution or ()):
        raise PlaylistError("a picture of no size")
    bandwidth, rate = about.bandwidth, about.frame_rate
    if not isinstance(bandwidth, int) or not 0 < bandwidth <= MOST_BANDWIDTH:
        raise PlaylistError("a variant without a sound bandwidth")
    return _video(
        path,
        bandwidth,
        codecs=",".join(each for each in codecs if not (apart and _SOUND.match(each))),
        width=width,
        height=height,
        frame_rate=rate if rate is not None and 0 < rate <= HIGHEST_RATE else None,
    )


def _video(
    path: str,
    bandwidth: int,
    *,
    codecs: str = "",
    width: int | None = None,
    height: int | None = None,
    frame_rate: float | None = None,
) -> Rendition:
    return Rendition(
        id=path,
        kind=RenditionKind.VIDEO,
        bandwidth=bandwidth,
        codecs=codecs,
        key_id=None,
        playlist=path,
        init=None,
        segments=(),
        width=width,
        height=height,
        frame_rate=frame_rate,
    )


def _sound(path: str, medium: Any, codecs: str | None) -> Rendition:
    """Its bandwidth is 0: the variants' have it in them."""
    describes = _DESCRIBES in (medium.characteristics or "")
    return Rendition(
        id=path,
        kind=RenditionKind.AUDIO,
        bandwidth=0,
        codecs=",".join(each for each in _codecs(codecs).split(",") if _SOUND.match(each)),
        key_id=None,
        playlist=path,
        init=None,
        segments=(),
        role=AudioRole.DESCRIPTION if describes else AudioRole.MAIN,
        language=_line(medium.language),
        name=_line(medium.name),
    )


def _captions(path: str, medium: Any) -> CaptionFile:
    for_the_deaf = _FOR_THE_DEAF in (medium.characteristics or "")
    return CaptionFile(
        CheckedFile(path, None, None),
        _line(medium.language) or "",
        CaptionKind.SDH if for_the_deaf else CaptionKind.SUBTITLES,
        _line(medium.name) or "",
    )


def _codecs(codecs: str | None) -> str:
    return "".join((codecs or "").split())


def _line(text: str | None) -> str | None:
    return None if text is None else text[:LONGEST_NAME]
