"""Features of films taken offline that answer from frozen samples, and note what they are asked."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from player_app.core.download import Progress, Quality
from player_app.core.errors import VeriteError
from player_app.core.kept_here import KeptThings, Kind
from player_app.core.reach import Reach
from player_app.core.rental import needs_renewal
from player_app.core.rights import Right
from player_app.core.travel import Finding, Parts
from player_app.features.holdings import Holding, Taken
from player_app.features.offline_choices import Choice
from tests.ui import offline_samples

if TYPE_CHECKING:
    from tests.ui.answers import Answers

USUAL = Path("/home/rosa/.local/share/verite/segments")
CALENDAR = Path("/home/rosa/Downloads/The Brass Sea (end of rental).ics")


@dataclass
class Offline:
    """What they answer; an exception is raised instead. `asked` are the deeds, in order."""

    holding: Holding = field(default_factory=Holding)
    choices: tuple[Choice, ...] = field(default_factory=offline_samples.choices)
    choices_error: VeriteError | None = None
    why_not: VeriteError | None = None
    reach: Reach = field(default_factory=Reach)
    findings: tuple[Finding, ...] = field(default_factory=offline_samples.findings)
    parts: Parts = field(default_factory=lambda: Parts(sound=204))
    kept: tuple[KeptThings, ...] = field(default_factory=offline_samples.kept_things)
    right: Right | None = None
    read_error: VeriteError | None = None
    deed_error: VeriteError | None = None
    calendar_error: VeriteError | None = None
    asked: list[tuple[str, str]] = field(default_factory=list)
    saved: list[str] = field(default_factory=list)
    opened: list[Path] = field(default_factory=list)
    moved: list[Path] = field(default_factory=list)
    lost: int = 0


class OfflineFeatures:
    """Every call of the seam in one object: each view model gets those that it needs."""

    def __init__(self, offline: Offline, answers: Answers) -> None:
        self._o = offline
        self._answers = answers

    def read(self) -> Holding:
        self._raise(self._o.read_error)
        return self._o.holding

    def held(self, film_id: str) -> Taken | None:
        found = (e for e in self._o.holding.taken if e.download.film_id == film_id)
        return next(found, None)

    def progress(self, film_id: str) -> Progress:
        taken = self.held(film_id)
        return taken.progress if taken else Progress(0, 0)

    def choices(self, _film_id: str) -> tuple[Choice, ...]:
        self._raise(self._o.choices_error)
        return self._o.choices

    def why_not(self) -> VeriteError | None:
        return self._o.why_not

    def right_to(self, film_id: str) -> tuple[str, Any]:
        film = next(each for each in self._answers.films if each.id == film_id)
        return film.title, self._o.right or self._answers.right

    def start(self, film_id: str, quality: Quality) -> None:
        self._note("start", f"{film_id} {quality.rendition_id}")

    def pause(self, film_id: str) -> None:
        self._note("pause", film_id)

    def resume(self, film_id: str) -> None:
        self._note("resume", film_id)

    def up(self, film_id: str) -> None:
        self._note("up", film_id)

    def needs_contact(self, film_id: str) -> bool:
        taken = self.held(film_id)
        needs = taken is not None and needs_renewal(taken.licence)
        return self._o.reach.is_offline and needs

    def renew(self, film_id: str) -> None:
        self._note("renew", film_id)

    def repair(self, film_id: str) -> None:
        self._note("repair", film_id)

    def remove(self, film_id: str) -> None:
        self._note("remove", film_id)
        rest = tuple(e for e in self._o.holding.taken if e.download.film_id != film_id)
        self._o.holding = replace(self._o.holding, taken=rest)

    def verify(
        self, film_id: str, tell: Callable[[int, int], None], stop: threading.Event
    ) -> Parts:
        del stop
        self._note("verify", film_id)
        tell(204, 204)
        return self._o.parts

    def check(
        self, then_s: int, tell: Callable[[str, int, int], None], stop: threading.Event
    ) -> tuple[Finding, ...]:
        del stop
        self._o.asked.append(("check", str(then_s)))
        tell("The Brass Sea", 204, 204)
        return self._o.findings

    def save_calendar(self, title: str, text: str) -> Path:
        self._raise(self._o.calendar_error)
        self._o.saved.append(text)
        return CALENDAR.with_name(f"{title} (end of rental).ics")

    def kept(self) -> tuple[KeptThings, ...]:
        self._raise(self._o.read_error)
        return self._o.kept

    def remove_kept(self, kind: Kind) -> None:
        self._note("remove-kept", kind.value)
        self._o.kept = tuple(each for each in self._o.kept if each.kind is not kind)

    def remove_all(self) -> None:
        self._note("remove-all", "")

    def folder(self) -> Path:
        return self._o.moved[-1] if self._o.moved else USUAL

    def move(self, folder: Path, tell: Callable[[int, int], None], stop: threading.Event) -> int:
        del stop
        self._raise(self._o.deed_error)
        tell(100, 100)
        self._o.moved.append(folder)
        return self._o.lost

    def _note(self, deed: str, of: str) -> None:
        self._raise(self._o.deed_error)
        self._o.asked.append((deed, of))

    @staticmethod
    def _raise(error: VeriteError | None) -> None:
        if error is not None:
            raise error
