"""Comments not yet posted: drafts as they are typed, and posted ones that wait for the service."""

from __future__ import annotations

from datetime import UTC, datetime

from player_app.core.comments import Comment, WaitingComment
from player_app.storage.database import Database
from player_app.storage.packing import pack, unpack


class CommentStore:
    def __init__(self, database: Database) -> None:
        self._database = database

    def draft(self, film_id: str) -> str:
        with self._database.read() as connection:
            row = connection.execute(
                "SELECT text FROM drafts WHERE film_id = ?", (film_id,)
            ).fetchone()
        return str(row[0]) if row else ""

    def keep_draft(self, film_id: str, text: str) -> None:
        with self._database.write() as connection:
            if text:
                connection.execute("INSERT OR REPLACE INTO drafts VALUES (?,?)", (film_id, text))
            else:
                connection.execute("DELETE FROM drafts WHERE film_id = ?", (film_id,))

    def wait(self, comment: WaitingComment) -> None:
        with self._database.write() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO waiting_comments VALUES (?,?,?,?,?)",
                (
                    comment.key,
                    comment.film_id,
                    comment.text,
                    comment.position_ms,
                    comment.written_at.timestamp(),
                ),
            )

    def waiting(self, film_id: str | None = None) -> tuple[WaitingComment, ...]:
        """Of one film or of all, the newest first."""
        with self._database.read() as connection:
            rows = connection.execute(
                "SELECT * FROM waiting_comments WHERE ?1 IS NULL OR film_id = ?1 "
                "ORDER BY written_at DESC",
                (film_id,),
            ).fetchall()
        return tuple(
            WaitingComment(row[0], row[1], row[2], row[3], datetime.fromtimestamp(row[4], UTC))
            for row in rows
        )

    def posted(self, key: str) -> None:
        with self._database.write() as connection:
            connection.execute("DELETE FROM waiting_comments WHERE key = ?", (key,))

    def saved(self, film_id: str) -> tuple[Comment, ...] | None:
        """What was kept with a film that is taken offline; None where nothing was."""
        with self._database.read() as connection:
            row = connection.execute(
                "SELECT packed FROM saved_comments WHERE film_id = ?", (film_id,)
            ).fetchone()
        return unpack(row[0], tuple[Comment, ...]) if row else None

    def save(self, film_id: str, comments: tuple[Comment, ...]) -> None:
        with self._database.write() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO saved_comments VALUES (?,?)", (film_id, pack(comments))
            )

    def drop_saved(self, film_id: str) -> None:
        with self._database.write() as connection:
            connection.execute("DELETE FROM saved_comments WHERE film_id = ?", (film_id,))
