"""An HLS playlist line by line (RFC 8216 §4): bounded, in time that grows with its length alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from player_app.core.stream_errors import PlaylistError

LARGEST_PLAYLIST = 4 * 1024 * 1024
MOST_SEGMENTS = 20_000
MOST_LINES = 6 * MOST_SEGMENTS
LONGEST_LINE = 8 * 1024
LARGEST_SEQUENCE = 2**63
BEGINNING = "#EXTM3U"
URI = ""
"""Stands for the tag of a line that has none: an address."""

_REFUSED = {
    "#EXT-X-DEFINE": "variables",
    "#EXT-X-I-FRAMES-ONLY": "key frames only",
    "#EXT-X-BYTERANGE": "segments that are byte ranges of one file",
    "#EXT-X-GAP": "missing segments",
}
_ATTRIBUTE = re.compile(r'([A-Z0-9-]{1,64})=("[^"]*"|[^",]*)')
_SECONDS = re.compile(r"\d{1,9}(\.\d{0,12})?")
_NUMBER = re.compile(r"\d{1,20}")


@dataclass(frozen=True, slots=True)
class Listed:
    """A segment as its lines say it; `key` has the attributes of the one that it is encrypted by.

    `number` is its media sequence number (§4.3.3.2).
    """

    uri: str
    number: int
    duration_s: float | None
    key: dict[str, str] | None


@dataclass(slots=True)
class MediaTags:
    """What a media playlist says, once every line has been read."""

    segments: list[Listed] = field(default_factory=list)
    init: str | None = None
    is_ended: bool = False
    _number: int = 0
    _duration_s: float | None = None
    _key: dict[str, str] | None = None

    def read(self, tag: str, value: str) -> None:
        match tag:
            case "":
                self._list(value)
            case "#EXTINF":
                self._duration_s = _seconds(value)
            case "#EXT-X-KEY":
                found = attributes(value)
                self._key = None if found.get("METHOD") == "NONE" else found
            case "#EXT-X-MAP":
                self._begin_with(attributes(value))
            case "#EXT-X-MEDIA-SEQUENCE":
                self._number = _sequence_number(value)
            case "#EXT-X-DISCONTINUITY" if self.segments:
                raise PlaylistError("a film of parts that don't continue each other")
            case "#EXT-X-ENDLIST":
                self.is_ended = True

    def _list(self, uri: str) -> None:
        if len(self.segments) >= MOST_SEGMENTS:
            raise PlaylistError("endless")
        self.segments.append(Listed(uri, self._number, self._duration_s, self._key))
        self._number, self._duration_s = self._number + 1, None

    def _begin_with(self, found: dict[str, str]) -> None:
        if self._key is not None:
            # behind a key it would be encrypted with it (§4.3.2.4)
            raise PlaylistError("an initialisation that is encrypted")
        if "BYTERANGE" in found:
            raise PlaylistError("an initialisation that is a byte range")
        if self.segments or self.init not in (None, found.get("URI")):
            raise PlaylistError("a film of parts that don't continue each other")
        self.init = found.get("URI", "")


def media_tags(data: bytes) -> MediaTags:
    """A whole media playlist of an ended programme; raises `PlaylistError`."""
    found = MediaTags()
    for tag, value in lines_of(data):
        if tag == "#EXT-X-STREAM-INF":
            raise PlaylistError("no segments")
        found.read(tag, value)
    if not found.segments:
        raise PlaylistError("no segments")
    if not found.is_ended:
        raise PlaylistError("endless")
    return found


def lines_of(data: bytes) -> Iterator[tuple[str, str]]:
    """Each tag and what it says; comments and empty lines are left out."""
    if len(data) > LARGEST_PLAYLIST:
        raise PlaylistError("too large")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise PlaylistError("not UTF-8") from error
    if not text.startswith(BEGINNING):
        raise PlaylistError("no playlist")
    if text.count("\n") > MOST_LINES:
        raise PlaylistError("endless")
    for each in text.split("\n"):
        line = each.strip()
        if len(line) > LONGEST_LINE:
            raise PlaylistError("a line that is too long")
        if line.startswith("#EXT"):
            tag, _, value = line.partition(":")
            if tag in _REFUSED:
                raise PlaylistError(f"{_REFUSED[tag]} ({tag.removeprefix('#')}) can't be played")
            yield tag, value
        elif line and not line.startswith("#"):
            yield URI, line


def attributes(value: str) -> dict[str, str]:
    """An attribute list (§4.2), without its quotes."""
    return {name: said.strip('"') for name, said in _ATTRIBUTE.findall(value)}


def _seconds(value: str) -> float | None:
    said = value.partition(",")[0].strip()
    return float(said) if _SECONDS.fullmatch(said) else None


def _sequence_number(value: str) -> int:
    if _NUMBER.fullmatch(value.strip()) is None or int(value) > LARGEST_SEQUENCE:
        raise PlaylistError("a number without bounds")
    return int(value)
