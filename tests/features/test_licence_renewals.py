"""Kept licences are renewed, and end, by what one contact with the service says."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from player_app.core.licence import Purpose
from player_app.core.renewal import Renewed
from player_app.core.rental import Expired, NotStarted, Running
from player_app.core.stream_errors import RentalOver
from player_app.features import renewals
from player_app.reference_service.hooks import TestHooks
from tests.features.kept_films import ASK, LICENCES, brought, held, kept_id, media_asked, taken
from tests.features.offline_viewer import DAY, FILM, OfflinePlayer, Viewer
from tests.waiting import until


def test_a_renewal_brings_a_fresh_licence_and_address_and_no_segment(
    viewer: Viewer, hooks: TestHooks
) -> None:
    viewer.rent()
    with viewer.player() as player:
        before = brought(player)
        first = player.offline.kept(FILM)
        assert first is not None
        hooks.ahead_s = 60
        asked = media_asked(hooks)
        renewed = player.offline.renew(FILM)
        assert isinstance(renewed, Renewed)
        assert renewed.permit.media_address != first.media_address
        assert renewed.permit == player.offline.kept(FILM)
        assert renewed.permit.segment_list == first.segment_list
        assert player.is_whole(renewed.permit)
        assert media_asked(hooks) == asked
        assert held(viewer) == {renewed.permit.licence.id} != {before}


def test_a_subscription_is_renewed_once_a_third_of_its_time_has_gone(
    viewer: Viewer, hooks: TestHooks
) -> None:
    viewer.subscribe(renew_within_s=9 * DAY)
    with viewer.player() as player:
        first = taken(player)
        standing = player.offline.standing(FILM)
        assert isinstance(standing, Running)
        player.clock.ahead_s = hooks.ahead_s = 3 * DAY - 5
        player.renewals.renew_due()
        assert kept_id(player) == first
        player.clock.ahead_s = hooks.ahead_s = 3 * DAY + 1
        player.renewals.renew_due()
        assert kept_id(player) != first
        renewed = player.offline.standing(FILM)
        assert isinstance(renewed, Running)
        assert renewed.ends_at >= standing.ends_at + 3 * DAY


def test_without_contact_a_subscription_plays_until_its_licence_is_over_and_then_says_so(
    viewer: Viewer, hooks: TestHooks
) -> None:
    viewer.subscribe(renew_within_s=7 * DAY)
    with viewer.player() as player:
        taken(player)
        hooks.fail_next("/v1/", 503, times=100)
        player.clock.ahead_s = 7 * DAY - 60
        assert player.offline.kept(FILM) is not None
        player.clock.ahead_s = 7 * DAY + 60
        with pytest.raises(RentalOver) as over:
            player.permits.permit(FILM)
        assert over.value.why == "renewal-needed"
        hooks._faults.clear()
        hooks.ahead_s = player.clock.ahead_s
        assert player.permits.permit(FILM).licence.purpose is Purpose.OFFLINE


def test_a_subscription_that_ended_ends_its_licences_at_the_next_contact(
    viewer: Viewer, hooks: TestHooks
) -> None:
    viewer.subscribe()
    with viewer.player() as player:
        taken(player)
        hooks.end_subscription(viewer.email, viewer.service.service.now() - 1)
        assert player.offline.kept(FILM) is not None
        player.renewals.renew_due()
    with viewer.player() as player:
        with pytest.raises(RentalOver) as over:
            player.offline.kept(FILM)
        assert over.value.why == "subscription-ended"


@pytest.mark.parametrize("state", ["revoked", "refunded"])
def test_what_the_service_took_back_stays_taken_back_without_it(
    viewer: Viewer, hooks: TestHooks, state: str
) -> None:
    rental = viewer.rent()
    heard: list[object] = []
    with viewer.player() as player:
        taken(player)
        viewer.set_state(rental, state)
        player.renewals.listen(lambda film_id, outcome: heard.append((film_id, outcome)))
        player.renewals.renew_due()
        player.renewals.renew_due()
    assert heard == [(FILM, None)]
    before = len(hooks.arrived)
    with viewer.player() as player:
        standing = player.offline.standing(FILM)
        assert isinstance(standing, Expired)
        assert standing.why == state
        with pytest.raises(RentalOver) as over:
            player.offline.kept(FILM)
        assert over.value.why == state
        assert len(hooks.arrived) == before
        with pytest.raises(RentalOver):
            player.permits.permit(FILM)


def test_a_film_that_is_bought_again_plays_again_with_what_is_here(
    viewer: Viewer, hooks: TestHooks
) -> None:
    first = viewer.rent()
    with viewer.player() as player:
        brought(player)
        viewer.set_state(first, "refunded")
        player.renewals.renew_due()
        hooks.ahead_s = player.clock.ahead_s = 60
        viewer.rent()
        asked = media_asked(hooks)
        player.renewals.renew_due()
        permit = player.offline.kept(FILM)
        assert permit is not None
        assert player.is_whole(permit)
        assert media_asked(hooks) == asked


def test_a_start_on_another_device_counts_here_from_the_next_contact_on(
    viewer: Viewer,
) -> None:
    viewer.rent()
    with viewer.player() as player, viewer.player("other") as other:
        taken(player)
        began = viewer.service.service.now()
        other.connection.client().start(other.licences.permit(FILM).licence.id, began)
        assert isinstance(player.offline.standing(FILM), NotStarted)
        player.renewals.renew_due()
        permit = player.offline.kept(FILM)
        assert permit is not None
        assert permit.licence.started_at == began


def test_a_cap_that_was_set_later_counts_from_the_next_contact_on(
    viewer: Viewer, hooks: TestHooks
) -> None:
    rental = viewer.rent()
    with viewer.player() as player:
        taken(player)
        ends_at = viewer.service.service.now() + DAY
        hooks.set_not_after(rental, ends_at)
        player.renewals.renew_due()
        assert player.offline.standing(FILM) == NotStarted(ends_at)


def test_a_rental_without_any_change_is_not_asked_for_again(
    viewer: Viewer, hooks: TestHooks
) -> None:
    viewer.rent()
    with viewer.player() as player:
        taken(player)
        before = hooks.arrived.count(ASK)
        player.renewals.renew_due()
        assert hooks.arrived.count(ASK) == before


def test_one_contact_is_one_round_on_a_thread_of_its_own(viewer: Viewer, hooks: TestHooks) -> None:
    viewer.rent()
    with viewer.player() as player:
        taken(player)
        before = hooks.arrived.count(LICENCES)
        for _ in range(20):
            player.renewals.at_contact()
        until(lambda: player.renewals._done is not None, "a round to be done")
        until(lambda: player.renewals._round is None, "its thread to end")
        for _ in range(20):
            player.renewals.at_contact()
        assert hooks.arrived.count(LICENCES) == before + 1
        player.offline.give_back(FILM)
        player.renewals.at_contact()
        until(lambda: not held(viewer), "the place to be given back")
        until(lambda: player.renewals._round is None, "its thread to end")


@pytest.fixture
def again_s(monkeypatch: pytest.MonkeyPatch) -> float:
    """How long after a round that failed the next begins."""
    monkeypatch.setattr(renewals, "AGAIN_S", 0.4)
    return renewals.AGAIN_S


@contextmanager
def lapsed(viewer: Viewer, hooks: TestHooks) -> Iterator[OfflinePlayer]:
    """A film of a subscription that was offline for a day too long."""
    viewer.subscribe(renew_within_s=7 * DAY)
    with viewer.player() as player:
        taken(player)
        player.clock.ahead_s = hooks.ahead_s = 8 * DAY
        assert isinstance(player.offline.standing(FILM), Expired)
        yield player


def see_it_renewed(player: OfflinePlayer) -> None:
    until(lambda: isinstance(player.offline.standing(FILM), Running), "the licence")
    until(lambda: player.renewals._round is None, "its thread to end")


@pytest.mark.usefixtures("again_s")
@pytest.mark.parametrize("path", ["/v1/rights", ASK])
def test_a_licence_that_needs_a_contact_is_renewed_though_the_first_try_fails(
    viewer: Viewer, hooks: TestHooks, path: str
) -> None:
    with lapsed(viewer, hooks) as player:
        player.connection.at_contact(lambda _time, _age_s: player.renewals.at_contact())
        hooks.fail_next(path, 503)
        before = hooks.arrived.count(path)
        player.renewals.at_contact()
        see_it_renewed(player)
        assert hooks.arrived.count(path) == before + 2


def test_tries_that_fail_are_made_ever_more_slowly_and_the_next_contact_is_heard(
    viewer: Viewer, hooks: TestHooks, again_s: float
) -> None:
    with lapsed(viewer, hooks) as player:
        player.connection.at_contact(lambda _time, _age_s: player.renewals.at_contact())
        hooks.fail_next(ASK, 503, times=100)
        before, begun = hooks.arrived.count(ASK), time.monotonic()
        player.renewals.at_contact()
        until(lambda: hooks.arrived.count(ASK) == before + 3, "three tries")
        assert time.monotonic() - begun > 3 * again_s
        hooks._faults.clear()
        player.renewals.at_contact()
        see_it_renewed(player)


@pytest.mark.usefixtures("again_s")
def test_a_licence_that_is_refused_once_is_asked_for_again_while_it_is_needed(
    viewer: Viewer, hooks: TestHooks
) -> None:
    with lapsed(viewer, hooks) as player:
        hooks.fail_next(ASK, 409)
        player.renewals.at_contact()
        see_it_renewed(player)
