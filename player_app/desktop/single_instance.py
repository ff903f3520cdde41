"""One running player per profile: a second start hands its link over and ends."""

from __future__ import annotations

import hashlib
import shutil
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, QSysInfo, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from player_app.core.storage_errors import DiskFull, FolderUnusable, ProfileHeld, StorageError

LONGEST_LINK = 2_000
LEAST_ROOM_BYTES = 1_000_000
PATIENCE_S = 5.0
"""For the first player, which may be at its own start, or never answer again."""

_HEARD = b"heard\n"
_PAUSE_S = 0.05


class SingleInstance(QObject):
    """Holds the profile's lock and hears the links of later starts; links are bounded text."""

    def __init__(
        self, lock: Path, heard: Callable[[str], None], patience_s: float = PATIENCE_S
    ) -> None:
        super().__init__()
        self._heard = heard
        self._patience_s = patience_s
        self._name = "verite-" + hashlib.sha256(str(lock.resolve()).encode()).hexdigest()[:24]
        self._lock = QLockFile(str(lock))
        self._lock.setStaleLockTime(0)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._visited)

    def is_first(self, link: str = "") -> bool:
        """Whether this process now holds the profile; it then hears of later starts.

        If not, the one that does has heard the link, or with "" that it is to come to the front.
        Raises `ProfileHeld` where that does not answer, `FolderUnusable` or `DiskFull` where no
        lock can be made at all.
        """
        until = time.monotonic() + self._patience_s
        while not self._holds():
            if self._hand_over(link, until):
                return False
            if time.monotonic() >= until:
                raise ProfileHeld(str(Path(self._lock.fileName()).parent))
            time.sleep(_PAUSE_S)
        QLocalServer.removeServer(self._name)
        self._server.listen(self._name)
        return True

    def close(self) -> None:
        self._server.close()
        self._lock.unlock()

    def _holds(self) -> bool:
        if self._lock.tryLock(0):
            return True
        if self._lock.error() is not QLockFile.LockError.LockFailedError:
            raise self._why_no_lock()
        _, host, _ = self._lock.getLockInfo()
        is_from_elsewhere = host != QSysInfo.machineHostName()
        # it came with a copied profile; where a player does run on it, this fails
        return is_from_elsewhere and self._lock.removeStaleLockFile() and self._lock.tryLock(0)

    def _hand_over(self, link: str, until: float) -> bool:
        """Whether the process that holds the profile said that it heard it."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(_ms_until(until)):
            return False
        socket.write(link.encode()[:LONGEST_LINK] + b"\n")
        if not socket.waitForReadyRead(_ms_until(until)):
            return False
        return bytes(socket.readAll().data()).startswith(_HEARD)

    def _why_no_lock(self) -> StorageError:
        folder = Path(self._lock.fileName()).parent
        free_bytes = shutil.disk_usage(folder).free if folder.is_dir() else LEAST_ROOM_BYTES
        if free_bytes < LEAST_ROOM_BYTES:
            return DiskFull(LEAST_ROOM_BYTES, free_bytes)
        return FolderUnusable(str(folder), "no lock can be made in it")

    @Slot()
    def _visited(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            socket.readyRead.connect(lambda socket=socket: self._read(socket))
            self._read(socket)

    def _read(self, socket: QLocalSocket) -> None:
        """Once the whole line is there; a caller may be slow, or say too much."""
        if socket.canReadLine():
            line = bytes(socket.readLine(LONGEST_LINK + 2).data())
            socket.write(_HEARD)
            socket.disconnectFromServer()
            self._heard(line.decode("utf-8", "replace").strip())
        elif socket.bytesAvailable() > LONGEST_LINK:
            socket.abort()


def _ms_until(until: float) -> int:
    return max(1, int((until - time.monotonic()) * 1000))
