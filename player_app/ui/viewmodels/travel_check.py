"""The travel check: until when, the test under way, and what it found."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta, tzinfo

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from player_app.core.travel import Finding, Remedy
from player_app.ui import formatting, when
from player_app.ui.messages.errors import message_for
from player_app.ui.models.rows import Rows
from player_app.ui.tasks import Failed, LongWait, Outcome, Post
from player_app.ui.viewmodels.travel_face import (
    TravelFace,
    VerdictRow,
    testing_words,
    verdict_row,
    whole_answer,
)

QML_IMPORT_NAME = "Verite.Models"
QML_IMPORT_MAJOR_VERSION = 1

Tell = Callable[[str, int, int], None]
"""Called with a film's title and how many of its segments are read, of how many."""
Check = Callable[[int, Tell, threading.Event], tuple[Finding, ...]]
"""Blocks while every film taken offline is tried until that moment (seconds since 1970)."""

STEP_MIN = 30
LONGEST_AHEAD = timedelta(days=365)


@QmlElement
@QmlUncreatable("made in Python")
class TravelCheckViewModel(QObject):  # type: ignore[operator]
    """`remedy` does the one thing that a verdict offers, and says so by `remedied`."""

    shown = Signal()

    def __init__(
        self,
        *,
        check: Check,
        remedy: Callable[[Remedy, str], None],
        wait: LongWait,
        post: Post,
        now: Callable[[], int],
        zone: tzinfo | None = None,
    ) -> None:
        super().__init__()
        self._check = check
        self._remedy = remedy
        self._wait = wait
        self._post = post
        self._now_s = now
        self._zone = zone
        self._turn = 0
        self._verdicts = Rows(VerdictRow, self)
        at = when.next_sunday(self._now())
        self._day, self._time = at.date(), at.time()
        self._face = TravelFace(day=formatting.day(at), time=f"{at:%H:%M}")

    @Property(str, notify=shown)
    def phase(self) -> str:
        return self._face.phase

    @Property(str, notify=shown)
    def dayText(self) -> str:
        return self._face.day

    @Property(str, notify=shown)
    def timeText(self) -> str:
        return self._face.time

    @Property(str, notify=shown)
    def wrong(self) -> str:
        return self._face.wrong

    @Property(str, notify=shown)
    def said(self) -> str:
        return self._face.said

    @Property(str, notify=shown)
    def answer(self) -> str:
        return self._face.answer

    @Property(float, notify=shown)
    def progress(self) -> float:
        return self._face.progress

    @Property(Rows, notify=shown)
    def verdicts(self) -> Rows:
        return self._verdicts

    @Slot(int)
    def stepDay(self, days: int) -> None:
        """A day or a week later or earlier, within a year and not before today."""
        today = self._now().date()
        latest = today + LONGEST_AHEAD
        self._ask(min(max(self._day + timedelta(days=days), today), latest), self._time)

    @Slot(int)
    def stepTime(self, steps: int) -> None:
        """Half hours later or earlier, on the half hour, around the clock of one day."""
        minutes = self._time.hour * 60 + self._time.minute
        aligned = minutes // STEP_MIN if steps > 0 else -(-minutes // STEP_MIN)
        minutes = (aligned + steps) * STEP_MIN % (24 * 60)
        self._ask(self._day, time(minutes // 60, minutes % 60))

    @Slot(str)
    def typeDay(self, text: str) -> None:
        today = self._now().date()
        read = when.read_day(text, today)
        if read is None:
            self._say_wrong("Type a day, such as Sunday, tomorrow or 22 Nov.")
        elif not today <= read <= today + LONGEST_AHEAD:
            self._say_wrong("Type a day that is not past, within a year from today.")
        else:
            self._ask(read, self._time)

    @Slot(str)
    def typeTime(self, text: str) -> None:
        read = when.read_time(text)
        if read is None:
            self._say_wrong("Type a time, such as 21:00 or 9 pm.")
        else:
            self._ask(self._day, read)

    @Slot()
    def check(self) -> None:
        """Begin the test; what an earlier one found is put away."""
        then = when.moment_of(self._day, self._time, self._zone)
        if self._face.wrong or then <= self._now_s():
            self._say_wrong(self._face.wrong or "That is past: choose a later time.")
            return
        self._turn += 1
        turn = self._turn
        self._verdicts.show(())
        self._show(replace(self._face, phase="testing", said="Testing", answer="", progress=0.0))

        def tell(title: str, done: int, whole: int) -> None:
            self._post(lambda: self._testing(turn, title, done, whole))

        self._wait.run(
            lambda stop: self._check(then, tell, stop), lambda o: self._told(turn, then, o)
        )

    @Slot()
    def stop(self) -> None:
        self._turn += 1
        self._wait.stop()
        if self._face.phase == "testing":
            self._show(replace(self._face, phase="asking", said="", progress=0.0))

    @Slot(str)
    def remedy(self, film_id: str) -> None:
        """Do the one thing that helps this film."""
        row = next((each for each in self._verdicts.rows if each.id == film_id), None)
        if row is not None and row.remedy:
            self._remedy(Remedy(row.remedy), film_id)

    def remedied(self) -> None:
        """Something was put right: what was told is tested again."""
        if self._face.phase == "told":
            self.check()

    def _testing(self, turn: int, title: str, done: int, whole: int) -> None:
        if turn == self._turn and self._face.phase == "testing":
            part = done / whole if whole else 0.0
            self._show(replace(self._face, said=testing_words(title, done, whole), progress=part))

    def _told(self, turn: int, then: int, outcome: Outcome[tuple[Finding, ...]]) -> None:
        if turn != self._turn:
            return
        if isinstance(outcome, Failed):
            message = message_for(outcome.error)
            self._show(
                replace(self._face, phase="told", answer="no", said=message.text, progress=0.0)
            )
            return
        now_s = self._now_s()
        answer, said = whole_answer(outcome.value, then, now_s, self._zone)
        self._verdicts.show(tuple(verdict_row(each, now_s, self._zone) for each in outcome.value))
        self._show(replace(self._face, phase="told", answer=answer, said=said, progress=0.0))

    def _ask(self, day: date, at: time) -> None:
        """Another question: the answer to the last one is no answer to it."""
        self.stop()
        self._day, self._time = day, at
        self._verdicts.show(())
        shown = datetime.combine(day, at)
        self._show(TravelFace(day=formatting.day(shown), time=f"{shown:%H:%M}"))

    def _say_wrong(self, text: str) -> None:
        self.stop()
        self._verdicts.show(())
        self._show(TravelFace(day=self._face.day, time=self._face.time, wrong=text))

    def _now(self) -> datetime:
        return formatting.local(self._now_s(), self._zone)

    def _show(self, face: TravelFace) -> None:
        if face != self._face:
            self._face = face
            self.shown.emit()
