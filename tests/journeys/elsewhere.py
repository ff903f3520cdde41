"""Commands that run a process without a network, or on a system whose clock is ahead."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

ONLY_LOOPBACK = 'ip link set lo up && exec "$@"'
FORBIDDEN = """\
this user may not start a process without a network ({said}).
Run it as root, or let users make network namespaces of their own:
  sysctl kernel.unprivileged_userns_clone=1                  (Debian before 12)
  sysctl kernel.apparmor_restrict_unprivileged_userns=0      (Ubuntu from 23.10 on)"""


def without_network(command: Sequence[str]) -> list[str]:
    """The same in a network of its own, in which there is its own loopback and nothing else.

    What is on the file system stays in reach: the screen's and the message bus's sockets.
    """
    if os.geteuid() == 0:
        return ["unshare", "--net", "--", "sh", "-c", ONLY_LOOPBACK, "sh", *command]
    # a message bus believes nobody who says root and is not: the second unshare says who it is
    as_root = ["unshare", "--user", "--map-root-user", "--net", "--"]
    as_oneself = ["unshare", "--user", f"--map-user={os.getuid()}", f"--map-group={os.getgid()}"]
    return [*as_root, "sh", "-c", ONLY_LOOPBACK, "sh", *as_oneself, "--", *command]


def ahead(command: Sequence[str], seconds: int) -> list[str]:
    """The same where the system's clock, not the monotonic one, is so far ahead."""
    if seconds == 0:
        return list(command)
    kept = "FAKETIME_DONT_FAKE_MONOTONIC=1"
    return ["env", kept, "faketime", "-f", f"{seconds:+}s", *command]


def what_is_missing() -> str:
    """Why this computer can't do either; "" where it can."""
    programs = ("unshare", "ip", "faketime", "dbus-daemon", "gnome-keyring-daemon")
    lacking = [each for each in programs if shutil.which(each) is None]
    if lacking:
        return f"not on this computer: {', '.join(lacking)}"
    tried = subprocess.run(
        without_network(["true"]), capture_output=True, text=True, check=False, timeout=30
    )
    return FORBIDDEN.format(said=tried.stderr.strip()) if tried.returncode else ""


def interfaces() -> list[str]:
    """The network interfaces that this process has."""
    rows = Path("/proc/self/net/dev").read_text(encoding="ascii").splitlines()[2:]
    return [row.partition(":")[0].strip() for row in rows]
