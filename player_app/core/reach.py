"""Whether the service is within reach, as real requests found it, or as the viewer chose."""

from __future__ import annotations

from dataclasses import dataclass

from player_app.core.errors import NotSecure, Unreachable

FIRST_LOOK_S = 4.0
LONGEST_PAUSE_S = 10.0


@dataclass(frozen=True, slots=True)
class Reach:
    """`lost_at` is since when nothing answers, in seconds since 1970; None: the service does.

    `by_choice` is the viewer's wish to be left alone with what is here; `why` the last failure.
    """

    lost_at: int | None = None
    by_choice: bool = False
    why: Unreachable | None = None

    @property
    def is_offline(self) -> bool:
        return self.by_choice or self.lost_at is not None

    @property
    def says_more(self) -> bool:
        """Whether the viewer can do something else about it than wait."""
        return isinstance(self.why, NotSecure) or (
            self.why is not None and self.why.why in ("portal", "proxy")
        )


def heard(reach: Reach, error: Unreachable | None, now: int) -> Reach:
    """After a request was answered (no error), or found nobody."""
    if error is None:
        return Reach(by_choice=reach.by_choice)
    lost_at = now if reach.lost_at is None else reach.lost_at
    return Reach(lost_at=lost_at, by_choice=reach.by_choice, why=error)


def pause_before_look_s(looks: int) -> float:
    """How long to wait before the next look whether the service is back, after so many."""
    return min(LONGEST_PAUSE_S, FIRST_LOOK_S + looks / 10)
