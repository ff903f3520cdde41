"""The tables. Times are whole seconds since 1970, UTC; tokens lie there only as hashes."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

_RUNNING = text("state = 'active'")


class Table(DeclarativeBase):
    type_annotation_map = {int: BigInteger, dict[str, Any]: JSON, list[Any]: JSON}  # noqa: RUF012


class Account(Table):
    __tablename__ = "accounts"
    id: Mapped[str] = mapped_column(primary_key=True)
    username: Mapped[str]
    username_folded: Mapped[str] = mapped_column(unique=True)
    display_name: Mapped[str]
    email: Mapped[str]
    email_folded: Mapped[str] = mapped_column(unique=True)
    password_hash: Mapped[str]
    created_at: Mapped[int]


class Captcha(Table):
    __tablename__ = "captchas"
    id: Mapped[str] = mapped_column(primary_key=True)
    answer: Mapped[str]
    expires_at: Mapped[int]


class AuthorizationCode(Table):
    __tablename__ = "authorization_codes"
    hash: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    client_id: Mapped[str]
    challenge: Mapped[str]
    redirect_uri: Mapped[str | None]
    expires_at: Mapped[int]
    used_by_family: Mapped[str | None]


class RefreshToken(Table):
    """`successor` is the next token, sealed by this one, so that a lost reply can be repeated."""

    __tablename__ = "refresh_tokens"
    hash: Mapped[str] = mapped_column(primary_key=True)
    family: Mapped[str] = mapped_column(index=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    client_id: Mapped[str]
    number: Mapped[int]
    successor: Mapped[bytes | None] = mapped_column(LargeBinary)
    replaced_at: Mapped[int | None]
    revoked: Mapped[bool] = mapped_column(default=False)
    expires_at: Mapped[int]


class AccessToken(Table):
    __tablename__ = "access_tokens"
    hash: Mapped[str] = mapped_column(primary_key=True)
    family: Mapped[str] = mapped_column(index=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    expires_at: Mapped[int]


class BrowserSignIn(Table):
    __tablename__ = "browser_sign_ins"
    hash: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    expires_at: Mapped[int]


class Device(Table):
    __tablename__ = "devices"
    __table_args__ = (UniqueConstraint("account_id", "thumbprint"),)
    id: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    name: Mapped[str]
    platform: Mapped[str]
    public_key: Mapped[str]
    thumbprint: Mapped[str]
    passing: Mapped[bool]
    added_at: Mapped[int]


class Film(Table):
    """`body` is the film as the wire has it; `number` its place in the feed of changes."""

    __tablename__ = "films"
    id: Mapped[str] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    number: Mapped[int] = mapped_column(index=True)
    streams: Mapped[bool]
    removed: Mapped[bool] = mapped_column(default=False)
    body: Mapped[dict[str, Any]]


class Collection(Table):
    __tablename__ = "collections"
    id: Mapped[str] = mapped_column(primary_key=True)
    place: Mapped[int]
    title: Mapped[str]
    description: Mapped[str]
    films: Mapped[list[Any]]


class Watch(Table):
    __tablename__ = "watchlist"
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    film_id: Mapped[str] = mapped_column(ForeignKey("films.id"), primary_key=True)
    added_at: Mapped[int]


class Comment(Table):
    __tablename__ = "comments"
    __table_args__ = (Index("comments_of_film", "film_id", "number"),)
    id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    film_id: Mapped[str] = mapped_column(ForeignKey("films.id"))
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    text: Mapped[str]
    position_ms: Mapped[int | None]
    created_at: Mapped[int]


class CommentReport(Table):
    __tablename__ = "comment_reports"
    id: Mapped[str] = mapped_column(primary_key=True)
    comment_id: Mapped[str] = mapped_column(ForeignKey("comments.id", ondelete="CASCADE"))
    account_id: Mapped[str]
    reason: Mapped[str]
    created_at: Mapped[int]


class Checkout(Table):
    """`link_hash` opens the page once; `cookie_hash` is who opened it.

    `link` is no column: only the call that creates a checkout sets it.
    """

    __tablename__ = "checkouts"
    __allow_unmapped__ = True
    link: str | None = None
    id: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), index=True)
    film_id: Mapped[str | None] = mapped_column(ForeignKey("films.id"))
    offer_id: Mapped[str]
    kind: Mapped[str]
    amount_minor: Mapped[int]
    currency: Mapped[str]
    terms: Mapped[dict[str, Any]]
    state: Mapped[str]
    reason: Mapped[str | None]
    link_hash: Mapped[str] = mapped_column(unique=True)
    link_used: Mapped[bool] = mapped_column(default=False)
    cookie_hash: Mapped[str | None] = mapped_column(unique=True)
    return_to: Mapped[str | None]
    nonce: Mapped[str | None]
    waived: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[int]
    expires_at: Mapped[int]
    ended_at: Mapped[int | None]


class PaymentRecord(Table):
    """What the service knows of a checkout's payment: asked, kept, returning or returned."""

    __tablename__ = "payments"
    checkout_id: Mapped[str] = mapped_column(ForeignKey("checkouts.id"), primary_key=True)
    state: Mapped[str] = mapped_column(index=True)
    changed_at: Mapped[int]


class PlayBill(Table):
    """A line in the ledger of the `test` provider, which knows nothing of the other tables."""

    __tablename__ = "play_bills"
    reference: Mapped[str] = mapped_column(primary_key=True)
    amount_minor: Mapped[int]
    currency: Mapped[str]
    state: Mapped[str]


class Rental(Table):
    """`reason` is a word for why a revoked one was taken back."""

    """At most one of a film runs for an account, whatever code is wrong."""

    __tablename__ = "rentals"
    __table_args__ = (
        Index(
            "one_running_rental",
            "account_id",
            "film_id",
            unique=True,
            sqlite_where=_RUNNING,
            postgresql_where=_RUNNING,
        ),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), index=True)
    film_id: Mapped[str] = mapped_column(ForeignKey("films.id"))
    offer_id: Mapped[str]
    checkout_id: Mapped[str] = mapped_column(ForeignKey("checkouts.id"), unique=True)
    terms: Mapped[dict[str, Any]]
    purchased_at: Mapped[int]
    started_at: Mapped[int | None]
    not_after: Mapped[int | None]
    state: Mapped[str]
    reason: Mapped[str | None]


class Subscription(Table):
    __tablename__ = "subscriptions"
    __table_args__ = (
        Index(
            "one_running_subscription",
            "account_id",
            unique=True,
            sqlite_where=_RUNNING,
            postgresql_where=_RUNNING,
        ),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), index=True)
    checkout_id: Mapped[str] = mapped_column(ForeignKey("checkouts.id"), unique=True)
    terms: Mapped[dict[str, Any]]
    since: Mapped[int]
    until: Mapped[int | None]
    state: Mapped[str]


class Licence(Table):
    """It outlives its device, so that a start can still be told of it."""

    __tablename__ = "licences"
    id: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), index=True)
    device_id: Mapped[str]
    film_id: Mapped[str] = mapped_column(ForeignKey("films.id"))
    rental_id: Mapped[str | None] = mapped_column(ForeignKey("rentals.id"))
    purpose: Mapped[str]
    issued_at: Mapped[int]
    expires_at: Mapped[int]
    returned: Mapped[bool] = mapped_column(default=False)


class IdempotencyKey(Table):
    __tablename__ = "idempotency_keys"
    scope: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    body_hash: Mapped[str]
    status: Mapped[int | None]
    reply: Mapped[str | None]
    created_at: Mapped[int]


class RateLimit(Table):
    __tablename__ = "rate_limits"
    bucket: Mapped[str] = mapped_column(primary_key=True)
    window: Mapped[int] = mapped_column(primary_key=True)
    count: Mapped[int]


class Sequence(Table):
    """The last number given out under a name."""

    __tablename__ = "sequences"
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[int]
