"""Comments under a film."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from msgspec import Meta, Struct

from player_app.core.comments import Comment
from player_app.service.wire.codec import Count, Id, Line, Time


class _Author(Struct):
    username: Line
    display_name: Line


class CommentReply(Struct):
    id: Id
    film: Id
    author: _Author
    text: Annotated[str, Meta(max_length=4_000)]
    created_at: Time
    position_ms: Count | None = None
    mine: bool = False

    def comment(self) -> Comment:
        return Comment(
            id=self.id,
            film_id=self.film,
            username=self.author.username,
            display_name=self.author.display_name,
            text=self.text,
            position_ms=self.position_ms,
            created_at=self.created_at,
            mine=self.mine,
        )


@dataclass(frozen=True, slots=True)
class CommentsPage:
    comments: tuple[Comment, ...]
    cursor: str | None
    total: int


class CommentsReply(Struct):
    comments: Annotated[list[CommentReply], Meta(max_length=500)]
    total: Count
    cursor: Annotated[str, Meta(max_length=500)] | None = None

    def page(self) -> CommentsPage:
        return CommentsPage(
            tuple(each.comment() for each in self.comments), self.cursor, self.total
        )
