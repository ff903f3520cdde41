"""The schema's steps lead where the tables are, and a database made before them is taken along."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_mock_engine, inspect, text
from sqlalchemy.orm import Session

from player_app.reference_service import devices, migrations, progress
from player_app.reference_service.database import insertion, open_database, transaction
from player_app.reference_service.migrations import METADATA, bring_up_to_date, migration_context
from player_app.reference_service.tables import Account, Licence

SCRIPT = ScriptDirectory(str(Path(migrations.__file__).parent))

_OLD_ACCOUNT = "INSERT INTO accounts VALUES ('acc-1', 'a', 'a', 'A', 'a@b.c', 'a@b.c', 'none', 1)"
_OLD_FILM = "INSERT INTO films VALUES ('{film}', '{film}', 1, 1, 0, '{{}}')"
_OLD_CHECKOUT = (
    "INSERT INTO checkouts (id, account_id, film_id, offer_id, kind, amount_minor, currency, "
    "terms, state, link_hash, link_used, waived, created_at, expires_at, ended_at) VALUES "
    "('chk-{number}', 'acc-1', '{film}', 'offer', 'rental', 100, 'GBP', '{{}}', 'paid', "
    "'hash-{number}', 1, 1, 1, 2, {number})"
)
_OLD_RENTAL = (
    "INSERT INTO rentals (id, account_id, film_id, offer_id, checkout_id, terms, purchased_at, "
    "state) VALUES ('ren-{number}', 'acc-1', '{film}', 'offer', 'chk-{number}', '{{}}', {number}, "
    "'active')"
)
_OLD_HOLDINGS = (
    "INSERT INTO devices VALUES ('dev-1', 'acc-1', 'Kitchen', 'linux', 'x', 'print', 0, 1)",
    "INSERT INTO licences VALUES ('lic-1', 'acc-1', 'dev-1', 'film-1', NULL, 'offline', 1, 2, 0)",
    "INSERT INTO progress VALUES ('acc-1', 'film-1', 60, 1, 'w-1', 3, 7, 100)",
    "INSERT INTO sequences VALUES ('progress', 7)",
)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    made = open_database(f"sqlite:///{tmp_path / 'service.sqlite3'}")
    yield made
    made.dispose()


def revision(engine: Engine) -> str | None:
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def differences(engine: Engine) -> list[object]:
    with engine.connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection), METADATA))


def test_the_steps_alone_make_the_schema_of_the_tables(engine: Engine) -> None:
    with engine.begin() as connection:
        context = migration_context(connection, SCRIPT)
        with Operations.context(context):
            context.run_migrations()
    assert differences(engine) == []
    assert revision(engine) == SCRIPT.get_current_head()


def test_a_new_database_has_the_newest_schema_and_says_so(engine: Engine) -> None:
    bring_up_to_date(engine)
    assert differences(engine) == []
    assert revision(engine) == SCRIPT.get_current_head()
    bring_up_to_date(engine)
    assert revision(engine) == SCRIPT.get_current_head()


def test_an_old_database_without_a_note_is_taken_along_with_its_rows(engine: Engine) -> None:
    with engine.begin() as connection:
        context = migration_context(connection, SCRIPT, migrations.FIRST)
        with Operations.context(context):
            context.run_migrations()
        connection.execute(text("DROP TABLE alembic_version"))
    with transaction(engine) as session:
        session.add(
            Account(
                id="acc-1",
                username="rosa",
                username_folded="rosa",
                display_name="Rosa",
                email="rosa@example.org",
                email_folded="rosa@example.org",
                password_hash="none",
                created_at=1,
            )
        )
    assert differences(engine) != []
    assert "alembic_version" not in inspect(engine).get_table_names()
    bring_up_to_date(engine)
    assert revision(engine) == SCRIPT.get_current_head()
    assert differences(engine) == []
    with transaction(engine) as session:
        assert session.get_one(Account, "acc-1").username == "rosa"


def test_of_rentals_of_one_film_side_by_side_the_newest_goes_on(engine: Engine) -> None:
    with engine.begin() as connection:
        context = migration_context(connection, SCRIPT, "0002")
        with Operations.context(context):
            context.run_migrations()
        connection.execute(text(_OLD_ACCOUNT))
        for film in ("film-1", "film-2"):
            connection.execute(text(_OLD_FILM.format(film=film)))
        for number, film in enumerate(("film-1", "film-1", "film-2")):
            connection.execute(text(_OLD_CHECKOUT.format(number=number, film=film)))
            connection.execute(text(_OLD_RENTAL.format(number=number, film=film)))
    bring_up_to_date(engine)
    with engine.connect() as connection:
        states = connection.execute(text("SELECT id, state FROM rentals ORDER BY id")).fetchall()
        payments = connection.execute(text("SELECT state FROM payments")).scalars().all()
    assert [tuple(each) for each in states] == [
        ("ren-0", "ended"),
        ("ren-1", "active"),
        ("ren-2", "active"),
    ]
    assert payments == ["kept"] * 3


def test_licences_and_places_of_before_are_taken_along(engine: Engine) -> None:
    with engine.begin() as connection:
        context = migration_context(connection, SCRIPT, "0003")
        with Operations.context(context):
            context.run_migrations()
        for statement in (_OLD_ACCOUNT, _OLD_FILM.format(film="film-1"), *_OLD_HOLDINGS):
            connection.execute(text(statement))
    bring_up_to_date(engine)
    assert differences(engine) == []
    with transaction(engine) as session:
        assert not session.get_one(Licence, "lic-1").returned
        devices.remove(session, "acc-1", "dev-1")
    old = progress.Entry("film-1", 5, "w-2", 1, finished=False, at=99, after=0)
    newer = progress.Entry("film-1", 9, "w-1", 4, finished=False, at=101, after=0)
    with transaction(engine) as session:
        assert session.get_one(Licence, "lic-1").returned
        (place,) = progress.put(session, "acc-1", [old], 200)["entries"]
        assert (place["position_ms"], place["number"], place["finished"]) == (60, 7, True)
        (place,) = progress.put(session, "acc-1", [newer], 200)["entries"]
        assert (place["position_ms"], place["finished"]) == (9, False)


def test_every_step_but_the_first_names_the_one_before() -> None:
    assert [step.revision for step in SCRIPT.walk_revisions()][-1] == migrations.FIRST
    assert len(SCRIPT.get_heads()) == 1


@pytest.mark.parametrize("name", ["sqlite", "postgresql"])
def test_upserts_are_said_in_the_words_of_either_database(name: str) -> None:
    engine = cast("Engine", create_mock_engine(f"{name}://", lambda *_: None))
    step = insertion(Session(engine), Account).on_conflict_do_nothing()
    said = str(step.compile(dialect=engine.dialect))
    assert "ON CONFLICT DO NOTHING" in said
    assert type(step).__module__.split(".")[2] == name
