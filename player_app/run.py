"""One run of the program: profile, bundled service if wanted, window, and the orderly end."""

from __future__ import annotations

import argparse
import contextlib
import signal
import socket
import sys
from collections.abc import Callable, Iterator

from PySide6.QtCore import QSocketNotifier
from PySide6.QtGui import QGuiApplication

from player_app import log
from player_app.app import App, Wanted, leave
from player_app.demo_service import DemoDidNotStart, DemoService
from player_app.desktop.single_instance import SingleInstance
from player_app.environment import Environment
from player_app.storage.paths import Paths, open_paths
from player_app.ui.application import make_application
from player_app.ui.trouble import until_it_works


def run(arguments: argparse.Namespace, environment: Environment) -> int:
    application = make_application(sys.argv[:1])
    paths = until_it_works(lambda: _paths(arguments))
    if paths is None:
        return 1
    log.set_up(paths.logs)
    links = _Links()
    instance = SingleInstance(paths.lock, links.come)
    is_first = until_it_works(lambda: instance.is_first(arguments.link))
    if is_first is None:
        return 1
    if not is_first:
        return 0
    with _signals_end(application), contextlib.ExitStack() as held:
        held.callback(instance.close)
        try:
            demo = _demo(paths, environment) if arguments.demo else None
        except DemoDidNotStart as sentence:
            sys.stderr.write(f"{sentence}\n")
            return 1
        if demo is not None:
            held.callback(demo.stop)
        app = until_it_works(lambda: App(paths, environment))
        if app is None:
            return 1
        held.callback(app.stop)
        app.start(
            Wanted(
                service=demo.address if demo else arguments.service,
                trusted=demo is not None,
                link=arguments.link,
            )
        )
        links.go_to(app.shell.follow)
        code = application.exec()
    leave(app)
    return code


class _Links:
    """Those of later starts, which wait while there is no window yet."""

    def __init__(self) -> None:
        self._early: list[str] = []
        self._follow: Callable[[str], None] = self._early.append

    def come(self, link: str) -> None:
        self._follow(link)

    def go_to(self, follow: Callable[[str], None]) -> None:
        self._follow = follow
        for link in self._early:
            follow(link)


def _paths(arguments: argparse.Namespace) -> Paths:
    paths = open_paths(arguments.profile)
    if arguments.demo and arguments.profile is None:
        return open_paths(paths.folder / "demo")
    return paths


def _demo(paths: Paths, environment: Environment) -> DemoService:
    return DemoService(paths.folder / "service", environment.for_children())


@contextlib.contextmanager
def _signals_end(application: QGuiApplication) -> Iterator[None]:
    """SIGINT and SIGTERM close the window; Qt's loop hears of them through a socket."""
    receiving, sending = socket.socketpair()
    receiving.setblocking(False)
    sending.setblocking(False)
    notifier = QSocketNotifier(receiving.fileno(), QSocketNotifier.Type.Read)
    notifier.activated.connect(application.quit)
    before = signal.set_wakeup_fd(sending.fileno())
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: None)
    try:
        yield
    finally:
        signal.set_wakeup_fd(before)
        notifier.setEnabled(False)
        receiving.close()
        sending.close()
