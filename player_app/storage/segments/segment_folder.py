"""One folder of files with its index, opened and brought to agree."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterable
from pathlib import Path

from player_app.core.storage_errors import (
    DatabaseDamaged,
    FolderGone,
    FolderUnusable,
    StorageError,
)
from player_app.storage.room import storage_error
from player_app.storage.segments.files import Found, drop, is_begun, listing, path_of
from player_app.storage.segments.index import DEVICE, FILE, Contents, Index, open_index
from player_app.storage.segments.ledger import UNCLAIMED, Holds, Ledger, Row
from player_app.storage.segments.settling import Settled, settled

log = logging.getLogger(__name__)

Identity = tuple[int, int]


class SegmentFolder:
    """`trouble` is what was met at the opening; without an index it can be read all the same."""

    def __init__(
        self,
        path: Path,
        ledger: Ledger,
        index: Index | None,
        about: dict[str, str],
        trouble: StorageError | None,
    ) -> None:
        self.path = path
        self.ledger = ledger
        self.trouble = trouble
        self.about = about
        self._index = index
        self._identity = _identity(path)

    @property
    def has_index(self) -> bool:
        return self._index is not None

    def is_here(self) -> bool:
        """Whether the folder is still what it was: not gone, nor another one in its place."""
        if self._index is None:
            return self.path.is_dir()
        return self._identity is not None and _identity(self.path) == self._identity

    def change(
        self,
        rows: Iterable[Row] = (),
        forgotten: Iterable[str] = (),
        holds: Holds | None = None,
    ) -> None:
        """The index first, then the ledger; with it goes what the index does not know yet."""
        index, rows, forgotten = self._writable(), tuple(rows), tuple(forgotten)
        unwritten = [row for row in self.ledger.unwritten() if row.name not in forgotten]
        index.change([*unwritten, *rows], forgotten, holds or {})
        self.ledger.written(unwritten)
        self.ledger.drop(forgotten)
        for row in rows:
            self.ledger.put(row)
        for film_id, keys in (holds or {}).items():
            self.ledger.hold(film_id, keys)

    def note(self, name: str, value: str | None) -> None:
        self._writable().note(name, value)
        self.about = {each: said for each, said in self.about.items() if each != name}
        if value is not None:
            self.about[name] = value

    def leave(self) -> None:
        """Write what the index does not know yet, and close it."""
        if self.has_index and self.is_here() and self.ledger.unwritten():
            with contextlib.suppress(StorageError):  # only which files were used last is lost
                self.change()
        self.close()

    def close(self) -> None:
        if self._index is not None:
            self._index.close()

    def _writable(self) -> Index:
        if self._index is None:
            raise self.trouble or FolderUnusable(str(self.path), "there is no index")
        return self._index


def open_folder(
    folder: Path, device: str, *, made_before: bool, known: Holds | None = None
) -> SegmentFolder:
    """Raises a `StorageError` where the folder can't even be read.

    An index that is lost is made of the files there; `known` holds go into it, and whatever else
    is there is held until it is claimed.
    """
    try:
        if made_before and not (folder / FILE).exists() and not is_begun(folder):
            raise FolderGone(str(folder))
        found = listing(folder)
    except OSError as error:
        raise storage_error(error, folder, 0) from error
    for part in found.parts:
        drop(part)
    try:
        was_there = (folder / FILE).exists()
        index, contents = open_index(folder, device)
        if contents is not None:
            return _agreeing(folder, index, contents, found.files)
        return _anew(folder, index, device, found.files, known or {}, was_there=was_there)
    except StorageError as error:
        log.warning("the index of segments can't be used: %s", error)
        outcome = settled((), found.files)
        ledger = Ledger(outcome.rows, {**(known or {}), UNCLAIMED: _names(outcome)})
        return SegmentFolder(folder, ledger, None, {}, error)


def _agreeing(
    folder: Path, index: Index, contents: Contents, files: tuple[Found, ...]
) -> SegmentFolder:
    outcome = settled(contents.rows, files)
    ledger = Ledger(outcome.rows, contents.holds)
    ledger.put_unwritten(outcome.changed)
    opened = SegmentFolder(folder, ledger, index, dict(contents.about), None)
    for useless in outcome.useless:
        drop(path_of(folder, useless))
    if outcome.changed or outcome.forgotten:
        try:
            opened.change(forgotten=outcome.forgotten)
        except StorageError as error:
            # it is settled again at the next start, and was only to save looking twice
            log.warning("the index of segments could not be brought up to date: %s", error)
    return opened


def _anew(
    folder: Path,
    index: Index,
    device: str,
    files: tuple[Found, ...],
    known: Holds,
    *,
    was_there: bool,
) -> SegmentFolder:
    outcome = settled((), files)
    holds = dict(known)
    if outcome.rows:
        holds[UNCLAIMED] = _names(outcome)
    about = {DEVICE: device}
    try:
        index.fill(Contents(outcome.rows, holds, about))
    except StorageError:
        index.close()
        raise
    for useless in outcome.useless:
        drop(path_of(folder, useless))
    lost = bool(outcome.rows) or was_there
    if lost:
        log.warning("the index of segments is lost or damaged and is made of the files there")
    ledger = Ledger(outcome.rows, holds)
    told = DatabaseDamaged(None, "segments") if lost else None
    return SegmentFolder(folder, ledger, index, about, told)


def _names(outcome: Settled) -> frozenset[str]:
    return frozenset(row.name for row in outcome.rows)


def _identity(folder: Path) -> Identity | None:
    """Of the index's file, which is held open: nothing else keeps its number that long."""
    try:
        facts = (folder / FILE).stat()
    except OSError:
        return None
    return facts.st_dev, facts.st_ino
