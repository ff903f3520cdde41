"""The bundled service as a child process, for `--demo`."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from player_app.resources import resource

_SAID = "listening on "
_STOP_S = 3.0
_LOG = "service.log"


class DemoDidNotStart(Exception):
    """The bundled service ended before it said where it listens; its text is a sentence."""


class DemoService:
    """Its folder keeps its database, and the port, so that its address outlives a restart."""

    def __init__(self, folder: Path, variables: Mapping[str, str]) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _LOG).unlink(missing_ok=True)
        port = folder / "port"
        wanted = port.read_text(encoding="ascii") if port.exists() else "0"
        started = _started(folder, wanted, variables) or _started(folder, "0", variables)
        if started is None:
            raise DemoDidNotStart(
                f"The bundled service did not start. What it said is in {folder / _LOG}."
            )
        self._process, self.address = started
        port.write_text(self.address.rpartition(":")[2], encoding="ascii")

    def stop(self) -> None:
        """It ends by itself when its standard input closes."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        try:
            self._process.wait(_STOP_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()


def _started(
    folder: Path, port: str, variables: Mapping[str, str]
) -> tuple[subprocess.Popen[str], str] | None:
    with (folder / _LOG).open("ab") as log:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "player_app.reference_service"),
                *("--folder", str(folder), "--resources", str(resource("demo")), "--port", port),
            ],
            env=dict(variables),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            start_new_session=True,  # Ctrl-C is for the player; its service goes last
        )
    line = process.stdout.readline() if process.stdout is not None else ""
    if line.startswith(_SAID):
        return process, line.removeprefix(_SAID).strip()
    process.kill()
    process.communicate()
    return None
