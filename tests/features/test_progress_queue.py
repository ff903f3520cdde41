"""What was watched waits on disk until the service has heard of it, whatever comes between."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from player_app.core.errors import ServiceFailing, Unreachable
from player_app.core.position import Position, WaitingPosition
from player_app.features.positions import new_watch_session
from player_app.reference_service.hooks import TestHooks
from player_app.storage.positions import PositionStore
from player_app.storage.waiting_progress import WaitingProgress
from tests.features.conftest import NewDevice
from tests.features.player import Player, refusing
from tests.features.sign_ins import in_thread, under_way
from tests.features.two_devices import SECOND, SEEN, place, waiting
from tests.plugins.logs import Expect
from tests.waiting import until

PATH = "/v1/progress"
HERE_MS = 754_321


def test_what_was_watched_offline_waits_through_a_restart(
    new_device: NewDevice, there: Player
) -> None:
    first = new_device("here")
    first.transport.keep_quiet(True)
    first.positions.keep(SEEN, HERE_MS)
    with pytest.raises(Unreachable):
        first.progress.catch_up()
    first.close()

    again = new_device("here")
    assert [each.position_ms for each in waiting(again)] == [HERE_MS]
    again.progress.catch_up()
    assert waiting(again) == ()
    there.progress.catch_up()
    assert place(there) == (HERE_MS, False)


def test_of_a_film_only_the_latest_place_waits(here: Player) -> None:
    session = new_watch_session()
    for position_ms in (1_000, 6_000, 11_000):
        here.positions.keep(SEEN, position_ms, watch_session=session)
    assert [each.position_ms for each in waiting(here)] == [11_000]


def test_what_is_watched_while_the_answer_is_on_its_way_waits_for_the_next(
    here: Player, hooks: TestHooks
) -> None:
    session = new_watch_session()  # of two in the same second chance would choose
    here.positions.keep(SEEN, 10_000, watch_session=session)
    with under_way(hooks, PATH, here.progress.catch_up) as ended:
        here.positions.keep(SEEN, 15_000, watch_session=session)
        assert place(here) == (15_000, False)
    assert ended == [False]
    assert place(here) == (15_000, False)
    assert waiting(here) == ()


def test_one_request_at_a_time_and_whoever_comes_meanwhile_waits_for_none(
    here: Player, hooks: TestHooks
) -> None:
    here.progress.catch_up()
    here.positions.keep(SEEN, 10_000)
    before = hooks.arrived.count(PATH)
    hooks.delay_next(PATH, 0.4)
    first = in_thread(here.progress.catch_up)
    until(lambda: hooks.arrived.count(PATH) > before, "the first to ask")
    here.positions.keep(SECOND, 20_000)
    assert not here.progress.catch_up()
    assert hooks.arrived.count(PATH) == before + 1
    first.join(10)
    assert waiting(here) == ()
    asked = [each.method for each in hooks.requests if each.path == PATH][before:]
    assert asked == ["POST", "POST", "GET", "GET"]


@pytest.mark.parametrize("status", [500, 503])
def test_a_service_that_fails_is_told_later(here: Player, hooks: TestHooks, status: int) -> None:
    here.positions.keep(SEEN, HERE_MS)
    hooks.fail_next(PATH, status)
    with pytest.raises(ServiceFailing):
        here.progress.catch_up()
    assert [each.position_ms for each in waiting(here)] == [HERE_MS]
    here.progress.catch_up()
    assert waiting(here) == ()


def put_waiting(player: Player, *entries: WaitingPosition) -> None:
    owner = player.connection.owner()
    store = WaitingProgress(player.database)
    for each in entries:
        store.watched(owner, each, None)


def test_a_place_that_the_service_refuses_keeps_no_other_from_being_told(
    here: Player, there: Player, expect_log: Expect
) -> None:
    expect_log("the service refuses a place in a film: invalid")
    for number in range(5):
        here.positions.keep(f"film-0{number + 1}", 10_000 + number)
    put_waiting(here, WaitingPosition("film-06", 5_000, False, 1, "no id, this", 1))
    here.progress.catch_up()
    there.progress.catch_up()
    told = {each.film_id: each.position_ms for each in there_places(there)}
    assert told == {f"film-0{number + 1}": 10_000 + number for number in range(5)}
    assert place(here, "film-06") == (5_000, False)
    assert waiting(here) == ()


def there_places(player: Player) -> list[Position]:
    return list(PositionStore(player.database).all().values())


def test_a_film_that_the_service_has_not_keeps_its_place_here_and_is_told_of_once(
    here: Player, hooks: TestHooks
) -> None:
    here.positions.keep("film-gone", 5_000)
    here.progress.catch_up()
    assert place(here, "film-gone") == (5_000, False)
    before = len(hooks.requests)
    here.progress.catch_up()
    assert [each.method for each in hooks.requests[before:]] == ["GET"]


def test_many_places_are_told_in_posts_of_five_hundred(here: Player, hooks: TestHooks) -> None:
    with here.database.write() as connection:
        connection.executemany(
            "INSERT INTO positions VALUES (?, ?, 0, 1)",
            [(f"film-of-old-{number}", number * 1_000) for number in range(1_100)],
        )
    before = len(hooks.requests)
    here.progress.catch_up()
    asked = [each.method for each in hooks.requests[before:]]
    assert asked == ["GET", "POST", "POST", "POST"]
    assert waiting(here) == ()


def test_a_cursor_that_the_service_does_not_know_is_given_up(here: Player, there: Player) -> None:
    there.positions.keep(SEEN, HERE_MS)
    there.progress.catch_up()
    with here.database.write() as connection:
        owner = here.connection.owner()
        connection.execute("INSERT INTO progress_cursors VALUES (?, ?)", (owner, "of-another"))
    assert here.progress.catch_up()
    assert place(here) == (HERE_MS, False)


def test_a_place_that_the_disk_refused_is_told_once_it_is_kept(
    here: Player, expect_log: Expect
) -> None:
    expect_log("a place in a film is not kept")
    with refusing(here):
        here.positions.keep(SEEN, HERE_MS, rests=True)
        assert waiting(here) == ()
    assert place(here) == (HERE_MS, False)
    here.positions.try_again()
    assert [each.position_ms for each in waiting(here)] == [HERE_MS]


def test_rows_that_can_not_be_read_stop_nothing(here: Player, there: Player) -> None:
    owner = here.connection.owner()
    there.positions.keep(SEEN, HERE_MS)
    there.progress.catch_up()
    with here.database.write() as connection:
        for table in ("waiting_progress", "known_progress"):
            for film_id, packed in ((SEEN, b"\xc1"), (SECOND, b"\x81\xa2at\xcf" + b"\xff" * 8)):
                row = (owner, film_id, packed)
                connection.execute(f"INSERT INTO {table} VALUES (?,?,?)", row)  # noqa: S608 - names of ours
        connection.execute("INSERT INTO positions VALUES (?,?,?,?)", (SECOND, "far", 0, b"ago"))
    assert waiting(here) == ()
    here.progress.catch_up()
    assert place(here) == (HERE_MS, False)
    here.positions.keep(SECOND, 2_000)
    assert place(here, SECOND) == (2_000, False)


def test_a_film_that_rests_is_told_soon_and_one_that_plays_is_not(here: Player) -> None:
    heard = list[str]()
    here.positions.when_resting(lambda: heard.append("rests"))
    session = new_watch_session()
    here.positions.keep(SEEN, 5_000, watch_session=session)
    assert heard == []
    here.positions.keep(SEEN, 5_000, watch_session=session, rests=True)
    assert heard == ["rests"]


def test_the_place_and_what_waits_are_one_change(here: Player) -> None:
    """So no kill can leave a place that is never told."""
    here.positions.keep(SEEN, HERE_MS)
    path = here.paths.database
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        before = connection.execute("SELECT number FROM changes").fetchone()
        here.positions.keep(SEEN, HERE_MS + 5_000)
        after = connection.execute("SELECT number FROM changes").fetchone()
    assert after[0] == before[0] + 1
