"""Comments of viewers on films, plain text, newest first."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from player_app.reference_service import films
from player_app.reference_service.accounts import moment
from player_app.reference_service.database import next_number
from player_app.reference_service.problems import FieldError, Problem
from player_app.reference_service.tables import Account, Comment, CommentReport
from player_app.reference_service.tokens import new_id

LONGEST = 4000
A_PAGE = 50


def page(
    session: Session, film_id: str, *, reader: str | None, cursor: str | None, limit: int = A_PAGE
) -> dict[str, Any]:
    """A page of a film's comments; `reader` is the account id that asks, if any."""
    films.find(session, film_id)
    chosen = select(Comment, Account).join(Account).where(Comment.film_id == film_id)
    if cursor is not None and cursor.isdigit() and len(cursor) <= 18:  # noqa: PLR2004 - int64
        chosen = chosen.where(Comment.number < int(cursor))
    found = session.execute(chosen.order_by(Comment.number.desc()).limit(limit + 1)).all()
    shown = found[:limit]
    total = select(func.count()).select_from(Comment).where(Comment.film_id == film_id)
    return {
        "comments": [as_json(comment, author, reader) for comment, author in shown],
        "cursor": str(shown[-1][0].number) if len(found) > limit else None,
        "total": session.scalar(total) or 0,
    }


def post(
    session: Session,
    account: Account,
    film_id: str,
    *,
    text: str,
    position_ms: int | None,
    now: int,
) -> Comment:
    """Post a comment."""
    films.find(session, film_id)
    text = text.strip()
    if not text or len(text) > LONGEST:
        said = f"Between 1 and {LONGEST} characters, please."
        raise Problem("invalid", said, errors=(FieldError("text", "length", said),))
    comment = Comment(
        id=new_id("com"),
        number=next_number(session, "comments"),
        film_id=film_id,
        account_id=account.id,
        text=text,
        position_ms=position_ms,
        created_at=now,
    )
    session.add(comment)
    return comment


def remove(session: Session, account_id: str, comment_id: str) -> None:
    comment = session.get(Comment, comment_id)
    if comment is None or comment.account_id != account_id:
        raise Problem("not-found", "There is no such comment of yours.")
    session.execute(delete(CommentReport).where(CommentReport.comment_id == comment_id))
    session.delete(comment)


def report(session: Session, account_id: str, comment_id: str, reason: str, now: int) -> None:
    if session.get(Comment, comment_id) is None:
        raise Problem("not-found", "There is no such comment.")
    session.add(
        CommentReport(
            id=new_id("rep"),
            comment_id=comment_id,
            account_id=account_id,
            reason=reason[:1000],
            created_at=now,
        )
    )


def as_json(comment: Comment, author: Account, reader: str | None) -> dict[str, Any]:
    return {
        "id": comment.id,
        "film": comment.film_id,
        "author": {"username": author.username, "display_name": author.display_name},
        "text": comment.text,
        "position_ms": comment.position_ms,
        "created_at": moment(comment.created_at),
        "mine": comment.account_id == reader,
    }
