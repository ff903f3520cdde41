"""Frozen samples of what is held: rentals with their clocks, and films taken offline."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from player_app.core.catalogue import Film
from player_app.core.download import Download, DownloadState, Progress
from player_app.core.download_reasons import METERED, Reason, reason_of
from player_app.core.errors import Unreachable
from player_app.core.kept_here import KeptThings, Kind
from player_app.core.reach import Reach
from player_app.core.rental import (
    Expired,
    NotStarted,
    Rental,
    RentalState,
    Running,
    SecondClock,
    Standing,
    Subscription,
)
from player_app.core.rights import Right
from player_app.core.storage_errors import DiskFull, FolderGone
from player_app.core.stream_errors import DamagedStream
from player_app.core.travel import Clocks, Finding, Obstacle, Parts, Remedy
from player_app.core.withdrawn import stand_in
from player_app.features.holdings import Held, Holding, Taken
from player_app.features.offline_choices import Choice
from tests.ui import samples
from tests.ui.standstill import NOW

HOUR, DAY = 3_600, 86_400
MB = 1_000_000
FULL_MB = 412
FREE_BYTES = 38_400 * MB
NO_NETWORK = reason_of(Unreachable("films.example.org", "offline"))
NO_ROOM = reason_of(DiskFull(400 * MB, 90 * MB))
LOST = Reach(lost_at=NOW - 23 * 60, why=Unreachable("films.example.org", "offline"))
DAMAGED = reason_of(DamagedStream("v720/3.m4s", 3))
UNTIL_SUNDAY = Running(NOW + 41 * HOUR)


def rental(
    film_id: str, standing: Standing, *, second_clock: SecondClock = SecondClock.PLAY
) -> Right:
    """A rental bought two days ago, whose clocks stand so."""
    started_at = None
    if isinstance(standing, Running):
        started_at = standing.ends_at - samples.TERMS.finish_within_s
    elif isinstance(standing, Expired) and standing.why == "finished":
        started_at = standing.when - samples.TERMS.finish_within_s
    purchased_at = NOW - 2 * DAY
    if isinstance(standing, NotStarted):
        purchased_at = standing.start_by - samples.TERMS.start_within_s
    terms = replace(samples.TERMS, second_clock=second_clock)
    bought = Rental(
        f"rental-{film_id}",
        film_id,
        "offer-rental",
        terms,
        purchased_at,
        started_at,
        None,
        RentalState.ACTIVE,
    )
    return Right("rental", standing, bought)


def download(
    film_id: str, state: DownloadState, part: float = 0.0, *, why: Reason | None = None, **more: Any
) -> Download:
    whole = more.pop("total_bytes", FULL_MB * MB)
    done = whole if state is DownloadState.COMPLETE else int(whole * part)
    return Download(
        film_id=film_id,
        rendition_id="v720",
        height=720,
        audio_ids=("a-en",),
        total_bytes=whole,
        added_at=NOW - HOUR,
        order=1,
        state=state,
        done_bytes=done,
        reason=why.word if why else "",
        facts=why.facts if why else (),
        **more,
    )


def taken(
    film: Film | None,
    state: DownloadState,
    part: float = 0.0,
    *,
    licence: Standing | None = UNTIL_SUNDAY,
    before: int = 0,
    away: bool = False,
    rate_mb: float = 0.0,
    **more: Any,
) -> Taken:
    held = download(film.id if film else "film-gone", state, part, **more)
    progress = Progress(held.done_bytes, held.total_bytes, rate_mb * MB * 8)
    shown = film or stand_in(held.film_id)
    return Taken(shown, held, progress, before, licence, away=away)


def streamed() -> tuple[Film, ...]:
    """The demo's films, those that can be seen now first."""
    return tuple(sorted(samples.films(), key=lambda film: not film.streams))


def choices(free_bytes: int = FREE_BYTES) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            video_id=f"v{height}",
            height=height,
            audio_ids=("a-en", "a-en-ad"),
            bytes=size_mb * MB,
            missing_bytes=size_mb * MB,
            needed_bytes=(size_mb + 100) * MB,
            free_bytes=free_bytes,
            is_estimate=False,
        )
        for height, size_mb in ((360, 121), (720, FULL_MB))
    )


def full_holding() -> Holding:
    """Rentals in each state of their clocks, and a queue with something under way."""
    films = streamed()
    ready = taken(films[0], DownloadState.COMPLETE)
    going = taken(films[2], DownloadState.RUNNING, 0.43, rate_mb=3.2)
    return Holding(
        rentals=(
            Held(films[0], rental(films[0].id, UNTIL_SUNDAY), films[0].length_ms // 3, ready),
            Held(films[2], rental(films[2].id, NotStarted(NOW + 28 * DAY)), None, going),
            Held(films[3], rental(films[3].id, NotStarted(NOW + 30 * DAY)), None, None),
            Held(films[4], rental(films[4].id, Expired("finished", NOW - 3 * HOUR)), None, None),
        ),
        taken=(
            ready,
            going,
            taken(films[5], DownloadState.QUEUED, before=1, total_bytes=121 * MB),
            taken(films[7], DownloadState.QUEUED, before=2),
        ),
        held_bytes=590 * MB,
        free_bytes=FREE_BYTES,
    )


def every_state() -> Holding:
    films = streamed()
    state, gone = DownloadState, Expired("finished", NOW - 3 * HOUR)
    needs = Expired("renewal-needed", NOW - HOUR)
    shelf = (
        taken(films[0], state.COMPLETE),
        taken(films[1], state.COMPLETE, licence=needs),
        taken(films[2], state.RUNNING, 0.43, rate_mb=3.2),
        taken(films[3], state.QUEUED, before=1),
        taken(films[4], state.PAUSED, 0.61),
        taken(films[5], state.WAITING, 0.2, why=NO_NETWORK),
        taken(films[6], state.WAITING, 0.2, why=NO_ROOM),
        taken(films[7], state.WAITING, 0.2, why=Reason(METERED)),
        taken(films[8], state.FAILED, 0.9, why=DAMAGED),
        taken(films[9], state.COMPLETE, licence=gone),
        taken(None, state.COMPLETE, licence=None),
        taken(films[10], state.REMOVING),
    )
    return Holding(taken=shelf, held_bytes=3_100 * MB, free_bytes=FREE_BYTES)


def subscribed(holding: Holding) -> Holding:
    held = Subscription("sub-1", True, NOW - 90 * DAY, NOW + 20 * DAY, samples.TERMS)
    return replace(holding, subscription=held)


def findings(number: int = 3) -> tuple[Finding, ...]:
    """One for every answer that a film may get."""
    films = streamed()
    whole = Parts(sound=204)
    return (
        Finding(films[0].id, films[0].title, Clocks(), whole),
        Finding(films[2].id, films[2].title, Clocks(None, Remedy.START_BEFORE, NOW + DAY), whole),
        Finding(
            films[5].id,
            films[5].title,
            Clocks(Obstacle.MISSING, Remedy.REPAIR),
            Parts(sound=201, missing=3, fetch_bytes=2_100_000),
        ),
        Finding(
            films[3].id,
            films[3].title,
            Clocks(Obstacle.RENEWAL, Remedy.CONNECT, NOW + 20 * HOUR),
            whole,
        ),
        Finding(
            films[4].id,
            films[4].title,
            Clocks(Obstacle.ENDS, Remedy.WATCH_BEFORE, NOW + 30 * HOUR),
            whole,
        ),
        Finding(films[7].id, films[7].title, Clocks(Obstacle.NOT_COMPLETE, Remedy.DOWNLOAD)),
    )[:number]


def kept_things() -> tuple[KeptThings, ...]:
    """Of every kind."""
    home = "/home/rosa/.local/share/verite"
    segments, rows = f"{home}/segments", f"{home}/verite.sqlite3"
    told = {
        Kind.FILMS: (1, FULL_MB * MB, segments),
        Kind.STREAMED: (88, 178 * MB, segments),
        Kind.PICTURES: (96, 61 * MB, f"{home}/pictures"),
        Kind.CATALOGUE: (24, 2_300_000, home),
        Kind.PLACES: (7, 4_200, rows),
        Kind.COMMENTS: (2, 900, rows),
        Kind.PURCHASES: (1, 210, rows),
        Kind.LICENCES: (3, 9_800, rows),
        Kind.OWN_FILMS: (3, 48_000, rows),
        Kind.CLOCKS: (2, 310, rows),
        Kind.ACCOUNT: (4, 2_100, rows),
        Kind.OTHERS: (1, 1_900, rows),
        Kind.SETTINGS: (1, 340, rows),
        Kind.LOGS: (3, 310_000, f"{home}/logs"),
        Kind.SECRETS: (2, None, ""),
        Kind.FAREWELLS: (1, None, ""),
        Kind.SPARE: (2, 120_000, home),
        Kind.LOCKS: (2, 0, home),
        Kind.UNKNOWN: (1, 12, home),
    }
    return tuple(KeptThings(kind, *each) for kind, each in told.items())


def away_holding() -> Holding:
    """The folder with a film that was taken offline is not there."""
    away = taken(streamed()[0], DownloadState.COMPLETE, away=True)
    usual = full_holding()
    return replace(
        usual,
        taken=(away,),
        rentals=(replace(usual.rentals[0], taken=away),),
        trouble=FolderGone("/mnt/films"),
    )
