"""Films whose licences are kept: as a test takes them, and as the service sees them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

import pytest

from player_app.reference_service import media
from player_app.reference_service.hooks import TestHooks
from player_app.reference_service.tables import Licence
from player_app.resources import resource
from tests.features.offline_viewer import FILM, OfflinePlayer, Viewer

LICENCES = "/v1/licences"
ASK = f"/v1/films/{FILM}/licence"
LEAST, BETTER = "v360", "v720"


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
