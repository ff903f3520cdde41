"""A service that packages a film anew while it is taken offline: the download goes on by itself."""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from player_app.core.download import DownloadState, Quality, Tidying, holder
from player_app.core.licence import Permit
from player_app.core.parts import Part, PartKind, parts_of
from player_app.features.bringing import Needs, OnProgress
from player_app.features.downloads import Clearing, Downloads, Rules
from player_app.features.offline_choices import OfflineChoices
from player_app.media.gateway.files import owner_of
from player_app.media.gateway.link import Link
from player_app.media.gateway.taking import Taking
from player_app.media.gateway.throttle import Throttle
from player_app.media.gateway.upstream import Body
from player_app.reference_service import films, media
from player_app.reference_service.hooks import TestHooks
from player_app.reference_service.server import RunningService
from player_app.resources import resource
from player_app.storage.downloads import DownloadStore
from tests.features.offline_rig import Heard, TestClock
from tests.features.offline_viewer import FILM, OfflinePlayer, Viewer
from tests.waiting import until

VIDEO, MIDDLE = "v360", "v360/00005.m4s"


class Interrupted:
    """The way to the service, with something that happens before the film's middle is asked for."""

    def __init__(self, player: OfflinePlayer, happens: Callable[[], None]) -> None:
        self._player = player
        self._happens = happens
        self._is_over = False

    def open(
        self,
        address: str,
        start: int = 0,
        breaks: Callable[[Callable[[], None]], None] | None = None,
    ) -> Body:
        if address.endswith(MIDDLE) and not self._is_over:
            self._is_over = True
            self._happens()
        return self._player.transport.open(address, start, breaks)


def parts_in(permit: Permit, video_id: str) -> tuple[Part, ...]:
    assert permit.segment_list is not None
    return parts_of(permit.segment_list, video_id, owner_of(permit.licence))


@contextmanager
def downloads(
    player: OfflinePlayer, way: Interrupted, heard: Heard, *, free_bytes: int = 10**10
) -> Iterator[Downloads]:
    """Of the real licences, segments and media of a player, as the window has them."""
    service = player.connection.client().service

    def take(
        film_id: str,
        permit: Permit,
        parts: tuple[Part, ...],
        stop: threading.Event,
        on_progress: OnProgress,
    ) -> None:
        Taking(
            upstream=way,
            store=player.segments,
            permit=permit,
            renew=lambda: player.permits.fresh(film_id),
            origins=service.media_origins,
            parts=parts,
            link=Link(),
            throttle=Throttle(lambda: None),
            on_progress=on_progress,
            workers=1,
        ).run(stop)

    needs = Needs(
        permit=player.offline.take,
        parts=parts_in,
        take=take,
        segments=player.segments,
        free_bytes=lambda: free_bytes,
        reserve_bytes=0,
        pictures=lambda _: (),
        picture=lambda _: b"",
        save_comments=lambda _: None,
    )
    made = Downloads(
        store=DownloadStore(player.database),
        owner=player.connection.owner,
        now=TestClock().now,
        choices=OfflineChoices(
            look=player.permits.permit,
            parts=parts_in,
            pictures=lambda _: (),
            missing=player.segments.missing,
            free_bytes=lambda: free_bytes,
            reserve_bytes=0,
        ),
        needs=needs,
        clearing=Clearing(player.offline.give_back, lambda _: None),
        rules=Rules(
            may_use_way=lambda: True,
            tidying=Tidying,
            standing=player.offline.standing,
            finished_at=lambda _: None,
            is_told=lambda _: True,
            is_in_use=lambda _: False,
        ),
        look_every_s=0.05,
    )
    made.listen(heard.listener())
    made.begin()
    try:
        yield made
    finally:
        made.close(time.monotonic() + 5)


def lists_of_today_and_tomorrow(service: RunningService) -> tuple[media.Package, media.Package]:
    """The film without its words and small pictures, and with them."""
    with service.service.reading() as session:
        slug = films.find(session, FILM).slug
    whole = media.package(resource("demo") / "streams" / slug)
    assert whole is not None
    text = json.dumps(json.loads(whole.segment_list) | {"captions": [], "preview": None})
    digest = hashlib.sha256(text.encode()).hexdigest()
    return replace(whole, segment_list=text, segments_sha256=digest), whole


def test_a_film_that_is_packaged_anew_meanwhile_comes_by_the_new_list_and_nothing_comes_twice(
    viewer: Viewer, hooks: TestHooks, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = Heard()
    today, tomorrow = lists_of_today_and_tomorrow(viewer.service)
    viewer.rent()
    monkeypatch.setattr(media, "package", lambda _folder: today)

    def package_anew() -> None:
        monkeypatch.setattr(media, "package", lambda _folder: tomorrow)
        hooks.fail_next("/media/", 403)  # as its grants of before do not hold any more

    hooks.requests.clear()
    with (
        viewer.player() as player,
        downloads(player, Interrupted(player, package_anew), heard) as made,
    ):
        made.start(FILM, Quality(VIDEO, 360, (), 0))
        until(lambda: heard.finished or heard.failed, "it to end")
        assert (heard.finished, heard.failed) == ([FILM], [])
        download = made.of(FILM)
        assert download is not None
        assert (download.state, download.list_sha256) == (
            DownloadState.COMPLETE,
            tomorrow.segments_sha256,
        )
        kept = player.offline.kept(FILM)
        assert kept is not None
        parts = parts_in(kept, VIDEO)
        assert {PartKind.CAPTIONS, PartKind.PREVIEW} <= {each.kind for each in parts}
        assert player.segments.missing(each.key for each in parts) == ()
        held = player.segments.held_by(holder(player.connection.owner() or "", FILM, VIDEO))
        assert held == {each.key for each in parts}
    assert _came_twice(hooks, {each.path for each in parts if each.sha256 is not None}) == []


def _came_twice(hooks: TestHooks, paths: set[str]) -> list[str]:
    came = Counter(
        path
        for each in hooks.requests
        for path in paths
        if each.status == 200 and each.path.endswith(f"/{path}")
    )
    assert came.keys() == paths
    return [path for path, times in came.items() if times > 1]
