"""A computer without a store of secrets: told at the sign-in, which lasts once there is a store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from player_app.reference_service.server import RunningService
from player_app.storage.comments import CommentStore
from player_app.storage.paths import Paths
from tests.bad_input.screened import FILM, Screened
from tests.storage.private_keyring import PrivateKeyring, private_keyring

SENTENCES = (
    "No safe place for the sign-in. This computer has no store for secrets,",
    "so the sign-in lasts until the player closes and nothing can be taken offline.",
    "sudo apt install gnome-keyring. Then sign in again.",
    "This computer is a passing device.",
)
THOUGHT = "The frame that is missing is the one I looked for."
StartHere = Callable[..., Screened]
ASKED_BY = ("DBUS_SESSION_BUS_ADDRESS", "XDG_DATA_HOME")


@pytest.fixture
def installed(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PrivateKeyring]:
    """A real gnome-keyring, which this process does not know of yet."""
    with private_keyring(home) as keyring:
        yield keyring
        for name in ASKED_BY:
            monkeypatch.delenv(name, raising=False)


@pytest.fixture
def start_on_this_computer(qapp: object, paths: Paths, tmp_path: Path) -> Iterator[StartHere]:
    """Starts the application over the system's own store of secrets."""
    del qapp
    started: list[Screened] = []

    def start_it(service: str = "") -> Screened:
        started.append(Screened(paths, None, tmp_path / "programs"))
        screen = started[-1].start(service)
        screen.until(lambda: screen.shows("filmRow"), "the films", 20.0)
        return screen

    yield start_it
    for each in started:
        each.stop()


def become_known(keyring: PrivateKeyring, monkeypatch: pytest.MonkeyPatch) -> None:
    keyring.unlock("pw")
    monkeypatch.delenv("PYTHON_KEYRING_BACKEND")
    for name in ASKED_BY:
        monkeypatch.setenv(name, keyring.variables[name])


def test_no_store_of_secrets_is_told_and_a_sign_in_lasts_once_there_is_one(
    start_on_this_computer: StartHere,
    service: RunningService,
    installed: PrivateKeyring,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    screen = start_on_this_computer(service.address)
    screen.sign_in()
    screen.reads(*SENTENCES)
    film_id = screen.open_film(FILM)
    screen.write_comment(THOUGHT)

    become_known(installed, monkeypatch)
    screen.press_in("passingBar", "messageAction", "Sign in")
    screen.until(lambda: screen.shows("signInPage"), "the page to sign in at")
    screen.sign_in()
    screen.until(lambda: not screen.shows("passingBar"), "the notice to go")
    screen.stop()

    again = start_on_this_computer()
    again.until(lambda: again.app.shell.property("signedIn"), "to be signed in still")
    assert not again.shows("passingBar")
    assert CommentStore(again.database).draft(film_id) == THOUGHT


def test_without_a_store_of_secrets_the_next_start_asks_for_a_sign_in_and_keeps_the_rest(
    start_on_this_computer: StartHere, service: RunningService
) -> None:
    screen = start_on_this_computer(service.address)
    screen.sign_in()
    film_id = screen.open_film(FILM)
    place = screen.left_at(film_id, 10_000)
    screen.stop()

    again = start_on_this_computer()
    again.until(lambda: not again.app.shell._refreshing, "the service to be asked")
    assert not again.app.shell.property("signedIn")
    again.sign_in()
    again.reads(*SENTENCES)
    assert again.place_in(film_id) == place
