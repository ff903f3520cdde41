"""A backend of keyring's that keeps secrets in a file, in clear."""

from __future__ import annotations

from pathlib import Path

import keyring.backend


class Keyring(keyring.backend.KeyringBackend):
    priority = 9.0

    def get_password(self, service: str, username: str) -> str | None:
        path = self._path(service, username)
        return path.read_text(encoding="utf-8") if path.exists() else None

    def set_password(self, service: str, username: str, password: str) -> None:
        self._path(service, username).write_text(password, encoding="utf-8")

    def delete_password(self, service: str, username: str) -> None:
        self._path(service, username).unlink()

    def _path(self, service: str, username: str) -> Path:
        return Path.home() / f"clear-{Path(service).name}-{username}"
