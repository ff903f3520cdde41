"""Places in films go with their viewer from device to device, through outages and sign-outs."""

from __future__ import annotations

import pytest

from player_app.core.errors import Unreachable
from player_app.core.position import Position
from player_app.core.sign_in_errors import SignedOut
from player_app.features.catching_up import CatchingUp
from player_app.features.positions import new_watch_session
from player_app.reference_service.hooks import TestHooks
from player_app.reference_service.server import RunningService
from player_app.storage.positions import PositionStore
from tests.features.conftest import NewDevice
from tests.features.player import Player
from tests.features.sign_ins import under_way
from tests.features.two_devices import PASSWORD, SECOND, SEEN, new_account, place, waiting
from tests.plugins.logs import Expect

PATH = "/v1/progress"
HERE_MS = 754_321


def go_on_watching(player: Player) -> list[tuple[str, int | None]]:
    rows = (row for row in player.browse.home().rows if row.id == "continue")
    return [(card.film.id, card.position_ms) for row in rows for card in row.cards]


def test_a_film_goes_on_where_it_was_left_on_another_device(here: Player, there: Player) -> None:
    for film_id, position_ms in ((SECOND, 60_000), (SEEN, HERE_MS)):
        here.clock.ahead_s += 60
        here.positions.keep(film_id, position_ms)
    assert here.progress.catch_up() is False

    catching_up = CatchingUp(there.browse, there.comments, there.progress)
    assert catching_up.catch_up()
    assert place(there) == (HERE_MS, False)
    assert dict(go_on_watching(there)) == {SEEN: HERE_MS, SECOND: 60_000}
    assert not there.progress.catch_up()


def test_a_film_seen_to_its_end_there_is_no_film_to_go_on_with_here(
    here: Player, there: Player
) -> None:
    here.browse.refresh()
    here.positions.keep(SEEN, HERE_MS)
    here.progress.catch_up()
    assert go_on_watching(here) == [(SEEN, HERE_MS)]

    there.progress.catch_up()
    there.positions.keep(SEEN, 900_000, finished=True)
    there.progress.catch_up()
    assert here.progress.catch_up()
    assert go_on_watching(here) == []
    assert here.browse.film(SEEN).position_ms is None


def test_an_older_place_told_late_never_takes_the_place_of_a_newer_one(
    here: Player, there: Player
) -> None:
    here.positions.keep(SEEN, 10_000)
    there.clock.ahead_s = 60
    there.positions.keep(SEEN, HERE_MS, finished=True)
    there.progress.catch_up()
    here.progress.catch_up()
    assert place(here) == place(there) == (HERE_MS, True)


def test_closing_a_film_that_was_paused_long_ago_undoes_nothing_of_what_was_seen_since(
    here: Player, there: Player
) -> None:
    session = new_watch_session()
    here.positions.keep(SEEN, 10_000, watch_session=session, rests=True)
    here.progress.catch_up()
    there.progress.catch_up()
    there.positions.keep(SEEN, HERE_MS)
    there.progress.catch_up()
    here.progress.catch_up()
    here.clock.ahead_s = 7_200

    here.positions.keep(SEEN, 10_040, watch_session=session, rests=True)
    assert place(here) == (HERE_MS, False)
    assert waiting(here) == ()
    here.positions.keep(SEEN, 16_000, watch_session=session)
    here.progress.catch_up()
    there.progress.catch_up()
    assert place(here) == place(there) == (16_000, False)


def test_a_place_whose_answer_got_lost_is_told_again_and_changes_nothing(
    here: Player, there: Player, hooks: TestHooks, expect_log: Expect
) -> None:
    expect_log("uvicorn.error: Exception in ASGI application")
    here.positions.keep(SEEN, 10_000)
    hooks.cut_next(PATH, bytes_sent=10)
    with pytest.raises(Unreachable):
        here.progress.catch_up()
    there.progress.catch_up()
    there.positions.keep(SEEN, HERE_MS)
    there.progress.catch_up()
    here.progress.catch_up()
    assert place(here) == place(there) == (HERE_MS, False)


def test_the_places_of_a_player_that_told_none_yet_are_told(
    new_device: NewDevice, there: Player
) -> None:
    there.positions.keep(SECOND, 70_000)
    there.progress.catch_up()
    here = new_device("here")
    PositionStore(here.database).keep(Position(SEEN, HERE_MS, finished=False, kept_at=1_700_000))
    PositionStore(here.database).keep(Position(SECOND, 1_000, finished=False, kept_at=1_700_000))
    here.progress.catch_up()
    there.progress.catch_up()
    for player in (here, there):
        assert [place(player), place(player, SECOND)] == [(HERE_MS, False), (70_000, False)]


def test_two_accounts_on_one_computer_have_each_their_own_places(
    here: Player, service: RunningService, email: str
) -> None:
    _, another = new_account(service)
    here.positions.keep(SEEN, HERE_MS)
    here.desk.sign_out()
    assert place(here) is None
    assert not here.progress.catch_up()

    here.desk.sign_in(another, PASSWORD, None)
    here.progress.catch_up()
    assert place(here) is None
    assert waiting(here) == ()
    here.positions.keep(SECOND, 20_000)
    here.progress.catch_up()

    here.desk.sign_in(email, PASSWORD, None)
    assert [each.position_ms for each in waiting(here)] == [HERE_MS]
    here.progress.catch_up()
    assert (place(here), place(here, SECOND)) == ((HERE_MS, False), None)
    here.desk.sign_in(another, PASSWORD, None)
    here.progress.catch_up()
    assert (place(here), place(here, SECOND)) == (None, (20_000, False))


def test_an_answer_that_comes_after_a_sign_out_is_nobody_s(
    here: Player, there: Player, hooks: TestHooks, service: RunningService
) -> None:
    _, another = new_account(service)
    there.positions.keep(SEEN, HERE_MS)
    there.progress.catch_up()
    with under_way(hooks, PATH, here.progress.catch_up) as ended:
        here.desk.sign_in(another, PASSWORD, None)
    assert ended == [SignedOut]
    assert place(here) is None


def test_where_a_film_was_left_by_signing_out_waits_for_its_viewer(
    here: Player, there: Player, email: str
) -> None:
    here.connection.at_sign_out(lambda: here.positions.keep(SEEN, HERE_MS))
    here.desk.sign_out()
    assert place(here) is None
    here.desk.sign_in(email, PASSWORD, None)
    here.progress.catch_up()
    there.progress.catch_up()
    assert place(there) == (HERE_MS, False)
