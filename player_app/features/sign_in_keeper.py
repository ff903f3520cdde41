"""Keeps the sign-in among the secrets, and lets one process at a time renew it."""

from __future__ import annotations

import contextlib
from pathlib import Path

from player_app.service.tokens import file_lock
from player_app.storage.secrets import Secrets

NAME = "sign-in"


class SignInKeeper:
    def __init__(self, secrets: Secrets, lock: Path) -> None:
        self._secrets = secrets
        self._lock = lock

    def get(self) -> str | None:
        return self._secrets.get(NAME)

    def fresh(self) -> str | None:
        return self._secrets.fresh(NAME)

    def put(self, value: str) -> None:
        self._secrets.put(NAME, value)

    def forget(self) -> None:
        self._secrets.forget(NAME)

    def alone(self) -> contextlib.AbstractContextManager[None]:
        return file_lock(self._lock)
