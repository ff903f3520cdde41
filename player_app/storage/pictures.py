"""Pictures by their SHA-256, checked when read, the least recently seen ones making room."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import threading
from pathlib import Path

from player_app.storage.room import storage_error

MOST_BYTES = 200 * 1024 * 1024
_SHA256 = re.compile(r"[0-9a-f]{64}")


class PictureStore:
    def __init__(self, folder: Path, most_bytes: int = MOST_BYTES) -> None:
        self._folder = folder
        self._most_bytes = most_bytes
        self._lock = threading.Lock()
        self._held_bytes: int | None = None

    def get(self, sha256: str) -> bytes | None:
        """The picture, if it is here and is what it should be; a damaged one is removed."""
        if not is_sha256(sha256):
            return None
        path = self._folder / sha256
        try:
            content = path.read_bytes()
        except OSError:
            return None
        if hashlib.sha256(content).hexdigest() != sha256:
            path.unlink(missing_ok=True)
            return None
        os.utime(path)
        return content

    def put(self, sha256: str, content: bytes) -> None:
        if not is_sha256(sha256):
            raise ValueError("a picture is kept by its SHA-256")
        path = self._folder / sha256
        part = path.with_name(f"{sha256}.{threading.get_ident()}.part")
        try:
            part.write_bytes(content)
            part.replace(path)
        except OSError as error:
            part.unlink(missing_ok=True)
            raise storage_error(error, self._folder, len(content)) from error
        with self._lock:
            if self._held_bytes is None:
                self._held_bytes = sum(size for _, size, _ in self._held())
            else:
                self._held_bytes += len(content)
            if self._held_bytes > self._most_bytes:
                self._make_room()

    def clear(self) -> None:
        """All of them go; those that are wanted again are fetched again."""
        with self._lock:
            for _, _, path in self._held():
                path.unlink(missing_ok=True)
            self._held_bytes = 0

    def _make_room(self) -> None:
        """Down to nine tenths, so that not every picture has to make room for itself."""
        seen = self._held()
        held_bytes = sum(size for _, size, _ in seen)
        for _, size, path in seen:
            if held_bytes <= self._most_bytes * 0.9:
                break
            path.unlink(missing_ok=True)
            held_bytes -= size
        self._held_bytes = held_bytes

    def _held(self) -> list[tuple[int, int, Path]]:
        """When seen, size and path of each, the longest unseen first."""
        found = []
        for path in self._folder.iterdir():
            # another thread may just be putting its part in place
            with contextlib.suppress(OSError):
                if is_sha256(path.name):
                    facts = path.stat()
                    found.append((facts.st_mtime_ns, facts.st_size, path))
        return sorted(found)


def is_sha256(text: str) -> bool:
    return _SHA256.fullmatch(text) is not None
