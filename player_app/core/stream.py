"""What a playable film consists of: renditions, segments, fragments, captions, preview sheets."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from player_app.core.catalogue import AudioRole, CaptionKind


class RenditionKind(StrEnum):
    VIDEO = "video"
    AUDIO = "audio"


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file below the media address, with its size and SHA-256 (hex), None where unknown."""

    path: str
    bytes: int | None
    sha256: str | None


@dataclass(frozen=True, slots=True)
class Fragment:
    """A run of a segment's ciphertext: a multiple of 16 bytes, with its SHA-256 (hex)."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Segment:
    """One piece of a stream, as the service's list describes it (sizes are of the ciphertext).

    None, and no fragments, where the list does not say.
    """

    path: str
    duration_ms: int
    bytes: int | None = None
    sha256: str | None = None
    fragments: tuple[Fragment, ...] = ()


@dataclass(frozen=True, slots=True)
class Rendition:
    """One way to see or hear the film. `bandwidth` is bit/s; video has a size, audio a role.

    Without a list of the service's, `codecs` may be "" and `segments` are known from the playlist
    alone: there are none here.
    """

    id: str
    kind: RenditionKind
    bandwidth: int
    codecs: str
    key_id: str | None
    playlist: str
    init: CheckedFile | None
    segments: tuple[Segment, ...]
    width: int | None = None
    height: int | None = None
    frame_rate: float | None = None
    role: AudioRole | None = None
    language: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class CaptionFile:
    file: CheckedFile
    language: str
    kind: CaptionKind
    name: str


@dataclass(frozen=True, slots=True)
class PreviewSheets:
    """Small pictures of the film, `columns` × `rows` to a sheet, one every `interval_ms`."""

    interval_ms: int
    tile_width: int
    tile_height: int
    columns: int
    rows: int
    sheets: tuple[CheckedFile, ...]


@dataclass(frozen=True, slots=True)
class SegmentList:
    """Everything of a film that may be fetched below its media address."""

    length_ms: int
    renditions: tuple[Rendition, ...]
    captions: tuple[CaptionFile, ...]
    preview: PreviewSheets | None

    def videos(self) -> tuple[Rendition, ...]:
        """The video renditions, least bandwidth first."""
        found = (r for r in self.renditions if r.kind is RenditionKind.VIDEO)
        return tuple(sorted(found, key=lambda rendition: rendition.bandwidth))

    def audios(self) -> tuple[Rendition, ...]:
        """The audio renditions, the main ones first."""
        found = (r for r in self.renditions if r.kind is RenditionKind.AUDIO)
        return tuple(sorted(found, key=lambda rendition: rendition.role is not AudioRole.MAIN))


@dataclass(frozen=True, slots=True)
class Taste:
    """What a viewer likes among a film's renditions.

    `quality` is auto, best, least or the id of a rendition; no language: the film's own order.
    """

    quality: str = "auto"
    audio_role: str = AudioRole.MAIN
    audio_language: str = ""


def preferred_audio(audios: tuple[Rendition, ...], taste: Taste) -> Rendition | None:
    """The audio rendition that comes closest."""

    def distance(audio: Rendition) -> tuple[bool, bool]:
        language = taste.audio_language
        return (audio.role != taste.audio_role, bool(language) and audio.language != language)

    return min(audios, key=distance, default=None)
