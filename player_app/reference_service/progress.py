"""Where viewers are in their films: told by any device, in any order, any number of times.

Of each watch session the highest sequence counts; of a film's sessions the greatest rank
(`precedence`) is the place, and gets a new number with every change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from player_app.reference_service.accounts import moment
from player_app.reference_service.cursors import number_of
from player_app.reference_service.database import next_number
from player_app.reference_service.precedence import Rank, own_rank, rank_after
from player_app.reference_service.progress_tables import Progress, ProgressNumber, WatchSession
from player_app.reference_service.tables import Account, Film

MOST_IN_A_POST = 500
MOST_IN_A_PAGE = 1000
KEPT_SESSIONS = 100
KEPT_NUMBERS = 200
"""Of each film and account. An `after` from before them counts as if nothing had been seen."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a device tells. `at` is whole seconds since 1970, UTC; `after` the number it knew."""

    film_id: str
    position_ms: int
    watch_session: str
    sequence: int
    finished: bool
    at: int
    after: int


def put(session: Session, account_id: str, entries: Sequence[Entry], now: int) -> dict[str, Any]:
    """Take the entries; the places of their films as they are then, and the films unknown here."""
    session.get(Account, account_id, with_for_update=True)
    named = list(dict.fromkeys(entry.film_id for entry in entries))
    known = set(session.scalars(select(Film.id).where(Film.id.in_(named))))
    watched = [_take(session, account_id, each, now) for each in entries if each.film_id in known]
    for each in dict.fromkeys(watched):
        _settle(session, each, now)
    for film in known:
        _forget(session, (account_id, film))
    places = (session.get_one(Progress, (account_id, film)) for film in named if film in known)
    return {
        "entries": [_as_json(place) for place in places],
        "unknown": [film for film in named if film not in known],
    }


def since(session: Session, account_id: str, cursor: str | None, limit: int) -> dict[str, Any]:
    """The places that changed since the cursor, oldest change first."""
    after = number_of(cursor)
    chosen = select(Progress).where(Progress.account_id == account_id, Progress.number > after)
    rows = list(session.scalars(chosen.order_by(Progress.number).limit(limit + 1)))
    more, rows = len(rows) > limit, rows[:limit]
    reached = rows[-1].number if rows else after
    return {"entries": [_as_json(row) for row in rows], "cursor": str(reached), "more": more}


def _take(session: Session, account_id: str, entry: Entry, now: int) -> WatchSession:
    """The watch session of an entry, with what the entry says of it."""
    watched = session.get(WatchSession, (account_id, entry.film_id, entry.watch_session))
    at = min(max(entry.at, 0), now)
    if watched is None:
        watched = _added(session, account_id, entry)
    elif entry.sequence <= watched.sequence:
        at = min(at, watched.watched_at)
    rank = rank_after(
        own_rank(at, entry.watch_session, entry.sequence, finished=entry.finished),
        _seen(session, account_id, entry),
    )
    watched.rank = max(rank, watched.rank)
    if entry.sequence > watched.sequence:
        watched.position_ms, watched.finished = entry.position_ms, entry.finished
        watched.sequence, watched.watched_at, watched.updated_at = entry.sequence, at, now
    return watched


def _added(session: Session, account_id: str, entry: Entry) -> WatchSession:
    """A watch session of which nothing is known yet."""
    watched = WatchSession(
        account_id=account_id,
        film_id=entry.film_id,
        watch_session=entry.watch_session,
        position_ms=0,
        finished=False,
        sequence=-1,
        watched_at=0,
        rank=[],
        updated_at=0,
    )
    session.add(watched)
    return watched


def _seen(session: Session, account_id: str, entry: Entry) -> Rank | None:
    """The rank of the place that the viewer knew of."""
    chosen = select(ProgressNumber.rank).where(
        ProgressNumber.account_id == account_id,
        ProgressNumber.film_id == entry.film_id,
        ProgressNumber.number <= entry.after,
    )
    return session.scalar(chosen.order_by(ProgressNumber.number.desc()).limit(1))


def _settle(session: Session, watched: WatchSession, now: int) -> None:
    """Make this session the place if it ranks highest, or tell what changed if it is already."""
    here = (watched.account_id, watched.film_id)
    place = session.get(Progress, here)
    if place is not None:
        same = place.watch_session == watched.watch_session
        changed = (place.sequence, place.rank) != (watched.sequence, watched.rank)
        if not (changed if same else watched.rank > place.rank):
            return
    number = next_number(session, "progress")
    if place is None:
        place = Progress(account_id=here[0], film_id=here[1])
        session.add(place)
    place.position_ms, place.finished = watched.position_ms, watched.finished
    place.watch_session, place.sequence = watched.watch_session, watched.sequence
    place.watched_at, place.rank = watched.watched_at, watched.rank
    place.number, place.updated_at = number, now
    session.add(
        ProgressNumber(account_id=here[0], film_id=here[1], number=number, rank=watched.rank)
    )


def _forget(session: Session, here: tuple[str, str]) -> None:
    """The oldest numbers and sessions; a session that is not the place can't become it again."""
    session.flush()
    its = (ProgressNumber.account_id == here[0], ProgressNumber.film_id == here[1])
    numbers = select(ProgressNumber.number).where(*its).order_by(ProgressNumber.number.desc())
    last = session.scalar(numbers.offset(KEPT_NUMBERS).limit(1))
    if last is not None:
        session.execute(delete(ProgressNumber).where(*its, ProgressNumber.number <= last))
    place = session.get_one(Progress, here)
    others = select(WatchSession).where(
        WatchSession.account_id == here[0],
        WatchSession.film_id == here[1],
        WatchSession.watch_session != place.watch_session,
    )
    newest_first = others.order_by(WatchSession.updated_at.desc(), WatchSession.watch_session)
    for row in session.scalars(newest_first.offset(KEPT_SESSIONS - 1)):
        session.delete(row)


def _as_json(place: Progress) -> dict[str, Any]:
    return {
        "film": place.film_id,
        "position_ms": place.position_ms,
        "finished": place.finished,
        "at": moment(place.watched_at),
        "updated_at": moment(place.updated_at),
        "number": place.number,
    }
