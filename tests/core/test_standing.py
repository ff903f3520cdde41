"""The clocks of a rental at their borders: one second before, on, and one second after."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player_app.core.rental import (
    Expired,
    Finishing,
    Grant,
    MidFilm,
    NotStarted,
    NotYet,
    Record,
    Running,
    SecondClock,
    Standing,
    Terms,
    may_play,
    standing,
)

DAY = 86_400
BOUGHT = 1_000_000
START_BY = BOUGHT + 30 * DAY
TERMS = Terms(
    30 * DAY,
    2 * DAY,
    SecondClock.PLAY,
    MidFilm.FINISH,
    exclusive=False,
    devices=2,
    renew_within_s=7 * DAY,
)
GRANT = Grant(TERMS, BOUGHT)
STOPS = Grant(replace(TERMS, mid_film=MidFilm.STOP), BOUGHT)
AT_PURCHASE = Grant(replace(TERMS, second_clock=SecondClock.PURCHASE), BOUGHT)
SUBSCRIBED = Grant(TERMS, BOUGHT, not_after=BOUGHT + DAY, subscription=True)
LATE = START_BY - 1
ENDS = BOUGHT + 2 * DAY
STARTED = Record(started_at=BOUGHT)
PLAYING = Record(started_at=BOUGHT, playing_since=ENDS - 60, length_s=3_600)
UNTIL = ENDS - 60 + 3_600 + 1_800


@pytest.mark.parametrize(
    ("grant", "record", "now", "verdict"),
    [
        (GRANT, Record(), START_BY - 1, NotStarted(START_BY)),
        (GRANT, Record(), START_BY, Expired("not-started-in-time", START_BY)),
        (GRANT, Record(), START_BY + 1, Expired("not-started-in-time", START_BY)),
        (GRANT, Record(LATE), LATE, Running(LATE + 2 * DAY)),
        (GRANT, Record(LATE), LATE + 2 * DAY - 1, Running(LATE + 2 * DAY)),
        (GRANT, Record(LATE), LATE + 2 * DAY, Expired("finished", LATE + 2 * DAY)),
        (GRANT, STARTED, ENDS - 1, Running(ENDS)),
        (GRANT, STARTED, ENDS, Expired("finished", ENDS)),
        (GRANT, STARTED, ENDS + 1, Expired("finished", ENDS)),
        (GRANT, PLAYING, ENDS, Finishing(UNTIL)),
        (GRANT, PLAYING, UNTIL - 1, Finishing(UNTIL)),
        (GRANT, PLAYING, UNTIL, Expired("finished", ENDS)),
        (STOPS, PLAYING, ENDS, Expired("finished", ENDS)),
        (AT_PURCHASE, Record(), ENDS - 1, Running(ENDS)),
        (AT_PURCHASE, Record(), ENDS, Expired("finished", ENDS)),
        (replace(GRANT, not_after=ENDS - 5), STARTED, ENDS - 5, Expired("cap", ENDS - 5)),
        (replace(GRANT, not_after=ENDS + 9), PLAYING, ENDS + 8, Finishing(ENDS + 9)),
        (replace(GRANT, not_after=ENDS + 9), PLAYING, ENDS + 9, Expired("finished", ENDS)),
        (replace(GRANT, not_after=ENDS - 5), PLAYING, ENDS - 5, Expired("cap", ENDS - 5)),
        (GRANT, replace(PLAYING, playing_since=ENDS), ENDS, Expired("finished", ENDS)),
        (GRANT, Record(START_BY), START_BY, Expired("not-started-in-time", START_BY)),
        (replace(GRANT, not_before=BOUGHT + 9), Record(), BOUGHT + 8, NotYet(BOUGHT + 9)),
        (replace(GRANT, not_before=BOUGHT + 9), Record(), BOUGHT + 9, NotStarted(START_BY)),
        (replace(GRANT, revoked="refunded"), STARTED, BOUGHT, Expired("refunded", BOUGHT)),
        (SUBSCRIBED, Record(), BOUGHT + DAY - 1, Running(BOUGHT + DAY)),
        (SUBSCRIBED, Record(), BOUGHT + DAY, Expired("subscription-ended", BOUGHT + DAY)),
    ],
)
def test_a_standing_at_its_border(
    grant: Grant, record: Record, now: int, verdict: Standing
) -> None:
    assert standing(grant, record, now) == verdict


moments = st.integers(BOUGHT, BOUGHT + 60 * DAY)
grants = st.builds(
    Grant,
    st.builds(
        Terms,
        st.integers(1, 31 * DAY),
        st.integers(1, 4 * DAY),
        st.sampled_from(SecondClock),
        st.sampled_from(MidFilm),
        exclusive=st.booleans(),
        devices=st.integers(1, 5),
        renew_within_s=st.integers(1, 8 * DAY),
    ),
    st.just(BOUGHT),
    not_after=st.none() | moments,
    revoked=st.none() | st.just("refunded"),
)
records = st.builds(Record, st.none() | moments, st.none() | moments, st.integers(0, 4 * 3_600))


@given(grants, records, moments)
def test_a_border_is_always_ahead_while_playing_and_behind_when_over(
    grant: Grant, record: Record, now: int
) -> None:
    match standing(grant, record, now):
        case NotStarted(border) | Running(border) | Finishing(border):
            assert now < border
            assert grant.not_after is None or border <= grant.not_after
            assert grant.revoked is None
        case Expired(_, when):
            assert when <= now
        case _:
            pytest.fail("neither may be, nor is over")


@given(grants, records, moments, st.integers(0, 60 * DAY))
def test_what_is_over_stays_over(grant: Grant, record: Record, now: int, later_s: int) -> None:
    if not may_play(standing(grant, record, now)):
        assert not may_play(standing(grant, record, now + later_s))
