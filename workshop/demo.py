"""The player on its bundled service; without a screen it runs on a virtual one and says so."""

from __future__ import annotations

import subprocess

from workshop import ROOT, system, virtualenv
from workshop.screen import virtual_screen

WITHOUT_A_SCREEN = """\
There is no screen here, so the window opens on a virtual one. To look at it:
  python3 dev.py screenshots DIR     every screen, as pictures
  python3 dev.py demo --self-test    the main job, driven and checked step by step
or open this display in a viewer: x11vnc -localhost -display {display}, then a VNC viewer.
Ctrl-C ends it.
"""


def set_up() -> None:
    """What the player and the bundled service need, and a virtual screen if there is none."""
    system.put_in_place(system.packages(screen=not system.has_screen()))
    virtualenv.make_ready(virtualenv.PLAYER_LOCK)


def demo(arguments: list[str]) -> int:
    set_up()
    command = [str(virtualenv.python()), "-m", "player_app", "--demo", *arguments]
    environment = virtualenv.environment()
    if system.has_screen():
        return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
    with virtual_screen() as screen:
        if "--self-test" not in arguments:
            print(WITHOUT_A_SCREEN.format(display=screen["DISPLAY"]), flush=True)
        environment = {**environment, **screen}
        return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
