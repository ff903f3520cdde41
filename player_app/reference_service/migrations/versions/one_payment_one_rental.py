"""Payments are written down, and the database itself keeps a film from being rented twice.

Of rentals of one film that ran side by side the newest goes on.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_RUNNING = sa.text("state = 'active'")


def upgrade() -> None:
    op.create_table(
        "payments",
        sa.Column("checkout_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["checkout_id"], ["checkouts.id"]),
        sa.PrimaryKeyConstraint("checkout_id"),
    )
    op.create_index(op.f("ix_payments_state"), "payments", ["state"], unique=False)
    op.create_table(
        "play_bills",
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("reference"),
    )
    op.execute(
        "INSERT INTO payments (checkout_id, state, changed_at) "
        "SELECT id, 'kept', ended_at FROM checkouts WHERE state = 'paid' AND ended_at IS NOT NULL"
    )
    op.execute(
        "INSERT INTO play_bills (reference, amount_minor, currency, state) "
        "SELECT id, amount_minor, currency, 'paid' FROM checkouts WHERE state = 'paid'"
    )
    op.execute(
        "UPDATE rentals SET state = 'ended' WHERE state = 'active' AND EXISTS ("
        "SELECT 1 FROM rentals AS newer WHERE newer.account_id = rentals.account_id "
        "AND newer.film_id = rentals.film_id AND newer.state = 'active' "
        "AND (newer.purchased_at, newer.id) > (rentals.purchased_at, rentals.id))"
    )
    op.execute(
        "UPDATE subscriptions SET state = 'ended' WHERE state = 'active' AND EXISTS ("
        "SELECT 1 FROM subscriptions AS newer WHERE newer.account_id = subscriptions.account_id "
        "AND newer.state = 'active' "
        "AND (newer.since, newer.id) > (subscriptions.since, subscriptions.id))"
    )
    for name, table, columns in (
        ("one_running_rental", "rentals", ["account_id", "film_id"]),
        ("one_running_subscription", "subscriptions", ["account_id"]),
    ):
        op.create_index(
            name, table, columns, unique=True, sqlite_where=_RUNNING, postgresql_where=_RUNNING
        )
