"""Reads WebVTT into cues; whatever the file holds, what comes out is plain text and bounded."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from player_app.core.captions import LONGEST_CUE_MS, Cue
from player_app.core.stream_errors import CaptionError

if TYPE_CHECKING:
    import webvtt

LARGEST_FILE = 2 * 1024 * 1024
MOST_CUES = 10_000
LONGEST_LINE = 2000
MOST_LINES = 200_000
LINE_ENDS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
"""All that the parser takes for one; a whole file's time goes with their number."""

LONGEST_TEXT = 1000
LONGEST_HEADER = 1000
TICKS_A_MS = 90
_LOCAL = re.compile(rb"LOCAL:(?:(\d{1,4}):)?(\d\d):(\d\d)\.(\d{3})")
_TICKS = re.compile(rb"MPEGTS:(\d{1,10})")
_TAG = re.compile(r"<[^<>]{0,200}>")
_NOT_SHOWN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


def read_captions(data: bytes) -> tuple[Cue, ...]:
    """The cues in the order of their starts; raises `CaptionError`."""
    import webvtt  # noqa: PLC0415 - late
    from webvtt.errors import MalformedCaptionError, MalformedFileError  # noqa: PLC0415 - late

    if len(data) > LARGEST_FILE:
        raise CaptionError("too large")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CaptionError("not UTF-8") from error
    if text.count("-->") > MOST_CUES or sum(map(text.count, LINE_ENDS)) > MOST_LINES:
        raise CaptionError("too many cues or lines")
    if any(len(line) > LONGEST_LINE for line in text.split("\n")):
        raise CaptionError("lines too long")
    try:
        found = webvtt.from_string(text)
    except (MalformedFileError, MalformedCaptionError) as error:
        raise CaptionError("not WebVTT") from error
    except (ValueError, IndexError, AttributeError, TypeError) as error:
        raise CaptionError(f"unreadable: {type(error).__name__}") from error
    cues = [
        Cue(start_ms, min(end_ms, start_ms + LONGEST_CUE_MS), plain)
        for start_ms, end_ms, plain in (_parts(caption) for caption in found.captions)
        if end_ms > start_ms and plain
    ]
    return tuple(sorted(cues, key=lambda cue: cue.start_ms))


def read_captions_in_parts(parts: Iterable[bytes]) -> tuple[Cue, ...]:
    """The cues of the segments of a subtitle playlist, each once, though it lie in several.

    The first segment's clock is taken for the film's (RFC 8216 §3.5); all of them together may be
    as large as a file by itself. Raises `CaptionError`.
    """
    found: dict[Cue, None] = {}
    first_ms: int | None = None
    size = count = 0
    for data in parts:
        size += len(data)
        if size > LARGEST_FILE:
            raise CaptionError("too large")
        clock_ms = _clock_ms(data)
        first_ms = clock_ms if first_ms is None else first_ms
        away_ms = clock_ms - first_ms
        cues = read_captions(data)
        count += len(cues)
        if count > MOST_CUES:
            raise CaptionError("too many cues")
        for cue in cues:
            start_ms, end_ms = cue.start_ms + away_ms, cue.end_ms + away_ms
            if end_ms > 0:
                found[Cue(max(0, start_ms), end_ms, cue.text)] = None
    return tuple(sorted(found, key=lambda cue: cue.start_ms))


def _clock_ms(data: bytes) -> int:
    """How far the stream's clock is ahead of the segment's own."""
    header = data.split(b"-->", 1)[0][:LONGEST_HEADER]
    local, ticks = _LOCAL.search(header), _TICKS.search(header)
    if b"X-TIMESTAMP-MAP=" not in header or local is None or ticks is None:
        return 0
    hours, minutes, seconds, rest_ms = (int(each or 0) for each in local.groups())
    local_ms = ((hours * 60 + minutes) * 60 + seconds) * 1000 + rest_ms
    return int(ticks[1]) // TICKS_A_MS - local_ms


def _parts(caption: webvtt.Caption) -> tuple[int, int, str]:
    return _ms(caption.start_time), _ms(caption.end_time), plain_text(caption.raw_text)


def _ms(time: webvtt.models.Timestamp) -> int:
    hours, minutes, seconds, rest_ms = time.to_tuple()
    return int(((hours * 60 + minutes) * 60 + seconds) * 1000 + rest_ms)


def plain_text(raw: str) -> str:
    """A cue's text without tags, entities and characters that change direction or are unseen."""
    bare = html.unescape(_TAG.sub("", raw))
    return _NOT_SHOWN.sub("", bare).strip()[:LONGEST_TEXT]
