"""Reading and writing comments; what is written is on disk before it is sent."""

from __future__ import annotations

import logging
import secrets
import threading
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from player_app.core.account import Account
from player_app.core.comments import LONGEST_COMMENT, Comment, WaitingComment
from player_app.core.errors import Unreachable
from player_app.core.refusals import FormRejected, Refused
from player_app.core.sign_in_errors import SignedOut
from player_app.features.connection import Connection
from player_app.storage.comments import CommentStore

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CommentPage:
    """`waiting` are the viewer's own, not yet posted; `cursor` leads to older ones.

    What was saved with a film that is taken offline has no cursor.
    """

    comments: tuple[Comment, ...]
    waiting: tuple[WaitingComment, ...]
    cursor: str | None
    total: int


class Comments:
    def __init__(self, connection: Connection, store: CommentStore) -> None:
        self._connection = connection
        self._store = store
        self._posting = threading.Lock()

    def page(self, film_id: str, cursor: str | None = None) -> CommentPage:
        """Out of reach of the service what was saved with the film, if anything was."""
        try:
            reply = self._connection.client().comments(film_id, cursor)
        except Unreachable:
            saved = self._store.saved(film_id)
            if saved is None or cursor is not None:
                raise
            return CommentPage(saved, self._store.waiting(film_id), None, len(saved))
        return CommentPage(reply.comments, self._store.waiting(film_id), reply.cursor, reply.total)

    def save(self, film_id: str) -> None:
        """Keep the newest of a film, to be read without the service, by whoever is here then."""
        page = self._connection.client().comments(film_id, None)
        self._store.save(film_id, tuple(replace(each, mine=False) for each in page.comments))

    def drop_saved(self, film_id: str) -> None:
        self._store.drop_saved(film_id)

    def post(self, film_id: str, text: str, position_ms: int | None = None) -> Comment:
        """Posting the same text again, after a lost answer, makes no second comment."""
        if not 0 < len(text) <= LONGEST_COMMENT:
            raise FormRejected({"text": f"Between 1 and {LONGEST_COMMENT} characters, please."})
        whose = self._connection.account
        waiting = self._same(film_id, text) or WaitingComment(
            secrets.token_urlsafe(24), film_id, text, position_ms, datetime.now(UTC)
        )
        self._store.wait(waiting)
        if whose is None:
            raise SignedOut("a comment needs a sign-in")
        comment = self._send(waiting, whose)
        self._store.keep_draft(film_id, "")
        return comment

    def post_waiting(self) -> int:
        """Post what waits, the oldest first; how many were posted. Again offline, the rest waits.

        What the service refuses goes back to where it can be changed. When another viewer comes,
        what waited for this one is no longer posted.
        """
        whose, posted = self._connection.account, 0
        for waiting in reversed(self._store.waiting()):
            if whose is None or self._connection.account != whose:
                break
            try:
                self._send(waiting, whose)
            except Refused as error:
                log.info("a waiting comment was refused: %s", error.problem)
                if self._connection.account == whose and not self._store.draft(waiting.film_id):
                    self._store.keep_draft(waiting.film_id, waiting.text)
            else:
                posted += 1
                if self._store.draft(waiting.film_id).strip() == waiting.text:
                    self._store.keep_draft(waiting.film_id, "")
        return posted

    def remove(self, comment_id: str) -> None:
        self._connection.client().remove_comment(comment_id)

    def report(self, comment_id: str, reason: str) -> None:
        self._connection.client().report_comment(comment_id, reason)

    def draft(self, film_id: str) -> str:
        return self._store.draft(film_id)

    def keep_draft(self, film_id: str, text: str) -> None:
        self._store.keep_draft(film_id, text[:LONGEST_COMMENT])

    def _send(self, waiting: WaitingComment, whose: Account) -> Comment:
        with self._posting:
            try:
                comment = self._connection.client().post_comment(waiting, whose.id)
            except Refused:
                self._store.posted(waiting.key)
                raise
            self._store.posted(waiting.key)
            return comment

    def _same(self, film_id: str, text: str) -> WaitingComment | None:
        return next((each for each in self._store.waiting(film_id) if each.text == text), None)
