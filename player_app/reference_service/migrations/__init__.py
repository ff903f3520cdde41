"""Brings a database's schema up to date when the service opens it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect

from player_app.reference_service.pages.tables import CommentDraft
from player_app.reference_service.progress_tables import Progress
from player_app.reference_service.tables import Account

FIRST = "0001"
_ONE_OF_EACH_MODULE = (Account, CommentDraft, Progress)
METADATA = _ONE_OF_EACH_MODULE[0].metadata
"""Every table, those of the pages and of progress among them: it knows what was imported."""


def bring_up_to_date(engine: Engine) -> None:
    """Make a new database whole at once, and an older one step by step."""
    script = ScriptDirectory(str(Path(__file__).parent))
    with engine.begin() as connection:
        context = migration_context(connection, script)
        if context.get_current_revision() == script.get_current_head():
            return
        known = set(inspect(connection).get_table_names())
        if Account.__tablename__ not in known:
            METADATA.create_all(connection)
            context.stamp(script, "head")
            return
        if context.get_current_revision() is None:
            # Before there were revisions, the first schema was made without a note of it.
            context.stamp(script, FIRST)
        with Operations.context(context):
            context.run_migrations()


def migration_context(
    connection: Connection, script: ScriptDirectory, to: str = "head"
) -> MigrationContext:
    """Alembic's view of a database; its `run_migrations` goes to a revision, the newest if none."""

    def steps(revision: Any, _context: MigrationContext) -> Any:
        return script._upgrade_revs(to, revision)  # noqa: SLF001 - as alembic.command does

    return MigrationContext.configure(
        connection, opts={"fn": steps, "transaction_per_migration": False}
    )
