"""Licences that play without the service: taken, kept, renewed, given back, and taken away."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from player_app.core.errors import Stopped, Unreachable
from player_app.core.licence import Purpose
from player_app.core.refusals import HeldElsewhere, NoRight, NotFound, PlacesTaken
from player_app.core.renewal import ListChanged, Renewed
from player_app.core.rental import Expired, NotStarted, Running
from player_app.core.sign_in_errors import SignedOut
from player_app.core.storage_errors import (
    KeyringLocked,
    KeyringMissing,
    OfflineNeedsKeyring,
    StorageError,
)
from player_app.core.stream_errors import KeptLicenceUnusable, RentalOver
from player_app.reference_service import media
from player_app.reference_service.hooks import TestHooks
from player_app.reference_service.server import RunningService
from player_app.reference_service.tables import Licence
from player_app.resources import resource
from player_app.storage.packing import pack
from tests.fakes.keyring import MemoryKeyring
from tests.features.offline_viewer import DAY, FILM, OTHER_FILM, OfflinePlayer, Viewer
from tests.features.player import refusing
from tests.forgery import PUBLISHED, claims, signed
from tests.plugins.logs import Expect
from tests.plugins.promises import Promise
from tests.waiting import until

LICENCES = "/v1/licences"
ASK = f"/v1/films/{FILM}/licence"
LEAST, BETTER = "v360", "v720"


@pytest.fixture
def viewer(tmp_path: Path, service: RunningService, hooks: TestHooks) -> Iterator[Viewer]:
    yield Viewer(tmp_path, service)
    hooks.ahead_s = 0


def taken(player: OfflinePlayer, film_id: str = FILM) -> str:
    """A film in its least picture; the licence's id."""
    return player.offline.take(film_id, LEAST).licence.id


def brought(player: OfflinePlayer) -> str:
    """The same, whole."""
    permit = player.offline.take(FILM, LEAST)
    player.bring(permit)
    return permit.licence.id


def kept_id(player: OfflinePlayer) -> str:
    permit = player.offline.kept(FILM)
    assert permit is not None
    return permit.licence.id


def held(viewer: Viewer) -> set[str]:
    """What the service thinks this viewer's devices hold to play offline."""
    with viewer.service.service.reading() as session:
        rows = session.query(Licence).filter(
            Licence.account_id == viewer.account_id,
            Licence.purpose == "offline",
            Licence.returned.is_(False),
        )
        return {row.id for row in rows}


def media_asked(hooks: TestHooks) -> int:
    return sum(path.startswith("/media/") for path in hooks.arrived)


def repackaged(monkeypatch: pytest.MonkeyPatch, folder: str = "the-brass-sea") -> media.Package:
    """From now on the service has another list of the film, in which one segment is another."""
    before = media.package(resource("demo") / "streams" / folder)
    assert before is not None
    said = json.loads(before.segment_list)
    said["renditions"][0]["segments"][0]["path"] = "elsewhere/00000.m4s"
    said["renditions"][0]["segments"][0]["sha256"] = "0" * 64
    text = json.dumps(said)
    after = replace(
        before, segment_list=text, segments_sha256=hashlib.sha256(text.encode()).hexdigest()
    )
    monkeypatch.setattr(media, "package", lambda _folder: after)
    return after


def test_a_kept_licence_opens_at_the_next_start_without_a_request(
    viewer: Viewer, hooks: TestHooks
) -> None:
    viewer.rent()
    with viewer.player() as player:
        streamed = player.licences.permit(FILM).segment_list
        permit = player.offline.take(FILM, LEAST)
        assert permit.licence.purpose is Purpose.OFFLINE
    before = len(hooks.arrived)
    with viewer.player() as player:
        kept = player.offline.kept(FILM)
        assert isinstance(player.offline.standing(FILM), NotStarted)
        assert player.permits.permit(FILM) == kept
        assert player.offline.kept(OTHER_FILM) is None
    assert len(hooks.arrived) == before
    assert kept == permit
    assert kept.licence.keys == permit.licence.keys
    assert kept.segment_list is not None
    assert streamed is not None
    assert {each.id for each in streamed.videos()} == {LEAST, BETTER}
    assert [each.id for each in kept.segment_list.videos()] == [LEAST]
    assert kept.segment_list.audios() == streamed.audios()


def test_what_nobody_can_keep_secret_is_not_taken_offline(viewer: Viewer) -> None:
    viewer.rent()
    with viewer.player(keyring=MemoryKeyring(KeyringMissing("none"))) as player:
        before = held(viewer)
        with pytest.raises(OfflineNeedsKeyring) as refused:
            player.offline.take(FILM, "v360")
        assert isinstance(refused.value.reason, KeyringMissing)
        assert held(viewer) == before
        assert player.permits.permit(FILM).licence.purpose is Purpose.STREAM


def test_a_store_that_is_locked_is_named_and_not_called_a_damaged_licence(viewer: Viewer) -> None:
    viewer.rent()
    with viewer.player() as player:
        taken(player)
        kept = player.connection.account
    viewer.keyrings["p"].failing = KeyringLocked("locked")
    with viewer.player() as player:
        player.connection.account = kept
        with pytest.raises(OfflineNeedsKeyring) as refused:
            player.offline.kept(FILM)
        assert isinstance(refused.value.reason, KeyringLocked)


def test_a_store_that_is_there_at_last_makes_the_device_a_lasting_one(viewer: Viewer) -> None:
    viewer.rent()
    with viewer.player(keyring=MemoryKeyring(KeyringMissing("none"))) as player:
        assert player.desk.device().passing
        viewer.keyrings["p"].failing = None
        player.desk.try_store_again()
        assert player.offline.take(FILM, LEAST).licence.id in held(viewer)


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


def test_a_film_packaged_anew_plays_as_it_was_until_the_rest_has_come(
    viewer: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    viewer.rent()
    with viewer.player() as player:
        before = brought(player)
        repackaged(monkeypatch)
        changed = player.offline.renew(FILM)
        assert isinstance(changed, ListChanged)
        assert not player.is_whole(changed.permit)
        assert kept_id(player) == before

        missing = player.segments.missing(_keys(changed))
        assert "0" * 64 in missing
        monkeypatch.setattr(player.segments, "has", lambda _key: True)  # as if they had come
        assert kept_id(player) == changed.permit.licence.id
        assert kept_id(player) in held(viewer)
    monkeypatch.undo()
    with viewer.player() as player:
        assert kept_id(player) == changed.permit.licence.id


def _keys(changed: ListChanged) -> list[str]:
    listed = changed.permit.segment_list
    assert listed is not None
    return [each.sha256 or "" for video in listed.videos() for each in video.segments]


def test_another_quality_takes_over_once_it_is_here(viewer: Viewer) -> None:
    viewer.rent()
    with viewer.player() as player:
        brought(player)
        permit = player.offline.take(FILM, BETTER)
        assert permit.only_video == BETTER
        kept = player.offline.kept(FILM)
        assert kept is not None
        assert kept.only_video == LEAST
        player.bring(permit)
        kept = player.offline.kept(FILM)
        assert kept is not None
        assert kept.only_video == BETTER


def test_a_quality_that_is_gone_is_replaced_by_what_most_is_here_of(viewer: Viewer) -> None:
    viewer.rent()
    with viewer.player() as player:
        brought(player)
        assert player.offline.take(FILM, "none-such").only_video == LEAST


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


def test_a_lost_list_is_named_and_comes_with_one_contact(
    viewer: Viewer, expect_log: Expect
) -> None:
    expect_log("a segment is damaged")
    viewer.rent()
    with viewer.player() as player:
        taken(player)
        permit = player.offline.kept(FILM)
        assert permit is not None
        lists = _files_of(player, permit.licence.segments_sha256 or "")
        assert lists
        for file in lists:
            file.write_bytes(b"{}")
    with viewer.player() as player:
        with pytest.raises(KeptLicenceUnusable):
            player.offline.kept(FILM)
        player.renewals.renew_due()
        assert player.offline.kept(FILM) is not None


def _files_of(player: OfflinePlayer, sha256: str) -> list[Path]:
    files = [each for each in player.paths.segments.rglob("*") if each.is_file()]
    return [each for each in files if hashlib.sha256(each.read_bytes()).hexdigest() == sha256]


def test_lists_stay_held_after_the_store_has_lost_its_index(
    viewer: Viewer, expect_log: Expect
) -> None:
    expect_log("the index of segments is lost")
    viewer.rent()
    with viewer.player() as player:
        taken(player)
        row = player.licence_store.of(player.connection.owner() or "", FILM)
        assert row is not None
        name = row.list_sha256 or ""
    for file in player.paths.segments.glob("*.sqlite3*"):
        file.unlink()
    with viewer.player() as player:
        player.offline.hold_lists()
        player.segments.release_unclaimed()
        player.segments.trim(0)
        assert player.segments.has(name)
        player.offline.give_back(FILM)
        assert not player.segments.has(name)


def test_a_film_that_its_service_does_not_list_is_kept_with_its_picture(
    viewer: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    viewer.rent()
    package = media.package(resource("demo") / "streams" / "the-brass-sea")
    assert package is not None
    unlisted = replace(package, segment_list=None, segments_sha256=None)  # type: ignore[arg-type]
    monkeypatch.setattr(media, "package", lambda _folder: unlisted)
    with viewer.player() as player:
        permit = player.offline.take(FILM, BETTER)
        assert (permit.segment_list, permit.only_video) == (None, BETTER)
        assert player.offline.kept(FILM) == permit
        assert player.offline.renew(FILM) == Renewed(player.offline.kept(FILM) or permit)
        player.renewals.renew_due()
        assert player.offline.kept(FILM) is not None


@pytest.mark.promise(20)
def test_a_profile_that_was_meddled_with_plays_nothing_before_one_contact(
    viewer: Viewer, hooks: TestHooks, promise: Promise
) -> None:
    viewer.subscribe()
    with viewer.player() as player:
        for each in (FILM, OTHER_FILM):
            taken(player, each)

    def swap_rows(player: OfflinePlayer) -> None:
        with player.database.write() as connection:
            for now, then in ((FILM, "x"), (OTHER_FILM, FILM), ("x", OTHER_FILM)):
                connection.execute("UPDATE licences SET film_id = ? WHERE film_id = ?", (then, now))

    def give_to_another(player: OfflinePlayer) -> None:
        Viewer(viewer.folder, viewer.service).sign_in(player)
        owner = player.connection.owner()
        with player.database.write() as connection:
            connection.execute("UPDATE licences SET owner = ?", (owner,))

    def replace_secret(player: OfflinePlayer) -> None:
        player.secrets.put("device", base64.b64encode(b"x" * 32).decode())

    for meddle in (swap_rows, replace_secret, give_to_another):
        with viewer.player() as player:
            meddle(player)
            before = len(hooks.arrived)
            for each in (FILM, OTHER_FILM):
                with pytest.raises(KeptLicenceUnusable):
                    player.offline.kept(each)
                assert player.offline.standing(each) is not None
                promise.tried()
            assert len(hooks.arrived) == before
            if meddle is not give_to_another:
                player.renewals.renew_due()
                assert player.offline.kept(FILM) is not None


@pytest.mark.promise(20)
def test_keys_of_a_service_that_were_written_into_the_profile_open_no_kept_licence(
    viewer: Viewer,
) -> None:
    viewer.rent()
    with viewer.player() as player:
        taken(player)
        player.connection.kept.put("licence_keys", pack(PUBLISHED))
        assert player.offline.kept(FILM) is not None  # it holds the key that it came with
        row = player.licence_store.of(player.connection.owner() or "", FILM)
        assert row is not None
        forged = replace(row, token=signed(claims(purpose="offline", film=FILM)))
        player.licence_store.put(player.connection.owner() or "", forged)
        with pytest.raises(KeptLicenceUnusable):
            player.offline.kept(FILM)


def test_as_many_devices_as_the_terms_say_and_what_is_held_elsewhere(viewer: Viewer) -> None:
    viewer.rent(devices=1, exclusive=True)
    with viewer.player() as player, viewer.player("other") as other:
        licence = taken(player)
        with pytest.raises(PlacesTaken):
            other.offline.take(FILM, "v360")
        with pytest.raises(HeldElsewhere):
            other.permits.permit(FILM)
        assert player.permits.permit(FILM).licence.id == licence
        player.offline.give_back(FILM)
        player.returned.tell()
        assert other.permits.permit(FILM).licence.purpose is Purpose.STREAM


def test_a_fresh_permit_brings_another_address_for_the_same_film(
    viewer: Viewer, hooks: TestHooks
) -> None:
    viewer.rent()
    with viewer.player() as player:
        taken(player)
        kept = player.permits.permit(FILM)
        hooks.ahead_s = 30
        fresh = player.permits.fresh(FILM)
        assert fresh.media_address != kept.media_address
        assert fresh.only_video == kept.only_video
        player.offline.give_back(FILM)
        assert player.permits.fresh(FILM).licence.purpose is Purpose.STREAM


def test_an_expired_licence_streams_where_there_is_a_right_and_no_place(
    viewer: Viewer,
) -> None:
    viewer.rent(devices=1)
    with viewer.player() as player, viewer.player("other") as other:
        taken(player)
        player.desk.sign_out()
        player.desk.say_farewell()
        taken(other)
        viewer.sign_in(player)
        assert player.permits.permit(FILM).licence.purpose is Purpose.STREAM


def test_without_a_network_the_reason_is_what_keeps_it_from_playing_here(viewer: Viewer) -> None:
    viewer.rent(finish_within_s=DAY, start_within_s=DAY)
    with viewer.player() as player:
        taken(player)
        player.clock.ahead_s = DAY + 5
        with pytest.raises(RentalOver) as over:
            player.offline.kept(FILM)
        assert over.value.why == "not-started-in-time"
        player.transport.send = _unreachable  # type: ignore[method-assign]
        with pytest.raises(RentalOver) as still:
            player.permits.permit(FILM)
        assert still.value.why == over.value.why


def _unreachable(*_: Any, **__: Any) -> Any:
    raise Unreachable("127.0.0.1", "offline")


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


def test_a_round_that_finds_nobody_is_tried_at_the_next_contact(
    viewer: Viewer, hooks: TestHooks
) -> None:
    viewer.rent()
    with viewer.player() as player:
        taken(player)
        hooks.fail_next(LICENCES, 503)
        player.renewals.at_contact()
        until(lambda: player.renewals._round is None, "the round to end")
        assert player.renewals._done is None
        player.renewals.at_contact()
        until(lambda: player.renewals._done is not None, "another round")
        until(lambda: player.renewals._round is None, "its thread to end")


def test_without_a_right_or_a_sign_in_nothing_is_taken(viewer: Viewer) -> None:
    with viewer.player() as player:
        with pytest.raises(NoRight):
            player.offline.take(FILM, "v360")
        with pytest.raises(NotFound):
            player.offline.take("film-none", "v360")
        with pytest.raises(Stopped):
            player.offline.renew(FILM)
        player.desk.sign_out()
        with pytest.raises(SignedOut):
            player.offline.take(FILM, "v360")
        player.renewals.at_contact()
        assert player.renewals._round is None
