"""The second clock of a rental begins at the service with the first bytes that go to the engine."""

from __future__ import annotations

import threading
import time

import pytest

from player_app.core.licence import Permit
from player_app.features import starts as telling
from player_app.features.starts import Starts
from player_app.media.gateway.gateway import Gateway
from player_app.media.gateway.sessions import Permission
from player_app.media.gateway.store import MemoryStore
from player_app.reference_service.hooks import TestHooks
from tests.features.test_licences import Renter, renter
from tests.waiting import until

__all__ = ["renter"]


def told(hooks: TestHooks) -> list[int]:
    return [each.status for each in hooks.requests if each.path.endswith("/start")]


def permission(renter: Renter, permit: Permit, starts: Starts) -> Permission:
    assert permit.segment_list is not None
    service = renter.player.connection.client().service
    return Permission(
        permit=permit,
        video=permit.segment_list.videos()[0],
        audio=permit.segment_list.audios()[0],
        renew=lambda: renter.player.licences.permit(renter.film_id),
        may_go_out=lambda: starts.began(permit),
        origins=service.media_origins,
    )


def started_at(renter: Renter) -> int | None:
    rentals = renter.player.connection.client().rights().rentals
    return next(each.started_at for each in rentals if each.film_id == renter.film_id)


def test_the_second_clock_starts_with_the_first_bytes_once_and_through_an_outage(
    renter: Renter, hooks: TestHooks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telling, "PAUSES_S", (0.05,))
    starts, heard = Starts(renter.player.connection), threading.Event()
    starts.listen(heard.set)
    gateway = Gateway(renter.player.transport, MemoryStore(64 << 20))
    permit = renter.player.licences.permit(renter.film_id)
    assert permit.licence.started_at is None
    hooks.fail_next("/v1/licences/", 503, times=2)

    session = gateway.session(permission(renter, permit, starts))
    session.prepare(0)
    assert told(hooks) == []
    assert b"".join(session.piece("v", 0).chunks)
    until(lambda: told(hooks) == [503, 503, 200], "the start to be told at last")

    begun = started_at(renter)
    assert begun is not None
    assert abs(begun - time.time()) < 30
    until(heard.is_set, "the listener to hear")
    kept = renter.player.connection.rights().rentals
    assert [each.started_at for each in kept if each.film_id == renter.film_id] == [begun]

    again = gateway.session(permission(renter, permit, starts))
    again.prepare(0)
    assert b"".join(again.piece("v", 0).chunks)
    later = renter.player.licences.permit(renter.film_id)
    assert later.licence.started_at == begun
    starts.began(later)
    starts.close()
    for each in (session, again):
        gateway.abort(each)
    assert gateway.close(5)
    assert told(hooks) == [503, 503, 200]
