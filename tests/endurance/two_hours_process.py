"""A player in a process of its own that plays a film of two hours from the disk alone.

`python -m tests.endurance.two_hours_process FILM STORE ROUNDS`: the folder of the packaged film,
that of the segments, and how often to open it and seek through it. It prints `Seen` as JSON for
each place that it comes to, and first what reading the segment list takes.
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from PySide6.QtGui import QGuiApplication

import player_app
from player_app.core.licence import Permit
from player_app.core.playback import Phase
from player_app.core.refusals import NotFound
from player_app.reference_service.media import Package, package
from player_app.service.transport import Transport
from player_app.service.wire.licence import segment_list_of
from player_app.storage.segments.store import open_segments
from tests.endurance.changing_process import held
from tests.endurance.two_hour_film import FRAME_RATE, LAST_MINUTE_MS, VIDEO
from tests.media.permits import permit
from tests.media.player import TestPlayer

PLACES_MS = (0, 3_600_000, 60_000, LAST_MINUTE_MS, 1_800_000)
"""In the order in which they are sought; the film is opened at the first."""

AHEAD_MS = 4_000
"""How much is read ahead of what libVLC asks for."""

NEAR_MS = 1_000
PATIENCE_S = 20.0


@dataclass(frozen=True, slots=True)
class Read:
    """The segment list: its rows, seconds to read it, and the memory that it takes, in bytes."""

    rows: int
    took_s: float
    memory: int


@dataclass(frozen=True, slots=True)
class Seen:
    """A place and the first picture from there on, seconds after it was asked for.

    `memory` is what the process has for itself then, in bytes; `asked` counts questions to a
    network that is not there.
    """

    place_ms: int
    picture_ms: int
    took_s: float
    memory: int
    asked: int


def permit_of(kept: Package, address: str) -> Permit:
    """As the service's answer gives it: the list is read, the licence names its SHA-256."""
    bare = {"length_ms": kept.length_ms, "renditions": [], "captions": [], "preview": None}
    named = permit(bare | {"content_keys": kept.content_keys}, address)
    licence = replace(named.licence, segments_sha256=kept.segments_sha256)
    return replace(named, licence=licence, segment_list=segment_list_of(kept.segment_list))


class NoWay(Transport):
    """There is no network."""

    asked = 0

    def open(self, *_: Any, **__: Any) -> Any:
        self.asked += 1
        raise NotFound(404, "not-found", "there is no network")


@dataclass(frozen=True, slots=True)
class Nowhere:
    address: str = "http://127.0.0.1:9/media/grant/master.m3u8"
    origins: tuple[str, ...] = ("http://127.0.0.1:9",)


class LongPlayer(TestPlayer):
    """Each opening reads the list anew."""

    __test__ = False

    def __init__(self, kept: Package, place: Any, **options: Any) -> None:
        super().__init__({"length_ms": kept.length_ms}, place, **options)
        self._kept, self._place = kept, place

    def permit(self, _film_id: str) -> Permit:
        return permit_of(self._kept, self._place.address)

    def come_to(self, place_ms: int, *, opens: bool = False) -> tuple[int, float]:
        """The time of the first picture from there on, by its number, and the seconds to it."""
        self.shown.clear()
        begun = time.monotonic()
        if opens or self.playback is None:
            self.open(place_ms, quality=VIDEO)
        else:
            self.playback.seek(place_ms)
        self.wait(lambda: self._first_from(place_ms) is not None, PATIENCE_S)
        self.wait_for(Phase.PLAYING, PATIENCE_S)
        found = self._first_from(place_ms)
        assert found is not None
        shown_at, picture_ms = found
        return picture_ms, shown_at - begun

    def _first_from(self, place_ms: int) -> tuple[float, int] | None:
        for shown_at, number in self.shown:
            if number is not None and 0 <= number * 1000 // FRAME_RATE - place_ms < NEAR_MS:
                return shown_at, number * 1000 // FRAME_RATE
        return None


def said(value: Read | Seen) -> None:
    print(json.dumps(asdict(value)), flush=True)  # noqa: T201 - the test reads this


def main(film: str, store: str, rounds: str) -> None:
    application = QGuiApplication(sys.argv[:1])
    kept = package(Path(film))
    assert kept is not None
    before, _threads, _files = held()
    begun = time.monotonic()
    listed = segment_list_of(kept.segment_list)
    took_s = time.monotonic() - begun
    rows = sum(len(each.segments) for each in listed.renditions)
    said(Read(rows, took_s, held()[0] - before))
    del listed
    segments, trouble = open_segments(Path(store), device="this one")
    assert trouble is None
    way = NoWay({}, "", player_app.__version__)
    player = LongPlayer(kept, Nowhere(), ahead_ms=AHEAD_MS, upstream=way, store=segments)
    for _ in range(int(rounds)):
        for number, place_ms in enumerate(PLACES_MS):
            picture_ms, took_s = player.come_to(place_ms, opens=number == 0)
            said(Seen(place_ms, picture_ms, took_s, held()[0], way.asked))
        player.watch.leave()
    player.close()
    segments.close()
    application.quit()


if __name__ == "__main__":
    main(*sys.argv[1:])
