"""A file put into the folder so that a power cut leaves all of it, acknowledged, or nothing."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from dataclasses import replace

from player_app.storage.room import storage_error
from player_app.storage.segments import files
from player_app.storage.segments.in_use import FolderInUse
from player_app.storage.segments.ledger import Row
from player_app.storage.segments.names import Named
from player_app.storage.segments.segment_folder import SegmentFolder


def put(in_use: FolderInUse, named: Named, data: bytes) -> None:
    """Raises a `StorageError`; a few threads write at once, and only the last step one by one."""
    is_there = False
    while not is_there:
        opened = in_use.to_change()
        try:
            part = files.written_aside(opened.path, named, data)
            with contextlib.ExitStack() as done, in_use.changing:
                done.callback(files.drop, part)
                # while it was written the store may have moved to another folder
                is_there = in_use.to_change() is opened
                if is_there:
                    files.put_among(opened.path, named, part)
                    _acknowledge(in_use, opened, Row(named, len(data), 0, proven=True))
        except OSError as error:
            raise storage_error(error, opened.path, len(data)) from error


def dropped(opened: SegmentFolder, rows: Iterable[Row]) -> list[Row]:
    """Those of them whose files are gone now."""
    return [row for row in rows if files.drop(files.path_of(opened.path, row.named))]


def _acknowledge(in_use: FolderInUse, opened: SegmentFolder, row: Row) -> None:
    before = opened.ledger.row(row.name)
    is_other = before is None or before.named != row.named
    with contextlib.ExitStack() as failed:
        if is_other:
            failed.callback(files.drop, files.path_of(opened.path, row.named))
        in_use.change([replace(row, used=opened.ledger.next_use())])
        failed.pop_all()
    if before is not None and is_other:
        files.drop(files.path_of(opened.path, before.named))
