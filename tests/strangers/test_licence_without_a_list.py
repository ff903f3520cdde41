"""From a real service's licence that lists no segments, over the wire, to the last picture."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from player_app.core.playback import Phase
from player_app.core.stream import Taste
from player_app.core.stream_errors import LicenceError
from player_app.reference_service import licences, media
from player_app.reference_service.demo import EMAIL, PASSWORD
from player_app.reference_service.server import RunningService, running
from player_app.reference_service.settings import Settings
from player_app.reference_service.visitor import pay
from player_app.resources import resource
from tests.fakes.browser import RecordingBrowser
from tests.features.player import Player
from tests.strangers.nginx import Nginx
from tests.strangers.packagings import KEY, KEY_ID, Stranger
from tests.strangers.player import MakeStrangersPlayer, Place
from tests.strangers.test_foreign_streams import assert_in_step, assert_seen_to_the_end


class Unlisted:
    """What the service says of a stranger's film; `hashed` names a list that it does not give."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.hashed: str | None = None
        self._package = media.package

    def package(self, folder: Path) -> Any:
        found = self._package(folder)
        assert found is not None
        unlisted: dict[str, Any] = {"segment_list": None, "segments_sha256": self.hashed}
        return replace(found, content_keys={KEY_ID: KEY.hex()}, **unlisted)

    def media(self, *_: object) -> dict[str, str]:
        return {"address": self.address, "expires_at": "2099-01-01T00:00:00Z"}


@pytest.fixture
def service(tmp_path: Path) -> Iterator[RunningService]:
    settings = Settings(
        origin="",
        folder=tmp_path / "service",
        resources=resource("demo"),
        argon2_time_cost=1,
        argon2_memory_kib=1024,
    )
    with running(settings) as started:
        yield started


@pytest.fixture
def renter(service: RunningService, tmp_path: Path) -> Iterator[Player]:
    player = Player(tmp_path / "profile", RecordingBrowser(pay))
    player.services.choose(player.services.look_up(service.address))
    player.desk.sign_in(EMAIL, PASSWORD, None)
    player.browse.refresh()
    yield player
    player.close()
    player.browser.close()


def rented(player: Player) -> str:
    film = next(card.film for card in player.browse.home().rows[-1].cards if card.film.streams)
    if not player.browse.film(film.id).right.may_play:
        offer = next(offer.id for offer in film.offers if offer.kind == "rental")
        player.checkouts.wait(player.checkouts.begin(film.id, offer), threading.Event())
    return film.id


def test_a_licence_that_lists_no_segments_plays_to_the_end(
    renter: Player,
    make_player: MakeStrangersPlayer,
    server: Nginx,
    by_shaka: Stranger,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    film_id = rented(renter)
    said = Unlisted(server.address(f"{by_shaka.folder.name}/{by_shaka.master}"))
    monkeypatch.setattr(media, "package", said.package)
    monkeypatch.setattr(licences, "_media", said.media)
    client = renter.connection.client()
    named = replace(client.service, media_origins=(server.origin,))
    monkeypatch.setattr(client, "service", named)
    permit = renter.licences.permit(film_id)
    assert permit.segment_list is None
    assert permit.licence.segments_sha256 is None

    place = Place(server.origin, said.address)
    player = make_player(place, ask=lambda: renter.licences.permit(film_id))
    player.watch.prepare("film-1", Taste("least"))
    player.open(from_ms=None, quality="least")
    player.wait_for(Phase.PLAYING)
    assert_in_step(player)
    assert player.permits_asked == 1
    assert player.playback is not None
    player.playback.seek(10_000)
    assert_seen_to_the_end(player)

    said.hashed = "00" * 32
    with pytest.raises(LicenceError):
        renter.licences.permit(film_id)
