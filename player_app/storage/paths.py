"""Where a profile's files lie, and that nobody else on this computer may read them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import platformdirs

from player_app.core.storage_errors import FolderUnusable


@dataclass(frozen=True, slots=True)
class Paths:
    """One profile. All of it lies below `folder`."""

    folder: Path

    @property
    def database(self) -> Path:
        return self.folder / "verite.sqlite3"

    @property
    def pictures(self) -> Path:
        return self.folder / "pictures"

    @property
    def segments(self) -> Path:
        return self.folder / "segments"

    @property
    def logs(self) -> Path:
        return self.folder / "logs"

    @property
    def lock(self) -> Path:
        """Held by the one process that has this profile open."""
        return self.folder / "lock"

    @property
    def refresh_lock(self) -> Path:
        """Held while the sign-in is being renewed."""
        return self.folder / "refresh.lock"


def open_paths(folder: Path | None = None) -> Paths:
    """The profile in `folder`, or the viewer's own; made where it isn't there yet."""
    chosen = folder or Path(platformdirs.user_data_dir("verite", appauthor=False))
    paths = Paths(chosen)
    for each in (chosen, paths.pictures, paths.segments, paths.logs):
        try:
            each.mkdir(mode=0o700, parents=True, exist_ok=True)
            each.chmod(0o700)
        except OSError as error:
            raise FolderUnusable(str(each), error.strerror or "unusable") from error
    return paths
