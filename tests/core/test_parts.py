"""What a download consists of: everything that a film needs, each file once, in a good order."""

from __future__ import annotations

from dataclasses import replace

import pytest

from player_app.core.catalogue import AudioRole, CaptionKind
from player_app.core.parts import Part, PartKind, parts_of, stored_as
from player_app.core.stream import (
    CaptionFile,
    CheckedFile,
    PreviewSheets,
    Rendition,
    RenditionKind,
    Segment,
    SegmentList,
)
from player_app.core.stream_errors import PlaylistError

OWNER = "the film"


def rendition(name: str, kind: RenditionKind, segment_ms: int, count: int) -> Rendition:
    segments = tuple(
        Segment(f"{name}/{number}.m4s", segment_ms, 10, f"{name}-{number}")
        for number in range(count)
    )
    init = CheckedFile(f"{name}/init.mp4", 5, f"{name}-init")
    return Rendition(name, kind, 1, "", None, f"{name}/index.m3u8", init, segments)


SMALL = rendition("v360", RenditionKind.VIDEO, 4_000, 3)
LARGE = rendition("v720", RenditionKind.VIDEO, 4_000, 3)
SOUND = replace(rendition("a", RenditionKind.AUDIO, 3_000, 4), role=AudioRole.MAIN)
DESCRIPTION = replace(rendition("d", RenditionKind.AUDIO, 3_000, 4), role=AudioRole.DESCRIPTION)
CAPTIONS = CaptionFile(CheckedFile("en.vtt", 7, "words"), "en", CaptionKind.SDH, "English")
SHEETS = PreviewSheets(1_000, 10, 10, 10, 10, (CheckedFile("1.jpg", 9, "sheet"),))
LISTED = SegmentList(12_000, (LARGE, DESCRIPTION, SMALL, SOUND), (CAPTIONS,), SHEETS)


def paths(parts: tuple[Part, ...]) -> list[str]:
    return [each.path for each in parts]


def test_the_small_files_come_first_then_picture_and_sound_moment_by_moment() -> None:
    assert paths(parts_of(LISTED, "v360", OWNER)) == [
        *("v360/index.m3u8", "a/index.m3u8", "d/index.m3u8"),
        *("v360/init.mp4", "a/init.mp4", "d/init.mp4", "en.vtt", "1.jpg"),
        *("v360/0.m4s", "a/0.m4s", "d/0.m4s"),
        *("a/1.m4s", "d/1.m4s", "v360/1.m4s"),
        *("a/2.m4s", "d/2.m4s", "v360/2.m4s"),
        *("a/3.m4s", "d/3.m4s"),
    ]


def test_a_part_is_stored_by_its_hash_or_by_its_film_and_path() -> None:
    by_path = {each.path: each for each in parts_of(LISTED, "v360", OWNER)}
    playlist = by_path["v360/index.m3u8"]
    assert playlist.key == stored_as(OWNER, "v360/index.m3u8")
    assert (playlist.bytes, playlist.sha256, playlist.kind) == (None, None, PartKind.PLAYLIST)
    assert playlist.lists == ("v360/init.mp4", "v360/0.m4s", "v360/1.m4s", "v360/2.m4s")
    assert by_path["v360/1.m4s"] == Part("v360-1", "v360/1.m4s", 10, "v360-1")
    assert by_path["en.vtt"] == Part("words", "en.vtt", 7, "words", PartKind.CAPTIONS)


def test_a_file_that_is_part_of_the_film_twice_is_taken_once() -> None:
    silence = tuple(replace(each, sha256="silence") for each in SOUND.segments)
    listed = replace(LISTED, renditions=(SMALL, replace(SOUND, segments=silence)))
    parts = parts_of(listed, "v360", OWNER)
    assert [each.path for each in parts if each.key == "silence"] == ["a/0.m4s"]


@pytest.mark.parametrize("video_id", ["v1080", "a", ""])
def test_a_picture_that_the_film_does_not_have_can_not_be_taken(video_id: str) -> None:
    with pytest.raises(PlaylistError):
        parts_of(LISTED, video_id, OWNER)
