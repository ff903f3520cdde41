"""Places that kept licences take: given back at once here, and told until the service heard."""

from __future__ import annotations

import threading

import pytest

from player_app.core.errors import Stopped
from player_app.core.licence import Purpose
from player_app.core.storage_errors import StorageError
from player_app.core.stream_errors import KeptLicenceUnusable
from player_app.reference_service.hooks import TestHooks
from tests.features.kept_films import ASK, LEAST, LICENCES, brought, held, media_asked, taken
from tests.features.offline_viewer import DAY, FILM, OTHER_FILM, Viewer
from tests.features.player import refusing
from tests.waiting import until


def test_a_licence_that_is_given_back_is_gone_at_once_and_told_at_the_next_contact(
    viewer: Viewer, hooks: TestHooks
) -> None:
    viewer.rent()
    with viewer.player() as player:
        licence = taken(player)
        hooks.fail_next(f"{LICENCES}/", 503, times=10)
        player.offline.give_back(FILM)
        player.offline.give_back(FILM)
        assert player.offline.kept(FILM) is None
        assert held(viewer) == {licence}
    hooks._faults.clear()
    with viewer.player() as player:
        assert player.offline.kept(FILM) is None
        assert player.returned.waits()
        player.renewals.renew_due()
        assert held(viewer) == set()
        assert not player.returned.waits()


def test_a_return_that_the_service_heard_of_already_is_done(viewer: Viewer) -> None:
    viewer.rent()
    with viewer.player() as player:
        licence = taken(player)
        player.offline.give_back(FILM)
        player.returned.tell()
        for each in (licence, "lic-none"):
            player.licence_store.give_back_unkept(player.connection.owner() or "", each)
        player.returned.tell()
        assert not player.returned.waits()


def test_a_place_whose_licence_never_reached_the_disk_is_given_back(viewer: Viewer) -> None:
    viewer.rent()
    with viewer.player() as player:
        client, device = player.connection.client(), player.desk.device().id
        client.licence(FILM, device, Purpose.OFFLINE)
        assert len(held(viewer)) == 1
        player.renewals.renew_due()
        assert held(viewer) == set()


def test_a_disk_that_takes_no_licence_costs_no_place(viewer: Viewer) -> None:
    viewer.rent()
    with viewer.player() as player:
        with refusing(player), pytest.raises(StorageError):
            player.offline.take(FILM, LEAST)
        player.renewals.renew_due()
        assert held(viewer) == set()


def test_what_is_given_back_while_it_is_asked_for_is_not_kept(
    viewer: Viewer, hooks: TestHooks
) -> None:
    viewer.rent()
    with viewer.player() as player:
        came: list[object] = []

        def take() -> None:
            try:
                came.append(player.offline.take(FILM, LEAST))
            except Stopped as error:
                came.append(type(error))

        asked = hooks.arrived.count(ASK)
        hooks.delay_next(ASK, 0.5)
        taking = threading.Thread(target=take, name="taking")
        taking.start()
        until(lambda: hooks.arrived.count(ASK) > asked, "the licence to be asked for")
        player.offline.give_back(FILM)
        taking.join(10)
        assert came == [Stopped]
        assert player.offline.kept(FILM) is None
        player.renewals.renew_due()
        assert held(viewer) == set()


def test_who_signs_in_again_plays_again_after_one_contact_and_fetches_nothing(
    viewer: Viewer, hooks: TestHooks
) -> None:
    viewer.rent()
    with viewer.player() as player:
        brought(player)
        device = player.desk.device().id
        player.desk.sign_out()
        player.desk.say_farewell()
        assert held(viewer) == set()
        assert player.offline.kept(FILM) is None
        assert player.offline.films() == ()

        other = Viewer(viewer.folder, viewer.service)
        other.sign_in(player)
        assert player.offline.kept(FILM) is None
        player.renewals.renew_due()

        viewer.sign_in(player)
        with pytest.raises(KeptLicenceUnusable):
            player.offline.kept(FILM)
        asked = media_asked(hooks)
        player.renewals.renew_due()
        permit = player.offline.kept(FILM)
        assert permit is not None
        assert permit.licence.device_id == player.desk.device().id != device
        assert player.is_whole(permit)
        assert media_asked(hooks) == asked
        assert held(viewer) == {permit.licence.id}


def test_a_device_that_the_service_forgot_has_its_licences_made_anew(viewer: Viewer) -> None:
    viewer.subscribe(renew_within_s=9 * DAY)
    with viewer.player() as player:
        before = {taken(player, each) for each in (FILM, OTHER_FILM)}
        player.connection.client()._signed("DELETE", f"/devices/{player.desk.device().id}")
        player.licences.permit(FILM)  # which registers it anew
        with pytest.raises(KeptLicenceUnusable):
            player.offline.kept(FILM)
        player.renewals.renew_due()
        for each in (FILM, OTHER_FILM):
            permit = player.offline.kept(each)
            assert permit is not None
            assert permit.licence.id not in before
