"""A service of its own for each test that writes, one for a module's tests that only look."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import update

from player_app.reference_service.tables import Rental
from tests.reference_service.caller import Caller, demo_service
from tests.reference_service.household import Household
from tests.reference_service.page_stage import Stage, stage


@pytest.fixture
def caller(tmp_path: Path) -> Iterator[Caller]:
    with demo_service(tmp_path / "service") as (service, hooks):
        made = Caller(service, hooks)
        yield made
        made.close()


@pytest.fixture(scope="module")
def onlooker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Caller]:
    """Changes nothing that another test could see."""
    with demo_service(tmp_path_factory.mktemp("looked-at") / "service") as (service, hooks):
        made = Caller(service, hooks)
        yield made
        made.close()


@pytest.fixture
def viewer(caller: Caller) -> Caller:
    """A caller that is registered and signed in."""
    caller.register("rosa")
    caller.sign_in("rosa@example.org")
    return caller


@pytest.fixture
def household(onlooker: Caller) -> Iterator[Household]:
    """An account of its own on the module's service, whose clock stands."""
    yield Household(onlooker)
    onlooker.tokens = {}
    onlooker.hooks.let_run()
    onlooker.hooks.ahead_s = 0


@pytest.fixture(scope="module")
def shared_stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with stage(tmp_path_factory.mktemp("pages") / "service") as running:
        yield running


@pytest.fixture
def service(shared_stage: Stage) -> Stage:
    """One for a module's pages: each test has its own checkout, browser and clock, and no film."""
    shared_stage.hooks.ahead_s = 0
    with shared_stage.service.transaction() as session:
        session.execute(update(Rental).values(state="ended"))
    return shared_stage
