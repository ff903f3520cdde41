"""The reference service on loopback, and players of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from player_app.reference_service.hooks import TestHooks
from player_app.reference_service.server import RunningService, running
from tests.fakes.browser import RecordingBrowser
from tests.fakes.keyring import MemoryKeyring
from tests.features.gate import Gate, gated
from tests.features.offline_rig import Rig
from tests.features.offline_viewer import Viewer
from tests.features.player import Player
from tests.features.small_film import FILMS
from tests.features.two_devices import PASSWORD, new_account
from tests.media.host import Host, serving
from tests.service_settings import quick_settings

NewPlayer = Callable[..., Player]
NewDevice = Callable[..., Player]


@pytest.fixture(scope="module")
def hooks() -> TestHooks:
    return TestHooks()


@pytest.fixture(scope="module")
def service(hooks: TestHooks, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    settings = quick_settings(tmp_path_factory.mktemp("service"))
    with running(settings, hooks=hooks) as started:
        yield started


@pytest.fixture
def new_player(tmp_path: Path, service: RunningService) -> Iterator[NewPlayer]:
    made: list[Player] = []

    def new(folder: str = "profile", browser: RecordingBrowser | None = None) -> Player:
        player = Player(tmp_path / folder, browser or RecordingBrowser())
        player.services.choose(player.services.look_up(service.address))
        made.append(player)
        return player

    yield new
    for player in made:
        player.close()
        player.browser.close()


@pytest.fixture
def player(new_player: NewPlayer) -> Player:
    return new_player()


@pytest.fixture(scope="module")
def media_host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """Of the small films."""
    folder = tmp_path_factory.mktemp("media")
    for film in FILMS:
        film.put_into(folder / film.film_id)
    with serving(folder) as found:
        yield found


@pytest.fixture
def rig(tmp_path: Path, media_host: Host) -> Iterator[Rig]:
    media_host.asked.clear()
    made = Rig(tmp_path / "profile", FILMS, media_host)
    yield made
    made.close()


@pytest.fixture
def gate(media_host: Host) -> Iterator[Gate]:
    with gated(media_host) as made:
        yield made


@pytest.fixture
def viewer(tmp_path: Path, service: RunningService, hooks: TestHooks) -> Iterator[Viewer]:
    yield Viewer(tmp_path, service)
    hooks.ahead_s = 0


@pytest.fixture
def email(service: RunningService) -> str:
    return new_account(service)[1]


@pytest.fixture
def new_device(tmp_path: Path, service: RunningService, email: str) -> Iterator[NewDevice]:
    """A device of the account's; of the same name a later start of it."""
    keyrings: dict[str, MemoryKeyring] = {}
    made: list[Player] = []

    def new(name: str = "here") -> Player:
        is_known = name in keyrings
        keyring = keyrings.setdefault(name, MemoryKeyring())
        player = Player(tmp_path / name, RecordingBrowser(), keyring)
        made.append(player)
        if not is_known:
            player.services.choose(player.services.look_up(service.address))
            player.desk.sign_in(email, PASSWORD, None)
        return player

    yield new
    for player in made:
        player.close()


@pytest.fixture
def here(new_device: NewDevice) -> Player:
    return new_device("here")


@pytest.fixture
def there(new_device: NewDevice) -> Player:
    return new_device("there")
