"""What the window says and does when the store of secrets, or the database, refuses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import Queue
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication

from player_app.core.reach import Reach
from player_app.core.storage_errors import KeyringLocked, KeyringSilent
from player_app.features.catching_up import CatchingUp
from player_app.reference_service.demo import EMAIL, PASSWORD
from player_app.reference_service.server import RunningService, running
from player_app.ui.navigation import Navigation
from player_app.ui.tasks import Tasks
from player_app.ui.viewer import Viewer
from player_app.ui.viewmodels.account import AccountViewModel
from player_app.ui.viewmodels.offline_bar import OfflineViewModel
from player_app.ui.viewmodels.shell import ShellViewModel
from tests.fakes.browser import RecordingBrowser
from tests.fakes.keyring import MemoryKeyring
from tests.features.player import Player, refusing
from tests.features.test_farewells import SilentService, silent, wait_with_one
from tests.service_settings import quick_settings
from tests.ui.standstill import Inline
from tests.waiting import until

__all__ = ["silent"]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    with running(quick_settings(tmp_path_factory.mktemp("service"))) as started:
        yield started


@dataclass
class Opened:
    player: Player
    viewer: Viewer
    shell: Any
    account: Any

    def name(self) -> str:
        return str(self.shell.accountName)


@contextmanager
def opened(
    folder: Path, service: RunningService, keyring: MemoryKeyring, tasks: Tasks | None = None
) -> Iterator[Opened]:
    """The frame and the account page over a real player; its work is done at once."""
    player = Player(folder, RecordingBrowser(), keyring)
    if player.services.current() is None:
        player.services.choose(player.services.look_up(service.address))
    tasks = tasks or Tasks(Inline(), lambda call: call())
    navigation, viewer = Navigation(), Viewer()
    shell = ShellViewModel(
        navigation=navigation,
        viewer=viewer,
        browse=player.browse,
        catch_up=CatchingUp(player.browse, player.comments, player.progress).catch_up,
        desk=player.desk,
        tasks=tasks,
        offline=OfflineViewModel(
            reach=Reach(),
            choose=lambda _: None,
            tasks=tasks,
            clock=player.clock,
        ),
        host=lambda: "",
        ask_about=lambda _: None,
        open_page=lambda _: None,
        close=lambda: None,
        damaged=None,
    )
    account = AccountViewModel(
        desk=player.desk,
        navigation=navigation,
        viewer=viewer,
        tasks=tasks,
        now=player.rental_clock.now,
        open_page=lambda _: None,
        tell=shell.tell,
    )
    try:
        yield Opened(player, viewer, shell, account)
    finally:
        player.close()


@pytest.fixture
def signed_in(
    tmp_path: Path, service: RunningService, qapp: QGuiApplication
) -> tuple[Path, MemoryKeyring]:
    del qapp
    keyring = MemoryKeyring()
    with opened(tmp_path / "p", service, keyring) as window:
        window.player.desk.sign_in(EMAIL, PASSWORD, None)
    return tmp_path / "p", keyring


@pytest.mark.promise(15)
@pytest.mark.parametrize("failure", [KeyringLocked("closed"), KeyringSilent("hung")], ids=str)
def test_try_again_asks_the_store_and_brings_back_who_rested(
    signed_in: tuple[Path, MemoryKeyring],
    service: RunningService,
    failure: KeyringLocked | KeyringSilent,
) -> None:
    folder, keyring = signed_in
    keyring.failing = failure
    with opened(folder, service, keyring) as window:
        window.shell.start()
        assert window.name() == ""
        assert (window.shell.passingLabel, bool(window.shell.passingText)) == ("Try again", True)
        window.shell.actOnPassing()
        assert window.name() == ""
        assert window.shell.passingText

        keyring.failing = None
        window.shell.actOnPassing()
        assert window.name()
        assert window.viewer.account == window.player.connection.account
        assert window.shell.passingText == ""


def test_a_store_that_knows_of_no_sign_in_is_told_with_a_way_to_sign_in_again(
    signed_in: tuple[Path, MemoryKeyring], service: RunningService
) -> None:
    folder, _ = signed_in
    with opened(folder, service, MemoryKeyring()) as window:
        window.shell.start()
        assert window.shell.passingText.startswith("This computer's store for secrets has no sign")
        assert window.shell.passingLabel == "Sign in"
        window.viewer.is_now(window.player.desk.sign_in(EMAIL, PASSWORD, None))
        assert window.shell.passingText == ""


@pytest.mark.promise(15)
def test_try_again_makes_a_passing_device_a_lasting_one(
    tmp_path: Path, service: RunningService, qapp: QGuiApplication
) -> None:
    del qapp
    keyring = MemoryKeyring(KeyringLocked("closed"))
    with opened(tmp_path / "p", service, keyring) as window:
        window.viewer.is_now(window.player.desk.sign_in(EMAIL, PASSWORD, None))
        assert window.account.passing
        assert "passing device" in window.shell.passingText
        keyring.failing = None
        window.shell.actOnPassing()
        assert window.shell.passingText == ""
        assert not window.account.passing
        assert "sign-in" in keyring.values


def test_a_sign_out_that_the_database_refuses_is_told(
    signed_in: tuple[Path, MemoryKeyring], service: RunningService
) -> None:
    folder, keyring = signed_in
    with opened(folder, service, keyring) as window:
        window.shell.start()
        assert window.name()
        with refusing(window.player):
            window.account.signOut()
            assert window.viewer.account == window.player.connection.account is None
            assert "still shown on this computer" in window.shell.passingText
            assert not window.account.busy
    assert "sign-in" not in keyring.values
    with opened(folder, service, keyring) as window:
        window.shell.start()
        assert window.name() == ""


def test_a_silent_service_of_an_earlier_sign_in_holds_up_no_refresh(
    signed_in: tuple[Path, MemoryKeyring], service: RunningService, silent: SilentService
) -> None:
    folder, keyring = signed_in
    with ThreadPoolExecutor(4, thread_name_prefix="task") as executor:
        posted, refreshed = Queue[Callable[[], None]](), list[bool]()
        tasks = Tasks(executor, posted.put)
        with opened(folder, service, keyring, tasks) as window:
            wait_with_one(window.player, silent.revoke)
            window.shell.catalogueChanged.connect(lambda: refreshed.append(True))
            window.shell.refresh()
            posted.get(timeout=5)()
            assert refreshed
            until(lambda: silent.callers, "the silent service to be asked")
            silent.hang_up()
