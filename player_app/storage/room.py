"""The error for a full disk, with the figures that the viewer is told."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

from player_app.core.storage_errors import DiskFull, FolderUnusable, StorageError

FULL = (errno.ENOSPC, errno.EDQUOT) if hasattr(errno, "EDQUOT") else (errno.ENOSPC,)


def disk_full(folder: Path, needed_bytes: int) -> DiskFull:
    """Where the disk has room and still takes nothing, it is the viewer's share that is used up."""
    try:
        free_bytes = shutil.disk_usage(folder).free
    except OSError:
        free_bytes = 0
    return DiskFull(needed_bytes, free_bytes if free_bytes < needed_bytes else 0)


def storage_error(error: OSError, folder: Path, needed_bytes: int) -> StorageError:
    """What a write that the system refused means."""
    if error.errno in FULL:
        return disk_full(folder, needed_bytes)
    return FolderUnusable(str(folder), error.strerror or "unusable")
