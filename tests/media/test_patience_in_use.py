"""The table of patience as streams and downloads go by it: a fake clock hears every delay."""

from __future__ import annotations

import random
import threading
from types import SimpleNamespace

import pytest

from player_app.core.errors import BadReply, SlowDown, Unreachable, VeriteError
from player_app.core.licence import Permit
from player_app.core.refusals import NoRight, NotFound, Refused
from player_app.core.stream_errors import DamagedStream
from player_app.media.gateway import errand as errands
from player_app.media.gateway.errand import LEAST_GAIN_BYTES, Errand, Fetch
from player_app.media.gateway.link import Link
from player_app.media.gateway.patience import OPENING_PATIENCE_S, STALLED_AFTER_S
from player_app.media.gateway.taking import Taking
from player_app.media.gateway.throttle import Throttle
from player_app.media.gateway.upstream import Body
from player_app.service import transport
from tests.media.error_rows import AGAIN, ENDS, NAMES, TABLE, TREE, delay_s, made
from tests.media.permits import permit
from tests.media.scripted import (
    FILM,
    HALF,
    NO_FILM,
    ORIGIN,
    Renewals,
    Rests,
    Script,
    ScriptedBody,
    carried,
)
from tests.waiting import until

pytestmark = pytest.mark.promise(6)


@pytest.fixture
def middling(monkeypatch: pytest.MonkeyPatch) -> None:
    """No chance: every delay is three quarters of the full one."""
    monkeypatch.setattr(random, "random", lambda: 0.5)


def middles(*failures: int) -> list[float]:
    return [delay_s(each, 0.5) for each in failures]


@pytest.mark.usefixtures("middling")
@pytest.mark.parametrize("kind", TREE, ids=NAMES)
def test_a_piece_waits_just_as_long_as_the_table_says(kind: type[VeriteError]) -> None:
    error, rule = made(kind), TABLE[kind.__name__]
    fetch, errand = carried(Script([error] * 9))
    if rule == ENDS:
        assert (fetch.cause, fetch.done, errand.rested) == (error, False, [])
    elif rule == AGAIN:
        assert isinstance(fetch.cause, DamagedStream)
        assert errand.rested == [0.0, 0.0]
    else:
        assert errand.rested == middles(1, 2, 3, 4, 5, 6, 7, 8, 9)
        assert fetch.done
        assert bytes(fetch.data) == FILM
    assert errand.looked == (3 if isinstance(error, Unreachable) else 0)


@pytest.mark.usefixtures("middling")
def test_progress_resets_the_count() -> None:
    cut = Unreachable("host", "cut")
    script = Script([cut, cut, cut, (1, cut), cut, cut, (5_000, cut), (5_000, cut), cut])
    fetch, errand = carried(script)
    assert fetch.done
    assert errand.rested == middles(1, 2, 3, 1, 2, 3, 1, 1, 2)
    assert [start for _, start in script.asked] == [0, 0, 0, 0, 1, 1, 1, 5_001, 10_001, 10_001]


@pytest.mark.usefixtures("middling")
def test_bytes_that_prove_wrong_are_no_progress() -> None:
    older = bytes(each ^ 1 for each in FILM)
    script = Script([(HALF, Unreachable("host", "cut"))])
    real = script.open

    def changed(address: str, start: int = 0, breaks: object = None) -> Body:
        body = real(address, start, breaks)
        assert isinstance(body, ScriptedBody)
        if len(script.asked) == 1:
            body._data = older[:HALF]
        return body

    script.open = changed  # type: ignore[method-assign]
    fetch, errand = carried(script)
    assert bytes(fetch.data) == FILM
    assert errand.rested == [*middles(1), 0.0]
    assert [start for _, start in script.asked] == [0, HALF, 0]


@pytest.mark.usefixtures("middling")
@pytest.mark.parametrize("status", [401, 403, 410])
def test_a_refused_address_is_never_asked_twice(status: int) -> None:
    over, offline = Refused(status, "over"), Unreachable("service", "offline")
    script, renewals = Script([over]), Renewals([offline, SlowDown(20.0), offline])
    fetch, errand = carried(script, renewals)
    assert fetch.done
    assert renewals.asked == 4
    assert script.asked == [(f"{ORIGIN}/1/v/1.m4s", 0), (f"{ORIGIN}/5/v/1.m4s", 0)]
    assert errand.rested == [0.0, *middles(1), 20.0, *middles(3)]


@pytest.mark.usefixtures("middling")
def test_an_address_that_is_refused_again_and_again_is_renewed_each_time() -> None:
    script, renewals = Script([Refused(403, "over")] * 4), Renewals()
    fetch, errand = carried(script, renewals)
    assert fetch.done
    addresses = [address for address, _ in script.asked]
    assert len(addresses) == len(set(addresses)) == 5
    assert errand.rested == [0.0, *middles(2, 3, 4)]


@pytest.mark.usefixtures("middling")
def test_progress_makes_the_next_renewal_a_first_one() -> None:
    over, cut = Refused(403, "over"), Unreachable("host", "cut")
    fetch, errand = carried(Script([over, (9_000, cut), over, over]))
    assert fetch.done
    assert errand.rested == [0.0, *middles(1), 0.0, *middles(3)]


class Queue:
    """A lock that tells how many have come to it."""

    def __init__(self) -> None:
        self.came = 0
        self._lock = threading.Lock()

    def __enter__(self) -> None:
        self.came += 1
        self._lock.acquire()

    def __exit__(self, *_: object) -> None:
        self._lock.release()


@pytest.mark.parametrize("error", [None, Unreachable("service", "offline")])
def test_whoever_waits_while_another_renews_goes_by_the_answer_to_that(
    error: VeriteError | None,
) -> None:
    may_answer, renewals = threading.Event(), Renewals([error] if error else [])

    def renew() -> Permit:
        assert may_answer.wait(5)
        return renewals()

    errand, queue, answers = Rests(Script([]), renew), Queue(), list[VeriteError | None]()
    errand._renewing = queue  # type: ignore[assignment]
    refused = errand.address_of("v/1.m4s")
    threads = [
        threading.Thread(target=lambda: answers.append(errand.renew(refused))) for _ in range(4)
    ]
    for each in threads:
        each.start()
    until(lambda: queue.came == 4, "all to want a fresh address")
    may_answer.set()
    for each in threads:
        each.join(5)
    assert answers == [error] * 4
    assert renewals.asked == 1


@pytest.mark.usefixtures("middling")
def test_what_is_gone_at_a_fresh_address_too_is_gone() -> None:
    gone = NotFound(410, "gone")
    script = Script([gone, gone])
    fetch, _errand = carried(script)
    assert fetch.cause is gone
    assert len({address for address, _ in script.asked}) == 2


@pytest.mark.usefixtures("middling")
@pytest.mark.parametrize("refusal", [NoRight(403, "no-right"), Refused(403, "revoked")])
def test_a_renewal_that_is_refused_ends_it(refusal: VeriteError) -> None:
    fetch, _errand = carried(Script([Refused(403, "over")]), Renewals([refusal]))
    assert fetch.cause is refusal


@pytest.mark.usefixtures("middling")
@pytest.mark.parametrize("error", [BadReply("media", "another range"), Refused(416, "range")])
def test_a_host_that_can_not_go_on_in_the_middle_is_asked_from_the_top(error: VeriteError) -> None:
    script = Script([(HALF, Unreachable("host", "cut")), error])
    fetch, _errand = carried(script)
    assert bytes(fetch.data) == FILM
    assert [start for _, start in script.asked] == [0, HALF, 0]


def test_how_long_a_try_may_take_at_most() -> None:
    """Connecting, then nothing at all, then too little: each is broken off by another clock."""
    assert transport.CONNECT_TIMEOUT_S == 5.0
    assert STALLED_AFTER_S == 8.0
    assert transport.READ_TIMEOUT_S == 15.0
    assert OPENING_PATIENCE_S == 8.0


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [1_000.0]
    fake = SimpleNamespace(monotonic=lambda: now[0])
    monkeypatch.setattr(errands, "time", fake)
    monkeypatch.setattr("player_app.media.gateway.taking.time", fake)
    return now


def taking() -> Taking:
    first = permit(NO_FILM, f"{ORIGIN}/1/master.m3u8")
    return Taking(
        upstream=Script([]),
        store=NoStore(),
        permit=first,
        renew=lambda: first,
        origins=(ORIGIN,),
        parts=(),
        link=Link(),
        throttle=Throttle(lambda: None),
        on_progress=lambda _progress: None,
    )


class NoStore:
    def get(self, key: str) -> bytes | None:
        del key
        return None

    def put(self, key: str, data: bytes) -> None:
        raise NotImplementedError

    def has(self, key: str) -> bool:
        del key
        return False


def test_a_try_is_a_stall_once_it_made_no_progress_for_so_long(clock: list[float]) -> None:
    here = taking()
    broken: list[float] = []
    fetch = Fetch("v/1.m4s", None, (), 1 << 20)
    fetch.break_off = lambda: broken.append(clock[0])
    here._under_way["v/1.m4s"] = fetch

    def look(seconds: float) -> int:
        clock[0] += seconds
        here._look()
        return len(broken)

    assert look(STALLED_AFTER_S - 0.01) == 0
    fetch.came(LEAST_GAIN_BYTES - 1)
    assert look(0.01) == 1, "a trickle is no progress"
    assert look(STALLED_AFTER_S - 0.01) == 1
    fetch.came(LEAST_GAIN_BYTES)
    assert look(STALLED_AFTER_S - 0.01) == 1, "8 KiB are"
    here._restraint._held.add(fetch.break_off)
    assert look(1_000.0) == 1, "what is held back here is no stall of the host's"
    here._restraint._held.clear()
    assert look(STALLED_AFTER_S - 0.01) == 1
    assert look(0.01) == 2


def test_a_file_that_is_waited_for_so_long_at_most_is_given_up_rather_than_waited_for_longer(
    clock: list[float],
) -> None:
    errand = Errand(
        Script([]), Link(), permit(NO_FILM, f"{ORIGIN}/1/master.m3u8"), Renewals(), (ORIGIN,)
    )
    fetch = Fetch("index.m3u8", None, (), 1 << 20)
    errand.watch(fetch, clock[0] + OPENING_PATIENCE_S)
    assert not errand.rest(fetch, OPENING_PATIENCE_S + 0.01)
    assert errand.rest(fetch, 0.001)
    errand.end()
    assert not errand.rest(fetch, 0.001)
