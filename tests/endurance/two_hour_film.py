"""A film of two hours in pieces of two seconds, small enough to be made while a test runs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from player_app.reference_service.studio.edge_code import CELLS, edge_code
from player_app.reference_service.studio.fragments import boxes
from tests.media.packaging import _ffmpeg, packed

SECONDS = 2 * 60 * 60
PIECE_S = 2
LAST_MINUTE_MS = (SECONDS - 60) * 1000
FRAME_RATE = 4
"""Few enough for the edge code's 16 bits to number every picture."""

VIDEO = "v72"
_WIDTH, _HEIGHT = 128, 72
_GREY, _BLACK, _WHITE = 120, 16, 235
_MINUTE_S = 60
_FRAGMENTS = "+empty_moov+default_base_moof"


def two_hour_film(folder: Path) -> dict[str, Any]:
    """Make it below `folder`, packaged as docs/demo-format.md says; answer its package.json."""
    folder.mkdir(parents=True)
    keys: dict[str, str] = {}
    video = {"id": VIDEO, "kind": "video", "bandwidth": 10_000, "width": _WIDTH, "height": _HEIGHT}
    video |= {"frame_rate": float(FRAME_RATE)}
    audio = {"id": "a-main", "kind": "audio", "bandwidth": 20_000, "role": "main"}
    audio |= {"language": "en", "name": "English"}
    renditions = [
        packed(folder, facts, keys, *_cut(source), segment_s=PIECE_S)
        for source, facts in ((_picture(folder), video), (_sound(folder), audio))
    ]
    found = {"length_ms": SECONDS * 1000, "renditions": renditions, "captions": []}
    found |= {"preview": None, "content_keys": keys}
    (folder / "package.json").write_text(json.dumps(found))
    return found


def _picture(folder: Path) -> Path:
    """A piece of it is one fragment from key frame to key frame."""
    target, gop = folder / "picture.mp4", str(FRAME_RATE * PIECE_S)
    _ffmpeg(
        *("-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", f"{_WIDTH}x{_HEIGHT}"),
        *("-r", str(FRAME_RATE), "-i", "-"),
        *("-c:v", "libx264", "-preset", "ultrafast", "-crf", "30"),
        *("-g", gop, "-keyint_min", gop, "-sc_threshold", "0", "-color_range", "tv"),
        *("-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709"),
        *("-movflags", f"{_FRAGMENTS}+frag_keyframe", str(target)),
        pictures=_frames(),
    )
    return target


def _frames() -> Iterator[bytes]:
    """Planes of one grey with the frame's number at their foot."""
    luma = np.full((_HEIGHT, _WIDTH), _GREY, np.uint8)
    colour = np.full(_WIDTH * _HEIGHT // 2, 128, np.uint8).tobytes()
    cells = np.linspace(0, CELLS, _WIDTH, endpoint=False).astype(int)
    for number in range(SECONDS * FRAME_RATE):
        strip = np.where(edge_code(number), _WHITE, _BLACK).astype(np.uint8)
        luma[-_HEIGHT // 15 :] = strip[cells]
        yield luma.tobytes() + colour


def _sound(folder: Path) -> Path:
    """One encoded minute, repeated."""
    minute, target = folder / "minute.mp4", folder / "sound.mp4"
    tone = f"sine=frequency=220:sample_rate=16000:duration={_MINUTE_S}"
    _ffmpeg("-f", "lavfi", "-i", tone, "-c:a", "aac", "-b:a", "16k", str(minute))
    _ffmpeg(
        *("-stream_loop", str(SECONDS // _MINUTE_S - 1), "-i", str(minute), "-c", "copy"),
        *("-frag_duration", str(PIECE_S * 1_000_000), "-movflags", _FRAGMENTS, str(target)),
    )
    return target


def _cut(source: Path) -> tuple[bytes, Iterator[bytes]]:
    """What comes before the first fragment, and the fragments."""
    data = source.read_bytes()
    source.unlink()
    starts = [box.start for box in boxes(data) if box.kind == b"moof"]
    ends = [*starts[1:], next(box.start for box in boxes(data) if box.kind == b"mfra")]
    pieces = (data[start:end] for start, end in zip(starts, ends, strict=True))
    return data[: starts[0]], pieces
