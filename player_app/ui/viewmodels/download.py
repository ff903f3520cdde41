"""The card on a film's page that takes it offline: before, meanwhile and after."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import tzinfo
from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from player_app.core.download import DownloadState
from player_app.core.errors import VeriteError
from player_app.core.rights import NO_RIGHT, Right
from player_app.ui.messages.message import Message
from player_app.ui.models.rows import Rows
from player_app.ui.tasks import Failed, Outcome, Tasks
from player_app.ui.viewmodels.download_deeds import DownloadDeeds
from player_app.ui.viewmodels.download_face import (
    LOOKING,
    DownloadFace,
    QualityRow,
    begins_words,
    cannot_face,
    held_face,
    offered_face,
    preferred,
    quality_rows,
)

if TYPE_CHECKING:
    from player_app.features.browse import FilmFacts
    from player_app.features.downloads import Downloads
    from player_app.features.holdings import Taken
    from player_app.features.offline_choices import Choice

QML_IMPORT_NAME = "Verite.Models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("made in Python")
class DownloadViewModel(QObject):  # type: ignore[operator]
    """`held` blocks, and says how the film is on this computer, if it is at all.

    `why_not` is what keeps this computer from taking any film offline; `wish` the quality that
    the viewer's settings ask for: best, good or least.
    """

    shown = Signal()

    def __init__(
        self,
        *,
        downloads: Downloads,
        held: Callable[[str], Taken | None],
        why_not: Callable[[], VeriteError | None],
        wish: Callable[[], str],
        deeds: DownloadDeeds,
        act_on: Callable[[str], None],
        tasks: Tasks,
        now: Callable[[], int],
        zone: tzinfo | None = None,
    ) -> None:
        super().__init__()
        self._downloads = downloads
        self._held = held
        self._why_not = why_not
        self._wish = wish
        self._deeds = deeds
        self._act_on = act_on
        self._tasks = tasks
        self._now_s = now
        self._zone = zone
        self._film_id = ""
        self._right: Right = NO_RIGHT
        self._may_take = False
        self._taken: Taken | None = None
        self._choices: tuple[Choice, ...] = ()
        self._face = DownloadFace()
        self._qualities = Rows(QualityRow, self)
        deeds.done = lambda _film_id: self.changed()
        deeds.failed = self._not_done

    @Property(str, notify=shown)
    def phase(self) -> str:
        return self._face.phase

    @Property(str, notify=shown)
    def state(self) -> str:
        return self._face.state

    @Property(str, notify=shown)
    def heading(self) -> str:
        return self._face.heading

    @Property(str, notify=shown)
    def said(self) -> str:
        return self._face.told.said

    @Property(str, notify=shown)
    def more(self) -> str:
        return self._face.told.more

    @Property(str, notify=shown)
    def symbol(self) -> str:
        return self._face.told.symbol

    @Property(str, notify=shown)
    def tint(self) -> str:
        return self._face.told.tint

    @Property(str, notify=shown)
    def helpLabel(self) -> str:
        return self._face.told.help_label

    @Property(float, notify=shown)
    def progress(self) -> float:
        return self._face.progress

    @Property(str, notify=shown)
    def chosen(self) -> str:
        return self._face.chosen

    @Property(bool, notify=shown)
    def fits(self) -> bool:
        return self._face.fits

    @Property(str, notify=shown)
    def actionLabel(self) -> str:
        return self._face.action_label

    @Property(str, notify=shown)
    def wrong(self) -> str:
        return self._face.wrong

    @Property(Rows, notify=shown)
    def qualities(self) -> Rows:
        return self._qualities

    @Slot(str)
    def choose(self, video_id: str) -> None:
        """Another quality, before it is begun."""
        chosen = next((each for each in self._choices if each.video_id == video_id), None)
        if chosen is not None:
            self._offer(chosen)

    @Slot()
    def start(self) -> None:
        chosen = next((e for e in self._choices if e.video_id == self._face.chosen), None)
        if chosen is not None and chosen.fits:
            self._deeds.start(self._film_id, chosen)

    @Slot()
    def pause(self) -> None:
        self._deeds.pause(self._film_id)

    @Slot()
    def resume(self) -> None:
        self._deeds.resume(self._film_id)

    @Slot()
    def remove(self) -> None:
        if self._taken is not None:
            self._deeds.remove(self._taken)

    @Slot()
    def help(self) -> None:
        """Do what is offered beside what is said."""
        action = self._face.told.help
        if self._face.phase == "cannot" and action == "retry":
            self._look()
        elif self._face.phase == "held":
            self._deeds.help(action, self._film_id)
        else:
            self._act_on(action)

    def look_at(self, facts: FilmFacts) -> None:
        """Show how this film stands, and find out how it may be taken, where it may."""
        if facts.film.id != self._film_id:
            self._taken, self._choices = None, ()
            self._qualities.show(())
            self._show(DownloadFace())
        self._film_id, self._right = facts.film.id, facts.right
        self._may_take = facts.right.may_play and facts.film.streams
        self.changed()

    def changed(self) -> None:
        """Some download is not as it was."""
        film_id = self._film_id
        if film_id:
            self._tasks.run(lambda: self._held(film_id), lambda o: self._told(film_id, o))

    def renew(self, film_id: str) -> None:
        """Ask the service once for what this film needs to play on without it."""
        self._deeds.renew(film_id)

    def beat(self) -> None:
        """Show how far the film has come, while it is being taken."""
        taken = self._taken
        if taken is not None and taken.download.state is DownloadState.RUNNING:
            progress = self._downloads.progress(self._film_id)
            self._taken = taken = replace(taken, progress=progress)
            self._show(held_face(taken, self._now_s(), self._zone))

    def _told(self, film_id: str, outcome: Outcome[Taken | None]) -> None:
        if film_id != self._film_id:
            return
        if isinstance(outcome, Failed):
            self._show(cannot_face(outcome.error))
            return
        self._taken = outcome.value
        if self._taken is not None:
            self._show(held_face(self._taken, self._now_s(), self._zone))
        elif not self._may_take:
            self._show(DownloadFace())
        elif self._face.phase not in ("looking", "offered"):
            self._look()

    def _look(self) -> None:
        """In what qualities, at what size, with what room."""
        film_id, error = self._film_id, self._why_not()
        if error is not None:
            self._show(cannot_face(error))
            return
        self._show(LOOKING)
        self._tasks.run(lambda: self._downloads.choices(film_id), lambda o: self._found(film_id, o))

    def _found(self, film_id: str, outcome: Outcome[tuple[Choice, ...]]) -> None:
        if film_id != self._film_id or self._face.phase != "looking":
            return
        if isinstance(outcome, Failed):
            self._show(cannot_face(outcome.error))
            return
        self._choices = outcome.value
        self._qualities.show(quality_rows(self._choices))
        chosen = preferred(self._choices, self._wish())
        if chosen is None:
            self._show(DownloadFace())
        else:
            self._offer(chosen)

    def _offer(self, chosen: Choice) -> None:
        self._show(offered_face(self._choices, chosen, begins_words(self._right)))

    def _not_done(self, film_id: str, message: Message) -> None:
        if film_id == self._film_id:
            self._show(replace(self._face, wrong=f"{message.title}. {message.text}"))

    def _show(self, face: DownloadFace) -> None:
        if face != self._face:
            self._face = face
            self.shown.emit()
