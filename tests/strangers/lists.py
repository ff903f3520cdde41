"""Lists of a stranger's segments, as a service may write them."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

from player_app.core.stream import SegmentList
from player_app.service.wire.licence import segment_list_of
from tests.strangers.packagings import SECONDS, Stranger


def listed(stranger: Stranger, *kept: str) -> SegmentList:
    """What the wire makes of a list whose files tell no more than `kept` (bytes, sha256)."""
    renditions = [
        _rendition(stranger.folder, f"v{height}", name, kept) | {"kind": "video", "height": height}
        for height, name in stranger.renditions
    ]
    if (stranger.folder / "sound").is_dir():
        sound = _rendition(stranger.folder, "sound", "sound", kept)
        renditions.append(sound | {"kind": "audio", "role": "main", "codecs": "mp4a.40.2"})
    found = {"length_ms": SECONDS * 1000, "renditions": renditions}
    return segment_list_of(json.dumps(found))


def _rendition(folder: Path, rendition: str, name: str, kept: tuple[str, ...]) -> dict[str, Any]:
    lines = (folder / name / "index.m3u8").read_text().splitlines()
    segments = [
        _file(folder, f"{name}/{line}", kept) | {"duration_ms": 2000}
        for line in lines
        if not line.startswith("#")
    ]
    init = next((folder / name).glob("init*.mp4"), None)
    found: dict[str, Any] = {"id": rendition, "bandwidth": 800_000, "codecs": "avc1.42c01e"}
    found |= {"playlist": f"{name}/index.m3u8", "segments": segments}
    return found | ({"init": _file(folder, f"{name}/{init.name}", kept)} if init else {})


def _file(folder: Path, path: str, kept: tuple[str, ...]) -> dict[str, Any]:
    data = (folder / path).read_bytes()
    facts = {"bytes": len(data), "sha256": sha256(data).hexdigest()}
    return {"path": path} | {name: fact for name, fact in facts.items() if name in kept}
