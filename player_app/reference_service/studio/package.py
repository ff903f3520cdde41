"""Packages a film as encrypted CMAF HLS, with playlists, captions, previews, package.json."""

from __future__ import annotations

import json
import secrets
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

from player_app.reference_service.studio import fragments

_SEGMENT_S = 4
_BLOCK = 16
_PREVIEW = {"interval_ms": 2000, "tile_width": 160, "tile_height": 90, "columns": 5, "rows": 6}


@dataclass(frozen=True, slots=True)
class Track:
    """A clear, encoded MP4 and what the package says of it."""

    id: str
    source: Path
    facts: dict[str, object]


def encode_video(source: Path, target: Path, height: int, bits: int, scratch: Path) -> None:
    """Two passes of H.264 at that many bits a second, a key frame every four seconds."""
    common = ["-c:v", "libx264", "-preset", "slow", "-b:v", str(bits), "-bf", "0", "-g", "96"]
    common += ["-maxrate", str(round(bits * 1.5)), "-bufsize", str(bits * 5)]
    common += ["-keyint_min", "96", "-sc_threshold", "0", "-profile:v", "high"]
    common += ["-level", "3.1" if height > 400 else "3.0", "-pix_fmt", "yuv420p"]
    for part in ("colorspace", "color_primaries", "color_trc"):
        common += [f"-{part}", "bt709"]
    common += ["-color_range", "tv", "-vf", f"scale=-2:{height}:flags=lanczos"]
    common += ["-passlogfile", str(scratch / f"pass-{height}"), "-an"]
    start = ["ffmpeg", "-v", "error", "-y", "-i", str(source), *common]
    subprocess.run([*start, "-pass", "1", "-f", "null", "-"], check=True)
    subprocess.run([*start, "-pass", "2", str(target)], check=True)


def encode_audio(source: Path, target: Path, bits: int) -> None:
    command = ["ffmpeg", "-v", "error", "-y", "-i", str(source), "-c:a", "aac", "-b:a", str(bits)]
    subprocess.run([*command, "-ar", "48000", str(target)], check=True)


def write_rendition(
    folder: Path, track: Track, segment_s: int = _SEGMENT_S
) -> tuple[dict[str, object], str]:
    """Cuts and encrypts a track below the folder; answers its entry and its key."""
    key_id, key = secrets.token_hex(16), secrets.token_bytes(16)
    target = folder / track.id
    target.mkdir(parents=True)
    init, clear = _cut(track.source, segment_s)
    (target / "init.mp4").write_bytes(init)
    scale = fragments.timescale(init)
    playlist = ["#EXTM3U", "#EXT-X-VERSION:7", f"#EXT-X-TARGETDURATION:{segment_s}"]
    playlist += ["#EXT-X-PLAYLIST-TYPE:VOD", "#EXT-X-INDEPENDENT-SEGMENTS"]
    playlist.append('#EXT-X-MAP:URI="init.mp4"')
    segments: list[dict[str, object]] = []
    peak = 0.0
    for number, plain in enumerate(clear):
        seconds = fragments.duration(plain) / scale
        iv = secrets.token_bytes(16)
        cipher = _encrypted(plain, key, iv)
        name = f"{number:05}.m4s"
        (target / name).write_bytes(cipher)
        uri = f'URI="verite-key:{key_id}",IV=0x{iv.hex()}'
        playlist += [f"#EXT-X-KEY:METHOD=AES-128,{uri}", f"#EXTINF:{seconds:.6f},", name]
        segments.append(
            _checked(folder, target / name)
            | {"duration_ms": round(seconds * 1000), "fragments": _runs(plain, cipher)}
        )
        peak = max(peak, len(cipher) * 8 / seconds)
    playlist.append("#EXT-X-ENDLIST\n")
    (target / "index.m3u8").write_text("\n".join(playlist))
    entry = {"id": track.id} | track.facts
    entry |= {"bandwidth": round(peak / 1000 + 0.5) * 1000, "codecs": fragments.codec(init)}
    entry |= {"key": key_id, "playlist": f"{track.id}/index.m3u8"}
    entry |= {"init": _checked(folder, target / "init.mp4"), "segments": segments}
    return entry, key.hex()


def write_preview(folder: Path, source: Path) -> dict[str, object]:
    """Sheets of small pictures, one for every two seconds."""
    (folder / "preview").mkdir()
    chosen = "select='not(mod(n,48))',scale=160:90:flags=area,tile=5x6"
    command = ["ffmpeg", "-v", "error", "-y", "-i", str(source), "-vf", chosen, "-q:v", "5"]
    pattern = folder / "preview" / "%d.jpg"
    subprocess.run([*command, "-start_number", "0", "-fps_mode", "vfr", str(pattern)], check=True)
    sheets = sorted((folder / "preview").iterdir(), key=lambda path: int(path.stem))
    return _PREVIEW | {"sheets": [_checked(folder, sheet) for sheet in sheets]}


def write_caption(folder: Path, language: str, kind: str, name: str, vtt: str) -> dict[str, object]:
    path = folder / "captions" / f"{language}.vtt"
    path.parent.mkdir(exist_ok=True)
    path.write_text(vtt)
    return _checked(folder, path) | {"language": language, "kind": kind, "name": name}


def write_master(folder: Path, renditions: Sequence[dict[str, object]]) -> None:
    """The master playlist: a variant per picture, a medium per sound."""
    lines = ["#EXTM3U", "#EXT-X-VERSION:7", "#EXT-X-INDEPENDENT-SEGMENTS"]
    sounds = [entry for entry in renditions if entry["kind"] == "audio"]
    for entry in sounds:
        main = "YES" if entry["role"] == "main" else "NO"
        traits = f'TYPE=AUDIO,GROUP-ID="audio",NAME="{entry["name"]}",LANGUAGE="en"'
        traits += f',DEFAULT={main},AUTOSELECT=YES,CHANNELS="1",URI="{entry["playlist"]}"'
        if main == "NO":
            traits += ',CHARACTERISTICS="public.accessibility.describes-video"'
        lines.append(f"#EXT-X-MEDIA:{traits}")
    loudest = max(int(str(entry["bandwidth"])) for entry in sounds)
    for entry in renditions:
        if entry["kind"] == "video":
            traits = f"BANDWIDTH={int(str(entry['bandwidth'])) + loudest}"
            traits += f',CODECS="{entry["codecs"]},mp4a.40.2"'
            traits += f",RESOLUTION={entry['width']}x{entry['height']},FRAME-RATE=24.000"
            lines += [f'#EXT-X-STREAM-INF:{traits},AUDIO="audio"', str(entry["playlist"])]
    (folder / "master.m3u8").write_text("\n".join(lines) + "\n")


def write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def _cut(source: Path, segment_s: int) -> tuple[bytes, list[bytes]]:
    """The init segment and the media segments, in fragments of at most half a second."""
    with TemporaryDirectory() as scratch:
        command = ["ffmpeg", "-v", "error", "-y", "-i", str(source), "-c", "copy", "-f", "dash"]
        command += ["-seg_duration", str(segment_s), "-frag_type", "duration"]
        command += ["-frag_duration", "0.49", "-init_seg_name", "init.mp4"]
        command += ["-media_seg_name", "$Number%05d$.m4s", str(Path(scratch) / "all.mpd")]
        subprocess.run(command, check=True)
        init = (Path(scratch) / "init.mp4").read_bytes()
        return init, [path.read_bytes() for path in sorted(Path(scratch).glob("*.m4s"))]


def _encrypted(plain: bytes, key: bytes, iv: bytes) -> bytes:
    padder = PKCS7(_BLOCK * 8).padder()
    encryptor = Cipher(algorithms.AES128(key), modes.CBC(iv)).encryptor()
    return encryptor.update(padder.update(plain) + padder.finalize()) + encryptor.finalize()


def _runs(plain: bytes, cipher: bytes) -> list[dict[str, object]]:
    borders = [-(-end // _BLOCK) * _BLOCK for end in fragments.fragment_ends(plain)[:-1]]
    edges = [0, *borders, len(cipher)]
    runs = [cipher[start:end] for start, end in pairwise(edges)]
    return [{"bytes": len(run), "sha256": sha256(run).hexdigest()} for run in runs]


def _checked(folder: Path, path: Path) -> dict[str, object]:
    data = path.read_bytes()
    name = path.relative_to(folder).as_posix()
    return {"path": name, "bytes": len(data), "sha256": sha256(data).hexdigest()}
