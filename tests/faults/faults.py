"""The faults that a film must outlive, as they strike the segment that playback waits for next."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from tests.faults.control import FaultProxy
from tests.faults.strikes import Kind, Strike

ALWAYS = 1_000_000
FROZEN_S, FROZEN_BRIEFLY_S = 60.0, 4.0
OUTAGE_S, BRIEF_OUTAGE_S = 30.0, 3.0


class Struck(Protocol):
    """What a fault strikes: the player's process, and a segment on its way through the proxy."""

    proxy: FaultProxy
    struck: str
    process_id: int

    def moved(self) -> None:
        """The media are at another address from now on."""


@dataclass(frozen=True, slots=True)
class Fault:
    """`strikes` go to the struck segment from the start; `then` happens once that was asked for.

    The film stands still because of one that `stalls`, until `heal`. One that is `silent` shows
    only in that nothing comes; one that is `wide` takes everything away, not the segment alone.
    """

    name: str
    strikes: Callable[[str, float], tuple[Strike, ...]]
    then: Callable[[Struck, bool], None] = lambda _stand, _full: None
    heal: Callable[[Struck], None] = lambda stand: stand.proxy.clear()
    stalls: bool = True
    silent: bool = False
    wide: bool = False

    def begin(self, stand: Struck, chance: random.Random) -> None:
        for each in self.strikes(stand.struck, chance.uniform(0.02, 0.98)):
            stand.proxy.strike(each)


def _struck(kind: Kind, *, before: bool = False, times: int = ALWAYS, **more: object) -> Callable:  # type: ignore[type-arg]
    def strikes(path: str, part: float) -> tuple[Strike, ...]:
        return (Strike(kind, path, None if before else part, times, **more),)  # type: ignore[arg-type]

    return strikes


def _freeze(stand: Struck, full: bool) -> None:  # noqa: FBT001 - as `then` is called
    """Stop the player's process as a sleeping machine does; every connection dies meanwhile."""
    seconds, process = FROZEN_S if full else FROZEN_BRIEFLY_S, stand.process_id
    stand.proxy.clear()
    stand.proxy.outage(seconds - 1)
    subprocess.run(
        ["sh", "-c", f"kill -STOP {process}; sleep {seconds}; kill -CONT {process}"], check=True
    )


def _go_out(stand: Struck, full: bool) -> None:  # noqa: FBT001 - as `then` is called
    stand.proxy.outage(OUTAGE_S if full else BRIEF_OUTAGE_S)


PORTAL = "<!doctype html><title>Sign in to the train's network</title>"
FAULTS = (
    Fault("reset-before-the-reply", _struck(Kind.RESET, before=True)),
    Fault("reset-within-the-body", _struck(Kind.RESET)),
    Fault("truncated", _struck(Kind.CLOSE)),
    Fault("shorter-than-listed", _struck(Kind.SHORT)),
    Fault("silent-before-the-reply", _struck(Kind.STALL, before=True), silent=True),
    Fault("stalled-within-the-body", _struck(Kind.STALL), silent=True),
    Fault("trickling", _struck(Kind.TRICKLE), silent=True),
    Fault("corrupt-twice", _struck(Kind.CORRUPT, times=2), stalls=False),
    Fault("another-range", _struck(Kind.RANGE)),
    Fault("failing", _struck(Kind.STATUS, status=503, headers={"Retry-After": "1"})),
    Fault("bad-gateway", _struck(Kind.STATUS, status=502, body="<h1>Bad gateway</h1>")),
    Fault("too-many-requests", _struck(Kind.STATUS, status=429, headers={"Retry-After": "2"})),
    Fault(
        "captive-portal",
        _struck(Kind.STATUS, status=200, body=PORTAL, headers={"Content-Type": "text/html"}),
    ),
    Fault(
        "outage",
        _struck(Kind.STALL, times=1),
        then=_go_out,
        heal=lambda _stand: None,
        wide=True,
    ),
    Fault(
        "changed-address",
        _struck(Kind.STALL, times=1),
        then=lambda stand, _full: stand.moved(),
        heal=lambda _stand: None,
        stalls=False,
        wide=True,
    ),
    Fault("asleep", _struck(Kind.STALL, times=1), then=_freeze, stalls=False, wide=True),
)
BY_NAME = {each.name: each for each in FAULTS}
