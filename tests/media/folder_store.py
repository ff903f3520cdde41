"""A store of the tests that is a folder: one file a part, whole or not at all."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from player_app.core.parts import Part


class FolderStore:
    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder

    def get(self, key: str) -> bytes | None:
        file = self._file(key)
        return file.read_bytes() if file.exists() else None

    def put(self, key: str, data: bytes) -> None:
        file = self._file(key)
        file.with_suffix(".part").write_bytes(data)
        file.with_suffix(".part").replace(file)

    def has(self, key: str) -> bool:
        return self._file(key).exists()

    def assert_holds_only(self, parts: tuple[Part, ...], film: Path) -> None:
        """Whatever is stored is, byte by byte, what the film's host has."""
        right = {self._file(each.key): film / each.path for each in parts}
        for file in self._folder.glob("*.stored"):
            assert file.read_bytes() == right[file].read_bytes(), right[file]

    def assert_is_whole(self, parts: tuple[Part, ...], film: Path) -> None:
        self.assert_holds_only(parts, film)
        assert [each.path for each in parts if not self.has(each.key)] == []

    def _file(self, key: str) -> Path:
        return self._folder / f"{sha256(key.encode()).hexdigest()}.stored"
