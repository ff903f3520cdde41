"""What the rest stands on: threads, the system's browser, the database, the way to the service."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import player_app
from player_app.app.segments import Segments
from player_app.desktop.browser import SystemBrowser
from player_app.desktop.network import Network
from player_app.environment import Environment
from player_app.features.connection import Connection
from player_app.features.sign_in_keeper import SignInKeeper
from player_app.service.transport import Transport
from player_app.storage.aside import Aside
from player_app.storage.database import open_database
from player_app.storage.kept import Kept
from player_app.storage.paths import Paths
from player_app.storage.secrets import Secrets, SystemSecrets
from player_app.ui.relay import Relay
from player_app.ui.tasks import LongWait, Tasks

NAMES = (
    *("task", "picture", "start", "media", "licences", "download"),
    *("checkout", "check", "travel", "move", "sign-in"),
)
"""How the names of the player's own threads begin."""


class SystemClock:
    def now(self) -> int:
        return int(time.time())

    def monotonic(self) -> float:
        return time.monotonic()


class Foundation:
    def __init__(self, paths: Paths, environment: Environment, secrets: Secrets | None) -> None:
        self.paths = paths
        self.clock = SystemClock()
        self.relay = Relay()
        self._executor = ThreadPoolExecutor(max_workers=4, thread_name_prefix="task")
        self.tasks = Tasks(self._executor, self.relay.post)
        self.checkout_wait = LongWait("checkout", self.relay.post)
        self.check_wait = LongWait("check", self.relay.post)
        self.travel_wait = LongWait("travel", self.relay.post)
        self.move_wait = LongWait("move", self.relay.post)
        self.sign_in_wait = LongWait("sign-in", self.relay.post)

        self.browser = SystemBrowser(environment.for_children())
        self.database, self.damaged = open_database(paths.database)
        self.kept = Kept(self.database)
        self.segments = Segments(paths, self.kept)
        self.network = Network()
        self.secrets = secrets or Secrets(SystemSecrets(str(paths.folder)))
        self.transport = Transport(
            environment.proxies, environment.no_proxy, player_app.__version__
        )
        self.connection = Connection(
            transport=self.transport,
            kept=self.kept,
            aside=Aside(self.database),
            keeper=SignInKeeper(self.secrets, paths.refresh_lock),
            clock=self.clock,
        )

    def open_page(self, name: str) -> None:
        """Show one of the service's own pages in the system's browser."""
        service = self.connection.service
        if service is not None and (address := service.pages.get(name)):
            self.open_address(address)

    def open_address(self, address: str) -> None:
        self.tasks.run(lambda: self.browser.open(address), lambda _: None)

    def fall_silent(self) -> None:
        """Nothing reaches the Qt thread from here on."""
        self.relay.close()
        self.checkout_wait.stop()
        self.check_wait.stop()
        self.travel_wait.stop()
        self.move_wait.stop()
        self.sign_in_wait.stop()

    def break_off(self) -> None:
        """End what is asked of the service, and begin nothing more."""
        self.transport.close()
        self._executor.shutdown(wait=False, cancel_futures=True)

    def close(self, until: float) -> None:
        """Wait for the player's threads until that moment at most, then close what is on disk."""
        self.segments.close(until)
        for thread in self.threads():
            thread.join(max(0.0, until - time.monotonic()))
        self.database.close()

    def threads(self) -> tuple[threading.Thread, ...]:
        """The player's own that still run."""
        return tuple(each for each in threading.enumerate() if each.name.startswith(NAMES))
