"""A small model of downloads: one film at a time, the first that is queued, until all is here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from player_app.core.download import DownloadState
from player_app.core.parts import Part, PartKind
from tests.features.offline_rig import parts_in
from tests.features.small_film import VIDEOS, small_film

S = DownloadState
FILMS = tuple(
    replace(small_film(f"film-{number}", segments=1), pictures={}) for number in (1, 2, 3)
)


def segments_of(permit: Any, video_id: str) -> tuple[Part, ...]:
    """The picture and both sounds: enough for a model."""
    return tuple(each for each in parts_in(permit, video_id) if each.kind is PartKind.SEGMENT)


PARTS = {
    (film.film_id, video_id): segments_of(film.permit(""), video_id)
    for film in FILMS
    for video_id in VIDEOS
}
KEYS = {which: tuple(each.key for each in found) for which, found in PARTS.items()}
CONTENT = {
    part.key: film.files[part.path]
    for film in FILMS
    for video_id in VIDEOS
    for part in PARTS[film.film_id, video_id]
}


@dataclass
class Row:
    film_id: str
    quality: str
    state: DownloadState = S.QUEUED
    former: tuple[str, ...] = ()


class Model:
    """One film at a time, the first that is queued; a part is here as long as a film holds it."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.stored: set[str] = set()
        self.running: Row | None = None
        self.may_come = 0
        self.away = False

    def of(self, film_id: str) -> Row | None:
        return next((each for each in self.rows if each.film_id == film_id), None)

    def start(self, film_id: str, quality: str) -> None:
        row = self.of(film_id)
        if row is None:
            self.rows.append(Row(film_id, quality))
        elif row.quality != quality:
            self._stop(row)
            row.former = (row.quality, *(each for each in row.former if each != quality))
            row.quality, row.state = quality, S.QUEUED
        elif row.state in (S.PAUSED, S.WAITING, S.FAILED):
            row.state = S.QUEUED
        self.go_on()

    def pause(self, film_id: str) -> None:
        row = self.of(film_id)
        if row is not None and row.state in (S.QUEUED, S.RUNNING, S.WAITING):
            self._stop(row)
            row.state = S.PAUSED
        self.go_on()

    def resume(self, film_id: str) -> None:
        row = self.of(film_id)
        if row is not None and row.state in (S.PAUSED, S.WAITING, S.FAILED):
            row.state = S.QUEUED
        self.go_on()

    def queue_again(self, film_id: str) -> None:
        row = self.of(film_id)
        if row is not None and row.state is not S.COMPLETE:
            self._stop(row)
            row.state = S.QUEUED
        self.go_on()

    def remove(self, film_id: str, again: str | None = None) -> None:
        row = self.of(film_id)
        if row is not None:
            self._stop(row)
            self.rows.remove(row)
            self.stored -= {key for video in VIDEOS for key in KEYS[film_id, video]}
            if again is not None:
                self.rows.append(Row(film_id, again))
        self.go_on()

    def lose(self, film_id: str) -> None:
        row = self.of(film_id)
        if row is not None and row.state is S.COMPLETE:
            row.state = S.QUEUED
        self.go_on()

    def move(self, film_id: str, by: int) -> None:
        places = [at for at, each in enumerate(self.rows) if each.state is not S.COMPLETE]
        queue = [self.rows[at] for at in places]
        here = next((at for at, each in enumerate(queue) if each.film_id == film_id), None)
        if here is not None:
            there = min(max(0, here + by), len(queue) - 1)
            queue[here], queue[there] = queue[there], queue[here]
            for at, each in zip(places, queue, strict=True):
                self.rows[at] = each
        self.go_on()

    def fail(self) -> None:
        if self.running is not None:
            self.running.state, self.running = S.FAILED, None
        self.go_on()

    def contact(self) -> None:
        for each in self.rows:
            if each.state is S.WAITING:
                each.state = S.QUEUED
        self.go_on()

    def interrupt(self) -> None:
        if self.running is not None:
            self.running.state, self.running = S.QUEUED, None

    def go_on(self) -> None:
        while True:
            if self.running is None:
                self.running = next((each for each in self.rows if each.state is S.QUEUED), None)
            row = self.running
            if row is None:
                return
            row.state = S.RUNNING
            if self.away:
                row.state, self.running = S.WAITING, None
                continue
            kept = set(KEYS[row.film_id, row.quality])
            for each in row.former:
                self.stored -= set(KEYS[row.film_id, each]) - kept
            row.former = ()
            for key in KEYS[row.film_id, row.quality]:
                if key not in self.stored and self.may_come:
                    self.may_come -= 1
                    self.stored.add(key)
            if not kept <= self.stored:
                return
            row.state, self.running = S.COMPLETE, None

    def _stop(self, row: Row) -> None:
        if self.running is row:
            self.running = None
