"""A rental's second clock: on disk before the first byte of its film goes out."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace

import pytest

from player_app.core.errors import Stopped
from player_app.core.licence import Permit
from player_app.core.rental import SecondClock
from player_app.core.storage_errors import StorageError
from player_app.features import telling_starts
from player_app.media.gateway.sessions import Session
from player_app.reference_service.hooks import TestHooks
from player_app.reference_service.server import RunningService
from tests.features.player import Player, refusing
from tests.features.second_clock import (
    a_permit,
    on_disk,
    rented,
    session_of,
    signed_in_player,
    started_at,
    told,
)
from tests.features.test_licences import Renter
from tests.waiting import until


@pytest.fixture(scope="module")
def player(service: RunningService, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Player]:
    with signed_in_player(service, tmp_path_factory.mktemp("player")) as made:
        yield made


@pytest.fixture(scope="module")
def renter(player: Player) -> Renter:
    return rented(player, 0)


@pytest.fixture(scope="module")
def unstarted(player: Player) -> Renter:
    """Of a film whose real rental one test alone starts."""
    return rented(player, 1)


@pytest.fixture(autouse=True)
def quick_tries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(telling_starts, "PAUSES_S", (0.05,))


def test_the_second_clock_starts_with_the_first_bytes_once_and_through_an_outage(
    unstarted: Renter, hooks: TestHooks
) -> None:
    renter, player, heard = unstarted, unstarted.player, threading.Event()
    player.starts.listen(heard.set)
    permit = player.licences.permit(renter.film_id)
    assert permit.licence.started_at is None
    before = len(told(hooks))
    hooks.fail_next("/v1/licences/", 503, times=2)

    with session_of(renter, permit) as session:
        assert on_disk(player, permit.licence.right_id) is None
        assert told(hooks)[before:] == []
        assert b"".join(session.piece("v", 0).chunks)
    begun = on_disk(player, permit.licence.right_id)
    assert begun is not None
    assert abs(begun - time.time()) < 30
    until(lambda: told(hooks)[before:] == [503, 503, 200], "the start to be told at last")
    assert started_at(renter) == begun
    until(heard.is_set, "the listener to hear")
    kept = player.connection.rights().rentals
    assert [each.started_at for each in kept if each.film_id == renter.film_id] == [begun]

    with session_of(renter, permit) as again:
        assert b"".join(again.piece("v", 0).chunks)
    later = player.licences.permit(renter.film_id)
    assert later.licence.started_at == begun
    player.starts.began(later)
    assert told(hooks)[before:] == [503, 503, 200]


def test_the_start_is_on_disk_before_the_first_byte(renter: Renter) -> None:
    player, permit = renter.player, a_permit(renter)
    with session_of(renter, permit) as session:
        first = next(chunk for chunk in session.piece("v", 0).chunks if chunk)
        copy = sqlite3.connect(f"file:{player.paths.database}?mode=ro", uri=True)
        rows = copy.execute("SELECT right_id FROM starts").fetchall()
        copy.close()

    assert first
    assert (permit.licence.right_id,) in rows


@pytest.mark.promise(11)
def test_where_the_start_can_not_be_written_no_byte_goes_out_and_the_reason_is_known(
    renter: Renter,
) -> None:
    player, permit, out = renter.player, a_permit(renter), list[bytes]()

    def ask(session: Session, name: str) -> None:
        with suppress(Stopped):
            out.extend(session.piece(name, 0).chunks)

    with session_of(renter, permit) as session, refusing(player):
        asking = [threading.Thread(target=ask, args=(session, name)) for name in ("v", "a")]
        for each in asking:
            each.start()
        until(lambda: session.supply().cause is not None, "the reason to be known")
        assert isinstance(session.supply().cause, StorageError)
    for each in asking:
        each.join(5)
    assert out == []
    assert on_disk(player, permit.licence.right_id) is None

    with session_of(renter, permit) as session:
        assert b"".join(session.piece("v", 0).chunks)
    assert on_disk(player, permit.licence.right_id) is not None


def test_a_session_that_is_over_starts_no_clock(renter: Renter) -> None:
    permit = a_permit(renter)
    with session_of(renter, permit) as session:
        session.abort()
        with pytest.raises(Stopped):
            session.piece("v", 0)
    assert on_disk(renter.player, permit.licence.right_id) is None


@pytest.mark.parametrize(
    ("second_clock", "subscription", "by_play", "by_download"),
    [
        (SecondClock.PLAY, False, True, False),
        (SecondClock.DOWNLOAD, False, True, True),
        (SecondClock.PURCHASE, False, False, False),
        (SecondClock.PLAY, True, False, False),
    ],
)
def test_what_starts_the_second_clock_is_the_terms(
    renter: Renter,
    second_clock: SecondClock,
    subscription: bool,  # noqa: FBT001 - a row's
    by_play: bool,  # noqa: FBT001 - a row's
    by_download: bool,  # noqa: FBT001 - a row's
) -> None:
    starts: dict[Callable[[Permit], None], bool] = {
        renter.player.starts.began: by_play,
        renter.player.starts.download_began: by_download,
    }
    for begin, is_started in starts.items():
        permit = a_permit(renter, second_clock=second_clock)
        permit = replace(permit, licence=replace(permit.licence, subscription=subscription))
        begin(permit)
        assert (on_disk(renter.player, permit.licence.right_id) is not None) is is_started
