"""The database: how it is opened, and one transaction at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from sqlite3 import Connection as SqliteConnection

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from player_app.reference_service.tables import Sequence, Table


def open_database(address: str) -> Engine:
    """Open the database; its schema is brought up to date by `migrations`."""
    engine = create_engine(address, pool_size=16, max_overflow=32)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin)
    return engine


@contextmanager
def transaction(engine: Engine) -> Iterator[Session]:
    """A session that commits at its end, or leaves no trace."""
    with Session(engine, expire_on_commit=False) as session, session.begin():
        yield session


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """A session that only reads: it waits for no writer, and what is changed in it is not kept."""
    with Session(engine.execution_options(reading=True), autoflush=False) as session:
        yield session


def insertion(session: Session, table: type[Table]) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that may say what happens on a conflict, in the words of the session's database."""
    postgres = session.get_bind().dialect.name == "postgresql"
    return postgresql.insert(table) if postgres else sqlite.insert(table)


def next_number(session: Session, name: str) -> int:
    """The next number of a sequence."""
    return next_numbers(session, name, 1)[0]


def next_numbers(session: Session, name: str, count: int) -> range:
    """So many numbers of a sequence, by one upsert; none is taken where `count` is 0."""
    if count == 0:
        return range(0)
    step = insertion(session, Sequence).values(name=name, value=count)
    step = step.on_conflict_do_update(
        index_elements=[Sequence.name], set_={"value": Sequence.value + count}
    )
    last = session.scalars(step.returning(Sequence.value)).one()
    return range(last - count + 1, last + 1)


def _set_up_sqlite(connection: SqliteConnection, _record: object) -> None:
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    """A writer takes the lock at once: one that begins by reading could be refused at its end."""
    reads = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")
