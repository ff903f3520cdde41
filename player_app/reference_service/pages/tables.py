"""The tables of the pages alone: kept comments, licence requests, payments to be confirmed."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from player_app.reference_service.tables import Table


class CommentDraft(Table):
    """`hash` is of the browser's cookie: a draft belongs to one browser."""

    __tablename__ = "comment_drafts"
    hash: Mapped[str] = mapped_column(primary_key=True)
    film_id: Mapped[str] = mapped_column(ForeignKey("films.id"))
    text: Mapped[str]
    expires_at: Mapped[int]


class LicenceRequest(Table):
    __tablename__ = "licence_requests"
    id: Mapped[str] = mapped_column(primary_key=True)
    film_id: Mapped[str] = mapped_column(ForeignKey("films.id"))
    institution: Mapped[str]
    person: Mapped[str]
    email: Mapped[str]
    viewers: Mapped[int]
    words: Mapped[str]
    created_at: Mapped[int]


class PendingConfirmation(Table):
    """The bank asked for a confirmation of this checkout's payment."""

    __tablename__ = "pending_confirmations"
    checkout_id: Mapped[str] = mapped_column(ForeignKey("checkouts.id"), primary_key=True)
    asked_at: Mapped[int]
