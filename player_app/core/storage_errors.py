"""Why something is not kept on this computer: disk, databases, the store of secrets."""

from __future__ import annotations

from player_app.core.errors import VeriteError


class StorageError(VeriteError):
    """What should survive a restart can't be written or read."""


class DiskFull(StorageError):
    """No room: all in bytes."""

    def __init__(self, needed_bytes: int, free_bytes: int) -> None:
        super().__init__(f"need {needed_bytes} B, {free_bytes} B free")
        self.needed_bytes = needed_bytes
        self.free_bytes = free_bytes


class FolderUnusable(StorageError):
    """The folder is gone, not ours, or read-only."""

    def __init__(self, folder: str, why: str) -> None:
        super().__init__(f"{folder}: {why}")
        self.folder = folder
        self.why = why


class FolderGone(FolderUnusable):
    """What was kept in the folder is not there: its disk is away, or somebody moved it."""

    def __init__(self, folder: str) -> None:
        super().__init__(folder, "it is gone")


class DatabaseDamaged(StorageError):
    """A database is no sound one: kept aside as `kept_as` (None: there was nothing to keep).

    `saved` is how much of the viewer's own was: all, some or none of it; "films" where only those
    were damaged, which can be fetched again; "segments" where it was the index of those, which
    is made of the files themselves; "" where it was met in use and waits for the next start.
    """

    def __init__(self, kept_as: str | None, saved: str = "") -> None:
        super().__init__(f"saved: {saved}, kept as {kept_as}" if saved else "met in use")
        self.kept_as = kept_as
        self.saved = saved


class DatabaseTooNew(StorageError):
    """The profile was written by a newer player."""

    def __init__(self, version: int, known: int) -> None:
        super().__init__(f"schema {version}, known {known}")
        self.version = version
        self.known = known


class ProfileHeld(StorageError):
    """Another player has the profile in `folder` open, and does not answer."""

    def __init__(self, folder: str) -> None:
        super().__init__(folder)
        self.folder = folder


class KeyringError(StorageError):
    """The system's store of secrets does not serve."""


class KeyringMissing(KeyringError):
    """There is no store of secrets on this computer."""


class KeyringLocked(KeyringError):
    """The store is locked, and the viewer did not unlock it."""


class KeyringSilent(KeyringError):
    """The store did not answer within its deadline."""


class OfflineNeedsKeyring(KeyringError):
    """Without a store of secrets, for this `reason`, nothing is kept that plays without a service.

    What opens a film is bound to a secret that has to last.
    """

    def __init__(self, reason: KeyringError | None = None) -> None:
        super().__init__(type(reason).__name__)
        self.reason = reason
