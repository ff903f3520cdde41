"""Reads WebVTT into cues; whatever the file holds, what comes out is plain text and bounded."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from player_app.core.captions import LONGEST_CUE_MS, Cue
from player_app.core.errors import CaptionError

if TYPE_CHECKING:
    import webvtt

LARGEST_FILE = 2 * 1024 * 1024
MOST_CUES = 20_000
LONGEST_LINE = 2000
LONGEST_TEXT = 1000
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
    if text.count("-->") > MOST_CUES or any(len(line) > LONGEST_LINE for line in text.split("\n")):
        raise CaptionError("too many cues, or lines too long")
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


def _parts(caption: webvtt.Caption) -> tuple[int, int, str]:
    return _ms(caption.start_time), _ms(caption.end_time), plain_text(caption.raw_text)


def _ms(time: webvtt.models.Timestamp) -> int:
    hours, minutes, seconds, rest_ms = time.to_tuple()
    return int(((hours * 60 + minutes) * 60 + seconds) * 1000 + rest_ms)


def plain_text(raw: str) -> str:
    """A cue's text without tags, entities and characters that change direction or are unseen."""
    bare = html.unescape(_TAG.sub("", raw))
    return _NOT_SHOWN.sub("", bare).strip()[:LONGEST_TEXT]
