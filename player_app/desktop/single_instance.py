"""One running player per profile: a second start hands its link over and ends."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from player_app.core.storage_errors import DiskFull, FolderUnusable, StorageError

LONGEST_LINK = 2_000
LEAST_ROOM_BYTES = 1_000_000
_PATIENCE_MS = 1_000


class SingleInstance(QObject):
    """Holds the profile's lock and hears the links of later starts; links are bounded text."""

    def __init__(self, lock: Path, heard: Callable[[str], None]) -> None:
        super().__init__()
        self._heard = heard
        self._name = "verite-" + hashlib.sha256(str(lock.resolve()).encode()).hexdigest()[:24]
        self._lock = QLockFile(str(lock))
        self._lock.setStaleLockTime(0)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._visited)

    def is_first(self) -> bool:
        """Whether this process now holds the profile; it then hears of later starts.

        Raises `FolderUnusable` or `DiskFull` where no lock can be made at all.
        """
        if not self._lock.tryLock(0):
            if self._lock.error() is not QLockFile.LockError.LockFailedError:
                raise self._why_no_lock()
            return False
        QLocalServer.removeServer(self._name)
        self._server.listen(self._name)
        return True

    def hand_over(self, link: str) -> bool:
        """Give the link, or "" to come to the front, to the process that holds the profile."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(_PATIENCE_MS):
            return False
        socket.write(link[:LONGEST_LINK].encode() + b"\n")
        sent = socket.waitForBytesWritten(_PATIENCE_MS)
        socket.disconnectFromServer()
        return sent

    def _why_no_lock(self) -> StorageError:
        folder = Path(self._lock.fileName()).parent
        free_bytes = shutil.disk_usage(folder).free if folder.is_dir() else LEAST_ROOM_BYTES
        if free_bytes < LEAST_ROOM_BYTES:
            return DiskFull(LEAST_ROOM_BYTES, free_bytes)
        return FolderUnusable(str(folder), "no lock can be made in it")

    def close(self) -> None:
        self._server.close()
        self._lock.unlock()

    @Slot()
    def _visited(self) -> None:
        socket = self._server.nextPendingConnection()
        if socket.waitForReadyRead(_PATIENCE_MS):
            line = bytes(socket.readLine(LONGEST_LINK + 1).data())
            self._heard(line.decode("utf-8", "replace").strip())
        socket.close()
        socket.deleteLater()
