"""What is in the store and who holds it, in memory: the index on disk is written before it."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from player_app.storage.segments.names import Named, name_of

Holds = Mapping[str, frozenset[str]]
"""The keys that belong to each film's download."""

UNCLAIMED = ""
"""Holds, in a film's place, what was found when the index was lost, until the downloads hold it."""


@dataclass(frozen=True, slots=True)
class Row:
    """A file: `used` is higher the later its last use, `proven` means that it was seen whole."""

    named: Named
    bytes: int
    used: int
    proven: bool

    @property
    def name(self) -> str:
        return self.named.name


@dataclass(frozen=True, slots=True)
class Amount:
    files: int
    held_bytes: int
    cached_bytes: int


class Ledger:
    """For any thread."""

    def __init__(self, rows: Iterable[Row] = (), holds: Holds | None = None) -> None:
        self._guard = threading.Lock()
        self._rows = {row.name: row for row in rows}
        self._holds: dict[str, frozenset[str]] = {}
        self._holders: Counter[str] = Counter()
        self._unwritten: set[str] = set()
        self._used = max((row.used for row in self._rows.values()), default=0)
        for film_id, keys in (holds or {}).items():
            self.hold(film_id, keys)

    def row(self, name: str) -> Row | None:
        with self._guard:
            return self._rows.get(name)

    def rows(self) -> tuple[Row, ...]:
        with self._guard:
            return tuple(self._rows.values())

    def put(self, row: Row) -> None:
        with self._guard:
            self._rows[row.name] = row
            self._unwritten.discard(row.name)

    def put_unwritten(self, rows: Iterable[Row]) -> None:
        """Rows that the index is to learn of with its next change."""
        with self._guard:
            for row in rows:
                self._rows[row.name] = row
                self._unwritten.add(row.name)

    def drop(self, names: Iterable[str]) -> None:
        with self._guard:
            for name in names:
                self._rows.pop(name, None)
                self._unwritten.discard(name)

    def next_use(self) -> int:
        with self._guard:
            self._used += 1
            return self._used

    def use(self, row: Row) -> None:
        """It was read just now and found whole; the index learns of it with its next change."""
        with self._guard:
            if self._rows.get(row.name) is row:
                self._used += 1
                self._rows[row.name] = replace(row, used=self._used, proven=True)
                self._unwritten.add(row.name)

    def unwritten(self) -> tuple[Row, ...]:
        with self._guard:
            return tuple(self._rows[name] for name in self._unwritten)

    def written(self, rows: Iterable[Row]) -> None:
        with self._guard:
            for row in rows:
                if self._rows.get(row.name) is row:
                    self._unwritten.discard(row.name)

    def hold(self, film_id: str, keys: frozenset[str]) -> None:
        """These alone from now on; none at all is no hold."""
        with self._guard:
            before = self._holds.pop(film_id, frozenset())
            self._holders.subtract(name_of(key) for key in before)
            if keys:
                self._holds[film_id] = keys
                self._holders.update(name_of(key) for key in keys)

    def holds(self) -> dict[str, frozenset[str]]:
        with self._guard:
            return dict(self._holds)

    def held_by(self, film_id: str) -> frozenset[str]:
        with self._guard:
            return self._holds.get(film_id, frozenset())

    def is_held(self, name: str) -> bool:
        with self._guard:
            return self._holders[name] > 0

    def held_alone_by(self, film_id: str) -> tuple[Row, ...]:
        """What nothing keeps here once this film lets go of it."""
        with self._guard:
            names = {name_of(key) for key in self._holds.get(film_id, frozenset())}
            alone = (name for name in names if self._holders[name] == 1)
            return tuple(self._rows[name] for name in alone if name in self._rows)

    def cached_beyond(self, most_bytes: int) -> tuple[Row, ...]:
        """Of what no film holds, the longest unused, until no more than so much is left."""
        with self._guard:
            cached = [row for row in self._rows.values() if not self._holders[row.name]]
            over = sum(row.bytes for row in cached) - most_bytes
            going = []
            for row in sorted(cached, key=lambda row: row.used):
                if over > 0:
                    going.append(row)
                    over -= row.bytes
            return tuple(going)

    def amount(self) -> Amount:
        with self._guard:
            held = cached = 0
            for row in self._rows.values():
                if self._holders[row.name]:
                    held += row.bytes
                else:
                    cached += row.bytes
            return Amount(len(self._rows), held, cached)
