"""What the clocks say of a film that is to be watched on a journey, second by second."""

from __future__ import annotations

from dataclasses import replace

import pytest

from player_app.core.high_water import BEHIND_S, Doubt
from player_app.core.rental import Grant, MidFilm, Record, SecondClock, Terms
from player_app.core.travel import Clocks, Obstacle, Parts, Remedy, until

DAY = 86_400
BOUGHT = 1_795_000_000
TERMS = Terms(30 * DAY, 2 * DAY, SecondClock.PLAY, MidFilm.FINISH, False, 2, 7 * DAY)
RENTED = Grant(TERMS, BOUGHT)
START_BY = BOUGHT + 30 * DAY
STARTED = BOUGHT + DAY
NOW = STARTED + 3600


@pytest.mark.parametrize(
    ("then", "said"),
    [
        (START_BY - 1, Clocks()),
        (START_BY, Clocks(None, Remedy.START_BEFORE, START_BY)),
        (START_BY + 2 * DAY - 1, Clocks(None, Remedy.START_BEFORE, START_BY)),
        (START_BY + 2 * DAY, Clocks(Obstacle.ENDS, Remedy.WATCH_BEFORE, START_BY)),
    ],
)
def test_a_film_not_begun_lasts_as_long_as_one_that_is_begun_at_the_last_second(
    then: int, said: Clocks
) -> None:
    assert until(RENTED, Record(), NOW, then) == said


@pytest.mark.parametrize(
    ("then", "said"),
    [
        (STARTED + 2 * DAY - 1, Clocks()),
        (STARTED + 2 * DAY, Clocks(Obstacle.ENDS, Remedy.WATCH_BEFORE, STARTED + 2 * DAY)),
    ],
)
def test_a_film_that_is_begun_plays_until_its_second_clock_ends(then: int, said: Clocks) -> None:
    assert until(RENTED, Record(started_at=STARTED), NOW, then) == said


def test_what_ends_for_good_caps_a_film_not_begun() -> None:
    capped = replace(RENTED, not_after=START_BY + DAY)
    assert until(capped, Record(), NOW, START_BY + DAY - 1).remedy is Remedy.START_BEFORE
    assert until(capped, Record(), NOW, START_BY + DAY).obstacle is Obstacle.ENDS


@pytest.mark.parametrize("ahead_s", [BEHIND_S + 1, -BEHIND_S - 1, 3 * 3600, -DAY])
def test_by_a_clock_that_is_known_to_be_wrong_no_film_is_sure_to_play(ahead_s: int) -> None:
    wrong = Clocks(Obstacle.CLOCK, Remedy.CONNECT, ahead_s=ahead_s)
    assert until(RENTED, Record(), NOW, START_BY - 1, ahead_s) == wrong
    assert until(RENTED, Record(), NOW, START_BY, ahead_s) == wrong
    ends = START_BY + 2 * DAY
    assert until(RENTED, Record(), NOW, ends, ahead_s).obstacle is Obstacle.ENDS


@pytest.mark.parametrize("ahead_s", [0, 1, BEHIND_S, -BEHIND_S])
def test_a_clock_that_is_off_by_little_is_right_enough(ahead_s: int) -> None:
    assert until(RENTED, Record(), NOW, START_BY - 1, ahead_s) == Clocks()


def test_by_a_clock_in_doubt_a_film_that_plays_for_now_is_not_sure_to_play_on_the_way() -> None:
    doubted = Record(doubt=Doubt(3600))
    assert until(RENTED, doubted, NOW, START_BY - 1) == Clocks(Obstacle.CLOCK, Remedy.CONNECT)


def test_a_subscription_has_to_be_renewed_before_a_long_journey() -> None:
    held = Grant(TERMS, BOUGHT, subscription=True, renew_by=NOW + 7 * DAY)
    assert until(held, Record(), NOW, NOW + 7 * DAY - 1) == Clocks()
    assert until(held, Record(), NOW, NOW + 7 * DAY) == Clocks(
        Obstacle.RENEWAL, Remedy.CONNECT, NOW + 7 * DAY
    )


def test_a_subscription_that_ends_before_that_can_not_be_renewed_beyond() -> None:
    held = Grant(TERMS, BOUGHT, subscription=True, renew_by=NOW + 7 * DAY, not_after=NOW + DAY)
    assert until(held, Record(), NOW, NOW + DAY) == Clocks(
        Obstacle.ENDS, Remedy.WATCH_BEFORE, NOW + DAY
    )


def test_what_is_over_or_refunded_is_to_be_rented_anew() -> None:
    over = Record(started_at=STARTED)
    assert until(RENTED, over, STARTED + 2 * DAY, STARTED + 3 * DAY).obstacle is Obstacle.OVER
    refunded = replace(RENTED, revoked="refunded")
    assert until(refunded, Record(), NOW, NOW + 1).remedy is Remedy.RENT


def test_parts_are_whole_only_if_there_are_any_and_none_is_missing_or_damaged() -> None:
    assert Parts(sound=3).is_whole
    assert not Parts().is_whole
    assert not Parts(sound=3, missing=1).is_whole
    assert not Parts(sound=3, damaged=1).is_whole
