"""What may be watched, told by counting down: a second opinion on `standing`, for random histories.

Nothing here knows a date. Every window is a number of seconds that are left, and goes down.
"""

from __future__ import annotations

from dataclasses import dataclass

from player_app.core.rental import MidFilm, SecondClock, Terms

GRACE_S = 1_800


@dataclass
class Model:
    """`renewal` and `cap` None: there is none. `showing` None: no film is open."""

    terms: Terms
    subscribed: bool
    cap: int | None
    renewal: int | None
    length_s: int
    to_start: int = 0
    to_finish: int | None = None
    showing: int | None = None
    outlives: bool = False
    taken_back: str | None = None
    doubt: int | None = None

    def __post_init__(self) -> None:
        self.to_start = self.terms.start_within_s
        if self.terms.second_clock is SecondClock.PURCHASE and not self.subscribed:
            self.to_finish = self.terms.finish_within_s

    def wait(self, seconds: int) -> None:
        was_open = self.left() > 0
        self.to_start -= seconds
        self.to_finish = None if self.to_finish is None else self.to_finish - seconds
        self.cap = None if self.cap is None else self.cap - seconds
        self.renewal = None if self.renewal is None else self.renewal - seconds
        self.showing = None if self.showing is None else self.showing - seconds
        if was_open and self.left() <= 0:
            self.outlives = self.showing is not None

    def has_begun(self) -> bool:
        return self.subscribed or self.to_finish is not None

    def left(self) -> int:
        """Until the next border, whichever it is; long, where there is none."""
        own = self.to_finish if self.to_finish is not None else self.to_start
        counters = [None if self.subscribed else own, self.cap, self.renewal]
        return min((each for each in counters if each is not None), default=10**9)

    def left_to_finish(self) -> int:
        """For a film that was open when the border came; nothing for any other."""
        may_finish = self.outlives and self.terms.mid_film is MidFilm.FINISH and self.has_begun()
        if not may_finish or self.showing is None:
            return 0
        return self.showing if self.cap is None else min(self.showing, self.cap)

    def open(self) -> bool:
        """Play, if that may be; the second clock begins with it."""
        opens = self.says()[0] in ("not-started", "running")
        if opens:
            self.showing, self.outlives = self.length_s + GRACE_S, False
            if not self.has_begun():
                self.to_finish = self.terms.finish_within_s
        return opens

    def close(self) -> None:
        self.showing, self.outlives = None, False

    def hear_of_start(self, ago_s: int) -> None:
        """Another device began so long ago."""
        by_purchase = self.terms.second_clock is SecondClock.PURCHASE
        if self.subscribed or by_purchase or self.to_start + ago_s <= 0:
            return
        other = self.terms.finish_within_s - ago_s
        self.to_finish = other if self.to_finish is None else min(self.to_finish, other)
        if self.left() <= 0 and self.showing is not None:
            # it was over before that was heard: perhaps already when the film was opened
            opened_ago_s = self.length_s + GRACE_S - self.showing
            self.outlives = opened_ago_s > -self.left()

    def says(self) -> tuple[str, int]:
        """The kind of standing, and how many seconds it lasts; for an end, since when it is."""
        if self.taken_back:
            return self.taken_back, 0
        if self.doubt is not None and self.doubt <= 0:
            return "clock-used-up", 0
        if self.left() > 0:
            if self.left() == 10**9:
                return "running", self.terms.renew_within_s
            return ("running" if self.has_begun() else "not-started"), self.left()
        if self.left_to_finish() > 0:
            return "finishing", self.left_to_finish()
        return ("clock-over", 0) if self.doubt is not None else self.end()

    def end(self) -> tuple[str, int]:
        """Of several ends the one that came first, but a renewal would have helped none of them."""
        ends: list[tuple[int, str]] = []
        if self.subscribed:
            ends += [] if self.cap is None else [(self.cap, "subscription-ended")]
        else:
            own = self.to_finish if self.to_finish is not None else self.to_start
            ends.append((own, "finished" if self.to_finish is not None else "not-started-in-time"))
            if self.cap is not None and self.cap < own:
                ends = [(self.cap, "cap")]
        come = [each for each in ends if each[0] <= 0]
        if come:
            return come[0][1], -come[0][0]
        return "renewal-needed", -(self.renewal or 0)
