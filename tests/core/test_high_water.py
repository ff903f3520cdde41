"""The clock that can't be turned back, as a value: before, on and after each of its borders."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player_app.core.high_water import (
    BEHIND_S,
    DOUBT_ALLOWANCE_S,
    Doubt,
    HighWater,
    advanced,
    contacted,
    doubt_of,
    latest_start,
    played_in_doubt,
    raised,
)

NOW = 1_800_000_000
KNOWN = HighWater(NOW, ran_s=50)


@pytest.mark.parametrize(
    ("os_now", "elapsed_s", "high_water"),
    [
        (NOW, 0, NOW),
        (NOW + 10, 10, NOW + 10),
        (NOW + 11, 10, NOW + 11),  # the computer's clock is ahead
        (NOW + 9, 10, NOW + 10),  # … and behind
        (NOW - 365 * 86_400, 10, NOW + 10),  # … and turned back
        (NOW + 365 * 86_400, 10, NOW + 365 * 86_400),
    ],
)
def test_without_a_contact_the_later_of_both_clocks_counts(
    os_now: int, elapsed_s: int, high_water: int
) -> None:
    assert advanced(KNOWN, os_now, elapsed_s) == HighWater(high_water, ran_s=50 + elapsed_s)


@pytest.mark.parametrize("server_time", [NOW - 400 * 86_400, NOW - 1, NOW, NOW + 1, NOW + 10**8])
@pytest.mark.parametrize("os_now", [NOW - 10**7, NOW, NOW + 10**7])
def test_a_contact_sets_it_up_or_down_and_the_computers_clock_counts_from_there(
    server_time: int, os_now: int
) -> None:
    known = contacted(HighWater(NOW, 50, 3600, 7, is_lost=True), server_time, os_now)

    assert (known.high_water, known.doubt_used_s, known.is_lost) == (server_time, 0, False)
    assert known.ran_s == 50
    assert advanced(known, os_now + 60, 60).high_water == server_time + 60
    assert advanced(known, os_now - 3600, 60).high_water == server_time + 60
    assert advanced(known, os_now + 3600, 60).high_water == server_time + 3599
    assert doubt_of(known, os_now) is None


@pytest.mark.parametrize(
    ("os_now", "doubt"),
    [
        (NOW - BEHIND_S + 1, None),
        (NOW - BEHIND_S, None),
        (NOW - BEHIND_S - 1, Doubt(DOUBT_ALLOWANCE_S)),
        (NOW + 10**8, None),
    ],
)
def test_a_clock_more_than_five_minutes_behind_is_doubted(os_now: int, doubt: Doubt | None) -> None:
    assert doubt_of(KNOWN, os_now) == doubt


@pytest.mark.parametrize(
    ("played_s", "left_s"),
    [(0, 21_600), (21_599, 1), (21_600, 0), (21_601, 0), (10**9, 0)],
)
def test_what_is_played_in_doubt_uses_the_six_hours_up(played_s: int, left_s: int) -> None:
    assert doubt_of(played_in_doubt(KNOWN, played_s), NOW - 10**6) == Doubt(left_s)


def test_the_six_hours_are_for_all_times_in_doubt_together() -> None:
    known = played_in_doubt(played_in_doubt(KNOWN, 10_000), 10_000)

    assert doubt_of(known, NOW) is None
    assert doubt_of(known, NOW - 10**6) == Doubt(1_600)
    assert doubt_of(contacted(known, NOW, NOW), NOW - 10**6) == Doubt(DOUBT_ALLOWANCE_S)


def test_a_clock_that_can_not_be_read_any_more_lets_nothing_play_until_a_contact() -> None:
    lost = HighWater(NOW, is_lost=True)

    assert doubt_of(lost, NOW) == Doubt(0)
    assert doubt_of(advanced(raised(lost, NOW + 5), NOW + 60, 60), NOW + 60) == Doubt(0)
    assert doubt_of(contacted(lost, NOW, NOW), NOW) is None


def test_what_was_signed_by_then_is_never_later_than_now() -> None:
    assert raised(KNOWN, NOW - 1) == KNOWN
    assert raised(KNOWN, NOW + 1) == HighWater(NOW + 1, ran_s=50)


@given(
    began=st.integers(NOW, NOW + 10**6),
    ran_s=st.integers(0, 10**5),
    was_off_s=st.integers(0, 10**6),
    age_s=st.floats(0, 59),
)
def test_a_start_read_off_a_right_clock_is_never_put_earlier(
    began: int, ran_s: int, was_off_s: int, age_s: float
) -> None:
    server_time = began + ran_s + was_off_s - int(age_s)

    assert latest_start(server_time, age_s, ran_s) >= began


def test_a_start_read_off_a_clock_that_was_ahead_is_put_right() -> None:
    assert latest_start(NOW, 0.2, 7_200) == NOW - 7_200 + 2


@given(
    st.lists(
        st.tuples(st.integers(-(10**8), 10**8), st.integers(0, 10**5), st.booleans()), max_size=30
    )
)
def test_it_never_goes_back_but_at_a_contact(steps: list[tuple[int, int, bool]]) -> None:
    known = KNOWN
    for os_off, elapsed_s, is_contact in steps:
        if is_contact:
            known = contacted(known, NOW + os_off, NOW)
        else:
            before, known = known, advanced(known, NOW + os_off, elapsed_s)
            assert known.high_water >= before.high_water + elapsed_s
            assert known.ran_s == before.ran_s + elapsed_s
