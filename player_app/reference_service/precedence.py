"""Which of two watch sessions is the viewer's place in a film, whatever the order they arrive in.

A rank is a list that compares item by item: when, finished or not, session and sequence; then
how many places on the way had been seen, and the entry's own four again. The greatest rank of a
film is its place. Who had seen a place when watching ranks right above it, by whichever clock.
"""

from __future__ import annotations

from typing import Any

Rank = list[Any]
_OWN = 4


def own_rank(watched_at: int, watch_session: str, sequence: int, *, finished: bool) -> Rank:
    """The rank of an entry by itself: of what nobody had seen, the later one is the place."""
    own = [watched_at, int(finished), watch_session, sequence]
    return [*own, 0, *own]


def rank_after(own: Rank, seen: Rank | None) -> Rank:
    """The rank of an entry by a viewer who had seen the place of that rank, if any."""
    if seen is None:
        return own
    return max(own, [*seen[:_OWN], seen[_OWN] + 1, *own[:_OWN]])
