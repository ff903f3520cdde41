"""Makes small packaged films for the tests of playing, in the format of docs/demo-format.md."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

from player_app.reference_service.studio.edge_code import CELLS, edge_code
from player_app.reference_service.studio.fragments import codec, duration, fragment_ends, timescale

Picture = np.ndarray[tuple[int, ...], np.dtype[np.uint8]]

FRAME_RATE = 24
BITS_PER_S = {180: 150_000, 360: 300_000, 720: 900_000}
GROUND = (177, 86, 54)
"""The film's one colour, red, green, blue; a test compares it in both renditions."""

CAPTIONS = (
    "WEBVTT\n\n00:01.000 --> 00:02.500\nFirst words\n\n00:04.000 --> 00:06.000\nSecond words\n"
)


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a test film is like: its length and the lengths of its segments, in seconds.

    A `fragment_s` of a whole segment makes each one fragment.
    """

    seconds: int = 12
    segment_s: int = 1
    sound_segment_s: int = 1
    fragment_s: float = 0.49
    heights: tuple[int, ...] = (360, 720)


def package(folder: Path, recipe: Recipe = Recipe()) -> dict[str, Any]:
    """Make the film below `folder` and answer its package.json."""
    folder.mkdir(parents=True)
    renditions: list[dict[str, Any]] = []
    keys: dict[str, str] = {}
    for height in recipe.heights:
        bits = BITS_PER_S[height]
        width = height * 16 // 9
        facts = {"id": f"v{height}", "kind": "video", "bandwidth": bits, "width": width}
        facts |= {"height": height, "frame_rate": float(FRAME_RATE)}
        source = _video(folder, width, height, recipe)
        renditions.append(_rendition(folder, source, facts, keys, recipe))
    for role, tone in (("main", _markers(recipe)), ("description", _hum(recipe))):
        facts = {"id": f"a-{role}", "kind": "audio", "bandwidth": 64_000, "role": role}
        facts |= {"language": "en", "name": f"English {role}"}
        renditions.append(_rendition(folder, _audio(folder, role, tone), facts, keys, recipe))
    (folder / "captions").mkdir()
    (folder / "captions/en.vtt").write_text(CAPTIONS)
    caption = _checked(folder, "captions/en.vtt")
    caption |= {"language": "en", "kind": "sdh", "name": "English (SDH)"}
    found = {"length_ms": recipe.seconds * 1000, "renditions": renditions}
    found |= {"captions": [caption], "preview": None, "content_keys": keys}
    (folder / "package.json").write_text(json.dumps(found))
    return found


def _ffmpeg(*arguments: str, pictures: Iterable[bytes] = ()) -> None:
    """The pictures are drawn while it works."""
    command = ["ffmpeg", "-hide_banner", "-loglevel", "error", "-y", *arguments]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as process:
        assert process.stdin is not None
        with process.stdin:
            for each in pictures:
                process.stdin.write(each)
    assert process.returncode == 0, command


@cache
def _ground(width: int, height: int) -> Picture:
    picture = np.empty((height, width, 3), np.uint8)
    picture[:] = GROUND
    return picture


def _frame(number: int, width: int, height: int) -> bytes:
    picture = _ground(width, height).copy()
    left = (number * 7) % (width - 40)
    picture[height // 3 : height // 3 + 40, left : left + 40] = (30, 60, 90)
    borders = np.linspace(0, CELLS, width, endpoint=False).astype(int)
    strip = (np.array(edge_code(number), np.uint8) * 255)[borders]
    picture[height - height // 30 :] = strip[None, :, None]
    return picture.tobytes()


def _video(folder: Path, width: int, height: int, recipe: Recipe) -> Path:
    target = folder / f"clear-{height}.mp4"
    frames = range(recipe.seconds * FRAME_RATE)
    gop = str(FRAME_RATE * recipe.segment_s)
    _ffmpeg(
        *("-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{width}x{height}"),
        *("-r", str(FRAME_RATE), "-i", "-"),
        *("-vf", "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p"),
        *("-c:v", "libx264", "-preset", "ultrafast", "-crf", "20"),
        *("-g", gop, "-keyint_min", gop, "-sc_threshold", "0", "-color_range", "tv"),
        *("-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709"),
        str(target),
        pictures=(_frame(number, width, height) for number in frames),
    )
    return target


def _markers(recipe: Recipe) -> str:
    tone = "if(lt(mod(t+5\\,10)\\,0.12)\\,0.5*sin(2*PI*1000*t)\\,0)"
    return f"aevalsrc={tone}:s=48000:d={recipe.seconds}"


def _hum(recipe: Recipe) -> str:
    return f"aevalsrc=0.3*sin(2*PI*300*t):s=48000:d={recipe.seconds}"


def _audio(folder: Path, role: str, tone: str) -> Path:
    target = folder / f"clear-{role}.mp4"
    _ffmpeg("-f", "lavfi", "-i", tone, "-c:a", "aac", "-b:a", "64k", str(target))
    return target


def _rendition(
    folder: Path, source: Path, facts: dict[str, Any], keys: dict[str, str], recipe: Recipe
) -> dict[str, Any]:
    scratch = folder / "scratch" / facts["id"]
    scratch.mkdir(parents=True)
    segment_s = recipe.segment_s if facts["kind"] == "video" else recipe.sound_segment_s
    _ffmpeg(
        *("-i", str(source), "-c", "copy", "-f", "dash", "-seg_duration", str(segment_s)),
        *(
            "-frag_type",
            "duration",
            "-frag_duration",
            str(recipe.fragment_s),
            "-init_seg_name",
            "init.mp4",
        ),
        *("-media_seg_name", "$Number%05d$.m4s", str(scratch / "all.mpd")),
    )
    pieces = (path.read_bytes() for path in sorted(scratch.glob("*.m4s")))
    init = (scratch / "init.mp4").read_bytes()
    return packed(folder, facts, keys, init, pieces, segment_s=segment_s)


def packed(
    folder: Path,
    facts: dict[str, Any],
    keys: dict[str, str],
    init: bytes,
    pieces: Iterable[bytes],
    *,
    segment_s: int,
) -> dict[str, Any]:
    """A rendition of these pieces, encrypted, below `folder`; its key joins the `keys`."""
    target = folder / facts["id"]
    target.mkdir()
    (target / "init.mp4").write_bytes(init)
    key_id = sha256(facts["id"].encode()).hexdigest()[:32]
    key = sha256(key_id.encode()).digest()[:16]
    keys[key_id] = key.hex()
    lines = ["#EXTM3U", "#EXT-X-VERSION:7", f"#EXT-X-TARGETDURATION:{segment_s}"]
    lines += ["#EXT-X-PLAYLIST-TYPE:VOD", '#EXT-X-MAP:URI="init.mp4"']
    segments = []
    for number, plain in enumerate(pieces):
        seconds = duration(plain) / timescale(init)
        iv = sha256(f"{key_id}{number}".encode()).digest()[:16]
        cipher = _encrypted(plain, key, iv)
        name = f"{number:05}.m4s"
        (target / name).write_bytes(cipher)
        lines.append(f'#EXT-X-KEY:METHOD=AES-128,URI="verite-key:{key_id}",IV=0x{iv.hex()}')
        lines += [f"#EXTINF:{seconds:.6f},", name]
        segment = _checked(folder, f"{facts['id']}/{name}")
        segments.append(
            segment | {"duration_ms": round(seconds * 1000), "fragments": _runs(plain, cipher)}
        )
    (target / "index.m3u8").write_text("\n".join([*lines, "#EXT-X-ENDLIST", ""]))
    facts |= {"codecs": codec(init), "key": key_id, "playlist": f"{facts['id']}/index.m3u8"}
    return facts | {"init": _checked(folder, f"{facts['id']}/init.mp4"), "segments": segments}


def _encrypted(plain: bytes, key: bytes, iv: bytes) -> bytes:
    padder = PKCS7(128).padder()
    encryptor = Cipher(algorithms.AES128(key), modes.CBC(iv)).encryptor()
    return encryptor.update(padder.update(plain) + padder.finalize()) + encryptor.finalize()


def _runs(plain: bytes, cipher: bytes) -> list[dict[str, Any]]:
    edges = [0, *(-(-end // 16) * 16 for end in fragment_ends(plain)[:-1]), len(cipher)]
    runs = [cipher[start:end] for start, end in pairwise(edges)]
    return [{"bytes": len(run), "sha256": sha256(run).hexdigest()} for run in runs]


def _checked(folder: Path, path: str) -> dict[str, Any]:
    data = (folder / path).read_bytes()
    return {"path": path, "bytes": len(data), "sha256": sha256(data).hexdigest()}
