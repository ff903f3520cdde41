"""Taking films offline without a window: real database, segments, HTTP and gateway's Taking."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from player_app.core.download import Download, DownloadState, Tidying, holder
from player_app.core.download_reasons import Reason
from player_app.core.errors import VeriteError
from player_app.core.licence import Permit
from player_app.core.parts import Part, parts_of
from player_app.core.rental import Standing
from player_app.features.bringing import Needs, OnProgress
from player_app.features.download_queue import DownloadQueue
from player_app.features.downloads import Clearing, Downloads, Rules
from player_app.features.offline_choices import Choice, OfflineChoices, PartsOf
from player_app.features.taking_offline import Listener
from player_app.media.gateway.files import owner_of
from player_app.media.gateway.link import Link
from player_app.media.gateway.taking import Taking
from player_app.media.gateway.throttle import Throttle
from player_app.service.transport import Transport
from player_app.storage.database import open_database
from player_app.storage.downloads import DownloadStore
from player_app.storage.segments.store import open_segments
from tests.features.small_film import SmallFilm
from tests.media.host import Host
from tests.waiting import until

ROSA, MAX = "acc-rosa http://127.0.0.1", "acc-max http://127.0.0.1"
LOOK_EVERY_S = 0.05


class TestClock:
    __test__ = False

    def now(self) -> int:
        return int(time.time())

    def monotonic(self) -> float:
        return time.monotonic()


@dataclass
class Surroundings:
    """What a test sets: who is signed in, the network, the disk, the service's moods."""

    owner: str | None = ROSA
    is_metered: bool = False
    free_bytes: int | None = 10**9
    reserve_bytes: int = 1_000
    tidying: Tidying = Tidying()  # noqa: RUF009 - frozen
    standings: dict[str, Standing] = field(default_factory=dict)
    finished_at: dict[str, int] = field(default_factory=dict)
    is_told: bool = True
    playing: set[str] = field(default_factory=set)
    no_permit: VeriteError | None = None
    no_pictures: VeriteError | None = None
    no_comments: VeriteError | None = None
    permit_gate: threading.Event | None = None
    permits_held_back: int = 0


@dataclass
class Heard:
    """What a listener was told, in order."""

    finished: list[str] = field(default_factory=list)
    failed: list[tuple[str, Reason]] = field(default_factory=list)
    changes: int = 0

    def changed(self) -> None:
        self.changes += 1

    def listener(self) -> Listener:
        def failed(film_id: str, reason: Reason) -> None:
            self.failed.append((film_id, reason))

        return Listener(self.changed, self.finished.append, failed)


def parts_in(permit: Permit, video_id: str) -> tuple[Part, ...]:
    listed = permit.segment_list
    assert listed is not None
    return parts_of(listed, video_id, owner_of(permit.licence))


class Rig:
    """`take` in place of the gateway's, where a test has to say what comes when."""

    def __init__(
        self,
        folder: Path,
        films: Iterable[SmallFilm],
        host: Host | None = None,
        *,
        take: Callable[..., None] | None = None,
        surroundings: Surroundings | None = None,
        segments_folder: Path | None = None,
        workers: int = 3,
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.films = {each.film_id: each for each in films}
        self._host = host
        self.around = surroundings or Surroundings()
        self.heard = Heard()
        self.given_back: list[str] = []
        self.comments: set[str] = set()
        self.database, _ = open_database(folder / "verite.sqlite3")
        self.store = DownloadStore(self.database)
        kept_in = segments_folder or folder / "segments"
        kept_in.mkdir(exist_ok=True)
        self.segments, self.trouble = open_segments(kept_in, device="this one")
        self.transport = Transport({}, "", "0.1.0", read_timeout_s=30.0)
        self._workers = workers
        self.downloads = self.built(take or self.take)
        self.downloads.listen(self.heard.listener())

    def built(
        self,
        take: Callable[..., None],
        *,
        parts: PartsOf = parts_in,
        store: Any = None,
        segments: Any = None,
        look_every_s: float = LOOK_EVERY_S,
    ) -> Downloads:
        """Over the same database and segments, or what stands before them."""
        around, segments = self.around, segments or self.segments
        choices = OfflineChoices(
            look=self.permit,
            parts=parts,
            pictures=lambda film_id: self.films[film_id].picture_files(),
            missing=segments.missing,
            free_bytes=self._free_bytes,
            reserve_bytes=around.reserve_bytes,
        )
        needs = Needs(
            permit=lambda film_id, _video_id: self.permit(film_id),
            parts=parts,
            take=take,
            segments=segments,
            free_bytes=self._free_bytes,
            reserve_bytes=around.reserve_bytes,
            pictures=lambda film_id: self.films[film_id].picture_files(),
            picture=self._picture,
            save_comments=self._save_comments,
        )
        return Downloads(
            store=store or self.store,
            owner=lambda: around.owner,
            now=TestClock().now,
            choices=choices,
            needs=needs,
            clearing=Clearing(
                lambda film_id, _owner: self.given_back.append(film_id), self.comments.discard
            ),
            rules=Rules(
                may_use_way=lambda: not around.is_metered,
                tidying=lambda: around.tidying,
                standing=lambda film_id: dict(around.standings).get(film_id),
                finished_at=lambda film_id: dict(around.finished_at).get(film_id),
                is_told=lambda _film_id: around.is_told,
                is_in_use=lambda film_id: film_id in around.playing,
            ),
            look_every_s=look_every_s,
        )

    @property
    def host(self) -> Host:
        assert self._host is not None
        return self._host

    def permit(self, film_id: str) -> Permit:
        if self.around.permit_gate is not None:
            self.around.permits_held_back += 1
            self.around.permit_gate.wait()
        if self.around.no_permit is not None:
            raise self.around.no_permit
        return self.films[film_id].permit(self._address(film_id))

    def take(
        self,
        film_id: str,
        permit: Permit,
        parts: tuple[Part, ...],
        stop: threading.Event,
        on_progress: OnProgress,
    ) -> None:
        Taking(
            upstream=self.transport,
            store=self.segments,
            permit=permit,
            renew=lambda: self.permit(film_id),
            origins=self.host.origins,
            parts=parts,
            link=Link(),
            throttle=Throttle(lambda: None),
            on_progress=on_progress,
            workers=self._workers,
        ).run(stop)

    def choice(self, film_id: str, video_id: str = "v360") -> Choice:
        return next(each for each in self.downloads.choices(film_id) if each.video_id == video_id)

    def start(self, film_id: str, video_id: str = "v360") -> None:
        self.downloads.start(film_id, self.choice(film_id, video_id).quality)

    def state(self, film_id: str) -> DownloadState | None:
        found = self.downloads.of(film_id)
        return found.state if found is not None else None

    def until(self, film_id: str, *states: DownloadState | None) -> Download | None:
        until(lambda: self.state(film_id) in states, f"{film_id} to be {states}")
        return self.downloads.of(film_id)

    def keys(self, film_id: str, video_id: str = "v360") -> dict[str, str]:
        """Those of every part and picture, with their paths."""
        film = self.films[film_id]
        found = {each.key: each.path for each in parts_in(film.permit(""), video_id)}
        return found | {each.sha256: each.address for each in film.picture_files()}

    def missing(self, film_id: str, video_id: str = "v360") -> set[str]:
        keys = self.keys(film_id, video_id)
        return {keys[each] for each in self.segments.missing(keys)}

    def held(self, film_id: str, video_id: str = "v360", owner: str = ROSA) -> frozenset[str]:
        return self.segments.held_by(holder(owner, film_id, video_id))

    def queue(self) -> DownloadQueue:
        found = self.downloads._queue_now()
        assert found is not None
        return found

    def spoil(self, key: str) -> None:
        """Damage what is stored, and have that seen."""
        next(self.segments.folder.rglob(f"{key}*")).write_bytes(b"another thing")
        assert self.segments.get(key) is None

    def close(self, within_s: float = 5.0) -> None:
        self.downloads.close(time.monotonic() + within_s)
        self.transport.close()
        self.segments.close()
        self.database.close()

    def _free_bytes(self) -> int:
        """The disk's own where the test sets none."""
        told = self.around.free_bytes
        return self.segments.sizes().free_bytes if told is None else told

    def _address(self, film_id: str) -> str:
        if self._host is None:
            return f"http://127.0.0.1/{film_id}/master.m3u8"
        return f"{self._host.origin}/{self._host.grant}/{film_id}/master.m3u8"

    def _picture(self, sha256: str) -> bytes:
        if self.around.no_pictures is not None:
            raise self.around.no_pictures
        return next(
            each.pictures[sha256] for each in self.films.values() if sha256 in each.pictures
        )

    def _save_comments(self, film_id: str) -> None:
        if self.around.no_comments is not None:
            raise self.around.no_comments
        self.comments.add(film_id)
