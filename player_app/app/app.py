"""The whole player: its rooms built once, in reading order; started and stopped."""

from __future__ import annotations

import logging
import os
import time
from dataclasses import dataclass

from player_app.app.foundation import Foundation
from player_app.app.library import Library
from player_app.app.offline import Offline
from player_app.app.playback import Playback
from player_app.app.views import Views
from player_app.core.discovery import Service
from player_app.environment import Environment
from player_app.media.gateway.gateway import Gateway
from player_app.storage.paths import Paths
from player_app.storage.secrets import Secrets
from player_app.ui.navigation import HOME, Place
from player_app.ui.tasks import Done, Outcome

log = logging.getLogger(__name__)

LAST_WAIT_S = 1.5


@dataclass(frozen=True)
class Wanted:
    """`service` is an address to ask about at the start; `trusted` uses it without asking."""

    service: str = ""
    trusted: bool = False
    link: str = ""


class App:
    """The whole player over one profile, on a running QGuiApplication.

    `engine_options` are libVLC's own, such as another output for its sound.
    """

    def __init__(
        self,
        paths: Paths,
        environment: Environment,
        secrets: Secrets | None = None,
        engine_options: tuple[str, ...] = (),
    ) -> None:
        self._foundation = Foundation(paths, environment, secrets)
        self._library = Library(self._foundation, paths)
        gateway = Gateway(self._foundation.transport, self._foundation.segments.cache)
        self._offline = Offline(self._foundation, self._library, gateway)
        self._playback = Playback(
            self._foundation, self._library, gateway, self._offline, engine_options
        )
        self._views = Views(self._foundation, self._library, self._offline, self._playback)

        self.connection = self._foundation.connection
        self.desk, self.browse = self._library.desk, self._library.browse
        self.surface = self._playback.surface
        self.navigation, self.viewer = self._views.navigation, self._views.viewer
        self.shell, self.home, self.player = (
            self._views.shell,
            self._views.home,
            self._views.player,
        )
        self.window = self._views.window

    def start(self, wanted: Wanted) -> None:
        """Show what is known here, then ask the service what changed."""
        if wanted.trusted:
            self._foundation.tasks.run(lambda: self._use(wanted.service), self._used)
        elif wanted.service:
            self.navigation.go(Place("service"))
            self._views.service.lookUp(wanted.service)
        if self.connection.service is not None and not wanted.trusted:
            self._views.begin()
        if wanted.link:
            self.shell.follow(wanted.link)

    def stop(self) -> None:
        """Let go of everything, in an order in which nothing waits for what is gone."""
        until = time.monotonic() + LAST_WAIT_S
        self._views.stop_refreshing()
        self._foundation.fall_silent()
        self._offline.stop_taking(until)
        self._playback.close(until)
        self._offline.close()
        self._library.checkouts.close()
        self._foundation.break_off()
        self.window.close()
        self._foundation.close(until)

    def left_behind(self) -> tuple[str, ...]:
        """Threads that are still inside the operating system after `stop`."""
        return tuple(thread.name for thread in self._foundation.threads() if thread.is_alive())

    def _use(self, address: str) -> Service:
        service = self._library.services.look_up(address)
        self._library.services.choose(service)
        return service

    def _used(self, outcome: Outcome[Service]) -> None:
        if isinstance(outcome, Done):
            self._views.service.now_uses(outcome.value)
            self.navigation.start_over(HOME)
            self._views.begin()
        else:
            log.error("the service does not answer: %s", outcome.error)
            self.navigation.start_over(Place("service"))


def leave(app: App) -> None:
    """End the process even when a thread is stuck inside the operating system."""
    if behind := app.left_behind():
        log.warning("left behind: %s", ", ".join(behind))
        logging.shutdown()
        os._exit(0)
