"""Reads HLS playlists of a service into values that can't be wrong, and writes our own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from player_app.core.errors import PlaylistError, UnsupportedStream
from player_app.core.stream import Rendition

LARGEST_PLAYLIST = 4 * 1024 * 1024
MOST_SEGMENTS = 20_000
LONGEST_SEGMENT_S = 60
KEY_SCHEME = "verite-key:"
_REFUSED_TAGS = ("#EXT-X-SESSION-KEY", "#EXT-X-DEFINE", "#EXT-X-I-FRAMES-ONLY", "#EXT-X-BYTERANGE")
_CODECS = re.compile(r"[A-Za-z0-9.,]{1,64}")
_PLAIN_PATH = re.compile(r"[A-Za-z0-9._~/-]{1,200}")


@dataclass(frozen=True, slots=True)
class MediaSegment:
    """A segment as a playlist lists it; `iv` and `key_id` are None for one in clear."""

    path: str
    duration_s: float
    key_id: str | None
    iv: bytes | None


@dataclass(frozen=True, slots=True)
class MediaPlaylist:
    init: str | None
    segments: tuple[MediaSegment, ...]


def read_media_playlist(data: bytes, folder: str = "") -> MediaPlaylist:
    """A media playlist; its paths are taken relative to `folder` ("v720/").

    Raises `PlaylistError` for what breaks RFC 8216 or our bounds, `UnsupportedStream` for
    encryption that this player refuses.
    """
    parsed = _parsed(data)
    if not parsed.segments or parsed.is_variant:
        raise PlaylistError("no segments")
    if len(parsed.segments) > MOST_SEGMENTS or not parsed.is_endlist:
        raise PlaylistError("endless")
    maps = {each.init_section.uri for each in parsed.segments if each.init_section is not None}
    if len(maps) > 1:
        raise PlaylistError("more than one initialisation")
    init = _path(folder, maps.pop()) if maps else None
    return MediaPlaylist(
        init, tuple(_segment(each, folder, index) for index, each in enumerate(parsed.segments))
    )


def write_media_playlist(durations_s: tuple[float, ...], *, has_init: bool) -> bytes:
    """The playlist that libVLC gets: true durations, no key, names of ours."""
    longest = max(durations_s, default=1.0)
    lines = ["#EXTM3U", "#EXT-X-VERSION:7", f"#EXT-X-TARGETDURATION:{int(longest + 0.999)}"]
    lines += ["#EXT-X-PLAYLIST-TYPE:VOD", "#EXT-X-MEDIA-SEQUENCE:0"]
    if has_init:
        lines.append('#EXT-X-MAP:URI="init.mp4"')
    for index, duration_s in enumerate(durations_s):
        lines += [f"#EXTINF:{duration_s:.6f},", f"{index}.m4s"]
    return "\n".join([*lines, "#EXT-X-ENDLIST", ""]).encode()


def write_master_playlist(video: Rendition, audio: Rendition | None) -> bytes:
    """One variant, and the sound as its medium."""
    lines = ["#EXTM3U", "#EXT-X-VERSION:7", "#EXT-X-INDEPENDENT-SEGMENTS"]
    both = [video] if audio is None else [video, audio]
    codecs = ",".join(dict.fromkeys(checked_codecs(each.codecs) for each in both))
    bandwidth = sum(each.bandwidth for each in both)
    variant = f'#EXT-X-STREAM-INF:BANDWIDTH={bandwidth},CODECS="{codecs}"'
    if video.width and video.height:
        variant += f",RESOLUTION={video.width}x{video.height}"
    if audio is not None:
        traits = 'TYPE=AUDIO,GROUP-ID="audio",NAME="sound",DEFAULT=YES,AUTOSELECT=YES'
        lines.append(f'#EXT-X-MEDIA:{traits},URI="a/index.m3u8"')
        variant += ',AUDIO="audio"'
    return "\n".join([*lines, variant, "v/index.m3u8", ""]).encode()


def checked_codecs(codecs: str) -> str:
    """The codecs, if this player plays them: 8-bit and standard dynamic range only."""
    if _CODECS.fullmatch(codecs) is None:
        raise PlaylistError("codecs that are no codecs")
    for codec in codecs.lower().split(","):
        if codec.startswith(("dvh", "dva")):
            raise UnsupportedStream("HDR")
        if codec.startswith(("avc1.6e", "avc3.6e", "hvc1.2", "hev1.2", "vp09.02")):
            raise UnsupportedStream("10-bit")
        if codec.startswith("av01") and codec.split(".")[3:4] not in ([], ["08"]):
            raise UnsupportedStream("10-bit")
    return codecs


def _parsed(data: bytes) -> Any:
    import m3u8  # noqa: PLC0415 - late

    if len(data) > LARGEST_PLAYLIST:
        raise PlaylistError("too large")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise PlaylistError("not UTF-8") from error
    if not text.startswith("#EXTM3U"):
        raise PlaylistError("no playlist")
    if any(tag in text for tag in _REFUSED_TAGS):
        raise PlaylistError("a tag that this player refuses")
    try:
        return m3u8.loads(text)
    except (ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        raise PlaylistError(f"unreadable: {type(error).__name__}") from error
    except OverflowError as error:
        raise PlaylistError("a number without bounds") from error


def _segment(found: Any, folder: str, index: int) -> MediaSegment:
    duration_s = found.duration
    if not isinstance(duration_s, int | float) or not 0 < duration_s <= LONGEST_SEGMENT_S:
        raise PlaylistError("a segment without a sound duration")
    key_id, iv = _key(found.key, index)
    return MediaSegment(_path(folder, found.uri), float(duration_s), key_id, iv)


def _key(key: Any, index: int) -> tuple[str | None, bytes | None]:
    if key is None or key.method in (None, "NONE"):
        return None, None
    if key.method != "AES-128":
        raise UnsupportedStream("SAMPLE-AES" if key.method.startswith("SAMPLE") else "CENC")
    if key.keyformat not in (None, "identity"):
        raise UnsupportedStream("CENC")
    if not str(key.uri).startswith(KEY_SCHEME):
        raise PlaylistError("a key that is an address")
    if key.iv is None:
        return str(key.uri).removeprefix(KEY_SCHEME), index.to_bytes(16, "big")
    digits = str(key.iv)[2:]
    if re.fullmatch(r"[0-9A-Fa-f]{32}", digits) is None:
        raise PlaylistError("an IV of another size")
    return str(key.uri).removeprefix(KEY_SCHEME), bytes.fromhex(digits)


def _path(folder: str, uri: str | None) -> str:
    """A path below the media address: no other host, no way up, nothing that needs quoting."""
    path = folder + (uri or "")
    if urlsplit(path).scheme or _PLAIN_PATH.fullmatch(path) is None or path.startswith("/"):
        raise PlaylistError("a path that leaves the film")
    if any(part in ("", ".", "..") for part in path.split("/")):
        raise PlaylistError("a path that leaves the film")
    return path
