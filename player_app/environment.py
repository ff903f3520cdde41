"""Keeps libVLC from sending the film through a proxy: to be called before anything else.

With `http_proxy` set, libVLC 3 sends even loopback requests through it, and on POSIX it runs a
program named `proxy` from PATH with the address as its argument; no option of its turns that off.
"""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
import urllib.request
from dataclasses import dataclass, field

_VARIABLES = ("http_proxy", "https_proxy", "ftp_proxy", "all_proxy", "no_proxy")


@dataclass(frozen=True, slots=True)
class Environment:
    """What the process was started with: proxies by scheme, and what child processes get."""

    proxies: dict[str, str]
    no_proxy: str
    path: str
    system_proxy: bool
    variables: dict[str, str] = field(repr=False)

    def for_children(self) -> dict[str, str]:
        """The environment as a child process of ours should find it."""
        return {**os.environ, **self.variables, "PATH": self.path}


def protect() -> Environment:
    """Remember proxies and PATH, then take them out of this process's environment.

    `system_proxy` says that the system itself names a proxy, which this can't take from libVLC.
    """
    proxies = urllib.request.getproxies()
    found = {name: value for name, value in os.environ.items() if name.lower() in _VARIABLES}
    remembered = Environment(
        proxies={scheme: address for scheme, address in proxies.items() if scheme != "no"},
        no_proxy=proxies.get("no", ""),
        path=os.environ.get("PATH", os.defpath),
        system_proxy=sys.platform in ("darwin", "win32") and _system_names_a_proxy(found),
        variables=found,
    )
    for name in found:
        del os.environ[name]
    if os.name == "posix":
        empty = tempfile.mkdtemp(prefix="verite-empty-path-")
        atexit.register(shutil.rmtree, empty, ignore_errors=True)
        os.environ["PATH"] = empty
    return remembered


def _system_names_a_proxy(variables: dict[str, str]) -> bool:
    """Whether a proxy is left when the variables are taken out: then the system names it."""
    named = {key.lower() for key, value in variables.items() if value}
    return not named & {"http_proxy", "all_proxy"} and "http" in urllib.request.getproxies()
