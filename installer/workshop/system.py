"""What the machine itself must have: Debian's packages put in place, other systems told how."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable

from installer.workshop.steps import StepFailed, step

PYTHON = ("python3-venv", "ca-certificates")
PLAYER = (
    "libvlc5",
    "libvlc-bin",  # writes the list of plugins, without which libVLC loads them all at each start
    "vlc-plugin-base",
    "libegl1",
    "libgl1",
    "libopengl0",
    "libglib2.0-0",
    "libfontconfig1",
    "libdbus-1-3",
    "libnss3",
    "libpipewire-0.3-0",
    "libpulse0",
    "libwayland-cursor0",
    "libwayland-egl1",
    "libxkbcommon-x11-0",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-image0",
    "libxcb-keysyms1",
    "libxcb-render-util0",
    "libxcb-shape0",
    "libxcb-xinerama0",
    "libxcb-xkb1",
    "fonts-ebgaramond",
    "fonts-inter",
    "fonts-noto-core",
)
SCREEN = ("xvfb", "libgl1-mesa-dri", "dbus")
TESTS = (
    "chromium",
    "libatomic1",
    "ffmpeg",
    "gnome-keyring",
    "at-spi2-core",
    "python3-gi",
    "gir1.2-atspi-2.0",
    "faketime",
    "iproute2",
    "nginx-light",
)
NODE = ("nodejs", "npm")
BENCH = ("mpv",)
OFFLINE = ("iproute2", "util-linux", "faketime", "gnome-keyring", "dbus")
STUDIO = ("ffmpeg", "espeak-ng")

ELSEWHERE = {
    "dnf": "sudo dnf install python3 vlc-libs vlc-plugins-base xorg-x11-server-Xvfb dbus-daemon",
    "brew": "brew install --cask vlc",
    "winget": "winget install --exact --id VideoLAN.VLC",
}


def packages(*, player: bool = True, tests: bool = False, screen: bool = False) -> tuple[str, ...]:
    """Debian's names of what is wanted; Python's own parts and Node only where they are missing."""
    wanted: list[str] = []
    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        wanted += PYTHON
    if player:
        wanted += PLAYER
    if screen or tests:
        wanted += SCREEN
    if tests:
        wanted += TESTS
        # a nodejs from elsewhere brings npm along, and Debian's npm can't stand beside it
        if shutil.which("node") is None or shutil.which("npm") is None:
            wanted += NODE
    return tuple(wanted)


def has_screen() -> bool:
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def missing_packages(wanted: Iterable[str]) -> list[str]:
    """Those of Debian's packages that are not installed."""
    names = list(wanted)
    said = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Package} ${db:Status-Status}\n", *names],
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    there = {line.split()[0] for line in said.splitlines() if line.endswith(" installed")}
    return [name for name in names if name not in there]


def put_in_place(wanted: tuple[str, ...]) -> None:
    """Install by apt what is missing, or say the command that a person must give."""
    if shutil.which("dpkg-query") is None or shutil.which("apt-get") is None:
        _say_how_elsewhere()
        return
    missing = missing_packages(wanted)
    if not missing:
        return
    as_root = _root_prefix()
    if as_root is None:
        raise StepFailed("this machine lacks packages; run:\n  " + _by_hand(missing))
    quiet = {"DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
    step("asking Debian for its list of packages", [*as_root, "apt-get", "update"], quiet)
    install = ["apt-get", "install", "--yes", "--no-install-recommends"]
    locked = ["-o", "DPkg::Lock::Timeout=600"]
    step(f"installing {len(missing)} packages", [*as_root, *install, *locked, *missing], quiet)


def _root_prefix() -> list[str] | None:
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    asked = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return (
        ["sudo", "-n", "--preserve-env=DEBIAN_FRONTEND,LC_ALL"] if asked.returncode == 0 else None
    )


def _by_hand(missing: list[str]) -> str:
    return "sudo apt-get install --no-install-recommends " + " ".join(missing)


def _say_how_elsewhere() -> None:
    """Other systems: the player needs VLC 3; whether it is there, the player itself finds out."""
    for program, command in ELSEWHERE.items():
        if shutil.which(program) is not None and shutil.which("vlc") is None:
            print(f"  if the player does not find VLC 3: {command}")
