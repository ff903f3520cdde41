"""The folder that a store works on: let go when it disappears, opened again when it is back."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from pathlib import Path

from player_app.core.errors import Stopped
from player_app.core.storage_errors import DiskFull, FolderGone, FolderUnusable, StorageError
from player_app.storage.room import storage_error
from player_app.storage.segments.ledger import Holds, Row
from player_app.storage.segments.moving import tidy
from player_app.storage.segments.segment_folder import SegmentFolder, open_folder


class FolderInUse:
    """Whoever changes what is in it does so under `changing`."""

    def __init__(self, path: Path, device: str, *, made_before: bool) -> None:
        self.path = path
        self.device = device
        self.changing = threading.RLock()
        self._made_before = made_before
        self._opened: SegmentFolder | None = None
        self._known: Holds = {}
        self._is_closed = False

    def open(self) -> StorageError | None:
        """For the first time; what was wrong with it."""
        try:
            if not self._made_before:
                self.path.mkdir(mode=0o700, exist_ok=True)
            return self._open_again().trouble
        except OSError as error:
            return storage_error(error, self.path, 0)
        except StorageError as error:
            return error

    def to_read(self) -> SegmentFolder | None:
        """The folder, if it is here."""
        if self._is_closed:
            return None
        opened = self._opened
        if opened is not None and opened.is_here():
            return opened
        try:
            return self._open_again()
        except (StorageError, Stopped):
            return None

    def to_change(self) -> SegmentFolder:
        """The folder with its index; raises a `StorageError` where either can't be had."""
        if self._is_closed:
            raise Stopped
        opened = self._opened
        if opened is None or not opened.is_here() or not opened.has_index:
            opened = self._open_again()
        if not opened.has_index:
            raise opened.trouble or FolderUnusable(str(self.path), "there is no index")
        return opened

    def change(
        self,
        rows: Iterable[Row] = (),
        forgotten: Iterable[str] = (),
        holds: Holds | None = None,
    ) -> None:
        """An index that has come to harm, or lost its disk for a moment, is opened again once."""
        with self.changing:
            opened, rows, forgotten = self.to_change(), tuple(rows), tuple(forgotten)
            try:
                opened.change(rows, forgotten, holds)
            except DiskFull:
                raise
            except StorageError:
                self._open_again(is_broken=True).change(rows, forgotten, holds)

    def given_up(self) -> Holds:
        """What was held in the folder, which is gone; it may yet come back, here or elsewhere."""
        with self.changing:
            if self._opened is not None:
                self._known = self._opened.ledger.holds()
                self._opened.close()
                self._opened = None
            return self._known

    def switch(self, opened: SegmentFolder) -> None:
        """Work on another folder from here on; the one before is closed."""
        with self.changing:
            before, self._opened = self._opened, opened
            self.path, self._made_before = opened.path, True
            if before is not None:
                before.close()

    def close(self, within_s: float | None) -> bool:
        """Begin no change any more; whether what is under way ended `within_s`, None: however long.

        A disk that hangs keeps its thread, and nobody else: what it leaves is what a kill leaves.
        """
        self._is_closed = True
        leaving = threading.Thread(target=self._leave, name="media-close", daemon=True)
        leaving.start()
        leaving.join(within_s)
        return not leaving.is_alive()

    def _leave(self) -> None:
        with self.changing:
            opened, self._opened = self._opened, None
            if opened is not None:
                opened.leave()

    def _open_again(self, *, is_broken: bool = False) -> SegmentFolder:
        with self.changing:
            if self._is_closed:
                raise Stopped
            opened = self._opened
            if opened is not None and opened.is_here() and opened.has_index and not is_broken:
                return opened
            if not self.path.is_dir():
                raise FolderGone(str(self.path))
            if opened is not None:
                self._known = opened.ledger.holds()
                # two connections to one index would wait for each other
                opened.close()
                self._opened = None
            self._opened = open_folder(
                self.path, self.device, made_before=self._made_before, known=self._known
            )
            if self._opened.has_index:
                tidy(self._opened, self.device)
            return self._opened
