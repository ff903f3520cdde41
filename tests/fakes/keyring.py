"""Stores of secrets that keep them in memory or in a file, or fail as a test says."""

from __future__ import annotations

import json
import os
from pathlib import Path

from player_app.core.storage_errors import KeyringError, KeyringLocked


class MemoryKeyring:
    def __init__(self, failing: KeyringError | None = None) -> None:
        self.values: dict[str, str] = {}
        self.failing = failing

    def get(self, name: str) -> str | None:
        self._fail()
        return self.values.get(name)

    def put(self, name: str, value: str) -> None:
        self._fail()
        self.values[name] = value

    def forget(self, name: str) -> None:
        self._fail()
        self.values.pop(name, None)

    def is_open(self) -> bool:
        return not isinstance(self.failing, KeyringLocked)

    def _fail(self) -> None:
        if self.failing is not None:
            raise self.failing


class FileKeyring:
    """One that processes share, as they do the system's."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def get(self, name: str) -> str | None:
        return self._read().get(name)

    def put(self, name: str, value: str) -> None:
        self._write({**self._read(), name: value})

    def forget(self, name: str) -> None:
        self._write({each: value for each, value in self._read().items() if each != name})

    def is_open(self) -> bool:
        return True

    def _read(self) -> dict[str, str]:
        if not self._path.exists():
            return {}
        read: dict[str, str] = json.loads(self._path.read_text(encoding="utf-8"))
        return read

    def _write(self, values: dict[str, str]) -> None:
        part = self._path.with_suffix(f".{os.getpid()}")
        part.write_text(json.dumps(values), encoding="utf-8")
        part.replace(self._path)
