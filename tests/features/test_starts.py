"""A rental's second clock: on disk before the first byte goes out, told until it was heard."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace

import pytest

from player_app.core.errors import Stopped
from player_app.core.high_water import latest_start
from player_app.core.licence import Permit, Purpose
from player_app.core.rental import SecondClock
from player_app.core.sign_in_errors import SignedOut
from player_app.core.storage_errors import StorageError
from player_app.core.stream_errors import RentalOver
from player_app.features import telling_starts
from player_app.features.start_records import Start, StartRecords
from player_app.media.gateway.gateway import Gateway
from player_app.media.gateway.sessions import Permission, Session
from player_app.media.gateway.store import MemoryStore
from player_app.reference_service.demo import EMAIL, PASSWORD
from player_app.reference_service.hooks import TestHooks
from player_app.reference_service.server import RunningService
from player_app.reference_service.visitor import pay
from player_app.storage.starts import StartRow, StartStore
from tests.fakes.browser import RecordingBrowser
from tests.features.player import Player, refusing
from tests.features.test_licences import Renter
from tests.plugins.logs import Expect
from tests.waiting import until

DAY = 86_400


def rented(player: Player, number: int) -> Renter:
    """The viewer rents the film of this number in the catalogue."""
    films = [card.film for card in player.browse.home().rows[-1].cards if card.film.streams]
    film = films[number]
    offer = next(offer.id for offer in film.offers if offer.kind == "rental")
    player.checkouts.wait(player.checkouts.begin(film.id, offer), threading.Event())
    return Renter(player, film.id)


@pytest.fixture(scope="module")
def player(service: RunningService, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Player]:
    made = Player(tmp_path_factory.mktemp("player") / "profile", RecordingBrowser(pay))
    made.services.choose(made.services.look_up(service.address))
    made.desk.sign_in(EMAIL, PASSWORD, None)
    made.browse.refresh()
    yield made
    made.close()
    made.browser.close()


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


def told(hooks: TestHooks) -> list[int]:
    return [each.status for each in hooks.requests if each.path.endswith("/start")]


@contextmanager
def session_of(renter: Renter, permit: Permit) -> Iterator[Session]:
    assert permit.segment_list is not None
    player = renter.player
    gateway = Gateway(player.transport, MemoryStore(64 << 20))
    session = gateway.session(
        Permission(
            permit=permit,
            video=permit.segment_list.videos()[0],
            audio=permit.segment_list.audios()[0],
            renew=lambda: player.licences.permit(renter.film_id),
            may_go_out=lambda: player.starts.began(permit),
            origins=player.connection.client().service.media_origins,
        )
    )
    session.prepare(0)
    try:
        yield session
    finally:
        gateway.abort(session)
        assert gateway.close(5)


def started_at(renter: Renter) -> int | None:
    """As the service knows."""
    rentals = renter.player.connection.client().rights().rentals
    return next(each.started_at for each in rentals if each.film_id == renter.film_id)


def on_disk(player: Player, right_id: str) -> int | None:
    """As another process reads it, with this computer's secret."""
    desk = player.desk
    store = StartStore(player.database)
    records = StartRecords(store, player.connection, desk.secret, desk.passing)
    return records.local(right_id)


def a_permit(renter: Renter, **terms: object) -> Permit:
    """Of a rental that was bought just now, which no test before has started."""
    permit = renter.player.licences.permit(renter.film_id)
    licence = permit.licence
    return replace(
        permit,
        licence=replace(
            licence,
            purchased_at=licence.purchased_at - int(time.monotonic_ns() % 9999) - 1,
            started_at=None,
            terms=replace(licence.terms, **terms),  # type: ignore[arg-type]
        ),
    )


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
