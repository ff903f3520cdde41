"""The clocks of a right at their borders: one second before, on, and one second after."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player_app.core.high_water import Doubt
from player_app.core.rental import (
    ClockDoubt,
    Expired,
    Finishing,
    Grant,
    MidFilm,
    NotStarted,
    Record,
    Running,
    SecondClock,
    Terms,
    may_play,
    standing,
    why_not,
)
from tests.core.borders import BORDERS, BOUGHT, DAY, ENDS, GRANT, STARTED, Border
from tests.core.rental_model import Model
from tests.plugins.promises import Promise

ROWS = [
    pytest.param(border, off_s, id=f"{border.name} {off_s:+}")
    for border in BORDERS
    for off_s in (-1, 0, 1)
]


@pytest.mark.promise(10)
@pytest.mark.parametrize(("border", "off_s"), ROWS)
def test_a_standing_at_its_border(border: Border, off_s: int) -> None:
    expected = border.before if off_s < 0 else border.then

    assert standing(border.grant, border.record, border.at + off_s) == expected


def test_the_table_has_all_its_rows() -> None:
    assert len(ROWS) >= 48
    assert len({row.id for row in ROWS}) == len(ROWS)


@pytest.mark.promise(10)
@pytest.mark.parametrize("word", ["refunded", "revoked"])
@pytest.mark.parametrize("doubt", [None, Doubt(5), Doubt(0)])
@pytest.mark.parametrize("off_s", [-1, 0, 1])
def test_a_right_that_was_taken_back_is_over_at_once_whatever_the_clock(
    word: str, doubt: Doubt | None, off_s: int
) -> None:
    taken_back, now = replace(GRANT, revoked=word), ENDS + off_s

    assert standing(taken_back, replace(STARTED, doubt=doubt), now) == Expired(word, now)


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
    started_at=st.none() | moments,
    not_after=st.none() | moments,
    renew_by=st.none() | moments,
    subscription=st.booleans(),
    revoked=st.none() | st.just("refunded"),
)
doubts = st.none() | st.builds(Doubt, st.integers(0, 2))
records = st.builds(
    Record, st.none() | moments, st.none() | moments, st.integers(0, 4 * 3_600), doubts
)


@given(grants, records, moments)
def test_a_border_is_always_ahead_while_playing_and_behind_when_over(
    grant: Grant, record: Record, now: int
) -> None:
    match standing(grant, record, now):
        case NotStarted(border) | Running(border) | Finishing(border) as verdict:
            assert now < border
            assert grant.not_after is None or border <= grant.not_after
            assert grant.revoked is None
            assert may_play(verdict)
            with pytest.raises(ValueError, match="may be played"):
                why_not(verdict)
        case Expired(why, when) as verdict:
            assert when <= now
            assert why_not(verdict) == why
        case verdict:
            assert record.doubt is not None
            assert why_not(verdict) == "clock-doubt"


@given(grants, records, moments, st.integers(0, 60 * DAY))
def test_what_is_over_stays_over(grant: Grant, record: Record, now: int, later_s: int) -> None:
    if not may_play(standing(grant, record, now)):
        assert not may_play(standing(grant, record, now + later_s))


@dataclass
class History:
    """The same happens to a grant and a record, by dates, and to the model, by counting down."""

    chance: random.Random
    grant: Grant
    record: Record
    now: int
    model: Model

    def waits(self) -> None:
        """Often until next to a border."""
        ahead = [self.model.left(), self.model.left_to_finish()]
        soon = [each + off for each in ahead if 0 < each < 10**8 for off in (-1, 0, 1)]
        seconds = self.chance.choice([*soon, self.chance.randint(0, 40)])
        self.now += seconds
        self.model.wait(seconds)

    def plays(self) -> None:
        opens = standing(self.grant, replace(self.record, playing_since=None), self.now)
        if self.model.open():
            assert may_play(opens)
            started_at = self.record.started_at
            self.record = replace(
                self.record,
                playing_since=self.now,
                started_at=self.now if started_at is None else started_at,
            )

    def closes(self) -> None:
        """As a restart does."""
        self.record = replace(self.record, playing_since=None)
        self.model.close()

    def hears_of_another_device(self) -> None:
        ago_s = self.chance.randint(0, self.now - BOUGHT)
        began = self.now - ago_s
        self.grant = replace(self.grant, started_at=min(began, self.grant.started_at or began))
        self.model.hear_of_start(ago_s)

    def renews(self) -> None:
        if self.grant.renew_by is not None:
            within_s = self.grant.terms.renew_within_s
            self.grant = replace(self.grant, renew_by=self.now + within_s)
            self.model.renewal = within_s

    def doubts(self) -> None:
        left_s = self.chance.choice([None, None, 0, 9])
        self.record = replace(self.record, doubt=None if left_s is None else Doubt(left_s))
        self.model.doubt = left_s

    def is_taken_back(self) -> None:
        self.grant = replace(self.grant, revoked="revoked")
        self.model.taken_back = "revoked"

    def agrees(self) -> str:
        verdict = standing(self.grant, self.record, self.now)
        match verdict:
            case NotStarted(border):
                said = ("not-started", border - self.now)
            case Running(border):
                said = ("running", border - self.now)
            case Finishing(border):
                said = ("finishing", border - self.now)
            case Expired(why, when):
                said = (why, self.now - when)
            case ClockDoubt(why):
                said = (f"clock-{why}", 0)
            case _:
                pytest.fail("nothing is to come yet")
        assert said == self.model.says()
        return said[0]


def a_history(chance: random.Random) -> History:
    terms = Terms(
        chance.randint(1, 60),
        chance.randint(1, 60),
        chance.choice(list(SecondClock)),
        chance.choice(list(MidFilm)),
        exclusive=False,
        devices=2,
        renew_within_s=chance.randint(1, 60),
    )
    subscribed = chance.random() < 0.3
    cap = chance.choice([None, chance.randint(1, 120)])
    renewal = chance.choice([None, terms.renew_within_s])
    length_s = chance.randint(1, 60)
    grant = Grant(
        terms,
        BOUGHT,
        not_after=None if cap is None else BOUGHT + cap,
        renew_by=None if renewal is None else BOUGHT + renewal,
        subscription=subscribed,
    )
    model = Model(terms, subscribed, cap, renewal, length_s)
    return History(chance, grant, Record(length_s=length_s), BOUGHT, model)


STEPS: dict[Callable[[History], None], int] = {
    History.waits: 12,
    History.plays: 6,
    History.closes: 2,
    History.hears_of_another_device: 1,
    History.renews: 2,
    History.doubts: 1,
}


@pytest.mark.promise(10)
def test_random_histories_agree_with_a_model_that_counts_down(promise: Promise) -> None:
    seen = Counter[str]()
    for seed in range(promise.count(smoke=400, full=2_000)):
        history, story = a_history(random.Random(seed)), list[str]()  # noqa: S311 - no secret
        steps = {**STEPS, History.is_taken_back: int(seed % 10 == 0)}
        for step in history.chance.choices(list(steps), list(steps.values()), k=25):
            story.append(step.__name__)
            try:
                step(history)
                seen[history.agrees()] += 1
            except AssertionError as error:
                raise AssertionError(f"history {seed}: {', '.join(story)}: {error}") from error
        promise.tried()
    assert min(seen.values()) > 20, seen
    assert len(seen) == 11, seen
