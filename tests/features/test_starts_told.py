"""Starts of second clocks: the earliest counts, and is told until the service has heard of it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from player_app.core.high_water import DOUBT_ALLOWANCE_S, latest_start
from player_app.core.licence import Purpose
from player_app.core.rental import ClockDoubt, NotStarted, Running
from player_app.core.sign_in_errors import SignedOut
from player_app.core.stream_errors import RentalOver
from player_app.features import telling_starts
from player_app.features.start_records import Start, StartRecords
from player_app.reference_service.hooks import TestHooks
from player_app.reference_service.server import RunningService
from player_app.storage.starts import StartRow, StartStore
from tests.features.player import Player
from tests.features.second_clock import a_permit, on_disk, rented, signed_in_player, told
from tests.features.test_licences import Renter
from tests.plugins.logs import Expect
from tests.waiting import until

DAY = 86_400


@pytest.fixture(scope="module")
def player(service: RunningService, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Player]:
    with signed_in_player(service, tmp_path_factory.mktemp("player")) as made:
        yield made


@pytest.fixture(scope="module")
def renter(player: Player) -> Renter:
    return rented(player, 0)


@pytest.fixture(autouse=True)
def quick_tries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(telling_starts, "PAUSES_S", (0.05,))


def test_of_two_starts_the_earlier_counts_whoever_knows_it(renter: Renter) -> None:
    player, now = renter.player, int(time.time())
    known = a_permit(renter)
    known = replace(known, licence=replace(known.licence, started_at=now - 500))
    player.starts.began(known)
    assert on_disk(player, known.licence.right_id) == now - 500

    ours = a_permit(renter)
    player.starts.began(ours)
    begun = on_disk(player, ours.licence.right_id)
    rights = player.connection.rights()
    other = replace(rights.rentals[0], purchased_at=ours.licence.purchased_at)
    for elsewhere, counts in ((now - 300, now - 300), (now + 300, begun)):
        told = replace(other, started_at=elsewhere)
        player.connection.kept.put("rights", replace(rights, rentals=(told,)))
        assert player.start_records.started_at(ours.licence.right_id) == counts
        assert player.start_records.rights().rentals[0].started_at == counts


def test_a_start_that_was_not_told_is_told_by_the_next_run_at_its_first_contact(
    renter: Renter, hooks: TestHooks
) -> None:
    player = renter.player
    permit = replace(a_permit(renter))
    hooks.fail_next("/v1/licences/", 503, times=1)
    owner = player.connection.owner()
    assert owner is not None
    licence = permit.licence
    begun = Start(licence.right_id, licence.id, licence.device_id, licence.purchased_at + 5, 0)
    player.start_records.keep(owner, begun, told=False)
    before = len(told(hooks))

    player.connection.refresh_rights()

    until(lambda: told(hooks)[before:] == [503, 200], "it to be told")
    until(lambda: not player.start_records.waits(owner), "it to be known as told")
    player.connection.refresh_rights()
    assert told(hooks)[before:] == [503, 200]


def test_a_start_that_the_service_refuses_is_let_go(
    renter: Renter, hooks: TestHooks, expect_log: Expect
) -> None:
    expect_log("the service did not take a start")
    player, owner = renter.player, renter.player.connection.owner()
    assert owner is not None
    licence = a_permit(renter).licence
    gone = Start(licence.right_id, "lic-gone", licence.device_id, licence.purchased_at + 5, 0)
    player.start_records.keep(owner, gone, told=False)
    before = len(told(hooks))

    player.connection.refresh_rights()

    until(lambda: not player.start_records.waits(owner), "it to be let go")
    assert told(hooks)[before:] == [404]
    assert on_disk(player, licence.right_id) == licence.purchased_at + 5


def test_a_start_that_was_tampered_with_or_moved_is_none(renter: Renter) -> None:
    player, permit = renter.player, a_permit(renter)
    player.starts.began(permit)
    right_id, owner = permit.licence.right_id, player.connection.owner()
    assert owner is not None
    store = StartStore(player.database)
    row = next(each for each in store.all(owner) if each.right_id == right_id)
    until(lambda: not player.start_records.waits(owner), "it to be told")

    store.keep(owner, StartRow("film-x@1", row.sealed, told=True))
    store.keep("acc-x https://x", row)
    assert on_disk(player, "film-x@1") is None
    for at in (0, 40, len(row.sealed) - 1):
        spoilt = row.sealed[:at] + bytes([row.sealed[at] ^ 1]) + row.sealed[at + 1 :]
        store.keep(owner, replace(row, sealed=spoilt))
        assert on_disk(player, right_id) is None
    store.keep(owner, row)
    assert on_disk(player, right_id) is not None


def test_a_start_is_not_lost_while_the_store_of_secrets_is_out_of_reach(renter: Renter) -> None:
    player, permit = renter.player, a_permit(renter)
    player.starts.began(permit)
    right_id, owner = permit.licence.right_id, player.connection.owner()
    assert owner is not None
    begun = on_disk(player, right_id)

    store = StartStore(player.database)
    passing = StartRecords(store, player.connection, lambda: b"p" * 32, lambda: True)
    assert passing.local(right_id) == begun
    passing.put_right(owner, lambda _: 1)

    assert on_disk(player, right_id) == begun


def test_nobody_elses_licence_starts_a_clock(renter: Renter) -> None:
    permit = a_permit(renter)
    other = replace(permit, licence=replace(permit.licence, account_id="acc-other"))
    with pytest.raises(SignedOut):
        renter.player.starts.began(other)
    renter.player.connection.rest()
    with pytest.raises(SignedOut):
        renter.player.starts.began(permit)
    renter.player.connection.wake()


@pytest.mark.promise(10)
@pytest.mark.parametrize("off_s", [-2, 0, 1])
def test_a_start_that_comes_too_late_is_none(renter: Renter, off_s: int) -> None:
    player, permit = renter.player, a_permit(renter)
    within_s = player.rental_clock.now() - permit.licence.purchased_at - off_s
    terms = replace(permit.licence.terms, start_within_s=within_s)
    late = replace(permit, licence=replace(permit.licence, terms=terms, purpose=Purpose.OFFLINE))
    if off_s < 0:
        player.starts.began(late)
        assert on_disk(player, late.licence.right_id) is not None
        return
    with pytest.raises(RentalOver) as over:
        player.starts.began(late)
    assert over.value.why == "not-started-in-time"
    assert on_disk(player, late.licence.right_id) is None


def test_a_start_read_off_a_clock_that_was_ahead_is_put_right_by_a_contact(
    renter: Renter, monkeypatch: pytest.MonkeyPatch
) -> None:
    player, permit = renter.player, a_permit(renter)
    until_now = player.rental_clock.now()
    with monkeypatch.context() as turned:
        turned.setattr(player.clock, "ahead_s", 3 * DAY)
        player.rental_clock._marks.clear()
        player.starts.began(permit)
    right_id = permit.licence.right_id
    assert (on_disk(player, right_id) or 0) >= until_now + 3 * DAY

    player.connection.refresh_rights()

    begun = on_disk(player, right_id)
    assert begun is not None
    assert until_now <= begun <= int(time.time()) + 3
    assert begun <= latest_start(int(time.time()), 1, 0)


def test_a_clock_that_was_turned_back_is_shown_until_the_next_contact(
    renter: Renter, monkeypatch: pytest.MonkeyPatch
) -> None:
    player, film_id = renter.player, renter.film_id

    def standings() -> set[type]:
        cards = [card for row in player.browse.home().rows for card in row.cards]
        found = [card.time_left for card in cards if card.film.id == film_id]
        return {type(each) for each in (*found, player.browse.film(film_id).right.standing)}

    player.connection.refresh_rights()
    assert standings() <= {NotStarted, Running}
    monkeypatch.setattr(player.clock, "ahead_s", -7 * DAY)
    player.rental_clock.played(DOUBT_ALLOWANCE_S)
    assert standings() == {ClockDoubt}
    player.connection.refresh_rights()
    assert standings() <= {NotStarted, Running}
