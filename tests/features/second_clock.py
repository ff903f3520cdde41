"""A viewer whose rental's second clock a test starts: here, on disk, and at the service."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from player_app.core.licence import Permit
from player_app.features.start_records import StartRecords
from player_app.media.gateway.gateway import Gateway
from player_app.media.gateway.sessions import Permission, Session
from player_app.media.gateway.store import MemoryStore
from player_app.reference_service.demo import EMAIL, PASSWORD
from player_app.reference_service.hooks import TestHooks
from player_app.reference_service.server import RunningService
from player_app.reference_service.visitor import pay
from player_app.storage.starts import StartStore
from tests.fakes.browser import RecordingBrowser
from tests.features.player import Player
from tests.features.test_licences import Renter


@contextmanager
def signed_in_player(service: RunningService, folder: Path) -> Iterator[Player]:
    """The demo's viewer, who pays for whatever is opened in the browser."""
    made = Player(folder / "profile", RecordingBrowser(pay))
    made.services.choose(made.services.look_up(service.address))
    made.desk.sign_in(EMAIL, PASSWORD, None)
    made.browse.refresh()
    yield made
    made.close()
    made.browser.close()


def rented(player: Player, number: int) -> Renter:
    """The viewer rents the film of this number in the catalogue."""
    films = [card.film for card in player.browse.home().rows[-1].cards if card.film.streams]
    film = films[number]
    offer = next(offer.id for offer in film.offers if offer.kind == "rental")
    player.checkouts.wait(player.checkouts.begin(film.id, offer), threading.Event())
    return Renter(player, film.id)


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
