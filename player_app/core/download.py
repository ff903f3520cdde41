"""Taking a film offline: the states of a download, every step between them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from player_app.core.download_reasons import ENDS_BY_ITSELF, Fact, Reason, error_of
from player_app.core.errors import VeriteError
from player_app.core.rental import Expired, Standing


class DownloadState(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    PAUSED = "paused"
    WAITING = "waiting"
    COMPLETE = "complete"
    FAILED = "failed"
    REMOVING = "removing"


class DownloadEvent(StrEnum):
    BEGIN = "begin"
    """Its turn has come."""
    PAUSE = "pause"
    RESUME = "resume"
    """The viewer wants it to go on, or what it waited for is over."""
    WAIT = "wait"
    """Something is in the way that ends by itself."""
    INTERRUPT = "interrupt"
    """The player stopped, or was killed, in the middle."""
    LAST_PART_STORED = "last-part-stored"
    GIVE_UP = "give-up"
    LOSE_PARTS = "lose-parts"
    """Some of what was stored is gone or damaged."""
    CHANGE = "change"
    """Another quality is wanted."""
    REMOVE = "remove"
    START_AGAIN = "start-again"
    """It is wanted once more, after its removal."""
    CLEARED = "cleared"
    """All that was of it is gone."""


class ImpossibleStep(ValueError):
    """A bug: this event has no meaning in this state."""


_S, _E = DownloadState, DownloadEvent
_NEXT = {
    (_S.QUEUED, _E.BEGIN): _S.RUNNING,
    (_S.QUEUED, _E.PAUSE): _S.PAUSED,
    (_S.QUEUED, _E.CHANGE): _S.QUEUED,
    (_S.QUEUED, _E.REMOVE): _S.REMOVING,
    (_S.RUNNING, _E.PAUSE): _S.PAUSED,
    (_S.RUNNING, _E.WAIT): _S.WAITING,
    (_S.RUNNING, _E.INTERRUPT): _S.QUEUED,
    (_S.RUNNING, _E.LAST_PART_STORED): _S.COMPLETE,
    (_S.RUNNING, _E.GIVE_UP): _S.FAILED,
    (_S.RUNNING, _E.CHANGE): _S.QUEUED,
    (_S.RUNNING, _E.REMOVE): _S.REMOVING,
    (_S.PAUSED, _E.RESUME): _S.QUEUED,
    (_S.PAUSED, _E.CHANGE): _S.QUEUED,
    (_S.PAUSED, _E.REMOVE): _S.REMOVING,
    (_S.WAITING, _E.RESUME): _S.QUEUED,
    (_S.WAITING, _E.PAUSE): _S.PAUSED,
    (_S.WAITING, _E.CHANGE): _S.QUEUED,
    (_S.WAITING, _E.REMOVE): _S.REMOVING,
    (_S.COMPLETE, _E.LOSE_PARTS): _S.QUEUED,
    (_S.COMPLETE, _E.CHANGE): _S.QUEUED,
    (_S.COMPLETE, _E.REMOVE): _S.REMOVING,
    (_S.FAILED, _E.RESUME): _S.QUEUED,
    (_S.FAILED, _E.CHANGE): _S.QUEUED,
    (_S.FAILED, _E.REMOVE): _S.REMOVING,
    (_S.REMOVING, _E.REMOVE): _S.REMOVING,
    (_S.REMOVING, _E.START_AGAIN): _S.REMOVING,
    (_S.REMOVING, _E.CLEARED): _S.QUEUED,
}


def after(state: DownloadState, event: DownloadEvent) -> DownloadState:
    if not is_possible(state, event):
        raise ImpossibleStep(f"{event} while {state}")
    return _NEXT[state, event]


def is_possible(state: DownloadState, event: DownloadEvent) -> bool:
    return (state, event) in _NEXT


@dataclass(frozen=True, slots=True)
class Quality:
    """What a film is taken in; `bytes` are those of everything that comes along."""

    rendition_id: str
    height: int | None
    audio_ids: tuple[str, ...]
    bytes: int

    def __post_init__(self) -> None:
        if not self.rendition_id or self.bytes < 0:
            raise ValueError("a quality has a rendition and a size")


@dataclass(frozen=True, slots=True)
class Download:
    """One film, as taken by one owner; `rendition_id` is its video's.

    `reason` is the word of what it waits for or failed by, "" in every other state, `facts` what
    its sentence needs. `done_bytes` of `total_bytes` had come when this was written. `list_sha256`
    names the service's list of what it consists of, once that is known. `former` are renditions
    that it was to be taken in before, whose segments are still held; `again` is wanted once it is
    removed. `added_at` is when it was wanted last, in whole seconds since 1970, and no earlier than
    the end of the film was seen by then.
    """

    film_id: str
    rendition_id: str
    height: int | None
    audio_ids: tuple[str, ...]
    total_bytes: int
    added_at: int
    order: int
    state: DownloadState = DownloadState.QUEUED
    done_bytes: int = 0
    reason: str = ""
    facts: tuple[Fact, ...] = ()
    list_sha256: str = ""
    former: tuple[str, ...] = ()
    again: Quality | None = None

    def __post_init__(self) -> None:
        if not self.film_id or not self.rendition_id:
            raise ValueError("a download is of a film, in a rendition")
        if min(self.total_bytes, self.done_bytes) < 0:
            raise ValueError("a download has no fewer bytes than none")
        if bool(self.reason) != (self.state in (DownloadState.WAITING, DownloadState.FAILED)):
            raise ValueError("a download has a reason while it waits, and when it has failed")
        if self.again is not None and self.state is not DownloadState.REMOVING:
            raise ValueError("only what is being removed can be wanted again")

    @property
    def error(self) -> VeriteError | None:
        """What it waits for or failed by, for its sentence; None where that is no error."""
        return error_of(Reason(self.reason, self.facts)) if self.reason else None

    def holders(self, owner: str) -> tuple[str, ...]:
        """The names under which the store may hold segments for it."""
        names = [holder(owner, self.film_id, each) for each in (self.rendition_id, *self.former)]
        return (*names, *map(meanwhile, names))


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a download is, and how fast it goes: `rate_bps` is bit/s, 0 while nothing comes."""

    done_bytes: int
    total_bytes: int
    rate_bps: float = 0.0

    @property
    def seconds_left(self) -> float | None:
        """None where nothing tells."""
        if self.rate_bps <= 0:
            return None
        return max(0, self.total_bytes - self.done_bytes) * 8 / self.rate_bps


def holder(owner: str, film_id: str, rendition_id: str) -> str:
    """Each viewer's each film in each quality holds its segments for itself.

    So a change of quality, and another viewer's removal, leave alone what is shared.
    """
    return f"{owner} {film_id} in {rendition_id}"


def meanwhile(name: str) -> str:
    """Another name of the same holder, for the moment in which it lets go of some of its own."""
    return f"{name} meanwhile"


def new_download(film_id: str, quality: Quality, added_at: int, order: int) -> Download:
    return Download(
        film_id=film_id,
        rendition_id=quality.rendition_id,
        height=quality.height,
        audio_ids=quality.audio_ids,
        total_bytes=quality.bytes,
        added_at=added_at,
        order=order,
    )


def started(
    before: Download | None, film_id: str, quality: Quality, added_at: int, order: int
) -> Download:
    """What a start makes of what there is: the same film twice is one download."""
    if before is None:
        return new_download(film_id, quality, added_at, order)
    if before.state is DownloadState.REMOVING:
        return replace(stepped(before, DownloadEvent.START_AGAIN), again=quality)
    if before.rendition_id != quality.rendition_id:
        return replace(in_quality(before, quality), added_at=added_at)
    if is_possible(before.state, DownloadEvent.RESUME):
        return stepped(before, DownloadEvent.RESUME)
    return before


def stepped(download: Download, event: DownloadEvent) -> Download:
    """The download after an event that brings no more than itself."""
    state = after(download.state, event)
    return replace(download, state=state, reason="", facts=(), again=None)


def stopped_by(download: Download, reason: Reason) -> Download:
    """It was running, and waits for the end of this, or has failed by it."""
    waits = reason.word in ENDS_BY_ITSELF
    state = after(download.state, DownloadEvent.WAIT if waits else DownloadEvent.GIVE_UP)
    return replace(download, state=state, reason=reason.word, facts=reason.facts)


def in_quality(download: Download, quality: Quality) -> Download:
    """Taken in another quality from now on; what both share stays."""
    former = tuple(each for each in download.former if each != quality.rendition_id)
    return replace(
        stepped(download, DownloadEvent.CHANGE),
        rendition_id=quality.rendition_id,
        height=quality.height,
        audio_ids=quality.audio_ids,
        total_bytes=quality.bytes,
        done_bytes=0,
        former=(download.rendition_id, *former),
    )


def brought_in(
    download: Download,
    rendition_id: str,
    height: int | None,
    total_bytes: int,
    list_sha256: str,
) -> Download:
    """As the service has the film now, which may know the chosen quality by another name."""
    names = (download.rendition_id, *download.former)
    return replace(
        download,
        rendition_id=rendition_id,
        height=height,
        total_bytes=total_bytes,
        list_sha256=list_sha256,
        former=tuple(each for each in names if each != rendition_id),
    )


def cleared(download: Download, added_at: int, order: int) -> Download | None:
    """What is left of a download whose all is gone: nothing, or the one that was wanted again."""
    after(download.state, DownloadEvent.CLEARED)
    if download.again is None:
        return None
    return new_download(download.film_id, download.again, added_at, order)


def reopened(download: Download) -> Download:
    """As it is after a restart, however the player ended."""
    if download.state is not DownloadState.RUNNING:
        return download
    return stepped(download, DownloadEvent.INTERRUPT)


@dataclass(frozen=True, slots=True)
class Tidying:
    """Which downloads the viewer wants gone by themselves."""

    when_watched: bool = False
    when_expired: bool = False


def is_to_go(
    download: Download,
    setting: Tidying,
    standing: Standing | None,
    *,
    finished_at: int | None,
    is_told: bool,
) -> bool:
    """Whether a download goes by itself; a right that one contact may renew has not expired.

    `finished_at` is when the film was last watched to its end: what was seen before it was wanted
    is wanted to be seen again. `is_told` is whether `standing` is by the service's word, or its
    time: a computer's clock alone may be wrong, and no contact brings a removed film back.
    """
    if download.state is DownloadState.REMOVING:
        return False
    watched = finished_at is not None and finished_at > download.added_at
    if setting.when_watched and watched and download.state is DownloadState.COMPLETE:
        return True
    expired = isinstance(standing, Expired) and standing.why != "renewal-needed"
    return setting.when_expired and expired and is_told
