"""When the first picture of a start or a seek was shown, found by when pictures came.

libVLC 3 does not say which moment of the film a picture shows. After a start its first picture is
the first of the new place. After a seek it shows one or two more of the old one, now and then one
from a second ahead of it; then the new ones follow each other as fast as the film's pictures do.

Times are monotonic seconds.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

STEADY_GAP = 1.3
"""Pictures follow each other steadily with no longer gaps than this, in times of one picture.

A picture that stands still is displayed again every 57 ms: longer, from 23 pictures a second on.
"""

REPEATED_EVERY_S, RUNNING_PICTURES = 0.056, 10
"""So many pictures that follow each other steadily, and quicker than a repeated one would, run."""

UNASKED_FOR_S = 1.0
"""So long after a seek without a question for film, none will come, unless one is still open.

libVLC does not seek before an open question is answered.
"""

MOST_STRAYS = 20
"""So many pictures after a seek belong to the new place, however slowly they come."""


@dataclass(frozen=True, slots=True)
class Landing:
    """A start or seek that the engine did at `since`, whose first picture is still to come.

    None: the engine has not done it yet. `fed_at` is when libVLC first asked for film after a seek.
    """

    since: float | None = None
    by_seek: bool = False
    fed_at: float | None = None


NOT_DONE = Landing()


def followed(landing: Landing, now: float, asked_at: float, *, waits: bool) -> Landing:
    """The same, knowing that libVLC last asked for film at `asked_at`, and if it `waits` for it."""
    if not landing.by_seek or landing.since is None or landing.fed_at is not None:
        return landing
    if asked_at > landing.since:
        return replace(landing, fed_at=asked_at)
    if now - landing.since > UNASKED_FOR_S and not waits:
        return replace(landing, fed_at=landing.since + UNASKED_FOR_S)
    return landing


def first_picture(landing: Landing, displayed: tuple[float, ...], picture_s: float) -> float | None:
    """When the first picture of the new place came, None before that can be told.

    `displayed` is when the last pictures came, in order; `picture_s` how long each stands.
    """
    begun_at = landing.fed_at if landing.by_seek else landing.since
    if begun_at is None:
        return None
    after = [at for at in displayed if at > begun_at]
    if not landing.by_seek:
        return after[0] if after else None
    for first, third in zip(after, after[2:], strict=False):
        if third - first < 2 * STEADY_GAP * picture_s:
            return first
    return after[-1] if len(after) >= MOST_STRAYS else None


def steady_since(displayed: tuple[float, ...], newest_at: float, picture_s: float) -> float:
    """When the pictures began that follow each other steadily until that of `newest_at`."""
    since = newest_at
    for at in reversed([at for at in displayed if at < newest_at]):
        if since - at > STEADY_GAP * picture_s:
            break
        since = at
    return since


def running_at(displayed: tuple[float, ...], changed_at: float, picture_s: float) -> float:
    """When a picture of the running film came last; the last that was another came at `changed_at`.

    Those of a still image equal each other, but follow each other as the film's do.
    """
    gap_s, last = STEADY_GAP * picture_s, displayed[-RUNNING_PICTURES:]
    if len(last) < RUNNING_PICTURES or gap_s >= REPEATED_EVERY_S:
        return changed_at
    runs = all(after - before < gap_s for before, after in pairwise(last))
    return max(changed_at, last[-1]) if runs else changed_at
