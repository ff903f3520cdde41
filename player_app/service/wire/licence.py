"""The reply to a licence request, with its segment list, if the service makes one."""

from __future__ import annotations

import re
from typing import Annotated

from msgspec import Meta, Struct

from player_app.core.catalogue import AudioRole, CaptionKind
from player_app.core.errors import BadReply
from player_app.core.stream import (
    CaptionFile,
    CheckedFile,
    PreviewSheets,
    Rendition,
    RenditionKind,
    Segment,
    SegmentList,
)
from player_app.service.wire.codec import (
    SHA256,
    Address,
    Few,
    Hash,
    Id,
    Line,
    Path,
    Time,
    decode,
)


class _Media(Struct):
    address: Address
    expires_at: Time


class LicenceReply(Struct):
    licence: Annotated[str, Meta(max_length=16_384)]
    media: _Media
    segment_list: Annotated[str, Meta(max_length=16_000_000)] | None = None

    @property
    def media_address(self) -> str:
        return self.media.address

    @property
    def media_expires_at(self) -> int:
        return int(self.media.expires_at.timestamp())


class _File(Struct, kw_only=True):
    path: Path
    bytes: Annotated[int, Meta(ge=1, le=2**30)] | None = None
    sha256: Hash | None = None

    def file(self) -> CheckedFile:
        return CheckedFile(self.path, self.bytes, self.sha256)


class _Rendition(Struct):
    id: Id
    kind: RenditionKind
    bandwidth: Annotated[int, Meta(ge=1, le=10**9)]
    codecs: Line
    playlist: Path
    segments: Annotated[tuple[Segment, ...], Meta(min_length=1, max_length=20_000)]
    key: Annotated[str, Meta(pattern=r"^[0-9a-fA-F]{32}\Z")] | None = None
    init: _File | None = None
    width: Annotated[int, Meta(ge=1, le=16_384)] | None = None
    height: Annotated[int, Meta(ge=1, le=16_384)] | None = None
    frame_rate: Annotated[float, Meta(gt=0, le=300)] | None = None
    role: AudioRole | None = None
    language: Line | None = None
    name: Line | None = None

    def rendition(self) -> Rendition:
        for segment in self.segments:
            _check_segment(segment)
        return Rendition(
            id=self.id,
            kind=self.kind,
            bandwidth=self.bandwidth,
            codecs=self.codecs,
            key_id=self.key,
            playlist=self.playlist,
            init=self.init.file() if self.init else None,
            segments=self.segments,
            width=self.width,
            height=self.height,
            frame_rate=self.frame_rate,
            role=self.role,
            language=self.language,
            name=self.name,
        )


class _Caption(_File, kw_only=True):
    language: Line
    kind: CaptionKind
    name: Line = ""


class _Preview(Struct):
    interval_ms: Annotated[int, Meta(ge=1)]
    tile_width: Annotated[int, Meta(ge=1, le=2_000)]
    tile_height: Annotated[int, Meta(ge=1, le=2_000)]
    columns: Annotated[int, Meta(ge=1, le=100)]
    rows: Annotated[int, Meta(ge=1, le=100)]
    sheets: Annotated[list[_File], Meta(max_length=1_000)]


class _SegmentList(Struct):
    length_ms: Annotated[int, Meta(ge=1, le=10**9)]
    renditions: Annotated[list[_Rendition], Meta(min_length=1, max_length=100)]
    captions: Annotated[list[_Caption], Few] = []
    preview: _Preview | None = None


_PATH = re.compile(r"(?=.{1,200}\Z)[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*")
_BLOCK_BYTES = 16
_MOST_SEGMENT_BYTES = 2**30
_MOST_FRAGMENTS = 4_000


def _check_segment(segment: Segment) -> None:
    runs = segment.fragments
    size, sha256 = segment.bytes, segment.sha256
    sound = (
        _PATH.fullmatch(segment.path)
        and (sha256 is None or SHA256.fullmatch(sha256))
        and (size is None or 0 < size <= _MOST_SEGMENT_BYTES)
        and segment.duration_ms > 0
        and len(runs) <= _MOST_FRAGMENTS
        and all(run.bytes > 0 and run.bytes % _BLOCK_BYTES == 0 for run in runs)
        and all(SHA256.fullmatch(run.sha256) for run in runs)
        and (not runs or sum(run.bytes for run in runs) == size)
    )
    if not sound:
        raise BadReply("segment list", "a segment that can't be")


def segment_list_of(text: str | bytes) -> SegmentList:
    found = decode("segment list", text, _SegmentList)
    shown = found.preview
    return SegmentList(
        length_ms=found.length_ms,
        renditions=tuple(each.rendition() for each in found.renditions),
        captions=tuple(
            CaptionFile(each.file(), each.language, each.kind, each.name) for each in found.captions
        ),
        preview=PreviewSheets(
            interval_ms=shown.interval_ms,
            tile_width=shown.tile_width,
            tile_height=shown.tile_height,
            columns=shown.columns,
            rows=shown.rows,
            sheets=tuple(each.file() for each in shown.sheets),
        )
        if shown
        else None,
    )
