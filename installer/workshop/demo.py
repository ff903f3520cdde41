"""The player on its bundled service; without a screen it runs on a virtual one and says so."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from installer.workshop import BUILD, ROOT, system, virtualenv
from installer.workshop.screen import virtual_screen
from installer.workshop.steps import StepFailed

SELF_TEST, OFFLINE = "--self-test", "offline"
PICTURE = BUILD / "demo.png"
WITHOUT_A_SCREEN = f"""\
There is no screen here, so the window opens on a virtual one, {{display}}. To look at it:
  {PICTURE.relative_to(ROOT)}                     its picture, renewed every two seconds
  python3 dev.py screenshots DIR     every screen in its states
  python3 dev.py demo --self-test    the main job, driven and checked step by step
                                     (`--self-test offline`: films without internet)
  x11vnc -localhost -display {{display}}   and any VNC viewer, to use it
Ctrl-C ends it.
"""


def set_up() -> None:
    """What the player and the bundled service need, and a virtual screen if there is none."""
    system.put_in_place(system.packages(screen=not system.has_screen()))
    virtualenv.make_ready(virtualenv.PLAYER_LOCK)


def demo(arguments: list[str]) -> int:
    """The window on the bundled service, or a job of it done and checked by itself."""
    if SELF_TEST not in arguments:
        return play(["--demo", *arguments])
    place = arguments.index(SELF_TEST)
    before, after = arguments[:place], arguments[place + 1 :]
    if after[:1] == [OFFLINE]:
        return _offline_self_test([*before, *after[1:]])
    set_up()
    virtualenv.make_ready(virtualenv.DEV_LOCK)
    with (
        _a_screen() as screen,
        _started("tests.journeys.self_test", *before, *after, extra=screen) as test,
    ):
        return test.wait()


def _offline_self_test(arguments: list[str]) -> int:
    """On a screen of its own in any case: a player without a network must be able to reach it."""
    if sys.platform != "linux":
        raise StepFailed("only Linux can start a player without a network and on another day")
    system.put_in_place(system.packages(screen=True) + system.OFFLINE)
    virtualenv.make_ready(virtualenv.DEV_LOCK)
    with (
        virtual_screen() as screen,
        _started("tests.journeys.offline_self_test", *arguments, extra=screen) as test,
    ):
        return test.wait()


@contextmanager
def _a_screen() -> Iterator[dict[str, str]]:
    """The machine's own, about which children need no telling, or a virtual one."""
    if system.has_screen():
        yield {}
        return
    with virtual_screen() as variables:
        yield variables


def play(arguments: list[str]) -> int:
    """Start the player with these arguments, on a screen of its own where there is none."""
    set_up()
    if system.has_screen():
        with _started("player_app", *arguments) as player:
            return player.wait()
    with virtual_screen() as screen:
        print(WITHOUT_A_SCREEN.format(display=screen["DISPLAY"]), flush=True)
        PICTURE.parent.mkdir(exist_ok=True)
        with (
            _started("player_app", *arguments, extra=screen) as player,
            _started("installer.workshop.look", str(PICTURE), extra=screen) as look,
        ):
            code = player.wait()
            look.terminate()
            return code


@contextmanager
def _started(
    module: str, *arguments: str, extra: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """A module of the environment, asked to end, then made to, when it is no longer wanted."""
    command = [str(virtualenv.python()), "-m", module, *arguments]
    environment = {**virtualenv.environment(), **(extra or {})}
    with subprocess.Popen(command, cwd=ROOT, env=environment) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
