"""A film that is being taken offline: how far it is, what stops it, and what becomes of it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from player_app.core.download import (
    Download,
    DownloadEvent,
    DownloadState,
    Progress,
    brought_in,
    stepped,
    stopped_by,
)
from player_app.core.download_reasons import OF_THE_WAY, Reason, reason_of
from player_app.core.errors import Stopped, VeriteError
from player_app.features.bringing import Found
from player_app.features.download_queue import DownloadQueue
from player_app.media.gateway.taking_progress import TakingProgress

TROUBLE_S = 5.0
"""So long without the media hosts, and a download waits for them without holding up the queue."""


@dataclass(slots=True)
class Run:
    """A film that is being taken; `why` is what stopped it, where that was not the viewer."""

    film_id: str
    queue: DownloadQueue
    progress: Progress
    began_bytes: int
    stop: threading.Event = field(default_factory=threading.Event)
    why: Reason | None = None


def run_of(download: Download, queue: DownloadQueue) -> Run:
    so_far = Progress(download.done_bytes, download.total_bytes)
    return Run(download.film_id, queue, so_far, download.done_bytes)


class Telling:
    """What is heard of a film that is being brought."""

    def __init__(self, run: Run, check: Callable[[Run], None]) -> None:
        self._run = run
        self._check = check

    def found(self, found: Found) -> None:
        run, video = self._run, found.video
        run.began_bytes = found.done_bytes
        run.progress = Progress(found.done_bytes, found.total_bytes)
        with run.queue.changing:
            download = running(run)
            if download is not None:
                run.queue.follow(
                    brought_in(
                        download, video.id, video.height, found.total_bytes, found.list_sha256
                    )
                )

    def alone(self) -> None:
        run = self._run
        with run.queue.changing:
            download = running(run)
            if download is not None and download.former:
                run.queue.follow(replace(download, former=()))

    def came(self, progress: TakingProgress) -> None:
        run = self._run
        run.progress = Progress(progress.done_bytes, progress.total_bytes, progress.rate_bps)
        self._check(run)
        if progress.trouble is None or progress.trouble_since is None:
            return
        reason = reason_of(progress.trouble)
        lasts_s = time.monotonic() - progress.trouble_since
        if reason.word in OF_THE_WAY and lasts_s >= TROUBLE_S:
            run.why = run.why or reason
            run.stop.set()


def running(run: Run) -> Download | None:
    """None where the viewer, or a change of quality, has stopped it meanwhile."""
    download = run.queue.of(run.film_id)
    return download if download is not None and download.state is DownloadState.RUNNING else None


def ended(download: Download, run: Run, error: VeriteError | None) -> Download:
    told = run.progress
    total_bytes = max(told.total_bytes, download.total_bytes)
    if error is None:
        done = replace(download, done_bytes=total_bytes, total_bytes=total_bytes)
        return stepped(done, DownloadEvent.LAST_PART_STORED)
    so_far = replace(download, done_bytes=told.done_bytes, total_bytes=total_bytes)
    if not isinstance(error, Stopped):
        return stopped_by(so_far, reason_of(error))
    if run.why is not None:
        return stopped_by(so_far, run.why)
    return stepped(so_far, DownloadEvent.INTERRUPT)
