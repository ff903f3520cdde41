"""A real gnome-keyring in a D-Bus session of its own."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.waiting import until

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 10.0


class PrivateKeyring:
    """`variables` are what a process needs to ask it."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self.variables = dict(variables)
        self._daemon: subprocess.Popen[bytes] | None = None

    def unlock(self, password: str) -> None:
        """Start the daemon with its collection open."""
        daemon = subprocess.Popen(
            ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
            env=self.variables,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._daemon = daemon
        assert daemon.stdin is not None
        with daemon.stdin:
            daemon.stdin.write(f"{password}\n".encode())
        until(lambda: daemon.poll() is not None or self._is_there(), "the keyring", PATIENCE_S)
        assert daemon.poll() is None

    def hang(self) -> None:
        assert self._daemon is not None
        self._daemon.send_signal(signal.SIGSTOP)

    def kill(self) -> None:
        if self._daemon is not None:
            self._daemon.kill()
            self._daemon.wait()
            self._daemon = None

    def errand(self, *words: str) -> dict[str, object]:
        """What a new process of the player gets there."""
        done = subprocess.run(
            [sys.executable, "-m", "tests.storage.secret_errand", *words],
            cwd=ROOT,
            env=self.variables,
            capture_output=True,
            check=True,
            timeout=30,
        )
        said: dict[str, object] = json.loads(done.stdout)
        return said

    def _is_there(self) -> bool:
        asked = subprocess.run(
            [
                "dbus-send",
                "--session",
                "--print-reply",
                "--dest=org.freedesktop.DBus",
                "/",
                "org.freedesktop.DBus.NameHasOwner",
                "string:org.freedesktop.secrets",
            ],
            env=self.variables,
            capture_output=True,
            check=False,
        )
        return b"boolean true" in asked.stdout


@contextmanager
def private_keyring(home: Path) -> Iterator[PrivateKeyring]:
    """A bus that starts nothing by itself, with no daemon on it yet."""
    runtime = Path(tempfile.mkdtemp(prefix="verite"))
    configuration = runtime / "bus.conf"
    configuration.write_text(
        f"<busconfig><type>session</type><listen>unix:path={runtime}/bus</listen>"
        '<policy context="default"><allow send_destination="*"/><allow receive_sender="*"/>'
        '<allow own="*"/></policy></busconfig>',
        encoding="utf-8",
    )
    variables = {
        **{name: value for name, value in os.environ.items() if name != "PYTHON_KEYRING_BACKEND"},
        "HOME": str(home),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_RUNTIME_DIR": str(runtime),
        "DBUS_SESSION_BUS_ADDRESS": f"unix:path={runtime}/bus",
    }
    bus = subprocess.Popen(
        ["dbus-daemon", "--nofork", f"--config-file={configuration}"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    keyring = PrivateKeyring(variables)
    try:
        until((runtime / "bus").exists, "the bus", PATIENCE_S)
        yield keyring
    finally:
        keyring.kill()
        bus.terminate()
        with suppress(subprocess.TimeoutExpired):
            bus.wait(5)
        shutil.rmtree(runtime, ignore_errors=True)
