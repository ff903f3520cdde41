"""Films sent in a way that this player refuses: named before any of it is shown, and helped."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from player_app.reference_service import media
from player_app.reference_service.server import RunningService, running
from tests.bad_input.refused_streams import (
    CENC,
    HDR,
    PLAYABLE,
    SAMPLE_AES,
    TEN_BIT,
    UNNAMED_CENC,
    make_resources,
)
from tests.bad_input.screened import StartIt
from tests.service_settings import quick_settings
from tests.subscription import subscribe

PLACE_MS = 2_000


@pytest.fixture(scope="module")
def strange(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    """A service with films of those kinds, which the demo's account may watch."""
    folder = tmp_path_factory.mktemp("strange")
    settings = quick_settings(folder / "service", resources=make_resources(folder / "resources"))
    with running(settings) as started:
        subscribe(started.service)
        yield started


@pytest.fixture
def unlisted(monkeypatch: pytest.MonkeyPatch) -> str:
    """A film of which the service gives no list: only its playlists tell what it is."""
    package = media.package
    nothing: dict[str, Any] = {"segment_list": None, "segments_sha256": None}

    def without_a_list(folder: Path) -> Any:
        found = package(folder)
        return replace(found, **nothing) if found and folder.name == HDR else found

    monkeypatch.setattr(media, "package", without_a_list)
    return HDR


@pytest.mark.usefixtures("unlisted")
@pytest.mark.parametrize(
    ("slug", "kind"),
    [
        pytest.param(SAMPLE_AES, "with SAMPLE-AES encryption", marks=pytest.mark.thorough),
        pytest.param(CENC, "with CENC encryption", marks=pytest.mark.thorough),
        (UNNAMED_CENC, "with CENC encryption"),
        pytest.param(TEN_BIT, "in 10-bit colour", marks=pytest.mark.thorough),
        (HDR, "in HDR (high dynamic range)"),
    ],
    ids=["SAMPLE-AES", "CENC", "CENC that no playlist names", "10-bit", "HDR"],
)
def test_a_kind_of_film_that_is_refused_is_named_helped_with_and_others_play(
    start: StartIt, strange: RunningService, slug: str, kind: str
) -> None:
    screen = start(strange.address)
    screen.sign_in()
    film = screen.film(slug)
    place = screen.left_at(film.id, PLACE_MS)
    screen.open_film(slug)
    screen.fails_to_play(
        "A kind of film we can't play",
        f"This film is sent {kind}, which this player does not play.",
        label="Get help",
    )
    assert not screen.app.surface.newest().isValid()

    screen.click("playerCardAction")
    screen.until(screen.opened, "the help to be opened in the browser")
    assert screen.opened() == [f"{strange.address}/help"]
    screen.click("playerCardBack")
    screen.open_film(PLAYABLE)
    screen.click("filmAction")
    screen.plays()
    assert screen.place_in(film.id) == place
