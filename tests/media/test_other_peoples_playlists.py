"""Other people's playlists and captions, and whatever chance makes of them, can't hurt.

The playlists are the fixtures of npm's m3u8-parser, which are made to be odd.
"""

from __future__ import annotations

import contextlib
import os
import random
import time
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from player_app.core.stream_errors import CaptionError, PlaylistError, UnsupportedStream
from player_app.media.listing import contents_of
from player_app.media.playlist import (
    read_caption_playlist,
    read_master_playlist,
    read_media_playlist,
)
from player_app.media.webvtt import read_captions, read_captions_in_parts
from player_app.resources import resource
from tests.plugins.promises import Promise

FIXTURES = Path(__file__).resolve().parents[1] / "npm" / "node_modules" / "m3u8-parser"
READERS: dict[str, Callable[[bytes], object]] = {
    "media": read_media_playlist,
    "master": read_master_playlist,
    "captions": read_caption_playlist,
    "contents": lambda data: contents_of(data, "film/master.m3u8"),
}
CAPTION_READERS: dict[str, Callable[[bytes], object]] = {
    "whole": read_captions,
    "parts": lambda data: read_captions_in_parts([data, data]),
}
LONGEST_S = 1.0
MOST_BYTES = 64 * 1024 * 1024
TRIES = 2
"""A machine that does much else may take its time once."""

HOSTILE = (
    *(b"\0", b"\xff\xfe", b"\n", b",", b'"', b"-1", b"9" * 400, b"1e308", b"nan", b"inf", b"0.0"),
    *(b"../" * 40, b"//evil.example/", b"https://evil.example/k", b"file:///etc/passwd"),
    *(b"#EXT-X-ENDLIST\n", b"#EXTINF:", b"#EXT-X-KEY:METHOD=AES-128\n", b"#EXT-X-DEFINE:NAME=x"),
    *(b'#EXT-X-MAP:URI="x"\n', b"#EXT-X-BYTERANGE:9@9\n", b"#EXT-X-STREAM-INF:\n", b"-->", b"<v "),
    *("\u202e\u2028".encode(), b"&#1114112;", b"99:99:99.999 --> 00:00:00.000\n", b"NOTE ", b"\r"),
)


def fixtures() -> list[Path]:
    return sorted((FIXTURES / "test" / "fixtures" / "integration").glob("*.m3u8"))


def caption_files() -> list[Path]:
    return sorted(resource("demo").glob("streams/*/captions/*.vtt"))


def mutated(data: bytes, chance: random.Random) -> bytes:
    """A few changes: bytes turned, cut, doubled, and hostile ones put in."""
    for _ in range(chance.randint(1, 6)):
        at, until = sorted(chance.randint(0, len(data)) for _ in range(2))
        match chance.randint(0, 5):
            case 0:
                data = data[:at] + chance.choice(HOSTILE) + data[at:]
            case 1:
                data = data[:at] + data[min(until, at + 40) :]
            case 2:
                data = data[:at] + data[at : at + 200] * chance.randint(2, 40) + data[at:]
            case 3:
                data = data[:at] + chance.randbytes(chance.randint(1, 8)) + data[at + 4 :]
            case 4:
                data = data[:at] + chance.choice(HOSTILE) + data[min(until, at + 12) :]
            case _:
                lines = data.split(b"\n")
                chance.shuffle(lines)
                data = b"\n".join(lines)
    return data


def read_or_refuse(
    read: Callable[[bytes], object], data: bytes, *refusals: type[Exception]
) -> None:
    """It is read, or refused by name: within a second, and without more memory than it may take."""
    for tried in range(TRIES):
        begun = time.monotonic()
        with contextlib.suppress(*refusals):
            read(data)
        took_s = time.monotonic() - begun
        if took_s < LONGEST_S:
            return
        assert tried + 1 < TRIES, f"{took_s:.1f} s for {len(data)} bytes"


@pytest.fixture
def memory() -> Iterator[Callable[[], int]]:
    """How many bytes at most were held since the test began."""
    tracemalloc.start()
    yield lambda: tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()


@pytest.mark.promise(18)
def test_every_odd_playlist_of_other_people_is_read_or_refused(
    promise: Promise, memory: Callable[[], int]
) -> None:
    found = fixtures()
    assert len(found) >= 60, f"{FIXTURES} is not installed: run dev.py test"
    for path in found:
        for read in READERS.values():
            read_or_refuse(read, path.read_bytes(), PlaylistError, UnsupportedStream)
        promise.tried()
    assert memory() < MOST_BYTES


@dataclass(frozen=True, slots=True)
class Kind:
    """Files of other people's, by whom they are read, and how they may be refused."""

    files: Callable[[], list[Path]]
    readers: dict[str, Callable[[bytes], object]]
    refusals: tuple[type[Exception], ...]
    smoke: int
    full: int


KINDS = {
    "playlists": Kind(fixtures, READERS, (PlaylistError, UnsupportedStream), 150, 1500),
    "captions": Kind(caption_files, CAPTION_READERS, (CaptionError,), 60, 500),
}


@pytest.mark.promise(18)
@pytest.mark.parametrize("name", KINDS)
def test_what_chance_makes_of_them_is_read_or_refused(
    name: str, promise: Promise, memory: Callable[[], int]
) -> None:
    kind, seed = KINDS[name], os.urandom(8).hex()
    found, chance = kind.files(), random.Random(seed)  # noqa: S311 - to be had again, not secret
    for number in range(promise.count(smoke=kind.smoke, full=kind.full)):
        path = chance.choice(found)
        data = mutated(path.read_bytes(), chance)
        try:
            for read in kind.readers.values():
                read_or_refuse(read, data, *kind.refusals)
        except Exception:
            print(f"seed {seed}, change {number} of {path.name}: {data!r}")  # noqa: T201
            raise
        promise.tried()
    assert memory() < MOST_BYTES
