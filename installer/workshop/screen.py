"""A screen and a message bus of one's own, for a machine that has none."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

SIZE = "1920x1200x24"


@contextmanager
def virtual_screen(size: str = SIZE) -> Iterator[dict[str, str]]:
    """Start Xvfb on a free display and a private D-Bus session; yields what children must know."""
    with _x_server(size) as display, _message_bus(display) as bus:
        yield {
            "DISPLAY": display,
            "QT_QPA_PLATFORM": "xcb",
            "LIBGL_ALWAYS_SOFTWARE": "1",
            # nobody is there to answer a store of secrets that asks for its password
            "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
            "QT_QUICK_BACKEND": "",  # the software renderer, if a caller has it, draws no film
            **({"DBUS_SESSION_BUS_ADDRESS": bus} if bus else {}),
        }


@contextmanager
def _x_server(size: str) -> Iterator[str]:
    reads, writes = os.pipe()
    server = subprocess.Popen(
        [
            *("Xvfb", "-displayfd", str(writes), "-screen", "0", size),
            *("-nolisten", "tcp", "-noreset", "+extension", "GLX"),
        ],
        pass_fds=[writes],
        start_new_session=True,  # Ctrl-C is for the player; its screen must outlive it
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writes)
    try:
        with os.fdopen(reads) as said:
            number = said.readline().strip()
        if not number:
            raise OSError("Xvfb ended before it had a display")
        yield f":{number}"
    finally:
        _end(server)


@contextmanager
def _message_bus(display: str) -> Iterator[str]:
    """What it starts by name, such as AT-SPI's registry, is for this display."""
    if shutil.which("dbus-daemon") is None:
        yield ""
        return
    with tempfile.TemporaryDirectory(prefix="verite-bus", ignore_cleanup_errors=True) as folder:
        yield from _bus_in(folder, display)


def _bus_in(folder: str, display: str) -> Iterator[str]:
    bus = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address=1"],
        env={**os.environ, "DISPLAY": display, "XDG_RUNTIME_DIR": folder},
        start_new_session=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        if bus.stdout is None:
            raise OSError("the message bus has no voice")
        with bus.stdout:
            yield bus.stdout.readline().strip()
    finally:
        _end(bus)


def _end(process: subprocess.Popen[str] | subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
