"""What a benchmark says: ours, the peer's, and the ratio of the costs."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from dataclasses import dataclass

TURNS = 5


@dataclass(frozen=True, slots=True)
class Result:
    """Medians in `unit`; `at_most` is the ratio aimed at; `beside` are further figures."""

    name: str
    ours: float
    peer: float
    peer_name: str
    unit: str
    at_most: float
    beside: tuple[str, ...] = ()

    @property
    def ratio(self) -> float:
        """Cost of ours by cost of the peer's: smaller is better."""
        return self.ours / self.peer

    def line(self) -> str:
        """One line for people."""
        verdict = "within" if self.ratio <= self.at_most else "OVER"
        return (
            f"{self.name}: ours {self.ours:.3f} {self.unit}, {self.peer_name} {self.peer:.3f} "
            f"{self.unit}, ratio {self.ratio:.2f} ({verdict} {self.at_most})"
        )

    def as_json(self) -> dict[str, float | str]:
        return {
            "ours": round(self.ours, 4),
            "peer": round(self.peer, 4),
            "peer_name": self.peer_name,
            "unit": self.unit,
            "ratio": round(self.ratio, 3),
            "at_most": self.at_most,
        }


def in_turns(*runs: Callable[[], float], turns: int = TURNS) -> tuple[float, ...]:
    """The median of each run's figure, the runs taking turns so that noise strikes all alike."""
    figures: list[list[float]] = [[] for _ in runs]
    for _ in range(turns):
        for kept, run in zip(figures, runs, strict=True):
            kept.append(run())
    return tuple(statistics.median(kept) for kept in figures)
