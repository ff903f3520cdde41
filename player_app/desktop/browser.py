"""The system's browser, found as the player was started, not by what libVLC was left with."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import sys
import webbrowser
from collections.abc import Mapping
from urllib.parse import urlsplit

_OPENERS = (["xdg-open"], ["gio", "open"], ["sensible-browser"], ["x-www-browser"])
_DEADLINE_S = 1.5


class SystemBrowser:
    """`variables` is the environment the player was started with (`Environment.for_children`)."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self._variables = dict(variables)

    def open(self, address: str) -> bool:
        """Whether a browser took it; only http and https are handed on."""
        if urlsplit(address).scheme not in ("http", "https"):
            return False
        if sys.platform == "win32":
            return webbrowser.open(address)
        if sys.platform == "darwin":
            return self._run(["/usr/bin/open", address])
        path = self._variables.get("PATH")
        for opener in _OPENERS:
            program = shutil.which(opener[0], path=path)
            if program is not None and self._run([program, *opener[1:], address]):
                return True
        return False

    def _run(self, command: list[str]) -> bool:
        """An opener that is still running after the deadline has become the browser."""
        with contextlib.suppress(OSError):
            process = subprocess.Popen(
                command,
                env=self._variables,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            try:
                return process.wait(_DEADLINE_S) == 0
            except subprocess.TimeoutExpired:
                return True
        return False
