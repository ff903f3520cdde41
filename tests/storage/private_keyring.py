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
        self._prompter: subprocess.Popen[str] | None = None

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

    def go_on(self) -> None:
        assert self._daemon is not None
        self._daemon.send_signal(signal.SIGCONT)

    def lock(self) -> None:
        """As a desktop does when the viewer leaves it; no one is there to unlock it again."""
        self._python(
            "import secretstorage as s\n"
            "collection = s.get_default_collection(s.dbus_init())\n"
            "collection.lock()\n"
            "assert collection.is_locked()"
        )

    def prompt(self, answer: str) -> None:
        """Have a prompter, which a daemon that begins now asks: it answers cancel or never."""
        self._prompter = prompter = subprocess.Popen(
            [sys.executable, "-m", "tests.storage.prompter", answer],
            cwd=ROOT,
            env=self.variables,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert prompter.stdout is not None
        self.variables["GNOME_KEYRING_TEST_PROMPTER"] = prompter.stdout.readline().strip()

    def write(self, service: str, name: str, value: str) -> None:
        """Change a value behind the player's back; an empty one takes it away."""
        self._python(
            "import sys, keyring.backends.SecretService as k\n"
            "service, name, value = sys.argv[1:]\n"
            "if value: k.Keyring().set_password(service, name, value)\n"
            "else: k.Keyring().delete_password(service, name)",
            service,
            name,
            value,
        )

    def empty(self) -> None:
        """Have it forget everything, as after a reinstalled desktop."""
        self.kill()
        shutil.rmtree(Path(self.variables["XDG_DATA_HOME"]) / "keyrings")

    def kill(self) -> None:
        if self._daemon is not None:
            self._daemon.kill()
            self._daemon.wait()
            self._daemon = None

    def close(self) -> None:
        self.kill()
        if self._prompter is not None:
            self._prompter.communicate(timeout=PATIENCE_S)

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

    def _python(self, program: str, *words: str) -> None:
        subprocess.run(
            [sys.executable, "-c", program, *words], env=self.variables, check=True, timeout=20
        )

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
        keyring.close()
        bus.terminate()
        with suppress(subprocess.TimeoutExpired):
            bus.wait(5)
        shutil.rmtree(runtime, ignore_errors=True)
