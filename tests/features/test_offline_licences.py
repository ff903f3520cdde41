"""Licences that play without the service: taken, kept with their lists, and opened again."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from player_app.core.errors import Stopped
from player_app.core.licence import Purpose
from player_app.core.refusals import NoRight, NotFound
from player_app.core.renewal import ListChanged, Renewed
from player_app.core.rental import NotStarted
from player_app.core.sign_in_errors import SignedOut
from player_app.core.storage_errors import KeyringLocked, KeyringMissing, OfflineNeedsKeyring
from player_app.core.stream_errors import KeptLicenceUnusable
from player_app.reference_service import media
from player_app.reference_service.hooks import TestHooks
from player_app.resources import resource
from tests.fakes.keyring import MemoryKeyring
from tests.features.kept_films import BETTER, LEAST, brought, held, kept_id, repackaged, taken
from tests.features.offline_viewer import FILM, OTHER_FILM, OfflinePlayer, Viewer
from tests.plugins.logs import Expect


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
