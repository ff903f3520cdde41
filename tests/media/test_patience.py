"""What follows on a failed try is one table: every error has its row, every delay its length."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest

from player_app.core.errors import ServiceFailing, SlowDown, Unreachable, VeriteError
from player_app.core.refusals import NotFound, Refused
from player_app.core.stream_errors import DamagedStream
from player_app.media.gateway.patience import (
    LONGEST_ASKED_WAIT_S,
    End,
    Renew,
    Tries,
    Wait,
    verdict,
    verdict_on_renewal,
)
from tests.media.error_rows import AGAIN, CHANCES, NAMES, TABLE, TREE, WAITS, always, delay_s, made
from tests.plugins.promises import Promise

pytestmark = pytest.mark.promise(6)


def test_every_error_has_its_row() -> None:
    assert sorted(TABLE) == NAMES


@pytest.mark.parametrize("kind", TREE, ids=NAMES)
def test_every_delay_of_every_error(kind: type[VeriteError], promise: Promise) -> None:
    error, rule = made(kind), TABLE[kind.__name__]
    for failures in range(1, 12):
        for chance in CHANCES:
            follows = verdict(error, Tries(failures), always(chance))
            promise.tried()
            if rule == WAITS:
                is_lost = isinstance(error, Unreachable) and failures % 3 == 0
                assert follows == Wait(delay_s(failures, chance), elsewhere=is_lost)
            elif rule == AGAIN:
                assert follows == Wait(0.0)
            else:
                assert follows == End(error)


def test_the_delay_grows_is_bounded_and_never_the_same_for_all() -> None:
    middles = [verdict(SlowDown(None), Tries(each), always(0.5)) for each in range(1, 40)]
    assert all(before.seconds <= after.seconds for before, after in waits(middles))
    assert max(each.seconds for each in middles if isinstance(each, Wait)) <= 8.0
    drawn = {verdict(SlowDown(None), Tries(4), random.random) for _ in range(50)}
    assert len(drawn) > 40


def waits(verdicts: list[Any]) -> Iterator[tuple[Wait, Wait]]:
    assert all(isinstance(each, Wait) for each in verdicts)
    return pairwise(verdicts)


@pytest.mark.parametrize("wrong", [1, 2, 3, 4])
def test_the_third_wrong_checksum_of_a_piece_is_the_last(wrong: int) -> None:
    error = DamagedStream("path", wrong)
    follows = verdict(error, Tries(1, wrong), always(1.0))
    assert follows == (Wait(0.0) if wrong < 3 else End(error))


@pytest.mark.parametrize("asked_s", [None, 0.0, 0.1, 1.0, 7.0, 59.0, 60.0, 61.0, 86_400.0])
@pytest.mark.parametrize("failures", [1, 5, 9])
def test_retry_after_is_honoured_and_bounded(asked_s: float | None, failures: int) -> None:
    for error in (SlowDown(asked_s), ServiceFailing("host", 503, asked_s)):
        ours_s = delay_s(failures, 0.25)
        wanted_s = ours_s if asked_s is None else min(max(asked_s, ours_s), LONGEST_ASKED_WAIT_S)
        assert verdict(error, Tries(failures), always(0.25)) == Wait(wanted_s)


@pytest.mark.parametrize("status", [401, 403])
def test_a_refused_address_is_renewed_at_once_and_then_more_and_more_slowly(status: int) -> None:
    error = Refused(status, "about:blank")
    assert verdict(error, Tries(1), always(0.25)) == Renew(0.0)
    assert verdict(error, Tries(7), always(0.25)) == Renew(0.0)
    for failures in range(2, 12):
        follows = verdict(error, Tries(failures, 0, 1), always(0.25))
        assert follows == Renew(delay_s(failures, 0.25))


@pytest.mark.parametrize("kind", [NotFound, Refused])
def test_what_is_gone_is_asked_for_once_more_at_a_fresh_address(kind: type[Refused]) -> None:
    error = kind(410, "gone")
    assert verdict(error, Tries(1), always(1.0)) == Renew(0.0)
    after = verdict(error, Tries(2, 0, 1), always(1.0))
    assert not isinstance(after, Renew)
    missing = NotFound(404, "not-found")
    assert verdict(missing, Tries(1), always(1.0)) == End(missing)


@pytest.mark.parametrize("status", [400, 405, 408, 409, 413, 416, 418, 422, 425, 451])
def test_any_other_refusal_is_waited_out(status: int) -> None:
    assert verdict(Refused(status, "x"), Tries(2), always(1.0)) == Wait(0.5)


@pytest.mark.parametrize("kind", TREE, ids=NAMES)
def test_a_renewal_that_fails_is_waited_for_or_the_end(kind: type[VeriteError]) -> None:
    error, rule = made(kind), TABLE[kind.__name__]
    for failures in range(1, 12):
        follows = verdict_on_renewal(error, failures, always(0.25))
        expected = Renew(delay_s(failures, 0.25)) if rule == WAITS else End(error)
        assert follows == expected


@pytest.mark.parametrize("status", [401, 403, 410])
def test_whoever_may_not_renew_is_told_so(status: int) -> None:
    error = Refused(status, "revoked")
    assert verdict_on_renewal(error, 1, always(1.0)) == End(error)
