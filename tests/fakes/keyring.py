"""A store of secrets that keeps them in memory, or fails as a test says."""

from __future__ import annotations

from player_app.core.errors import KeyringError


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

    def _fail(self) -> None:
        if self.failing is not None:
            raise self.failing
