"""What every part of the service is handed: settings, keys, database, payments, clock."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from argon2 import PasswordHasher
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from player_app.reference_service.database import reading, transaction
from player_app.reference_service.hooks import TestHooks
from player_app.reference_service.keys import Keys
from player_app.reference_service.payments import PaymentProvider
from player_app.reference_service.settings import Settings


@dataclass(frozen=True, slots=True)
class Service:
    settings: Settings
    keys: Keys
    engine: Engine
    passwords: PasswordHasher
    decoy_hash: str
    payments: PaymentProvider
    hooks: TestHooks | None

    def now(self) -> int:
        """Whole seconds since 1970, UTC."""
        return self.hooks.now() if self.hooks else int(time.time())

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        with transaction(self.engine) as session:
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        with reading(self.engine) as session:
            yield session
