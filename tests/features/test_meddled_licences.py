"""A profile that somebody meddled with opens no kept licence."""

from __future__ import annotations

import base64
from dataclasses import replace

import pytest

from player_app.core.stream_errors import KeptLicenceUnusable
from player_app.reference_service.hooks import TestHooks
from player_app.storage.packing import pack
from tests.features.kept_films import taken
from tests.features.offline_viewer import FILM, OTHER_FILM, OfflinePlayer, Viewer
from tests.forgery import PUBLISHED, claims, signed
from tests.plugins.promises import Promise


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
