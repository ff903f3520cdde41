"""Films as a feed of changes, and the editorial rows."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from player_app.reference_service.cursors import number_of
from player_app.reference_service.database import next_number, next_numbers
from player_app.reference_service.problems import Problem
from player_app.reference_service.tables import Collection, Film

MOST_IN_A_PAGE = 2000


def put(session: Session, *bodies: dict[str, Any]) -> None:
    """Add the films or change them, each with a number of its own; what is not new keeps its own.

    Of two that are the same film, only one may be given.
    """
    chosen = select(Film).where(Film.id.in_([body["id"] for body in bodies]))
    known = {row.id: row for row in session.scalars(chosen)}
    new = [body for body in bodies if not _is_kept(known.get(body["id"]), body)]
    for body, number in zip(new, next_numbers(session, "films", len(new)), strict=True):
        row = known.get(body["id"]) or Film(id=body["id"])
        row.slug, row.number, row.streams = body["slug"], number, bool(body["streams"])
        row.body, row.removed = body, False
        session.add(row)


def _is_kept(row: Film | None, body: dict[str, Any]) -> bool:
    return row is not None and row.body == body and not row.removed


def remove(session: Session, film_id: str) -> None:
    row = find(session, film_id)
    row.number, row.removed = next_number(session, "films"), True


def find(session: Session, film_id: str) -> Film:
    row = session.get(Film, film_id)
    if row is None or row.removed:
        raise Problem("not-found", "There is no such film.")
    return row


def slug_of(session: Session, film_id: str) -> str:
    """The film's slug, without its body: asked for with every segment."""
    chosen = select(Film.slug).where(Film.id == film_id, Film.removed.is_(False))
    slug = session.scalar(chosen)
    if slug is None:
        raise Problem("not-found", "There is no such film.")
    return slug


def by_slug(session: Session, slug: str) -> Film | None:
    return session.scalar(select(Film).where(Film.slug == slug, Film.removed.is_(False)))


def feed(session: Session, cursor: str | None, limit: int) -> dict[str, Any]:
    """What changed since the cursor, oldest change first; without one, every film there is."""
    since = number_of(cursor)
    chosen = select(Film).where(Film.number > since).order_by(Film.number)
    if since == 0:
        chosen = chosen.where(Film.removed.is_(False))
    rows = list(session.scalars(chosen.limit(limit + 1)))
    more, rows = len(rows) > limit, rows[:limit]
    newest = session.scalar(select(func.max(Film.number))) or 0
    reached = rows[-1].number if more else newest
    return {
        "films": [row.body for row in rows if not row.removed],
        "removed": [row.id for row in rows if row.removed],
        "cursor": str(reached),
        "more": more,
    }


def collections(session: Session) -> list[dict[str, Any]]:
    chosen = select(Collection).order_by(Collection.place)
    return [
        {"id": row.id, "title": row.title, "description": row.description, "films": row.films}
        for row in session.scalars(chosen)
    ]


def offer_of(film: Film, offer_id: str) -> dict[str, Any] | None:
    """The film's offer of this id."""
    return next((offer for offer in film.body["offers"] if offer["id"] == offer_id), None)


def entity_tag(page: dict[str, Any]) -> str:
    """A strong tag of a page of the feed: its cursor names its content."""
    return f'"feed-{page["cursor"]}-{len(json.dumps(page["removed"]))}-{len(page["films"])}"'
