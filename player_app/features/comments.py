"""Reading and writing comments; what is written is on disk before it is sent."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

from player_app.core.comments import LONGEST_COMMENT, Comment, WaitingComment
from player_app.core.errors import FormRejected, Refused
from player_app.features.connection import Connection
from player_app.storage.comments import CommentStore


@dataclass(frozen=True, slots=True)
class CommentPage:
    """`waiting` are the viewer's own, not yet posted; `cursor` leads to older ones."""

    comments: tuple[Comment, ...]
    waiting: tuple[WaitingComment, ...]
    cursor: str | None
    total: int


class Comments:
    def __init__(self, connection: Connection, store: CommentStore) -> None:
        self._connection = connection
        self._store = store

    def page(self, film_id: str, cursor: str | None = None) -> CommentPage:
        reply = self._connection.client().comments(film_id, cursor)
        return CommentPage(reply.comments, self._store.waiting(film_id), reply.cursor, reply.total)

    def post(self, film_id: str, text: str, position_ms: int | None = None) -> Comment:
        """Posting the same text again, after a lost answer, makes no second comment."""
        if not 0 < len(text) <= LONGEST_COMMENT:
            raise FormRejected({"text": f"Between 1 and {LONGEST_COMMENT} characters, please."})
        waiting = self._same(film_id, text) or WaitingComment(
            secrets.token_urlsafe(24), film_id, text, position_ms, datetime.now(UTC)
        )
        self._store.wait(waiting)
        try:
            comment = self._connection.client().post_comment(waiting)
        except Refused:
            self._store.posted(waiting.key)
            raise
        self._store.posted(waiting.key)
        self._store.keep_draft(film_id, "")
        return comment

    def remove(self, comment_id: str) -> None:
        self._connection.client().remove_comment(comment_id)

    def report(self, comment_id: str, reason: str) -> None:
        self._connection.client().report_comment(comment_id, reason)

    def draft(self, film_id: str) -> str:
        return self._store.draft(film_id)

    def keep_draft(self, film_id: str, text: str) -> None:
        self._store.keep_draft(film_id, text[:LONGEST_COMMENT])

    def _same(self, film_id: str, text: str) -> WaitingComment | None:
        return next((each for each in self._store.waiting(film_id) if each.text == text), None)
