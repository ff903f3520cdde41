"""Downloads together take no more of the link than the viewer lets them, from one moment on."""

from __future__ import annotations

import threading
import time

import pytest

from player_app.core.errors import Stopped
from player_app.media.gateway.restraint import Restraint
from player_app.media.gateway.throttle import BURST_S, LEAST_READ_BYTES, Throttle
from player_app.media.gateway.upstream import Body

RATE = 1_000_000
CHUNK = 64 * 1024


class Clock:
    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


def taken(throttle: Throttle, clock: Clock, seconds: float, readers: int = 3) -> int:
    """What so many readers get in that time, each asking fifty times a second."""
    total = 0
    for _ in range(round(seconds * 50)):
        clock.now_s += 0.02
        total += sum(throttle.allowed(CHUNK) for _ in range(readers))
    return total


def test_all_readers_together_get_the_rate() -> None:
    clock = Clock()
    throttle = Throttle(lambda: RATE, clock)
    got = taken(throttle, clock, 10)
    assert 10 * RATE * 0.99 <= got <= 10 * RATE + RATE * BURST_S


def test_the_rate_can_be_set_lifted_and_set_again_at_any_time() -> None:
    clock, rate = Clock(), [RATE]
    throttle = Throttle(lambda: rate[0] or None, clock)
    taken(throttle, clock, 2)
    rate[0] = RATE // 10
    assert taken(throttle, clock, 10) <= RATE + RATE * BURST_S
    rate[0] = 0
    assert throttle.rate is None
    assert throttle.allowed(CHUNK) == CHUNK
    rate[0] = RATE
    assert taken(throttle, clock, 1) <= RATE + RATE * BURST_S


def test_time_without_readers_is_not_saved_up() -> None:
    clock = Clock()
    throttle = Throttle(lambda: RATE, clock)
    clock.now_s += 3_600
    assert taken(throttle, clock, 1) <= RATE + RATE * BURST_S


def test_what_was_allowed_and_did_not_come_is_given_to_others() -> None:
    clock = Clock()
    throttle = Throttle(lambda: RATE, clock)
    clock.now_s += 1
    assert throttle.allowed(CHUNK) == CHUNK
    rest = throttle.allowed(10 * RATE)
    throttle.give_back(CHUNK + rest)
    assert throttle.allowed(10 * RATE) == CHUNK + rest


@pytest.mark.parametrize("rate", [0, -5, 1, 100])
def test_the_least_rate_still_brings_something(rate: int) -> None:
    clock = Clock()
    throttle = Throttle(lambda: rate, clock)
    clock.now_s += LEAST_READ_BYTES / max(1, rate)
    assert throttle.allowed(CHUNK) == LEAST_READ_BYTES
    assert throttle.allowed(CHUNK) == 0
    assert throttle.allowed(CHUNK) == 0


class Endless:
    """A body that is there at once, for as long as it is read."""

    length = None
    etag = None

    def __init__(self) -> None:
        self.is_closed = False

    def open(self, _address: str, _start: int = 0, breaks: object = None) -> Body:
        del breaks
        return self

    def read(self, at_most: int) -> bytes:
        return bytes(at_most)

    def close(self) -> None:
        self.is_closed = True


def test_three_bodies_share_it_in_real_time() -> None:
    restraint, over = Restraint(Endless(), Throttle(lambda: RATE)), time.monotonic() + 1.0

    def read() -> None:
        body = restraint.open("")
        while time.monotonic() < over:
            body.read(CHUNK)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for each in readers:
        each.start()
    for each in readers:
        each.join(5)
    assert restraint.received_bytes <= RATE * (1 + BURST_S) + 3 * CHUNK


@pytest.mark.parametrize("held_by", ["throttle", "yielding"])
def test_a_body_that_is_held_back_can_be_closed(held_by: str) -> None:
    source = Endless()
    restraint = Restraint(source, Throttle(lambda: 1 if held_by == "throttle" else None))
    body = restraint.open("")
    restraint.yields = held_by == "yielding"
    closing = threading.Timer(0.05, body.close)
    closing.start()
    begun = time.monotonic()
    with pytest.raises(Stopped):
        body.read(CHUNK)
    assert time.monotonic() - begun < 0.5
    assert source.is_closed
    closing.join()
