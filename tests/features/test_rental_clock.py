"""The time that rentals are judged by: fair to a right clock, and not to be turned back."""

from __future__ import annotations

import logging
import random
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from player_app.core.high_water import DOUBT_ALLOWANCE_S, Doubt
from player_app.core.licence import Licence, Purpose
from player_app.core.rental import ClockDoubt, Expired, Grant, NotStarted, Running
from player_app.features.rental_clock import RentalClock
from tests.core.borders import DAY, HOUR, TERMS
from tests.features.machine import NOON, SERVICE, Machine, a_machine

GRANT = Grant(TERMS, NOON)
RIGHT = f"film-1@{NOON}"
ENDS = NOON + 2 * DAY
ELSEWHERE = "https://another.example.org"


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    with a_machine(tmp_path / "profile") as made:
        made.starts[RIGHT] = NOON
        yield made


def test_a_right_clock_is_read_to_the_second_through_sleep_and_restarts(machine: Machine) -> None:
    chance, clock = random.Random(7), machine.started()  # noqa: S311 - no secret
    for _ in range(400):
        machine.true += chance.choice([0.01, 0.3, 0.99, 1, 29.7, 8 * HOUR])
        assert clock.now() == int(machine.true)
        assert clock.doubt() is None
        if chance.random() < 0.1:
            clock.tick()
            machine.true += chance.choice([0.2, DAY])
            clock = machine.started()
    clock.tick()
    assert machine.started().now() == int(machine.true)


def test_a_clock_turned_back_gains_nothing_while_the_player_runs(machine: Machine) -> None:
    clock = machine.started()
    clock.tick()
    machine.ahead_s = -30 * DAY
    machine.true = ENDS - 1
    assert clock.judge(GRANT, RIGHT) == Running(ENDS)
    assert clock.doubt() == Doubt(DOUBT_ALLOWANCE_S)
    machine.true = ENDS + 0.25
    assert clock.judge(GRANT, RIGHT) == ClockDoubt("over")


def test_a_clock_turned_back_between_two_runs_is_seen_to_be(machine: Machine) -> None:
    clock = machine.started()
    machine.true = ENDS - HOUR
    clock.tick()

    machine.ahead_s = -DAY
    again = machine.started()
    assert again.judge(GRANT, RIGHT) == Running(ENDS)
    assert (again.now(), again.doubt()) == (ENDS - HOUR, Doubt(DOUBT_ALLOWANCE_S))
    machine.true += HOUR
    assert again.judge(GRANT, RIGHT) == ClockDoubt("over")


@pytest.mark.promise(10)
@pytest.mark.parametrize("ahead_s", [-400 * DAY, -HOUR, -1, 0, 1, HOUR, 400 * DAY])
@pytest.mark.parametrize("off_s", [-1, 0, 1])
def test_the_services_time_counts_be_the_computers_ahead_or_behind(
    machine: Machine, ahead_s: int, off_s: int
) -> None:
    machine.ahead_s = ahead_s
    clock = machine.started()
    clock.tick()
    clock.contact(int(machine.true), 0.1)
    assert clock.now() == NOON

    machine.true = ENDS + off_s + 0.25
    verdict = clock.judge(GRANT, RIGHT)
    assert verdict == (Running(ENDS) if off_s < 0 else Expired("finished", ENDS))


def test_a_jump_ahead_by_mistake_is_put_right_by_a_contact(machine: Machine) -> None:
    clock = machine.started()
    machine.ahead_s = 365 * DAY
    assert clock.judge(GRANT, RIGHT) == Expired("finished", ENDS)
    machine.ahead_s = 0
    assert clock.judge(GRANT, RIGHT) == ClockDoubt("over")

    clock.contact(int(machine.true), 0.4)

    assert clock.judge(GRANT, RIGHT) == Running(ENDS)
    machine.true += 60
    assert machine.started().judge(GRANT, RIGHT) == Running(ENDS)


def test_the_time_is_the_services_from_a_contact_on_until_a_clock_jumps_or_the_player_ends(
    machine: Machine,
) -> None:
    clock = machine.started()
    assert not clock.is_told()
    clock.contact(int(machine.true), 60.0)
    assert not clock.is_told()
    clock.contact(int(machine.true), 0.4)
    machine.true += 9 * DAY
    assert clock.is_told()
    machine.service = ELSEWHERE
    assert not clock.is_told()
    machine.service = SERVICE

    machine.ahead_s = DAY
    assert not clock.is_told()
    clock.contact(int(machine.true), 0.4)
    assert clock.is_told()
    clock.tick()
    assert not machine.started().is_told()


def test_an_answer_that_took_a_minute_only_says_that_it_is_not_earlier(machine: Machine) -> None:
    clock = machine.started()
    clock.contact(NOON - DAY, 60.0)
    assert clock.now() == NOON
    clock.contact(NOON + DAY, 60.0)
    assert clock.now() == NOON + DAY
    assert clock.doubt() is not None

    clock.contact(NOON, 59.9)
    assert (clock.now(), clock.doubt()) == (NOON, None)


def test_a_second_never_goes_by_early_after_a_contact(machine: Machine) -> None:
    chance, clock = random.Random(11), machine.started()  # noqa: S311 - no secret
    for _ in range(100):
        machine.true += chance.random() * 40
        machine.ahead_s = chance.random() * 100 - 50
        clock.contact(int(machine.true), 0.0)
        machine.true += chance.random() * 3
        assert int(machine.true) - 1 <= clock.now() <= int(machine.true)


def test_six_hours_of_film_are_all_there_is_in_doubt(machine: Machine) -> None:
    clock = machine.started()
    clock.tick()
    clock.played(DAY)  # not in doubt
    machine.ahead_s = -DAY
    for _ in range(12):
        assert clock.judge(GRANT, RIGHT) == Running(ENDS)
        machine.true += 1_800
        clock.played(1_800.4)
        clock.tick()
        clock = machine.started()
        machine.true += DAY / 100
    assert clock.judge(GRANT, RIGHT) == ClockDoubt("used-up")

    clock.contact(int(machine.true), 0.1)
    assert clock.judge(GRANT, RIGHT) == Running(ENDS)
    clock = machine.started()
    assert clock.judge(GRANT, RIGHT) == Running(ENDS)
    assert clock.doubt() == Doubt(DOUBT_ALLOWANCE_S)


def test_a_killed_player_knows_what_it_last_kept(machine: Machine) -> None:
    clock = machine.started()
    machine.true += 100
    clock.tick()
    machine.true += 29
    clock.now()

    machine.ahead_s = -DAY
    killed = machine.started()
    killed.tick()
    assert killed.now() == NOON + 100


def spoilt(machine: Machine, how: str) -> None:
    with machine.database.write() as connection:
        (sealed,) = connection.execute("SELECT sealed FROM clock").fetchone()
        if how == "lost":
            connection.execute("DELETE FROM clock")
        else:
            at = {"mac": 3, "content": len(sealed) - 2}[how]
            changed = sealed[:at] + bytes([sealed[at] ^ 4]) + sealed[at + 1 :]
            connection.execute("UPDATE clock SET sealed = ?", (changed,))


@pytest.mark.promise(10)
@pytest.mark.parametrize("how", ["lost", "mac", "content"])
def test_a_clock_that_was_tampered_with_asks_for_one_contact_where_a_licence_is_kept(
    machine: Machine, how: str
) -> None:
    clock = machine.started()
    clock.tick()
    machine.keep_a_licence()
    spoilt(machine, how)
    machine.ahead_s = -DAY
    for _ in range(2):
        clock = machine.started()
        assert clock.judge(GRANT, RIGHT) == ClockDoubt("used-up")
        clock.tick()

    clock.contact(int(machine.true), 0.1)
    assert clock.judge(GRANT, RIGHT) == Running(ENDS)
    machine.ahead_s = 0
    assert machine.started().judge(GRANT, RIGHT) == Running(ENDS)


@pytest.mark.parametrize("how", ["lost", "mac"])
def test_where_no_licence_is_kept_a_lost_clock_is_a_new_one(machine: Machine, how: str) -> None:
    machine.started().tick()
    machine.keep_a_licence()
    spoilt(machine, how)
    machine.service = ELSEWHERE

    assert machine.started().judge(GRANT, RIGHT) == Running(ENDS)


def test_a_store_of_secrets_that_is_out_of_reach_spoils_no_clock(machine: Machine) -> None:
    clock = machine.started()
    machine.true += HOUR
    clock.tick()
    machine.keep_a_licence()
    lasting = machine.secret

    machine.secret, machine.passing, machine.ahead_s = b"p" * 32, True, -DAY
    clock = machine.started()
    clock.tick()
    assert (clock.doubt(), clock.now()) == (None, machine.os_now())
    machine.secret, machine.passing = lasting, False
    for each in (clock, machine.started()):
        assert each.judge(GRANT, RIGHT) == Running(ENDS)
        assert (each.doubt(), each.now()) == (Doubt(DOUBT_ALLOWANCE_S), NOON + HOUR)


def test_at_the_end_nobody_is_waited_for(machine: Machine) -> None:
    clock = machine.started()
    clock.close()
    assert machine.database_rows("clock") == 0
    clock.tick()
    machine.true += HOUR
    clock.close()
    machine.ahead_s = -DAY
    again = machine.started()
    again.tick()
    assert again.now() == NOON + HOUR


def test_no_service_sets_the_clock_that_another_ones_licences_are_judged_by(
    machine: Machine,
) -> None:
    clock = machine.started()
    machine.true = ENDS - 60
    clock.tick()

    machine.service, machine.ahead_s = ELSEWHERE, -30 * DAY
    clock.contact(machine.os_now(), 0.1)
    for each in (clock, machine.started()):
        machine.service = ELSEWHERE
        each.tick()
        assert each.now() == machine.os_now()
        machine.service = "https://films.example.org"
        assert each.judge(GRANT, RIGHT) == Running(ENDS)
        assert each.now() == ENDS - 60


def a_licence(**changes: object) -> Licence:
    licence = Licence(
        id="lic-1",
        issuer="https://films.example.org",
        account_id="acc-1",
        device_id="dev-1",
        film_id="film-1",
        purpose=Purpose.OFFLINE,
        subscription=False,
        terms=TERMS,
        issued_at=NOON + HOUR,
        expires_at=NOON + 32 * DAY,
        purchased_at=NOON,
        started_at=None,
        not_after=None,
        segments_sha256=None,
        keys={},
    )
    return replace(licence, **changes)  # type: ignore[arg-type]


def test_it_is_never_earlier_than_the_licence_was_signed(machine: Machine) -> None:
    machine.starts.clear()
    machine.ahead_s = -365 * DAY
    clock = machine.started()

    assert clock.standing(a_licence()) == NotStarted(NOON + 30 * DAY)
    assert clock.now() == NOON + HOUR
    assert clock.doubt() == Doubt(DOUBT_ALLOWANCE_S)


@pytest.mark.promise(10)
@pytest.mark.parametrize("off_s", [-1, 0, 1])
def test_a_kept_licence_of_a_subscription_plays_until_it_has_to_be_renewed(
    machine: Machine, off_s: int
) -> None:
    machine.starts.clear()
    until, renew_by = NOON + 30 * DAY, NOON + 7 * DAY
    licence = a_licence(subscription=True, not_after=until, expires_at=renew_by)
    clock = machine.started()
    clock.contact(NOON, 0.1)
    machine.true = renew_by + off_s + 0.25

    verdict = clock.standing(licence)
    assert verdict == (Running(renew_by) if off_s < 0 else Expired("renewal-needed", renew_by))
    renewed = replace(licence, expires_at=NOON + 14 * DAY)
    assert clock.standing(renewed) == Running(NOON + 14 * DAY)
    assert clock.standing(replace(licence, not_after=renew_by)) == (
        Running(renew_by) if off_s < 0 else Expired("subscription-ended", renew_by)
    )


def test_a_disk_that_refuses_keeps_no_film_from_playing(
    machine: Machine, caplog: pytest.LogCaptureFixture
) -> None:
    clock = machine.started()
    clock.tick()
    with machine.database._own.alone() as writer:
        writer.execute("PRAGMA query_only=ON")
    machine.true += HOUR
    with caplog.at_level(logging.ERROR):
        clock.tick()
        clock.contact(int(machine.true), 0.1)
    assert clock.judge(GRANT, RIGHT) == Running(ENDS)


def test_reading_it_waits_for_no_store_of_secrets(tmp_path: Path) -> None:
    asked, answered = threading.Event(), threading.Event()

    def secret() -> bytes:
        asked.set()
        assert answered.wait(10)
        return bytes(32)

    with a_machine(tmp_path / "profile") as machine:
        machine.started().tick()
        clock = machine.started()
        clock._secret = secret
        loading = threading.Thread(target=clock.tick)
        loading.start()
        assert asked.wait(10)
        assert clock.now() == NOON
        assert clock.doubt() is None
        answered.set()
        loading.join(10)
        assert not loading.is_alive()


def test_threads_may_read_play_tick_and_hear_of_it_at_once(machine: Machine) -> None:
    machine.ahead_s = -DAY
    clock = machine.started()
    clock.at_least(NOON)

    def use(call: object) -> None:
        for _ in range(60):
            call()  # type: ignore[operator]

    calls = [
        clock.now,
        clock.tick,
        lambda: clock.played(1.0),
        lambda: clock.judge(GRANT, RIGHT),
        lambda: clock.at_least(NOON),
    ]
    threads = [threading.Thread(target=use, args=(each,)) for each in calls]
    for each in threads:
        each.start()
    for each in threads:
        each.join(30)
    assert clock.doubt() == Doubt(DOUBT_ALLOWANCE_S - 60)
    restarted: RentalClock = machine.started()
    restarted.tick()
    assert restarted.now() == NOON
