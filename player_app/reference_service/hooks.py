"""What only code that builds the service may do: read captchas, set clock, rights and faults."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from player_app.reference_service import staging
from player_app.reference_service.database import transaction


@dataclass(frozen=True, slots=True)
class LoggedRequest:
    method: str
    path: str
    headers: dict[str, str] = field(repr=False)
    status: int
    at: float


@dataclass(slots=True)
class Fault:
    """The next `times` requests below `path` get `status`, are delayed, or cut after some bytes."""

    path: str
    times: int
    status: int | None = None
    delay_s: float = 0.0
    cut_after_bytes: int | None = None


class TestHooks:
    """Handed to `build` by tests; without it none of this exists."""

    __test__ = False

    def __init__(self) -> None:
        self.captcha_answers: dict[str, str] = {}
        self.arrived: list[str] = []
        """The paths of requests, answered or not."""
        self.requests: list[LoggedRequest] = []
        self.ahead_s = 0
        self._stands_at: int | None = None
        self._engine: Engine | None = None
        self._faults: list[Fault] = []
        self._guard = threading.Lock()

    def now(self) -> int:
        stands_at = self._stands_at
        return int(time.time()) + self.ahead_s if stands_at is None else stands_at

    def set_now(self, seconds: int) -> None:
        """The clock stands still here (seconds since 1970, UTC) until `let_run`."""
        self._stands_at = seconds

    def go_ahead(self, seconds: int) -> None:
        """By so much, backwards too; a clock that stands stands again, one that runs runs on."""
        if self._stands_at is None:
            self.ahead_s += seconds
        else:
            self._stands_at += seconds

    def let_run(self) -> None:
        """From where the clock stands."""
        if self._stands_at is not None:
            self.ahead_s = self._stands_at - int(time.time())
            self._stands_at = None

    def open(self, engine: Engine) -> None:
        """The service that was built with these hooks has this database."""
        self._engine = engine

    def set_terms(self, what: str, **changes: Any) -> None:
        """Of a film's rental offer, of an offer (in every film), or of a rental or subscription.

        `what` is its id. Offers are as the catalogue's files have them at the service's next start.
        """
        with self._changing() as session:
            staging.set_terms(session, what, changes)

    def set_not_after(self, rental_id: str, at: int | None) -> None:
        """Cap a rental at a moment; None takes the cap away."""
        with self._changing() as session:
            staging.set_not_after(session, rental_id, at)

    def end_subscription(self, account: str, at: int) -> None:
        """Let the subscription of an account (its id or email) end at a moment."""
        with self._changing() as session:
            staging.end_subscription(session, account, at)

    def revoke(self, rental_id: str, word: str = "revoked") -> None:
        """Take a rental back; `word` is the reason that its JSON gives."""
        with self._changing() as session:
            staging.revoke(session, rental_id, word)

    def captcha_answer(self, captcha_id: str) -> str:
        return self.captcha_answers[captcha_id]

    def fail_next(self, path: str, status: int, times: int = 1) -> None:
        self._add(Fault(path, times, status=status))

    def delay_next(self, path: str, delay_s: float, times: int = 1) -> None:
        self._add(Fault(path, times, delay_s=delay_s))

    def cut_next(self, path: str, bytes_sent: int, times: int = 1) -> None:
        self._add(Fault(path, times, cut_after_bytes=bytes_sent))

    def fault_for(self, path: str) -> Fault | None:
        with self._guard:
            for fault in self._faults:
                if fault.times > 0 and path.startswith(fault.path):
                    fault.times -= 1
                    return fault
        return None

    @contextmanager
    def _changing(self) -> Iterator[Session]:
        if self._engine is None:
            raise RuntimeError("no service was built with these hooks yet")
        with transaction(self._engine) as session:
            yield session

    def _add(self, fault: Fault) -> None:
        with self._guard:
            self._faults.append(fault)
