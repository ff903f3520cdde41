"""What the fault proxy is told to do, and what it tells that it did; both travel as JSON."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """How one reply goes wrong, at a byte of its body unless another place is said.

    RESET, CLOSE and STALL with a `part` of None strike before the reply's first byte.
    """

    RESET = "reset"
    """The connection is reset (TCP's RST)."""

    CLOSE = "close"
    """The connection ends in order, too early: a truncated body."""

    STALL = "stall"
    """Nothing more comes, until the other side leaves."""

    TRICKLE = "trickle"
    """From there on, `rate` bytes a second."""

    CORRUPT = "corrupt"
    """One bit of the byte is turned over."""

    SHORT = "short"
    """The body ends there, and the reply says that this is its length."""

    RANGE = "range"
    """206 with a range that was not asked for."""

    STATUS = "status"
    """Another status, with `headers` and `body`, and nothing of the file."""


@dataclass(frozen=True, slots=True)
class Strike:
    """The next `times` replies to addresses that contain `path` go wrong.

    `part` says where in the body as it is sent, from 0 to 1.
    """

    kind: Kind
    path: str
    part: float | None = 0.5
    times: int = 1
    status: int = 503
    headers: dict[str, str] = field(default_factory=dict)
    body: str = ""
    rate: float = 20.0


@dataclass(frozen=True, slots=True)
class Reply:
    """One request as the proxy saw it.

    `at` is when it came and `ended_at` when the reply was over, in monotonic seconds, which are the
    same for all processes; `start` is the first byte that was asked for, `sent` how many bytes of
    the body went on. `struck` names the fault, `byte` where in the file it struck. `end` is whole,
    reset, closed, left (by the other side), or cut (by an outage).
    """

    number: int
    at: float
    path: str
    start: int
    status: int = 0
    sent: int = 0
    struck: Kind | None = None
    byte: int | None = None
    end: str = ""
    ended_at: float = 0.0
