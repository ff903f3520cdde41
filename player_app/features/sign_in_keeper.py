"""Keeps the sign-in among the secrets, and lets one process at a time renew it."""

from __future__ import annotations

import contextlib
from pathlib import Path

from player_app.service.tokens import file_lock
from player_app.storage.secrets import Secrets

SIGN_IN = "sign-in"


class SignInKeeper:
    def __init__(self, secrets: Secrets, lock: Path) -> None:
        self._secrets = secrets
        self._lock = lock

    def get(self) -> str | None:
        return self._secrets.get(SIGN_IN)

    def fresh(self) -> str | None:
        return self._secrets.fresh(SIGN_IN)

    def put(self, value: str) -> None:
        self._secrets.put(SIGN_IN, value)

    def forget(self) -> None:
        self._secrets.forget(SIGN_IN)

    def alone(self) -> contextlib.AbstractContextManager[None]:
        return file_lock(self._lock)
