"""The card on a film's page that takes it offline, as pure functions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import tzinfo
from typing import TYPE_CHECKING

from player_app.core.download import DownloadState
from player_app.core.errors import Unreachable
from player_app.core.rental import NotStarted, SecondClock
from player_app.core.rights import Right
from player_app.ui import formatting
from player_app.ui.messages.errors import message_for
from player_app.ui.messages.message import ACTION_LABELS
from player_app.ui.viewmodels.download_words import NOTHING_TOLD, Told, part, quality_label, told

if TYPE_CHECKING:
    from player_app.features.holdings import Taken
    from player_app.features.offline_choices import Choice

HEADING = "Take it offline"
BRINGS_ALL = "With every sound, captions and audio description."
ONLINE = "Connected, you can watch the film and take it offline."
BEST, LEAST = "best", "least"
MIDDLE_HEIGHT = 720


@dataclass(frozen=True, slots=True)
class QualityRow:
    id: str
    label: str
    fits: bool


def quality_rows(choices: Iterable[Choice]) -> tuple[QualityRow, ...]:
    """The best first."""
    rows = []
    for each in sorted(choices, key=_height, reverse=True):
        about = "about " if each.is_estimate else ""
        label = f"{quality_label(each.height)} · {about}{formatting.size(each.bytes)}"
        rows.append(QualityRow(each.video_id, label, each.fits))
    return tuple(rows)


def preferred(choices: Iterable[Choice], wish: str) -> Choice | None:
    """The quality that is chosen beforehand: best, least, or the best of up to 720 lines.

    One for which there is no room is chosen only where there is room for none.
    """
    ordered = sorted(choices, key=_height)
    ordered = [each for each in ordered if each.fits] or ordered
    if not ordered:
        return None
    if wish == LEAST:
        return ordered[0]
    if wish == BEST:
        return ordered[-1]
    small = [each for each in ordered if _height(each) <= MIDDLE_HEIGHT]
    return small[-1] if small else ordered[0]


def room_words(choice: Choice) -> str:
    """What taking this needs, and what the disk has."""
    if not choice.fits:
        short = formatting.size(choice.needed_bytes - choice.free_bytes)
        return f"{short} more are needed on this disk."
    free = f"{formatting.size(choice.free_bytes)} free on this disk"
    if 0 < choice.missing_bytes < choice.bytes:
        return f"{formatting.size(choice.missing_bytes)} still to fetch · {free}"
    return free


def _height(choice: Choice) -> int:
    return choice.height or 0


@dataclass(frozen=True, slots=True)
class DownloadFace:
    """The card on a film's page.

    `phase` is none, looking, cannot, offered or held; `state` is the download's where it is held.
    """

    phase: str = "none"
    state: str = ""
    heading: str = ""
    told: Told = NOTHING_TOLD
    progress: float = 0.0
    chosen: str = ""
    fits: bool = True
    action_label: str = ""
    wrong: str = ""


_HEADINGS = {
    DownloadState.COMPLETE: "On this computer",
    DownloadState.FAILED: "Not taken offline",
    DownloadState.REMOVING: "On this computer",
}
LOOKING = DownloadFace(phase="looking", heading=HEADING)


def cannot_face(error: Exception) -> DownloadFace:
    """Why the film can't be taken offline here, and what helps."""
    message = message_for(error)
    if isinstance(error, Unreachable):
        message = replace(message, title="Not on this computer", text=f"{message.text} {ONLINE}")
    return DownloadFace(
        phase="cannot",
        heading=message.title,
        told=Told(
            message.text,
            symbol="offline-not",
            help=message.action,
            help_label=ACTION_LABELS[message.action],
        ),
    )


def offered_face(choices: Iterable[Choice], chosen: Choice, begins: str) -> DownloadFace:
    """With its size, the room there is, and what taking it begins, before anything is begun."""
    ordered = tuple(choices)
    about = "about " if chosen.is_estimate else ""
    amount = f"{about}{formatting.size(chosen.missing_bytes)}"
    smaller = any(each.fits and each.bytes < chosen.bytes for each in ordered)
    more = "A smaller picture would fit." if smaller and not chosen.fits else ""
    return DownloadFace(
        phase="offered",
        heading=HEADING,
        told=Told(
            room_words(chosen),
            more if not chosen.fits else begins or BRINGS_ALL,
            symbol="" if chosen.fits else "warning",
            tint="" if chosen.fits else "danger",
            help="" if chosen.fits else "kept",
            help_label="" if chosen.fits else "Make room",
        ),
        chosen=chosen.video_id,
        fits=chosen.fits,
        action_label=f"Download · {amount}",
    )


def held_face(taken: Taken, now_s: int, zone: tzinfo | None = None) -> DownloadFace:
    words = told(taken, now_s, zone)
    state = taken.download.state
    return DownloadFace(
        phase="held",
        state=state.value,
        heading=_HEADINGS.get(state, HEADING),
        told=words,
        progress=part(taken.progress),
    )


def begins_words(right: Right) -> str:
    """What of a rental's clocks the download itself begins; asked again before it does."""
    rental = right.rental
    if rental is None or not isinstance(right.standing, NotStarted):
        return ""
    if rental.terms.second_clock is not SecondClock.DOWNLOAD:
        return ""
    return f"Downloading it begins your {formatting.window(rental.terms.finish_within_s)}."
