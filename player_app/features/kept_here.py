"""Everything that the player keeps on this computer: what, how much, where, and away with it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from player_app.core.kept_here import KeptThings, Kind
from player_app.core.storage_errors import FolderGone
from player_app.storage.database import Database
from player_app.storage.inventory import Amount, files_below, rows_of
from player_app.storage.paths import Paths

TABLES = {
    "positions": Kind.PLACES,
    "waiting_progress": Kind.PLACES,
    "known_progress": Kind.PLACES,
    "progress_cursors": Kind.PLACES,
    "drafts": Kind.COMMENTS,
    "waiting_comments": Kind.COMMENTS,
    "saved_comments": Kind.COMMENTS,
    "checkouts": Kind.PURCHASES,
    "downloads": Kind.LICENCES,
    "licences": Kind.LICENCES,
    "returned_licences": Kind.LICENCES,
    "own_films": Kind.OWN_FILMS,
    "starts": Kind.CLOCKS,
    "clock": Kind.CLOCKS,
}
"""Every table of the viewer's own has a kind; single values are told by `_of_value`."""

CATALOGUE_VALUES = ("collections", "films_etag", "refreshed_at")
SETTINGS_VALUES = ("settings", "work_offline", "segments_folder", "segments_device")


@dataclass(frozen=True, slots=True)
class Segments:
    """`sizes` are bytes held for downloads, bytes cached, and files in all."""

    folder: Callable[[], Path]
    sizes: Callable[[], tuple[int, int, int]]


class KeptHere:
    """`secrets` and `farewells` are the names of those that lie in the system's store.

    `remove` by kind blocks.
    """

    def __init__(
        self,
        *,
        paths: Paths,
        database: Database,
        segments: Segments,
        secrets: Callable[[], tuple[str, ...]],
        farewells: Callable[[], tuple[str, ...]],
        removals: Mapping[Kind, Callable[[], None]],
    ) -> None:
        self._paths = paths
        self._database = database
        self._segments = segments
        self._secrets = {Kind.SECRETS: secrets, Kind.FAREWELLS: farewells}
        self._removals = removals

    def list(self) -> tuple[KeptThings, ...]:
        """Of every kind that there is something of; blocks while the folders are read."""
        found: dict[Kind, Amount] = {}
        for path, size in files_below(self._paths.folder).items():
            kind = self._of_file(path)
            if kind is not None:
                found[kind] = found.get(kind, Amount()) + Amount(1, size)
        for name, amount in rows_of(self._database).items():
            kind = _of_row(name)
            found[kind] = found.get(kind, Amount()) + amount
        with contextlib.suppress(FolderGone):  # told where the films are; the rest is here
            held_bytes, cached_bytes, files = self._segments.sizes()
            found[Kind.FILMS] = Amount(1 if held_bytes else 0, held_bytes)
            found[Kind.STREAMED] = Amount(files if cached_bytes else 0, cached_bytes)
        things = [
            KeptThings(kind, amount.count, amount.bytes, self._where(kind))
            for kind, amount in found.items()
            if amount.count
        ]
        for kind, names in self._secrets.items():
            if count := len(names()):
                things.append(KeptThings(kind, count, None, ""))
        order = list(Kind)
        return tuple(sorted(things, key=lambda each: order.index(each.kind)))

    def remove(self, kind: Kind) -> None:
        """All of this kind; raises what keeps it here."""
        self._removals[kind]()

    def _of_file(self, path: Path) -> Kind | None:
        """None for what is counted otherwise: the rows of the library, and the segments."""
        paths = self._paths
        name = path.name
        for folder, kind in (
            (paths.pictures, Kind.PICTURES),
            (paths.logs, Kind.LOGS),
        ):
            if path.is_relative_to(folder):
                return kind
        if path.is_relative_to(self._segments.folder()):
            return None
        own = paths.database.name
        if name in (own, f"{own}-wal", f"{own}-shm"):
            return None
        if name.startswith(f"{paths.database.stem}-films"):
            return Kind.CATALOGUE
        if name.startswith(own):
            return Kind.SPARE
        if path in (paths.lock, paths.refresh_lock):
            return Kind.LOCKS
        return Kind.UNKNOWN

    def _where(self, kind: Kind) -> str:
        match kind:
            case Kind.FILMS | Kind.STREAMED:
                return str(self._segments.folder())
            case Kind.PICTURES:
                return str(self._paths.pictures)
            case Kind.LOGS:
                return str(self._paths.logs)
            case Kind.SPARE | Kind.LOCKS | Kind.UNKNOWN | Kind.CATALOGUE:
                return str(self._paths.folder)
            case _:
                return str(self._paths.database)


def _of_row(name: str) -> Kind:
    if not name.startswith("kept:"):
        return TABLES[name]
    return _of_value(name.removeprefix("kept:"))


def _of_value(name: str) -> Kind:
    if name.startswith("aside "):
        return Kind.OTHERS
    if name in CATALOGUE_VALUES:
        return Kind.CATALOGUE
    return Kind.SETTINGS if name in SETTINGS_VALUES else Kind.ACCOUNT
