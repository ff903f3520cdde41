"""Reads HLS playlists of a service into values that can't be wrong, and writes our own."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from player_app.core.stream import Rendition
from player_app.core.stream_errors import PlaylistError, UnsupportedStream
from player_app.media.tags import BEGINNING, URI, Listed, lines_of, media_tags

LONGEST_SEGMENT_S = 60
MOST_RENDITIONS = 100
MOST_SESSION_KEYS = 100
KEY_SCHEME = "verite-key:"
PACKED_SOUND = (".aac", ".mp3", ".ac3", ".ec3")
_CODECS = re.compile(r"[A-Za-z0-9.,-]{0,128}")
_IV = re.compile(r"0[xX][0-9A-Fa-f]{32}")
_OF_A_MASTER = ("#EXT-X-MEDIA", "#EXT-X-STREAM-INF", "#EXT-X-SESSION-KEY", URI)
_PLAIN_PATH = re.compile(r"[A-Za-z0-9._~/!$&'()*+,;=@-]{1,200}")


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
    found = media_tags(data)
    segments = tuple(_segment(each, folder) for each in found.segments)
    if found.init is None and segments[0].path.lower().endswith(PACKED_SOUND):
        raise PlaylistError("sound without a container")
    init = None if found.init is None else path_below(folder, found.init)
    return MediaPlaylist(init, segments)


def read_caption_playlist(data: bytes, folder: str = "") -> tuple[str, ...]:
    """The WebVTT files of a subtitle playlist (RFC 8216 §3.5), in clear and in their order."""
    found = media_tags(data)
    if any(each.key is not None for each in found.segments):
        raise PlaylistError("captions that are encrypted")
    return tuple(dict.fromkeys(path_below(folder, each.uri) for each in found.segments))


def is_playlist(data: bytes) -> bool:
    return data.startswith(BEGINNING.encode())


def folder_of(path: str) -> str:
    """The folder that a file's relative addresses start from: "v720/", or "" at the top."""
    folder, slash, _name = path.partition("?")[0].rpartition("/")
    return folder + slash


def write_media_playlist(durations_s: tuple[float, ...], *, has_init: bool) -> bytes:
    """The playlist that libVLC gets: true durations, no key, names of ours."""
    longest = max(durations_s, default=1.0)
    lines = ["#EXTM3U", "#EXT-X-VERSION:7", f"#EXT-X-TARGETDURATION:{int(longest + 0.999)}"]
    lines += ["#EXT-X-PLAYLIST-TYPE:VOD", "#EXT-X-MEDIA-SEQUENCE:0"]
    if has_init:
        lines.append('#EXT-X-MAP:URI="init.mp4"')
    for index, duration_s in enumerate(durations_s):
        lines += [f"#EXTINF:{duration_s:.6f},", f"{index}.{'m4s' if has_init else 'ts'}"]
    return "\n".join([*lines, "#EXT-X-ENDLIST", ""]).encode()


def write_master_playlist(video: Rendition, audio: Rendition | None) -> bytes:
    """One variant, and the sound as its medium."""
    lines = ["#EXTM3U", "#EXT-X-VERSION:7", "#EXT-X-INDEPENDENT-SEGMENTS"]
    both = [video] if audio is None else [video, audio]
    codecs = [checked_codecs(each.codecs) for each in both]
    variant = f"#EXT-X-STREAM-INF:BANDWIDTH={sum(each.bandwidth for each in both)}"
    if all(codecs):
        variant += f',CODECS="{",".join(dict.fromkeys(codecs))}"'
    if video.width and video.height:
        variant += f",RESOLUTION={video.width}x{video.height}"
    if audio is not None:
        traits = 'TYPE=AUDIO,GROUP-ID="audio",NAME="sound",DEFAULT=YES,AUTOSELECT=YES'
        lines.append(f'#EXT-X-MEDIA:{traits},URI="a/index.m3u8"')
        variant += ',AUDIO="audio"'
    return "\n".join([*lines, variant, "v/index.m3u8", ""]).encode()


def checked_codecs(codecs: str) -> str:
    """The codecs, if this player plays them: 8-bit and standard dynamic range only.

    "" where the service does not name them.
    """
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


def read_master_playlist(data: bytes) -> Any | None:
    """The master playlist as m3u8 reads it, None where this is a media playlist.

    Raises what `read_media_playlist` does.
    """
    import m3u8  # noqa: PLC0415 - late

    kept, counts = [BEGINNING], Counter[str]()
    for tag, value in lines_of(data):
        counts[tag] += 1
        if tag in _OF_A_MASTER:
            kept.append(f"{tag}:{value}" if tag else value)
        if counts["#EXT-X-MEDIA"] + counts["#EXT-X-STREAM-INF"] > MOST_RENDITIONS:
            raise PlaylistError("too many renditions")
        if counts["#EXT-X-SESSION-KEY"] > MOST_SESSION_KEYS:
            raise PlaylistError("too many keys")
    if not counts["#EXT-X-STREAM-INF"]:
        return None
    try:
        found = m3u8.loads("\n".join(kept))
    except (ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        raise PlaylistError(f"unreadable: {type(error).__name__}") from error
    except OverflowError as error:
        raise PlaylistError("a number without bounds") from error
    for each in found.session_keys:
        _check_method(each.method, each.keyformat)
    return found


def _segment(listed: Listed, folder: str) -> MediaSegment:
    duration_s = listed.duration_s
    if duration_s is None or not 0 < duration_s <= LONGEST_SEGMENT_S:
        raise PlaylistError("a segment without a sound duration")
    key_id, iv = (None, None) if listed.key is None else _key(listed.key, listed.number)
    return MediaSegment(path_below(folder, listed.uri), duration_s, key_id, iv)


def _check_method(method: str | None, keyformat: str | None) -> None:
    if method not in (None, "NONE", "AES-128"):
        raise UnsupportedStream("SAMPLE-AES" if method == "SAMPLE-AES" else "CENC")
    if keyformat not in (None, "identity"):
        raise UnsupportedStream("CENC")


def _key(key: dict[str, str], number: int) -> tuple[str, bytes]:
    """The key's id and the IV: without one, the media sequence number (RFC 8216 §5.2)."""
    if "METHOD" not in key:
        raise PlaylistError("a key without a method")
    _check_method(key["METHOD"], key.get("KEYFORMAT"))
    uri = key.get("URI", "")
    if not uri.startswith(KEY_SCHEME):
        raise PlaylistError("a key that is an address")
    if "IV" not in key:
        return uri.removeprefix(KEY_SCHEME), number.to_bytes(16, "big")
    if _IV.fullmatch(key["IV"]) is None:
        raise PlaylistError("an IV of another size")
    return uri.removeprefix(KEY_SCHEME), bytes.fromhex(key["IV"][2:])


def path_below(folder: str, uri: str | None) -> str:
    """A path below the media address: no other host, no way up, nothing that needs quoting."""
    path = folder + (uri or "")
    if _PLAIN_PATH.fullmatch(path) is None:
        raise PlaylistError("a path that leaves the film")
    if any(part in ("", ".", "..") for part in path.split("/")):
        raise PlaylistError("a path that leaves the film")
    return path
