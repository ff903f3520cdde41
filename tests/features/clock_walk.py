"""A viewer with one rental, who turns the computer's clock as they like, beside the true time."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from typing import cast

from player_app.core.licence import Permit
from player_app.core.rental import MidFilm, NotStarted, Running, may_play
from player_app.core.rights import NO_RIGHTS, Rights
from player_app.core.stream_errors import RentalOver
from player_app.features.connection import Connection
from player_app.features.rental_clock import RentalClock
from player_app.features.start_records import StartRecords
from player_app.features.starts import Starts
from player_app.storage.starts import StartStore
from tests.core.borders import DAY, HOUR, MINUTE, TERMS
from tests.features.machine import NOON, SERVICE, Machine
from tests.features.test_rental_clock import a_licence

KEPT_EVERY_S = 30
SPANS_S = (0.4, 1, 29, 31, 5 * MINUTE, HOUR, 5 * HOUR, DAY, 3 * DAY)
TURNS_S = (1, 200, 299, 301, HOUR, DAY, 29 * DAY, 31 * DAY, 400 * DAY)


class Alone:
    """Somebody is signed in, whose service is never told anything."""

    def owner(self) -> str:
        return f"acc-1 {SERVICE}"

    def rights(self) -> Rights:
        return NO_RIGHTS


@dataclass
class Walk:
    """`granted_s` is true time in which the film was on; `began` when it was, at the latest.

    `is_right` while the player's clock has to be: nobody turned the computer's, or since a contact
    of this run.
    """

    machine: Machine
    chance: random.Random
    granted_s: float = 0.0
    doubted_s: float = 0.0
    kills: int = 0
    began: int | None = None
    was_turned: bool = False
    is_right: bool = True
    story: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.window_s = self.chance.choice([HOUR, 7 * HOUR, 2 * DAY])
        terms = replace(TERMS, finish_within_s=self.window_s, mid_film=MidFilm.STOP)
        self.licence = a_licence(terms=terms, issued_at=NOON)
        self._start()

    def _start(self) -> None:
        self.clock: RentalClock = self.machine.started()
        connection = cast("Connection", Alone())
        records = StartRecords(
            StartStore(self.machine.database),
            connection,
            secret=lambda: self.machine.secret,
            passing=lambda: False,
        )
        self.clock._started_at = records.started_at
        self.starts = Starts(connection, self.clock, records)
        self.clock.tick()

    def plays(self) -> None:
        """Up to the end of the right; kept every 30 s, but for what comes after the last."""
        seconds = self.chance.choice(SPANS_S[:7])
        if not self._opens():
            return
        kept_s = seconds // KEPT_EVERY_S * KEPT_EVERY_S
        self._shows(kept_s)
        self.clock.tick()
        self._shows(seconds - kept_s)

    def _opens(self) -> bool:
        if not may_play(self.clock.standing(self.licence)):
            return False
        try:
            self.starts.began(Permit(self.licence, "", 0, None))
        except RentalOver:
            return False
        if self.began is None:
            # by a clock that was turned back it began when that says: nobody knows it better
            self.began = min(int(self.machine.true), self.clock.now())
        return True

    def _shows(self, seconds: float) -> None:
        verdict, doubt = self.clock.standing(self.licence), self.clock.doubt()
        left_s: float = 0.0
        if isinstance(verdict, Running):
            left_s = min(seconds, verdict.ends_at - self.clock.now())
        if doubt is not None:
            left_s = min(left_s, doubt.left_s)
            self.doubted_s += left_s
        self.granted_s += left_s
        self.machine.true += left_s
        self.clock.played(left_s)
        self.machine.true += seconds - left_s

    def leaves_it_open(self) -> None:
        """The player is open, or the whole machine asleep."""
        self.machine.true += self.chance.choice(SPANS_S)

    def closes(self) -> None:
        self.clock.tick()
        self._is_off()

    def is_killed(self) -> None:
        self.kills += 1
        self._is_off()

    def _is_off(self) -> None:
        self.machine.true += self.chance.choice(SPANS_S)
        self.is_right = not self.was_turned
        self._start()

    def turns_the_clock(self) -> None:
        ahead_s = self.chance.choice([0, *TURNS_S, *(-each for each in TURNS_S)])
        self.machine.ahead_s = ahead_s
        self.was_turned = True
        self.is_right = False

    def turns_it_back_to_what_the_player_knows(self) -> None:
        """Which is the best that can be done without being doubted."""
        self.machine.ahead_s = self.clock.now() - 299 - self.machine.true
        self.was_turned = True
        self.is_right = False

    def is_online(self) -> None:
        server_time, took_s = int(self.machine.true), self.chance.choice([0.01, 0.4, 2.0])
        self.machine.true += took_s
        self.clock.contact(server_time, took_s)
        self.starts.contact(server_time, took_s)
        self.doubted_s, self.is_right = 0.0, True

    def hears_late(self) -> None:
        server_time, took_s = int(self.machine.true), self.chance.choice([60.0, 600.0])
        self.machine.true += took_s
        self.clock.contact(server_time, took_s)
        self.starts.contact(server_time, took_s)

    def holds(self) -> None:
        """Nothing is gained, and who is honest loses nothing."""
        lost_s = KEPT_EVERY_S * self.kills + 10
        assert self.granted_s <= self.window_s + lost_s
        assert self.doubted_s <= 6 * HOUR + lost_s
        if not self.is_right:
            return
        now, true = self.clock.now(), int(self.machine.true)
        assert true - 3 <= now <= true
        begun = self.began is not None
        ends_at = NOON + 30 * DAY if self.began is None else self.began + self.window_s
        verdict = self.clock.standing(self.licence)
        if true < ends_at:
            assert isinstance(verdict, Running if begun else NotStarted)
        if not self.was_turned and now >= ends_at:
            assert not may_play(verdict)
