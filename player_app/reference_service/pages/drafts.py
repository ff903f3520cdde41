"""A comment written before signing in: kept for its browser, posted at the end."""

from __future__ import annotations

from sqlalchemy import delete
from sqlalchemy.orm import Session

from player_app.reference_service import comments
from player_app.reference_service.pages.tables import CommentDraft
from player_app.reference_service.pages.visit import Visit
from player_app.reference_service.tables import Film
from player_app.reference_service.tokens import hashed

_KEPT_S = 3600


def keep_draft(session: Session, token: str, film_id: str, text: str, now: int) -> None:
    session.execute(delete(CommentDraft).where(CommentDraft.expires_at <= now))
    draft = CommentDraft(hash=hashed(token), film_id=film_id, text=text, expires_at=now + _KEPT_S)
    session.merge(draft)


def draft_of(visit: Visit) -> dict[str, str] | None:
    """The browser's draft, as sign-in and registration show it."""
    with visit.service.reading() as session:
        row = session.get(CommentDraft, hashed(visit.token))
        if row is None or row.expires_at <= visit.service.now():
            return None
        film = session.get(Film, row.film_id)
        return None if film is None else {"title": film.body["title"], "text": row.text}


def post_draft(visit: Visit, token: str) -> str | None:
    """Post the draft kept under the earlier cookie; where it can be read."""
    account, now = visit.account, visit.service.now()
    with visit.service.transaction() as session:
        row = session.get(CommentDraft, hashed(token))
        if row is None or account is None:
            return None
        session.delete(row)
        film = session.get(Film, row.film_id)
        if film is None or film.removed or row.expires_at <= now:
            return None
        comment = comments.post(session, account, film.id, text=row.text, position_ms=None, now=now)
        return f"/films/{film.slug}?said=posted#{comment.id}"
