"""Checkouts through lost answers, outages, restarts and the end of their time."""

from __future__ import annotations

import concurrent.futures
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from player_app.core.checkout import CheckoutState, PendingCheckout
from player_app.core.errors import SlowDown, Stopped, Unreachable
from player_app.core.refusals import AlreadyHeld, NotFound
from player_app.reference_service.demo import EMAIL, PASSWORD
from player_app.reference_service.hooks import TestHooks
from player_app.reference_service.server import RunningService, loopback_socket, running
from player_app.reference_service.tables import IdempotencyKey
from player_app.reference_service.visitor import PageBrowser, open_checkout, pay
from tests.fakes.browser import RecordingBrowser
from tests.features.coming_back import come_back
from tests.features.conftest import NewPlayer
from tests.features.player import Player
from tests.plugins.logs import Expect
from tests.service_settings import quick_settings
from tests.waiting import until

CHECKOUTS = "/v1/checkouts"
CUT = "uvicorn.error: Exception in ASGI application"


@pytest.fixture
def buyer(new_player: NewPlayer, hooks: TestHooks) -> Player:
    hooks.ahead_s = 0
    player = new_player()
    player.desk.sign_in(EMAIL, PASSWORD, None)
    player.browse.refresh()
    return player


def offers(player: Player) -> list[tuple[str, str]]:
    """Films that are not rented yet, with their rental offers."""
    films = [card.film for card in player.browse.home().rows[-1].cards if card.film.streams]
    return [
        (film.id, next(offer.id for offer in film.offers if offer.kind == "rental"))
        for film in films
        if not player.browse.film(film.id).right.may_play
    ]


def begun(hooks: TestHooks) -> list[str]:
    """The keys of the requests for a checkout, in order."""
    return [
        each.headers["idempotency-key"]
        for each in hooks.requests
        if (each.method, each.path) == ("POST", CHECKOUTS)
    ]


def waiting(
    player: Player, pending: PendingCheckout, stop: threading.Event
) -> Callable[[], object]:
    """Wait in a thread; the call gives what came of it."""
    outcome: list[object] = []

    def wait() -> None:
        try:
            outcome.append(player.checkouts.wait(pending, stop).state)
        except (Stopped, NotFound) as error:
            outcome.append(error)

    thread = threading.Thread(target=wait, name="checkout")
    thread.start()

    def end() -> object:
        thread.join(20)
        return outcome[0] if outcome else None

    return end


def return_address(player: Player, pending: PendingCheckout) -> str:
    with player.database.read() as connection:
        chosen = "SELECT return_to FROM checkouts WHERE id = ?"
        return str(connection.execute(chosen, (pending.id,)).fetchone()[0])


def is_polled(hooks: TestHooks, pending: PendingCheckout) -> bool:
    """Asked for and not answered: the service holds it for 20 s."""
    path = f"{CHECKOUTS}/{pending.id}"
    return path in hooks.arrived and all(each.path != path for each in hooks.requests)


def test_the_wait_is_broken_off_within_a_second(buyer: Player, hooks: TestHooks) -> None:
    stop = threading.Event()
    pending = buyer.checkouts.begin(*offers(buyer)[0])
    end = waiting(buyer, pending, stop)
    until(lambda: is_polled(hooks, pending), "the service to hold the question")
    stop.set()
    began = time.monotonic()
    assert isinstance(end(), Stopped)
    assert time.monotonic() - began < 1


def test_an_open_checkout_of_the_same_film_is_taken_up(buyer: Player, hooks: TestHooks) -> None:
    first = buyer.checkouts.begin(*offers(buyer)[0])
    before = len(begun(hooks))
    assert buyer.checkouts.begin(*offers(buyer)[0]) == first
    assert len(begun(hooks)) == before
    assert buyer.browser.opened[-2:] == [first.address, first.address]


@pytest.mark.promise(12)
def test_pressed_twice_at_once_it_is_one_checkout(buyer: Player, hooks: TestHooks) -> None:
    wish = offers(buyer)[2]
    before = len(begun(hooks))
    with concurrent.futures.ThreadPoolExecutor(4) as threads:
        made = set(threads.map(lambda _: buyer.checkouts.begin(*wish), range(4)))
    assert len(made) == 1
    assert len(begun(hooks)) == before + 1


def test_a_checkout_whose_link_was_used_is_called_off_for_a_new_one(buyer: Player) -> None:
    first = buyer.checkouts.begin(*offers(buyer)[2])
    open_checkout(PageBrowser(), first.address or "")
    second = buyer.checkouts.begin(*offers(buyer)[2])
    assert second.id != first.id
    assert buyer.browser.opened[-1] == second.address
    client = buyer.connection.client()
    assert client.checkout(first.id, 0, threading.Event()).state is CheckoutState.CANCELLED


@pytest.mark.promise(12)
def test_what_was_paid_meanwhile_is_not_begun_again(buyer: Player, hooks: TestHooks) -> None:
    wish = offers(buyer)[-1]
    pay(buyer.checkouts.begin(*wish).address or "")
    before = len(begun(hooks))
    with pytest.raises(AlreadyHeld):
        buyer.checkouts.begin(*wish)
    assert len(begun(hooks)) == before
    assert buyer.browse.film(wish[0]).right.may_play
    assert wish[0] not in {each.film_id for each in buyer.checkouts.pending()}


def test_another_checkout_is_settled_while_one_is_waited_for(buyer: Player) -> None:
    (first, *_, second), heard = offers(buyer), threading.Event()
    other, stop = buyer.checkouts.begin(*second), threading.Event()
    awaited = buyer.checkouts.begin(*first)
    pay(other.address or "")
    buyer.checkouts.listen(heard.set)
    end = waiting(buyer, awaited, stop)
    assert heard.wait(10)
    assert other.id not in {each.id for each in buyer.checkouts.pending()}
    assert buyer.browse.film(second[0]).right.may_play
    stop.set()
    assert isinstance(end(), Stopped)


def test_a_return_ends_the_pause_after_an_outage(buyer: Player, hooks: TestHooks) -> None:
    pending = buyer.checkouts.begin(*offers(buyer)[0])
    path = f"{CHECKOUTS}/{pending.id}"
    hooks.fail_next(path, 503, times=3)
    end = waiting(buyer, pending, threading.Event())
    until(lambda: hooks.arrived.count(path) == 4, "the pause of four seconds")
    pay(pending.address or "")
    began = time.monotonic()
    assert come_back(f"{return_address(buyer, pending)}?state={pending.nonce}")[0] == 200
    assert end() is CheckoutState.PAID
    assert time.monotonic() - began < 2


def test_a_request_that_still_runs_is_asked_for_again_and_not_begun_anew(
    buyer: Player, hooks: TestHooks, service: RunningService, expect_log: Expect
) -> None:
    expect_log(CUT)
    wish = offers(buyer)[0]
    hooks.cut_next(CHECKOUTS, bytes_sent=10)
    with pytest.raises(Unreachable):
        buyer.checkouts.begin(*wish)
    key = begun(hooks)[-1]
    with service.service.transaction() as session:
        row = session.query(IdempotencyKey).filter(IdempotencyKey.key == key).one()
        row.status = None
    with pytest.raises(SlowDown):
        buyer.checkouts.begin(*wish)
    with service.service.transaction() as session:
        row = session.query(IdempotencyKey).filter(IdempotencyKey.key == key).one()
        row.status = 201
    buyer.checkouts.begin(*wish)
    assert begun(hooks)[-3:] == [key] * 3


@pytest.mark.promise(12)
def test_a_lost_answer_is_asked_for_again_by_the_same_key(
    buyer: Player, hooks: TestHooks, expect_log: Expect
) -> None:
    expect_log(CUT)
    film_id, offer_id = offers(buyer)[1]
    before = len(begun(hooks))
    hooks.cut_next(CHECKOUTS, bytes_sent=10)
    with pytest.raises(Unreachable):
        buyer.checkouts.begin(film_id, offer_id)
    assert buyer.checkouts.pending() == ()

    pending = buyer.checkouts.begin(film_id, offer_id)

    keys = begun(hooks)[before:]
    assert len(keys) == 2
    assert len(set(keys)) == 1
    assert buyer.checkouts.pending() == (pending,)
    assert pending.address is not None
    pay(pending.address)
    assert buyer.checkouts.wait(pending, threading.Event()).state is CheckoutState.PAID
    assert sum(each.film_id == film_id for each in buyer.connection.rights().rentals) == 1


@pytest.mark.promise(12)
def test_a_lost_answer_is_recovered_once_the_service_answers(
    buyer: Player, hooks: TestHooks, expect_log: Expect
) -> None:
    expect_log(CUT)
    hooks.cut_next(CHECKOUTS, bytes_sent=10)
    with pytest.raises(Unreachable):
        buyer.checkouts.begin(*offers(buyer)[0])
    hooks.fail_next(CHECKOUTS, 503)
    buyer.checkouts.recover()
    assert buyer.checkouts.pending() == ()
    buyer.checkouts.recover()
    assert len(buyer.checkouts.pending()) == 1
    assert len(set(begun(hooks)[-3:])) == 1


def test_a_lost_answer_older_than_a_day_is_let_go(
    buyer: Player, hooks: TestHooks, expect_log: Expect
) -> None:
    expect_log(CUT)
    hooks.cut_next(CHECKOUTS, bytes_sent=10)
    with pytest.raises(Unreachable):
        buyer.checkouts.begin(*offers(buyer)[0])
    before = len(begun(hooks))
    buyer.clock.ahead_s = 25 * 3600
    buyer.checkouts.recover()
    assert buyer.checkouts.pending() == ()
    assert len(begun(hooks)) == before


def test_a_checkout_whose_time_is_over_is_expired_and_another_can_begin(
    buyer: Player, hooks: TestHooks
) -> None:
    film_id, offer_id = offers(buyer)[0]
    pending = buyer.checkouts.begin(film_id, offer_id)
    hooks.ahead_s = 31 * 60
    expired = buyer.checkouts.wait(pending, threading.Event())
    assert expired.state is CheckoutState.EXPIRED
    assert buyer.checkouts.pending() == ()
    assert buyer.checkouts.begin(film_id, offer_id).id != pending.id
    hooks.ahead_s = 0


def test_a_service_in_trouble_only_delays_the_end(buyer: Player, hooks: TestHooks) -> None:
    pending = buyer.checkouts.begin(*offers(buyer)[0])
    assert pending.address is not None
    pay(pending.address)
    hooks.fail_next(f"{CHECKOUTS}/{pending.id}", 503)
    assert buyer.checkouts.wait(pending, threading.Event()).state is CheckoutState.PAID


def test_a_checkout_that_the_service_does_not_know_is_forgotten(
    buyer: Player, hooks: TestHooks
) -> None:
    pending = buyer.checkouts.begin(*offers(buyer)[0])
    hooks.fail_next(f"{CHECKOUTS}/{pending.id}", 404)
    with pytest.raises(NotFound):
        buyer.checkouts.wait(pending, threading.Event())
    assert buyer.checkouts.pending() == ()


def test_what_was_paid_is_not_begun_again_where_the_computers_clock_is_ahead(
    buyer: Player, hooks: TestHooks
) -> None:
    """By that clock the rental would be over before it began."""
    wish = offers(buyer)[-1]
    buyer.clock.ahead_s = 40 * 24 * 3600
    pay(buyer.checkouts.begin(*wish).address or "")
    before = len(begun(hooks))
    with pytest.raises(AlreadyHeld):
        buyer.checkouts.begin(*wish)
    assert len(begun(hooks)) == before


def test_a_service_that_goes_away_and_comes_back_in_the_middle(
    tmp_path: Path, expect_log: Expect
) -> None:
    expect_log("uvicorn.error: ")
    with loopback_socket() as free:
        port = free.getsockname()[1]
    settings = quick_settings(tmp_path / "service")
    (tmp_path / "service").mkdir()
    hooks = TestHooks()
    with ExitStack() as stack:
        player = Player(tmp_path / "p", RecordingBrowser())
        stack.callback(player.close)
        with running(settings, hooks=hooks, bound=loopback_socket(port)) as service:
            player.services.choose(player.services.look_up(service.address))
            player.desk.sign_in(EMAIL, PASSWORD, None)
            player.browse.refresh()
            pending = player.checkouts.begin(*offers(player)[0])
            end = waiting(player, pending, threading.Event())
            until(lambda: is_polled(hooks, pending), "the service to hold the question")
        with pytest.raises(Unreachable):
            player.browse.refresh()
        with running(settings, bound=loopback_socket(port)):
            assert pending.address is not None
            assert urlsplit(pending.address).port == port
            pay(pending.address)
            assert end() is CheckoutState.PAID
        assert player.browse.film(str(pending.film_id)).right.may_play
