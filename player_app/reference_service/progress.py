"""Where viewers are in their films: the server's number settles the order."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from player_app.reference_service import films
from player_app.reference_service.accounts import moment
from player_app.reference_service.database import next_number
from player_app.reference_service.tables import Progress


def put(
    session: Session,
    account_id: str,
    now: int,
    *,
    film_id: str,
    position_ms: int,
    watch_session: str,
    sequence: int,
    finished: bool,
) -> None:
    """Keep an entry, unless a later one of the same watch session is known."""
    films.find(session, film_id)
    row = session.get(Progress, (account_id, film_id))
    if row is not None and row.watch_session == watch_session and row.sequence >= sequence:
        return
    if row is None:
        row = Progress(account_id=account_id, film_id=film_id)
        session.add(row)
    row.position_ms, row.finished = position_ms, finished
    row.watch_session, row.sequence = watch_session, sequence
    row.number, row.updated_at = next_number(session, "progress"), now
    session.flush()


def since(session: Session, account_id: str, cursor: str | None) -> dict[str, Any]:
    after = int(cursor) if cursor and cursor.isdigit() and len(cursor) <= 18 else 0  # noqa: PLR2004
    chosen = select(Progress).where(Progress.account_id == account_id, Progress.number > after)
    rows = list(session.scalars(chosen.order_by(Progress.number)))
    entries = [
        {
            "film": row.film_id,
            "position_ms": row.position_ms,
            "finished": row.finished,
            "updated_at": moment(row.updated_at),
            "number": row.number,
        }
        for row in rows
    ]
    return {"entries": entries, "cursor": str(rows[-1].number if rows else after)}
