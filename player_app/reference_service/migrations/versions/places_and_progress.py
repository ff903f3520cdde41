"""Licences outlive their device, a revoked rental says why, and progress converges.

Every place that was known is taken along, as the only one of its watch session.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_LICENCES = (
    "id, account_id, device_id, film_id, rental_id, purpose, issued_at, expires_at, returned"
)


def upgrade() -> None:
    op.add_column("rentals", sa.Column("reason", sa.String(), nullable=True))
    _free_licences()
    known = sa.text(
        "SELECT account_id, film_id, position_ms, finished, watch_session, sequence, number, "
        "updated_at FROM progress"
    )
    kept = [dict(row) for row in op.get_bind().execute(known).mappings()]
    op.drop_table("progress")
    _take_along(*_new_tables(), kept)


def _free_licences() -> None:
    """Made anew without the tie to their device, whose name the first schema did not give."""
    op.create_table(
        "new_licences",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("device_id", sa.String(), nullable=False),
        sa.Column("film_id", sa.String(), nullable=False),
        sa.Column("rental_id", sa.String(), nullable=True),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("issued_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("returned", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"]),
        sa.ForeignKeyConstraint(["film_id"], ["films.id"]),
        sa.ForeignKeyConstraint(["rental_id"], ["rentals.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.execute(f"INSERT INTO new_licences ({_LICENCES}) SELECT {_LICENCES} FROM licences")  # noqa: S608
    op.drop_table("licences")
    op.rename_table("new_licences", "licences")
    op.create_index(op.f("ix_licences_account_id"), "licences", ["account_id"], unique=False)


def _new_tables() -> tuple[sa.Table, sa.Table, sa.Table]:
    here = ("account_id", "film_id")
    place = _table(
        "progress",
        here,
        *_columns(),
        sa.Column("number", sa.BigInteger(), nullable=False),
    )
    op.create_index(op.f("ix_progress_number"), "progress", ["number"], unique=False)
    sessions = _table("watch_sessions", (*here, "watch_session"), *_columns())
    numbers = _table(
        "progress_numbers",
        (*here, "number"),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("rank", sa.JSON(), nullable=False),
    )
    return place, sessions, numbers


def _columns() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("watch_session", sa.String(), nullable=False),
        sa.Column("position_ms", sa.BigInteger(), nullable=False),
        sa.Column("finished", sa.Boolean(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("watched_at", sa.BigInteger(), nullable=False),
        sa.Column("rank", sa.JSON(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
    )


def _table(name: str, key: tuple[str, ...], *columns: sa.Column[object]) -> sa.Table:
    return op.create_table(
        name,
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("film_id", sa.String(), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"]),
        sa.ForeignKeyConstraint(["film_id"], ["films.id"]),
        sa.PrimaryKeyConstraint(*key),
    )


def _take_along(
    place: sa.Table, sessions: sa.Table, numbers: sa.Table, kept: list[dict[str, object]]
) -> None:
    for row in kept:
        own = [row["updated_at"], int(bool(row["finished"])), row["watch_session"], row["sequence"]]
        whole = {**row, "finished": bool(row["finished"]), "watched_at": row["updated_at"]}
        whole["rank"] = [*own, 0, *own]
        for table in (place, sessions, numbers):
            op.execute(table.insert().values({each.name: whole[each.name] for each in table.c}))
