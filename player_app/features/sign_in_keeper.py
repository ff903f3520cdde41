"""Keeps the sign-in among the secrets, and lets one process at a time renew it."""

from __future__ import annotations

import contextlib
from pathlib import Path

from player_app.service.tokens import file_lock
from player_app.storage.secrets import Secrets

SIGN_IN = "sign-in"


class SignInKeeper:
    """`lock` is held as long as a renewal takes; a file beside it for moments, to change it."""

    def __init__(self, secrets: Secrets, lock: Path) -> None:
        self._secrets = secrets
        self._lock = lock
        self._changing = lock.with_name(f"{lock.name}.changing")

    def get(self) -> str | None:
        return self._secrets.get(SIGN_IN)

    def fresh(self) -> str | None:
        return self._secrets.fresh(SIGN_IN)

    def try_again(self) -> None:
        self._secrets.try_again(SIGN_IN, unasked=True)

    def put(self, value: str) -> None:
        with file_lock(self._changing):
            self._secrets.put(SIGN_IN, value)

    def swap(self, before: str | None, value: str) -> bool:
        """Put it in the place of `before`, unless another process ended or changed the sign-in."""
        with file_lock(self._changing):
            if self._secrets.fresh(SIGN_IN) != before:
                return False
            self._secrets.put(SIGN_IN, value)
            return True

    def take(self) -> str | None:
        """Forget it; what it was."""
        with file_lock(self._changing):
            kept = self._secrets.get(SIGN_IN)
            self._secrets.forget(SIGN_IN)
            return kept

    def alone(self) -> contextlib.AbstractContextManager[None]:
        return file_lock(self._lock)
