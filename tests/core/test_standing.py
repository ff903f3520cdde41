"""The clocks of a rental at their borders: one second before, on, and one second after."""

from __future__ import annotations

from dataclasses import replace

import pytest

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
