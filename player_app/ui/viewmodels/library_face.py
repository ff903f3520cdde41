"""What the library says of rentals, both clocks of each, and of films taken offline."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import tzinfo
from typing import TYPE_CHECKING

from player_app.core.catalogue import OfferKind
from player_app.core.download import DownloadState
from player_app.core.rental import (
    Expired,
    Finishing,
    NotStarted,
    Rental,
    Running,
    SecondClock,
    Standing,
    Subscription,
    may_play,
)
from player_app.core.rights import Right
from player_app.core.storage_errors import FolderGone
from player_app.core.travel import Parts
from player_app.ui import formatting
from player_app.ui.messages.errors import message_for
from player_app.ui.models.cards import POSTER_WIDTH, progress, shown
from player_app.ui.viewmodels.download_words import (
    part,
    plays_offline,
    quality_label,
    told,
)
from player_app.ui.viewmodels.film_face import play_label
from player_app.ui.viewmodels.travel_face import broken_words

if TYPE_CHECKING:
    from player_app.features.holdings import Held, Holding, Taken

SOON_S = 3_600
NONE_TAKEN = (
    "No film is taken offline yet. The page of a film that you may watch has a button for it."
)
SIGN_IN = "Sign in to see the films that you took offline on this computer."
IN_SUBSCRIPTION = "In your subscription"
UNKEPT = "The disk is nearly full: what you stream is not kept for going back in a film."


@dataclass(frozen=True, slots=True)
class RentalRow:
    """`clock` is the one that runs, `other` the one that has run or will.

    `action` is play, rent or nothing.
    """

    id: str
    title: str
    poster: str
    alt: str
    colour: str
    clock: str
    other: str
    over: bool
    offline: str
    here: bool
    action: str
    action_label: str
    can_take: bool
    has_end: bool
    progress: float


@dataclass(frozen=True, slots=True)
class CheckFace:
    """What a verification says of one film; `phase` is "", checking, sound or broken."""

    phase: str = ""
    said: str = ""
    progress: float = 0.0
    label: str = ""


@dataclass(frozen=True, slots=True)
class ShelfRow:
    """A film taken offline, or on its way; `stage` is its download's state."""

    id: str
    title: str
    poster: str
    alt: str
    colour: str
    quality: str
    stage: str
    said: str
    more: str
    symbol: str
    tint: str
    help_label: str
    progress: float
    play_label: str
    can_go_sooner: bool
    check_phase: str
    check_said: str
    check_progress: float
    check_label: str


@dataclass(frozen=True, slots=True)
class LibraryFace:
    """`phase` is loading, ready, empty, signed-out or failed; `moving` -1 where nothing comes.

    `trouble` is what is said of the folder with the films, `gone` that it is not there; `unkept` is
    of what streams, `none_taken` where no film is to be seen that was taken offline.
    """

    phase: str = "loading"
    subscription: str = ""
    room: str = ""
    trouble: str = ""
    gone: bool = False
    unkept: str = ""
    none_taken: str = ""
    moving: float = -1.0
    moving_text: str = ""
    said: str = ""


UNCHECKED = CheckFace()


def library_face(holding: Holding, now_s: int, *, signed_in: bool) -> LibraryFace:
    subscription = _subscription(holding.subscription, now_s)
    nothing = not holding.rentals and not holding.taken
    if nothing:
        phase = "empty" if signed_in else "signed-out"
        return LibraryFace(phase=phase, subscription=subscription)
    is_away = isinstance(holding.trouble, FolderGone)
    return LibraryFace(
        phase="ready",
        subscription=subscription,
        room=formatting.joined(
            f"{formatting.size(holding.held_bytes)} of films" if holding.held_bytes else "",
            "" if is_away else f"{formatting.size(holding.free_bytes)} free",
        ),
        trouble=_trouble(holding),
        gone=is_away,
        none_taken=NONE_TAKEN if signed_in else SIGN_IN,
        unkept="" if holding.keeps_streams else UNKEPT,
    )


def rental_row(held: Held, now_s: int, zone: tzinfo | None = None) -> RentalRow:
    film, right, taken = held.film, held.right, held.taken
    poster = shown(film.poster, POSTER_WIDTH)
    plays = right.may_play or held.subscribed
    is_open = plays or right.is_doubted
    action, action_label = _action(held, is_open=is_open)
    return RentalRow(
        id=film.id,
        title=film.title,
        poster=poster.sha256,
        alt=poster.alt,
        colour=poster.colour,
        clock=formatting.clock(right.standing, now_s, zone),
        other=formatting.joined(
            other_clock(right, now_s, zone), IN_SUBSCRIPTION if held.subscribed else ""
        ),
        over=not is_open,
        offline=_offline(taken, now_s, zone),
        here=taken is not None and _is_here(taken),
        action=action,
        action_label=action_label,
        can_take=plays and taken is None and film.streams,
        has_end=end_of(right.standing) is not None,
        progress=progress(film, held.position_ms),
    )


def other_clock(right: Right, now_s: int, zone: tzinfo | None = None) -> str:
    """The clock that does not run yet, or when the first one was stopped by a start."""
    rental = right.rental
    if rental is None:
        return ""
    match right.standing:
        case NotStarted():
            return _second_clock(rental)
        case Running() | Finishing() if rental.started_at is not None:
            return f"You started it {formatting.moment_past(rental.started_at, now_s, zone)}"
        case _:
            return ""


def end_of(standing: Standing | None) -> int | None:
    """When what a standing allows ends, in seconds since 1970: what a calendar can be told."""
    match standing:
        case NotStarted(start_by=at) | Running(ends_at=at) | Finishing(until=at):
            return None if formatting.is_endless(at) else at
        case _:
            return None


def shelf_row(taken: Taken, check: CheckFace, now_s: int, zone: tzinfo | None = None) -> ShelfRow:
    film, download = taken.film, taken.download
    poster = shown(film.poster, POSTER_WIDTH)
    words = told(taken, now_s, zone)
    return ShelfRow(
        id=download.film_id,
        title=film.title,
        poster=poster.sha256,
        alt=poster.alt,
        colour=poster.colour,
        quality=quality_label(download.height),
        stage=download.state.value,
        said=words.said,
        more=words.more,
        symbol=words.symbol,
        tint=words.tint,
        help_label=words.help_label,
        progress=part(taken.progress),
        play_label=play_label(taken.position_ms, film) if plays_offline(taken) else "",
        can_go_sooner=download.state is DownloadState.QUEUED and taken.before > 1,
        check_phase=check.phase,
        check_said=check.said,
        check_progress=check.progress,
        check_label=check.label,
    )


def checking_face(done: int, whole: int) -> CheckFace:
    said = f"Checking {done} of {formatting.counted(whole, 'segment')}" if whole else "Checking"
    return CheckFace("checking", said, done / whole if whole else 0.0)


def checked_face(parts: Parts) -> CheckFace:
    """`3 of 204 segments are missing`, and what a repair of them has to fetch."""
    if parts.is_whole:
        said = f"All {parts.all:,} segments are" if parts.all > 1 else "Its one segment is"
        return CheckFace("sound", f"{said} sound")
    said = broken_words(parts.missing, parts.damaged, parts.all)
    fetch = formatting.size(parts.fetch_bytes) if parts.fetch_bytes else "them"
    return CheckFace("broken", said, label=f"Fetch {fetch}")


def moving(holding: Holding) -> tuple[float, str]:
    """How far the film is that is being taken, with words; -1 and "" where none is."""
    running = [e for e in holding.taken if e.download.state is DownloadState.RUNNING]
    if not running:
        return -1.0, ""
    first = running[0]
    percent = formatting.percent(first.progress.done_bytes, first.progress.total_bytes)
    return part(first.progress), f"Downloading {first.film.title}, {percent}"


def expiry_said(before: Held, after: Held, before_s: int, now_s: int) -> str:
    """What is announced of a clock since it was looked at last; "" where that is nothing."""
    title, was, now = after.film.title, before.right.standing, after.right.standing
    if was is None or now is None:
        return ""
    if may_play(was) and isinstance(now, Expired):
        return f"{title}: {formatting.clock(now, now_s)}"
    ends, ended = end_of(now), end_of(was)
    if ends is None or ended is None:
        return ""
    if ends - now_s <= SOON_S < ended - before_s:
        return f"{title}: {formatting.clock(now, now_s)}"
    return ""


def _action(held: Held, *, is_open: bool) -> tuple[str, str]:
    if is_open:
        return "play", play_label(held.position_ms, held.film)
    return ("rent", "Rent it again") if held.film.offer(OfferKind.RENTAL) else ("", "")


def _is_here(taken: Taken) -> bool:
    return taken.download.state is DownloadState.COMPLETE and not taken.away


def _trouble(holding: Holding) -> str:
    """Of the folder; it matters to nobody who has taken nothing offline."""
    if holding.trouble is None or not holding.taken:
        return ""
    message = message_for(holding.trouble)
    return f"{message.title}. {message.text}"


def _second_clock(rental: Rental) -> str:
    window = formatting.window(rental.terms.finish_within_s)
    if rental.terms.second_clock is SecondClock.DOWNLOAD:
        return f"Then {window} to finish, once you play or download it"
    return f"Then {window} to finish, once you press Play"


def _offline(taken: Taken | None, now_s: int, zone: tzinfo | None) -> str:
    if taken is None:
        return ""
    if taken.download.state is DownloadState.RUNNING:
        share = formatting.percent(taken.progress.done_bytes, taken.progress.total_bytes)
        return f"Downloading, {share}"
    return told(taken, now_s, zone).said


def _subscription(held: Subscription | None, now_s: int) -> str:
    if held is None or not held.active:
        return ""
    until = formatting.until(held.until, now_s) if held.until is not None else ""
    return f"You are subscribed{until}: every film is yours to watch."
