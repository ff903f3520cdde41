"""The state of a download in words, and what is asked before it goes, as pure functions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import tzinfo
from typing import TYPE_CHECKING

from player_app.core.download import Download, DownloadState, Progress
from player_app.core.download_reasons import (
    METERED,
    NO_NETWORK,
    NO_ROOM,
    SIGNED_OUT,
    Reason,
    error_of,
)
from player_app.core.rental import (
    ClockDoubt,
    Expired,
    Finishing,
    NotStarted,
    NotYet,
    Running,
    may_play,
)
from player_app.core.storage_errors import DiskFull
from player_app.ui import formatting
from player_app.ui.messages.errors import message_for
from player_app.ui.viewmodels.film_face import ONE_CONNECTION, RENEW
from player_app.ui.viewmodels.question import QuestionFace

if TYPE_CHECKING:
    from player_app.features.holdings import Taken

BY_ITSELF = "It goes on by itself."
AWAY = "The folder that it is in is not there."
WITH_ROOM = "It goes on by itself once there is room."


@dataclass(frozen=True, slots=True)
class Told:
    """A state in words: what it is, and what more there is to say of it.

    `help` is what a button beside it does: look, resume, sign-in, settings, kept, renew, rent,
    help or nothing. `tint` is good, danger or "".
    """

    said: str
    more: str = ""
    symbol: str = ""
    tint: str = ""
    help: str = ""
    help_label: str = ""


NOTHING_TOLD = Told("")


def told(taken: Taken, now_s: int, zone: tzinfo | None = None) -> Told:
    """The state of a download."""
    download, progress = taken.download, taken.progress
    share = formatting.percent(progress.done_bytes, progress.total_bytes)
    amount = f"{formatting.size(progress.done_bytes)} of {formatting.size(progress.total_bytes)}"
    match download.state:
        case DownloadState.QUEUED:
            turn = f"after {formatting.counted(taken.before, 'film')}" if taken.before else "next"
            return Told(f"In the queue, {turn}", amount if progress.done_bytes else "", "queue")
        case DownloadState.RUNNING:
            return Told(f"{share} · {amount}", _speed(progress), "download")
        case DownloadState.PAUSED:
            return Told(f"Paused at {share}", amount, "pause")
        case DownloadState.WAITING:
            return _waiting(download, share)
        case DownloadState.FAILED:
            return _failed(download)
        case DownloadState.REMOVING:
            return Told("Being removed", "", "trash")
        case DownloadState.COMPLETE if taken.away:
            return Told("Not here just now", AWAY, "warning", "danger", "look", "Look again")
        case DownloadState.COMPLETE:
            return _complete(taken, now_s, zone)


def plays_offline(taken: Taken) -> bool:
    complete = taken.download.state is DownloadState.COMPLETE
    return complete and not taken.away and taken.licence is not None and may_play(taken.licence)


def removal(taken: Taken) -> QuestionFace | None:
    """What is asked before a download goes; nothing is where nothing of it is here yet."""
    title, download = taken.film.title, taken.download
    if download.state is DownloadState.COMPLETE:
        return QuestionFace(
            title=f"Remove {title} from this computer?",
            text=f"This frees {formatting.size(download.total_bytes)}. "
            "Your place in it, notes and comments stay, and it can be downloaded again for as "
            "long as you may watch it.",
            yes_label="Remove",
            no_label="Keep it",
            symbol="trash",
            is_removal=True,
        )
    if taken.progress.done_bytes == 0:
        return None
    return QuestionFace(
        title=f"Stop downloading {title}?",
        text=f"The {formatting.size(taken.progress.done_bytes)} that are here already go, too. "
        "To go on with them later, pause it instead.",
        yes_label="Stop and remove",
        no_label="Go on",
        symbol="trash",
        is_removal=True,
    )


def giving_back(taken: Taken) -> QuestionFace:
    return QuestionFace(
        title="Give this computer's place back?",
        text=f"This frees {formatting.size(taken.download.total_bytes)} here, and another device "
        f"may take {taken.film.title} offline in its place. The service hears of it as soon as it "
        "can be reached.",
        yes_label="Give back",
        no_label="Keep it",
        symbol="device",
        is_removal=True,
    )


def not_taken(title: str, reason: Reason) -> str:
    message = message_for(error_of(reason) or RuntimeError(reason.word))
    return f"{title} was not taken offline. {message.title}"


def quality_label(height: int | None) -> str:
    return f"{height}p" if height else "As sent"


def part(progress: Progress) -> float:
    """0 to 1."""
    whole = progress.total_bytes
    return min(progress.done_bytes / whole, 1.0) if whole > 0 else 0.0


def _speed(progress: Progress) -> str:
    left_s = progress.seconds_left
    if left_s is None:
        return ""
    return formatting.joined(
        f"{formatting.size(int(progress.rate_bps / 8))}/s", formatting.remaining(left_s)
    )


def _waiting(download: Download, share: str) -> Told:
    said = f"Waiting at {share}"
    match download.reason:
        case word if word == METERED:
            text = f"This network counts what is loaded. {BY_ITSELF}"
            return Told(said, text, "wait", "", "settings", "Load all the same")
        case word if word == NO_NETWORK:
            return Told(said, f"There is no connection just now. {BY_ITSELF}", "offline")
        case word if word == SIGNED_OUT:
            return Told(said, "You are signed out.", "wait", "", "sign-in", "Sign in")
        case word if word == NO_ROOM:
            return Told(
                said, f"{_room(download)} {WITH_ROOM}", "warning", "danger", "kept", "Make room"
            )
    error = download.error
    text = message_for(error).title if error else "Something is in the way"
    return Told(said, f"{text}. {BY_ITSELF}", "wait", "", "resume", "Try now")


def _room(download: Download) -> str:
    match download.error:
        case DiskFull(needed_bytes=needed, free_bytes=free) if needed > free:
            return f"{formatting.size(needed - free)} more are needed on this disk."
        case _:
            return "This disk is full."


def _failed(download: Download) -> Told:
    error = download.error
    message = message_for(error or RuntimeError(download.reason))
    way_on = message.action if message.action in _WAYS_ON else ""
    return Told(message.title, message.text, "warning", "danger", way_on, _WAYS_ON.get(way_on, ""))


_WAYS_ON = {
    "sign-in": "Sign in",
    "rent": "See how to watch it",
    "help": "Get help",
}


def _complete(taken: Taken, now_s: int, zone: tzinfo | None) -> Told:
    ready = f"Ready offline · {formatting.size(taken.download.total_bytes)}"
    here = f"Here, {formatting.size(taken.download.total_bytes)}"
    licence = taken.licence
    match licence:
        case None:
            return Told(here, "Its licence is missing: connect once.", "key", "", *_RENEW)
        case NotStarted(start_by=by):
            return Told(ready, f"Start it{formatting.until(by, now_s, zone)}", *_READY)
        case Running(ends_at=at) | Finishing(until=at):
            return Told(ready, f"Plays{formatting.until(at, now_s, zone)}", *_READY)
        case Expired(why="renewal-needed"):
            return Told(here, ONE_CONNECTION, "key", "danger", *_RENEW)
        case NotYet(start=start):
            return Told(here, f"Plays from {formatting.moment(start, now_s, zone)}", "clock")
        case ClockDoubt():
            return Told(here, formatting.clock(licence, now_s, zone), "key", "danger", *_RENEW)
        case Expired():
            text = formatting.clock(licence, now_s, zone)
            return Told(here, text, "clock", "danger", "rent", _WAYS_ON["rent"])


_READY = ("downloaded", "good")
_RENEW = ("renew", RENEW)
