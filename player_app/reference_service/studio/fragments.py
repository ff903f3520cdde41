"""Reads from fragmented MP4 where fragments end, how long they last, and the codec."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from struct import unpack_from


@dataclass(frozen=True, slots=True)
class Box:
    kind: bytes
    start: int
    body: int
    end: int


def boxes(data: bytes, start: int = 0, end: int | None = None) -> Iterator[Box]:
    """The boxes side by side in that range."""
    stop = len(data) if end is None else end
    while start + 8 <= stop:
        size, kind = unpack_from(">I4s", data, start)
        yield Box(kind, start, start + 8, start + size)
        start += size


def inside(data: bytes, *path: bytes) -> Box:
    """The first box at that path."""
    start, end = 0, len(data)
    for kind in path:
        found = next(box for box in boxes(data, start, end) if box.kind == kind)
        start, end = found.body, found.end
    return found


def fragment_ends(segment: bytes) -> list[int]:
    """The offset behind every `mdat`."""
    return [box.end for box in boxes(segment) if box.kind == b"mdat"]


def timescale(init: bytes) -> int:
    header = inside(init, b"moov", b"trak", b"mdia", b"mdhd")
    return int(unpack_from(">I", init, header.body + (20 if init[header.body] else 12))[0])


def codec(init: bytes) -> str:
    """The RFC 6381 name of the only track."""
    table = inside(init, b"moov", b"trak", b"mdia", b"minf", b"stbl", b"stsd")
    at = init.find(b"avcC", table.start, table.end)
    return f"avc1.{init[at + 5 : at + 8].hex()}" if at > 0 else "mp4a.40.2"


def duration(segment: bytes) -> int:
    """The segment's length in the track's timescale."""
    return sum(_fragment_duration(segment, box) for box in boxes(segment) if box.kind == b"moof")


def _fragment_duration(data: bytes, moof: Box) -> int:
    traf = next(box for box in boxes(data, moof.body, moof.end) if box.kind == b"traf")
    default = total = 0
    for box in boxes(data, traf.body, traf.end):
        flags = int.from_bytes(data[box.body + 1 : box.body + 4], "big")
        if box.kind == b"tfhd" and flags & 0x8:
            skipped = 8 * bool(flags & 0x1) + 4 * bool(flags & 0x2)
            default = unpack_from(">I", data, box.body + 8 + skipped)[0]
        if box.kind == b"trun":
            count = unpack_from(">I", data, box.body + 4)[0]
            at = box.body + 8 + 4 * bool(flags & 0x1) + 4 * bool(flags & 0x4)
            step = 4 * (flags >> 8 & 15).bit_count()
            own = bool(flags & 0x100)
            total += sum(
                unpack_from(">I", data, at + step * sample)[0] if own else default
                for sample in range(count)
            )
    return total
