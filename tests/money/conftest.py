"""One service for all of these tests, each of which has an account of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from player_app.storage.paths import open_paths
from tests.bad_input.screened import Screened
from tests.fakes.keyring import MemoryKeyring
from tests.money.books import Books
from tests.money.house import House, open_house
from tests.money.quick_folder import quick_folder
from tests.money.shopper import Shopper

NewShopper = Callable[..., Shopper]
StartIt = Callable[[str], Screened]


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with (
        quick_folder(tmp_path_factory.mktemp("money")) as folder,
        open_house(folder / "service") as opened,
    ):
        yield opened


@pytest.fixture(scope="session")
def books(house: House) -> Books:
    return Books(house)


@pytest.fixture
def email(books: Books) -> str:
    return books.new_account()


@pytest.fixture
def quick_path(tmp_path: Path) -> Iterator[Path]:
    with quick_folder(tmp_path) as folder:
        yield folder


@pytest.fixture
def new_shopper(house: House, email: str, quick_path: Path) -> Iterator[NewShopper]:
    """Another device of the same viewer's."""
    made: list[Shopper] = []

    def new() -> Shopper:
        made.append(Shopper(house, quick_path / f"device-{len(made)}", email))
        return made[-1]

    yield new
    for each in made:
        each.close()


@pytest.fixture
def shopper(new_shopper: NewShopper) -> Shopper:
    return new_shopper()


@pytest.fixture
def start(qapp: QGuiApplication, tmp_path: Path) -> Iterator[Callable[[str], Screened]]:  # noqa: ARG001 - Qt must be there
    """The whole application on one profile; started again, the one before is stopped."""
    keyring, paths = MemoryKeyring(), open_paths(tmp_path / "profile")
    started: list[Screened] = []

    def start_it(service: str) -> Screened:
        for each in started:
            each.stop()
        started.append(Screened(paths, keyring, tmp_path / "programs"))
        return started[-1].start(service)

    yield start_it
    for each in started:
        each.stop()
