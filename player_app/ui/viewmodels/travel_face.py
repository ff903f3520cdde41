"""What a travel check says: the question, how far it is, and a verdict for each film."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import tzinfo

from player_app.core.travel import Finding, Obstacle, Remedy
from player_app.ui import formatting


@dataclass(frozen=True, slots=True)
class VerdictRow:
    """`answer` is yes, if or no; `remedy` is "" where no button helps."""

    id: str
    title: str
    answer: str
    words: str
    remedy: str
    remedy_label: str


@dataclass(frozen=True, slots=True)
class TravelFace:
    """`phase` is asking, testing or told; `answer` is yes, no or "" for the whole of it."""

    phase: str = "asking"
    day: str = ""
    time: str = ""
    wrong: str = ""
    said: str = ""
    answer: str = ""
    progress: float = 0.0


_LABELS = {
    Remedy.NOTHING: "",
    Remedy.DOWNLOAD: "Finish the download",
    Remedy.REPAIR: "Repair",
    Remedy.CONNECT: "Renew",
    Remedy.RENT: "See how to watch it",
    Remedy.WATCH_BEFORE: "",
    Remedy.START_BEFORE: "",
    Remedy.WAIT: "",
    Remedy.HELP: "Get help",
}

HELP_OF = {
    Remedy.DOWNLOAD: "resume",
    Remedy.CONNECT: "renew",
    Remedy.RENT: "rent",
    Remedy.HELP: "help",
}
"""What `DownloadDeeds.help` calls a remedy, of those that are a download's."""


def verdict_row(finding: Finding, now_s: int, zone: tzinfo | None = None) -> VerdictRow:
    clocks = finding.clocks
    at = formatting.moment(clocks.at, now_s, zone) if clocks.at is not None else ""
    sure = finding.plays and clocks.remedy is Remedy.NOTHING
    label = _LABELS[clocks.remedy]
    if clocks.remedy is Remedy.REPAIR and finding.parts.fetch_bytes:
        label = f"Fetch {formatting.size(finding.parts.fetch_bytes)}"
    return VerdictRow(
        id=finding.film_id,
        title=finding.title,
        answer="yes" if sure else "if" if finding.plays else "no",
        words=_words(finding, at),
        remedy=clocks.remedy.value if label else "",
        remedy_label=label,
    )


_WORDS = {
    Obstacle.NOT_COMPLETE: "Its download is not done",
    Obstacle.LICENCE: "Its licence on this computer can't be used",
    Obstacle.RENEWAL: "Its licence must be renewed by {at}",
    Obstacle.OVER: "Its time ended {at}",
    Obstacle.ENDS: "Its time ends {at}: watch it before then",
    Obstacle.NOT_YET: "It can be watched only from {at}",
    Obstacle.CLOCK: "This computer's clock looks wrong",
    Obstacle.PICTURE: "No picture of it could be shown",
}


def _words(finding: Finding, at: str) -> str:
    parts, clocks = finding.parts, finding.clocks
    if clocks.obstacle is Obstacle.MISSING:
        return broken_words(parts.missing, parts.damaged, parts.all)
    if clocks.obstacle is Obstacle.CLOCK and clocks.ahead_s:
        off = formatting.duration(round(abs(clocks.ahead_s) / 60) * 60)
        how = "fast" if clocks.ahead_s > 0 else "slow"
        return f"This computer's clock is {off} {how}: set it right, then renew"
    if clocks.obstacle is not None:
        return _WORDS[clocks.obstacle].format(at=at)
    if clocks.remedy is Remedy.START_BEFORE:
        return f"Plays, if you start it before {at}"
    return f"Plays: {formatting.counted(parts.sound, 'segment')} read and sound"


def broken_words(missing: int, damaged: int, whole: int) -> str:
    """`3 of 204 segments are missing`."""
    broken = missing + damaged
    what = "damaged" if not missing else "missing" if not damaged else "missing or damaged"
    return f"{broken} of {formatting.counted(whole, 'segment')} {_are(broken)} {what}"


def whole_answer(
    findings: Iterable[Finding], then_s: int, now_s: int, zone: tzinfo | None = None
) -> tuple[str, str]:
    """Yes, no or nothing, and the sentence for all films together."""
    found = tuple(findings)
    plays = sum(each.plays for each in found)
    until = formatting.moment(then_s, now_s, zone)
    if not found:
        return "", "Nothing is downloaded yet, so nothing plays without internet."
    if plays == len(found):
        which = "it plays" if plays == 1 else f"all {plays} films play"
        return "yes", f"Yes: {which} without internet until {until}."
    if plays == 0:
        which = "it does not play" if len(found) == 1 else f"none of {len(found)} films plays"
        return "no", f"No: {which} without internet until {until}."
    which = f"{plays} of {len(found)} films {'plays' if plays == 1 else 'play'}"
    return "no", f"Not all: {which} without internet until {until}."


def testing_words(title: str, done: int, whole: int) -> str:
    if whole <= 0:
        return f"Testing {title}"
    return f"Testing {title}: {done} of {formatting.counted(whole, 'segment')}"


def _are(count: int) -> str:
    return "is" if count == 1 else "are"
