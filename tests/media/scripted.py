"""A media host that answers by a script, and an errand whose clock is a list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256

from player_app.core.errors import VeriteError
from player_app.core.licence import Permit
from player_app.core.stream import Fragment
from player_app.media.gateway.errand import Errand, Fetch
from player_app.media.gateway.fetching import carry
from player_app.media.gateway.link import Link
from player_app.media.gateway.upstream import Body
from tests.media.permits import permit

FILM = bytes(range(256)) * 256
HALF = len(FILM) // 2
NO_FILM = {"length_ms": 1, "renditions": [], "captions": [], "preview": None, "content_keys": {}}
ORIGIN = "http://127.0.0.1:9"


@dataclass
class Script:
    """Answers one after the other: an error at the request, or so many bytes and then an error."""

    answers: list[VeriteError | tuple[int, VeriteError | None]]
    asked: list[tuple[str, int]] = field(default_factory=list)

    def open(self, address: str, start: int = 0, breaks: object = None) -> Body:
        del breaks
        self.asked.append((address, start))
        answer = self.answers.pop(0) if self.answers else (len(FILM), None)
        if isinstance(answer, VeriteError):
            raise answer
        return ScriptedBody(FILM[start:][: answer[0]], len(FILM) - start, answer[1])


class ScriptedBody:
    etag = None

    def __init__(self, data: bytes, length: int, error: VeriteError | None) -> None:
        self._data, self.length, self._error = data, length, error

    def read(self, at_most: int) -> bytes:
        piece, self._data = self._data[:at_most], self._data[at_most:]
        if not piece and self._error is not None:
            raise self._error
        return piece

    def close(self) -> None:
        pass


class Rests(Errand):
    """Its clock is a list: whoever wants to wait has waited."""

    def __init__(self, script: Script, renew: Callable[[], Permit]) -> None:
        first = permit(NO_FILM, f"{ORIGIN}/1/master.m3u8")
        super().__init__(script, Link(), first, renew, (ORIGIN,))
        self.rested: list[float] = []
        self.looked = 0

    def rest(self, fetch: Fetch, seconds: float) -> bool:
        del fetch
        self.rested.append(seconds)
        return len(self.rested) < 50

    def look_elsewhere(self, lost_address: str) -> None:
        del lost_address
        self.looked += 1


@dataclass
class Renewals:
    """What the service says to each wish for a fresh address; without an error, the next one."""

    errors: list[VeriteError] = field(default_factory=list)
    asked: int = 0

    def __call__(self) -> Permit:
        self.asked += 1
        if self.errors:
            raise self.errors.pop(0)
        return permit(NO_FILM, f"{ORIGIN}/{self.asked + 1}/master.m3u8")


def carried(script: Script, renewals: Renewals | None = None) -> tuple[Fetch, Rests]:
    errand = Rests(script, renewals or Renewals())
    run = Fragment(len(FILM), sha256(FILM).hexdigest())
    fetch = Fetch("v/1.m4s", len(FILM), (run,), len(FILM))
    carry(fetch, errand)
    return fetch, errand
