"""A player in a process of its own that takes films offline until it is killed."""

from __future__ import annotations

import multiprocessing
import time
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from player_app.core.download import DownloadState, Tidying
from player_app.core.parts import Part
from player_app.features.bringing import Needs, OnProgress
from player_app.features.downloads import Clearing, Downloads, Rules
from player_app.features.offline_choices import OfflineChoices, pictures_of
from player_app.media.gateway.link import Link
from player_app.media.gateway.taking import Taking
from player_app.media.gateway.throttle import Throttle
from player_app.storage.downloads import DownloadStore
from player_app.storage.segments.store import SegmentStore, open_segments
from tests.features.offline_rig import parts_in
from tests.features.player import Player
from tests.money.player_process import player_at

LONGEST_S = 60.0
_FORKS = multiprocessing.get_context("forkserver")


class DownloadingProcess:
    """Whatever it was told is acknowledged when the call returns."""

    def __init__(self, folder: Path) -> None:
        self._ours, theirs = _FORKS.Pipe()
        self._process = _FORKS.Process(target=_serve, args=(theirs, folder), daemon=True)
        self._process.start()
        theirs.close()
        assert self._ours.recv() == "ready"

    def say(self, what: str, *values: str) -> Any:
        self._ours.send((what, *values))
        assert self._ours.poll(LONGEST_S), f"not within {LONGEST_S} s: {what} {values}"
        return self._ours.recv()

    def kill(self) -> None:
        self._process.kill()
        self._process.join(10)
        self._ours.close()


def downloads_of(player: Player, segments: SegmentStore) -> Downloads:
    """With streaming permits, which any start can have anew."""

    def take(
        film_id: str, permit: Any, parts: tuple[Part, ...], stop: Any, on_progress: OnProgress
    ) -> None:
        service = player.connection.service
        assert service is not None
        Taking(
            upstream=player.transport,
            store=segments,
            permit=permit,
            renew=lambda: player.licences.permit(film_id),
            origins=service.media_origins,
            parts=parts,
            link=Link(),
            throttle=Throttle(lambda: None),
            on_progress=on_progress,
        ).run(stop)

    def pictures(film_id: str) -> Any:
        return pictures_of(player.browse.film(film_id).film)

    needs = Needs(
        permit=lambda film_id, _video_id: player.licences.permit(film_id),
        parts=parts_in,
        take=take,
        segments=segments,
        free_bytes=lambda: segments.sizes().free_bytes,
        reserve_bytes=0,
        pictures=pictures,
        picture=player.pictures.bytes_of,
        save_comments=lambda _: None,
    )
    choices = OfflineChoices(
        look=player.licences.permit,
        parts=parts_in,
        pictures=pictures,
        missing=segments.missing,
        free_bytes=needs.free_bytes,
        reserve_bytes=0,
    )
    return Downloads(
        store=DownloadStore(player.database),
        owner=player.connection.owner,
        now=player.clock.now,
        choices=choices,
        needs=needs,
        clearing=Clearing(lambda *_: None, lambda _: None),
        rules=Rules(
            may_use_way=lambda: True,
            tidying=Tidying,
            standing=lambda _: None,
            finished_at=lambda _: None,
            is_told=lambda _: True,
            is_in_use=lambda _: False,
        ),
        look_every_s=0.1,
    )


def segments_in(folder: Path) -> SegmentStore:
    return open_segments(folder / "profile" / "segments", device="this one")[0]


def _serve(ways: Connection, folder: Path) -> None:
    player = player_at(folder)
    downloads = downloads_of(player, segments_in(folder))
    downloads.begin()
    ways.send("ready")
    while True:
        what, *values = ways.recv()
        ways.send(_done(downloads, what, values))


def _done(downloads: Downloads, what: str, values: list[str]) -> Any:
    match what, values:
        case "choices", [film_id]:
            return [each.video_id for each in downloads.choices(film_id)]
        case "start", [film_id, video_id]:
            choices = downloads.choices(film_id)
            downloads.start(film_id, next(e for e in choices if e.video_id == video_id).quality)
        case "pause", [film_id]:
            downloads.pause(film_id)
        case "resume", [film_id]:
            downloads.resume(film_id)
        case "remove", [film_id]:
            downloads.remove(film_id)
        case "wait", []:
            while any(each.state is not DownloadState.COMPLETE for each in downloads.all()):
                time.sleep(0.02)
    return None
