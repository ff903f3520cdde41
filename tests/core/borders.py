"""The borders of a right, each with what is true before it and from it on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from player_app.core.high_water import Doubt
from player_app.core.rental import (
    ClockDoubt,
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
)

MINUTE, HOUR, DAY = 60, 3_600, 86_400
UTC, LONDON = ZoneInfo("UTC"), ZoneInfo("Europe/London")
NEW_YORK, TOKYO = ZoneInfo("America/New_York"), ZoneInfo("Asia/Tokyo")
TERMS = Terms(
    30 * DAY,
    2 * DAY,
    SecondClock.PLAY,
    MidFilm.FINISH,
    exclusive=False,
    devices=2,
    renew_within_s=7 * DAY,
)
LENGTH_S = 90 * MINUTE


@dataclass(frozen=True)
class Border:
    """At the second before `at` it is `before`, at `at` and one later it is `then`."""

    name: str
    grant: Grant
    record: Record
    at: int
    before: Standing
    then: Standing


def local(zone: ZoneInfo, *when: int) -> int:
    """What a clock on that wall shows, as seconds since 1970."""
    return int(datetime(*when, tzinfo=zone).timestamp())  # type: ignore[misc,arg-type]


BOUGHT = local(UTC, 2026, 5, 1, 12)
START_BY = BOUGHT + 30 * DAY
ENDS = BOUGHT + 2 * DAY
GRANT = Grant(TERMS, BOUGHT)
STOPS = replace(GRANT, terms=replace(TERMS, mid_film=MidFilm.STOP))
STARTED = Record(started_at=BOUGHT)
PLAYING = Record(started_at=BOUGHT, playing_since=ENDS - HOUR, length_s=LENGTH_S)
UNTIL = ENDS - HOUR + LENGTH_S + 30 * MINUTE
LATE = START_BY - 1


def clocked(second_clock: SecondClock) -> Grant:
    return replace(GRANT, terms=replace(TERMS, second_clock=second_clock))


def not_started(name: str, grant: Grant, record: Record, at: int) -> Border:
    over = Expired("not-started-in-time", at)
    return Border(name, grant, record, at, NotStarted(at), over)


def running(
    name: str, grant: Grant, record: Record, at: int, then: Standing | None = None
) -> Border:
    return Border(name, grant, record, at, Running(at), then or Expired("finished", at))


def bought_and_started(at: int) -> tuple[Grant, Record]:
    return Grant(TERMS, at), Record(started_at=at)


FIRST_CLOCK = [
    not_started("not started", GRANT, Record(), START_BY),
    not_started(
        "not started, bought on 30 January of a leap year: until 29 February",
        Grant(TERMS, local(UTC, 2028, 1, 30, 12)),
        Record(),
        local(UTC, 2028, 2, 29, 12),
    ),
    not_started("a start that came at its very end", GRANT, Record(START_BY), START_BY),
    not_started("a download not begun", clocked(SecondClock.DOWNLOAD), Record(), START_BY),
    Border(
        "not started, and capped",
        replace(GRANT, not_after=START_BY - DAY),
        Record(),
        START_BY - DAY,
        NotStarted(START_BY - DAY),
        Expired("cap", START_BY - DAY),
    ),
    Border(
        "not to be watched yet",
        replace(GRANT, not_before=BOUGHT + HOUR),
        Record(),
        BOUGHT + HOUR,
        NotYet(BOUGHT + HOUR),
        NotStarted(START_BY),
    ),
    Border(
        "not started, by a licence that has to be renewed",
        replace(GRANT, renew_by=BOUGHT + 9 * DAY),
        Record(),
        BOUGHT + 9 * DAY,
        NotStarted(BOUGHT + 9 * DAY),
        Expired("renewal-needed", BOUGHT + 9 * DAY),
    ),
]

DAY_29 = BOUGHT + 29 * DAY
SECOND_CLOCK = [
    running("started at once", GRANT, STARTED, ENDS),
    running("started on day 29", GRANT, Record(DAY_29), DAY_29 + 2 * DAY),
    running("started 1 s before day 30: all 48 h", GRANT, Record(LATE), LATE + 2 * DAY),
    running(
        "started 1 s before day 30, and capped",
        replace(GRANT, not_after=START_BY + DAY),
        Record(LATE),
        START_BY + DAY,
        Expired("cap", START_BY + DAY),
    ),
    running("from the purchase on", clocked(SecondClock.PURCHASE), Record(), ENDS),
    running("… though played later", clocked(SecondClock.PURCHASE), Record(BOUGHT + DAY), ENDS),
    running("from the download on", clocked(SecondClock.DOWNLOAD), Record(BOUGHT + 5), ENDS + 5),
    running("from the playing on", clocked(SecondClock.PLAY), Record(BOUGHT + 5), ENDS + 5),
    running(
        "started here after it was on another device",
        replace(GRANT, started_at=BOUGHT),
        Record(BOUGHT + DAY),
        ENDS,
    ),
    running(
        "started on another device after it was here",
        replace(GRANT, started_at=BOUGHT + DAY),
        STARTED,
        ENDS,
    ),
    running("started on another device alone", replace(GRANT, started_at=BOUGHT), Record(), ENDS),
    running("a start told as before the purchase", GRANT, Record(BOUGHT - DAY), ENDS),
    running(
        "by a licence that has to be renewed",
        replace(GRANT, renew_by=ENDS - HOUR),
        STARTED,
        ENDS - HOUR,
        Expired("renewal-needed", ENDS - HOUR),
    ),
]

MID_FILM = [
    running("over while it plays, which may be finished", GRANT, PLAYING, ENDS, Finishing(UNTIL)),
    Border(
        "finished within its length and 30 minutes",
        GRANT,
        PLAYING,
        UNTIL,
        Finishing(UNTIL),
        Expired("finished", ENDS),
    ),
    running(
        "opened in the last second",
        GRANT,
        replace(PLAYING, playing_since=ENDS - 1),
        ENDS,
        Finishing(ENDS - 1 + LENGTH_S + 30 * MINUTE),
    ),
    running("opened again when it was over", GRANT, replace(PLAYING, playing_since=ENDS), ENDS),
    running(
        "left open for hours: length and 30 minutes are over",
        GRANT,
        replace(PLAYING, playing_since=ENDS - LENGTH_S - HOUR),
        ENDS,
    ),
    running("over while it plays, and stops", STOPS, PLAYING, ENDS),
    running(
        "to be finished, but capped",
        replace(GRANT, not_after=ENDS + 9),
        PLAYING,
        ENDS,
        Finishing(ENDS + 9),
    ),
    Border(
        "the cap, while it is finished",
        replace(GRANT, not_after=ENDS + 9),
        PLAYING,
        ENDS + 9,
        Finishing(ENDS + 9),
        Expired("finished", ENDS),
    ),
    running(
        "the cap, while it plays",
        replace(GRANT, not_after=ENDS - 5),
        PLAYING,
        ENDS - 5,
        Expired("cap", ENDS - 5),
    ),
]

SUBSCRIBED = Grant(TERMS, BOUGHT, not_after=BOUGHT + 30 * DAY, subscription=True)
OFFLINE = replace(SUBSCRIBED, renew_by=BOUGHT + 7 * DAY)
NEEDED = Expired("renewal-needed", BOUGHT + 7 * DAY)
SUBSCRIPTION_ENDED = Expired("subscription-ended", BOUGHT + 30 * DAY)
HALF_WAY = Record(playing_since=BOUGHT + 7 * DAY - HOUR, length_s=LENGTH_S)
FINISHED = BOUGHT + 7 * DAY - HOUR + LENGTH_S + 30 * MINUTE
SUBSCRIPTION = [
    running("a subscription", SUBSCRIBED, Record(), BOUGHT + 30 * DAY, SUBSCRIPTION_ENDED),
    running("offline, not renewed in time", OFFLINE, Record(), BOUGHT + 7 * DAY, NEEDED),
    running(
        "offline, renewed on day 6",
        replace(OFFLINE, renew_by=BOUGHT + 13 * DAY),
        Record(),
        BOUGHT + 13 * DAY,
        Expired("renewal-needed", BOUGHT + 13 * DAY),
    ),
    running(
        "offline, without an end that is known",
        replace(OFFLINE, not_after=None),
        Record(),
        BOUGHT + 7 * DAY,
        NEEDED,
    ),
    running(
        "offline, ending before it has to be renewed",
        replace(OFFLINE, renew_by=BOUGHT + 33 * DAY),
        Record(),
        BOUGHT + 30 * DAY,
        SUBSCRIPTION_ENDED,
    ),
    Border(
        "not renewed, and ended since",
        OFFLINE,
        Record(),
        BOUGHT + 30 * DAY,
        NEEDED,
        SUBSCRIPTION_ENDED,
    ),
    running(
        "not renewed while it plays, which may be finished",
        OFFLINE,
        HALF_WAY,
        BOUGHT + 7 * DAY,
        Finishing(FINISHED),
    ),
    Border("… and that is over", OFFLINE, HALF_WAY, FINISHED, Finishing(FINISHED), NEEDED),
    running(
        "not renewed while it plays, and stops",
        replace(OFFLINE, terms=STOPS.terms),
        HALF_WAY,
        BOUGHT + 7 * DAY,
        NEEDED,
    ),
]

CALENDAR = [
    running(
        "the night in which the clocks go forward",
        *bought_and_started(local(LONDON, 2026, 3, 28, 20)),
        at=local(LONDON, 2026, 3, 30, 21),
    ),
    running(
        "the night in which the clocks go back",
        *bought_and_started(local(LONDON, 2026, 10, 24, 20)),
        at=local(LONDON, 2026, 10, 26, 19),
    ),
    running(
        "the hour that comes twice",
        *bought_and_started(local(LONDON, 2026, 10, 23, 2, 30)),
        at=local(UTC, 2026, 10, 25, 1, 30),
    ),
    running(
        "started in New York, watched in Tokyo",
        *bought_and_started(local(NEW_YORK, 2026, 6, 1, 20)),
        at=local(TOKYO, 2026, 6, 4, 9),
    ),
    running(
        "over 29 February",
        *bought_and_started(local(UTC, 2028, 2, 28, 12)),
        at=local(UTC, 2028, 3, 1, 12),
    ),
    running(
        "over 28 February of another year",
        *bought_and_started(local(UTC, 2027, 2, 28, 12)),
        at=local(UTC, 2027, 3, 2, 12),
    ),
    running(
        "over the turn of the year",
        *bought_and_started(local(UTC, 2026, 12, 31, 12)),
        at=local(UTC, 2027, 1, 2, 12),
    ),
    running(
        "over 19 January 2038, when 32 bits are full",
        *bought_and_started(2**31 - 2 * DAY),
        at=local(UTC, 2038, 1, 19, 3, 14, 8),
    ),
]

DOUBT = [
    running(
        "in doubt, with some of the six hours left",
        GRANT,
        replace(STARTED, doubt=Doubt(1)),
        ENDS,
        ClockDoubt("over"),
    ),
    Border(
        "in doubt, with nothing left",
        GRANT,
        replace(STARTED, doubt=Doubt(0)),
        ENDS,
        ClockDoubt("used-up"),
        ClockDoubt("used-up"),
    ),
    Border(
        "in doubt, not started",
        GRANT,
        Record(doubt=Doubt(1)),
        START_BY,
        NotStarted(START_BY),
        ClockDoubt("over"),
    ),
]

BORDERS = [*FIRST_CLOCK, *SECOND_CLOCK, *MID_FILM, *SUBSCRIPTION, *CALENDAR, *DOUBT]
