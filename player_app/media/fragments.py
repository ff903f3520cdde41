"""Fragmented MP4 (ISO/IEC 14496-12, CMAF: 23000-19): two tracks made into one stream of both.

libVLC 3 shows the first picture of a stream with picture and sound in one after the first
fragment, but of two streams side by side only after the whole first segment of each.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from struct import pack, pack_into, unpack_from

from player_app.core.stream_errors import PlaylistError, UnsupportedStream

LARGEST_BOX = 64 * 1024 * 1024
MOST_BOXES = 20_000
"""Side by side: a minute of sound has some 6,000, were each of its frames a fragment."""

_HEADER, _LONG_HEADER = 8, 16
_BASE_DATA_OFFSET = 0x1
_DESCRIPTION = (b"moov", b"trak", b"mdia", b"minf", b"stbl", b"stsd")
_PROTECTED = (b"encv", b"enca")


@dataclass(frozen=True, slots=True)
class Box:
    """A box as it lies in its bytes: `start` of its header, `body` behind that, `end`."""

    kind: bytes
    start: int
    body: int
    end: int


@dataclass(frozen=True, slots=True)
class Part:
    """A whole fragment; `at` is its decode time in seconds."""

    at: float
    data: bytes


def boxes(data: bytes, start: int = 0, end: int | None = None) -> Iterator[Box]:
    """The boxes side by side in that range, each wholly inside it."""
    stop, count = len(data) if end is None else end, 0
    while start < stop:
        box, count = next_box(data, start, stop), count + 1
        if count > MOST_BOXES:
            raise PlaylistError("too many boxes")
        if box is None or box.end > stop:
            raise PlaylistError("a box that is cut off")
        yield box
        start = box.end


def next_box(data: bytes | bytearray, start: int, stop: int) -> Box | None:
    """The box that begins at `start`, None while its header isn't there; it may end later."""
    if stop - start < _HEADER:
        return None
    size, kind = unpack_from(">I4s", data, start)
    body = _HEADER
    if size == 1:
        if stop - start < _LONG_HEADER:
            return None
        size, body = unpack_from(">Q", data, start + _HEADER)[0], _LONG_HEADER
    if not body <= size <= LARGEST_BOX:
        raise PlaylistError(f"a box of {size} bytes")
    return Box(kind, start, start + body, start + size)


def joined(picture: bytes, sound: bytes) -> bytes:
    """One initialisation of two, of one track each; the sound's track gets `sound_track`."""
    ours, theirs = _moov(picture), _moov(sound)
    track = sound_track(picture)
    trak = _with_track(sound[theirs[b"trak"].start : theirs[b"trak"].end], track, b"trak", b"tkhd")
    trex = _child(sound, theirs[b"mvex"], b"trex")
    kept = []
    for box in boxes(picture, ours[b"moov"].body, ours[b"moov"].end):
        whole = picture[box.start : box.end]
        if box.kind == b"mvex":
            defaults = _with_track(sound[trex.start : trex.end], track, b"trex")
            whole = _box(b"mvex", picture[box.body : box.end] + defaults)
        kept.append(whole)
        if box.kind == b"trak":
            kept.append(trak)
    head = picture[ours[b"ftyp"].start : ours[b"ftyp"].end] if b"ftyp" in ours else b""
    return head + _box(b"moov", b"".join(kept))


def sound_track(picture: bytes) -> int:
    """The track number that the sound gets beside this picture's."""
    header = _inside(picture, b"moov", b"trak", b"tkhd")
    (taken,) = _numbers(picture, header, _track_offset(picture, header))
    return 1 if taken != 1 else 2


def refuse_protected(init: bytes) -> None:
    """Raise `UnsupportedStream` where samples are encrypted one by one (ISO/IEC 23001-7 §4.1).

    Packagers write that without a word of it in the playlist, too.
    """
    with suppress(PlaylistError):  # what it is instead, libVLC finds out
        for described in _below(init, *_DESCRIPTION):
            entry = next_box(init, described.body + 8, described.end)
            if entry is not None and entry.kind in _PROTECTED:
                raise UnsupportedStream("CENC")


def timescale(init: bytes) -> int:
    """Units a second of the first track's times."""
    header = _inside(init, b"moov", b"trak", b"mdia", b"mdhd")
    (units,) = _numbers(init, header, 20 if _version(init, header) else 12)
    if units == 0:
        raise PlaylistError("a track without a timescale")
    return units


class Splitter:
    """Cuts a segment into its fragments as it comes; `track` renames theirs."""

    def __init__(self, units: int, track: int | None = None) -> None:
        self._units = units
        self._track = track
        self._held = bytearray()
        self._moof = bytearray()
        self._count = 0

    def parts(self, data: bytes) -> list[Part]:
        """The fragments that are whole now."""
        self._held += data
        found, start = [], 0
        while True:
            box = next_box(self._held, start, len(self._held))
            if box is None or box.end > len(self._held):
                break
            part = self._part(box)
            if part is not None:
                found.append(part)
            start = box.end
        del self._held[:start]
        return found

    def finish(self) -> None:
        """The segment is over; raises if a fragment isn't."""
        if self._held or self._moof:
            raise PlaylistError("a segment that ends in a fragment")

    def _part(self, box: Box) -> Part | None:
        """The fragment that ends with this box; boxes outside of any are left out."""
        self._count += 1
        if self._count > MOST_BOXES:
            raise PlaylistError("too many boxes")
        whole = bytes(self._held[box.start : box.end])
        if box.kind != b"mdat":
            if self._moof or box.kind == b"moof":
                self._moof += whole
            return None
        moof, self._moof = bytes(self._moof), bytearray()
        at = _decode_time(moof) / self._units
        named = moof if self._track is None else _renamed(moof, self._track)
        return Part(at, named + whole)


def _moov(init: bytes) -> dict[bytes, Box]:
    """The boxes of an initialisation of one track, by kind."""
    top = {box.kind: box for box in boxes(init)}
    if b"moov" not in top:
        raise PlaylistError("an initialisation without moov")
    inner = list(boxes(init, top[b"moov"].body, top[b"moov"].end))
    if [box.kind for box in inner].count(b"trak") != 1:
        raise PlaylistError("an initialisation of another number of tracks than one")
    found = top | {box.kind: box for box in inner}
    if b"mvex" not in found:
        raise PlaylistError("an initialisation of no fragments")
    return found


def _renamed(moof: bytes, track: int) -> bytes:
    """Every track fragment becomes this track's; sizes stay."""
    named = bytearray(moof)
    for box in _fragments(moof):
        pack_into(">I", named, box.body + 4, track)
    return bytes(named)


def _fragments(moof: bytes) -> list[Box]:
    """The header of each track fragment."""
    headers = [
        _child(moof, traf, b"tfhd")
        for top in boxes(moof)
        if top.kind == b"moof"
        for traf in boxes(moof, top.body, top.end)
        if traf.kind == b"traf"
    ]
    for header in headers:
        flags, _track = _numbers(moof, header, 0, count=2)
        if flags & _BASE_DATA_OFFSET:
            raise PlaylistError("a fragment with a place in its file")
    if not headers:
        raise PlaylistError("samples without a description")
    return headers


def _decode_time(moof: bytes) -> int:
    _fragments(moof)
    time = _inside(moof, b"moof", b"traf", b"tfdt")
    if not _version(moof, time):
        return _numbers(moof, time, 4)[0]
    high, low = _numbers(moof, time, 4, count=2)
    return high << 32 | low


def _with_track(data: bytes, track: int, *path: bytes) -> bytes:
    header = _inside(data, *path)
    return _with_number(data, header.body + _track_offset(data, header), track)


def _track_offset(data: bytes, header: Box) -> int:
    if header.kind == b"trex":
        return 4
    return 20 if _version(data, header) else 12


def _version(data: bytes, box: Box) -> int:
    return _numbers(data, box, 0)[0] >> 24


def _numbers(data: bytes, box: Box, offset: int, count: int = 1) -> tuple[int, ...]:
    if box.body + offset + 4 * count > box.end:
        raise PlaylistError(f"a {box.kind!r} that is too short")
    return unpack_from(f">{count}I", data, box.body + offset)


def _with_number(data: bytes, at: int, number: int) -> bytes:
    return data[:at] + pack(">I", number) + data[at + 4 :]


def _inside(data: bytes, *path: bytes) -> Box:
    """The first box at that path."""
    found = next((box for box in boxes(data) if box.kind == path[0]), None)
    for kind in path[1:]:
        found = None if found is None else _child(data, found, kind)
    if found is None:
        raise PlaylistError(f"no {path[-1]!r}")
    return found


def _below(data: bytes, *path: bytes) -> list[Box]:
    """Every box at that path."""
    found = [box for box in boxes(data) if box.kind == path[0]]
    for kind in path[1:]:
        inner = (each for box in found for each in boxes(data, box.body, box.end))
        found = [each for each in inner if each.kind == kind]
    return found


def _child(data: bytes, parent: Box, kind: bytes) -> Box:
    for box in boxes(data, parent.body, parent.end):
        if box.kind == kind:
            return box
    raise PlaylistError(f"no {kind!r} in {parent.kind!r}")


def _box(kind: bytes, body: bytes) -> bytes:
    return pack(">I4s", _HEADER + len(body), kind) + body
