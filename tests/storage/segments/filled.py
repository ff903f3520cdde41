"""A store with two downloads that share segments, files that a playlist names, and a cache."""

from __future__ import annotations

import random
import threading
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from player_app.storage.segments.files import listing
from player_app.storage.segments.store import SegmentStore, open_segments

DEVICE = "this device"
NEVER = threading.Event()

HARBOUR, RIVER = "viewer film-01 v720", "viewer film-02 v720"


def hash_of(data: bytes) -> str:
    return sha256(data).hexdigest()


def segment(number: int, size: int = 3000) -> bytes:
    return random.Random(f"segment {number}").randbytes(size)  # noqa: S311 - the same each time


@dataclass(frozen=True)
class Film:
    holder: str
    files: dict[str, bytes]


def _film(holder: str, first: int, last: int) -> Film:
    segments = [segment(number, 1000 + 37 * number) for number in range(first, last)]
    named = {f"{holder}:{path}": segment(first, 300) for path in ("main.m3u8", "en.vtt")}
    return Film(holder, {**{hash_of(each): each for each in segments}, **named})


FILMS = (_film(HARBOUR, 0, 9), _film(RIVER, 6, 14))
STREAMED = {hash_of(each): each for each in (segment(number) for number in range(20, 26))}
HELD = {key: data for film in FILMS for key, data in film.files.items()}
ALL = HELD | STREAMED


def opened(folder: Path, device: str = DEVICE, *, made_before: bool = False) -> SegmentStore:
    store, trouble = open_segments(folder, device=device, made_before=made_before)
    assert trouble is None
    return store


def fill(folder: Path) -> None:
    store = opened(folder)
    for film in FILMS:
        store.hold(film.holder, film.files)
    for key, data in ALL.items():
        store.put(key, data)
    store.close()


def in_store(store: SegmentStore) -> dict[str, bytes]:
    """What comes out of it, of what was put in."""
    return {key: data for key in ALL if (data := store.get(key)) is not None}


def names_in(folder: Path) -> set[str]:
    """The files there that count."""
    found = listing(folder)
    assert found.parts == ()
    return {each.named.file_name for each in found.files}


def no_progress(_done: int, _total: int) -> None:
    """Nobody looks."""
