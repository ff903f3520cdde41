"""The tables of progress: the viewer's place in a film, what it was chosen from, its numbers."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from player_app.reference_service.tables import Table


class Progress(Table):
    """A viewer's place in a film: of all watch sessions that of the greatest rank.

    `number` rises with every change; `watched_at` is when the viewer was there, `updated_at` when
    the service heard of it.
    """

    __tablename__ = "progress"
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    film_id: Mapped[str] = mapped_column(ForeignKey("films.id"), primary_key=True)
    position_ms: Mapped[int]
    finished: Mapped[bool]
    watch_session: Mapped[str]
    sequence: Mapped[int]
    watched_at: Mapped[int]
    rank: Mapped[list[Any]]
    number: Mapped[int] = mapped_column(index=True)
    updated_at: Mapped[int]


class WatchSession(Table):
    """The latest of one watch session, whether it is the viewer's place or not."""

    __tablename__ = "watch_sessions"
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    film_id: Mapped[str] = mapped_column(ForeignKey("films.id"), primary_key=True)
    watch_session: Mapped[str] = mapped_column(primary_key=True)
    position_ms: Mapped[int]
    finished: Mapped[bool]
    sequence: Mapped[int]
    watched_at: Mapped[int]
    rank: Mapped[list[Any]]
    updated_at: Mapped[int]


class ProgressNumber(Table):
    """The rank that a film's place had when it got a number."""

    __tablename__ = "progress_numbers"
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    film_id: Mapped[str] = mapped_column(ForeignKey("films.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    rank: Mapped[list[Any]]
