"""The test's hand on the fault proxy."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

from tests.faults.strikes import Kind, Reply, Strike


class FaultProxy:
    """Every method returns when the proxy has done it."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._turn = threading.Lock()
        port, next_port = self._answer()
        self.origin = self._home = f"http://127.0.0.1:{port}"
        self.next_origin = f"http://127.0.0.1:{next_port}"

    def strike(self, strike: Strike) -> None:
        self._do("strike", **asdict(strike))

    def clear(self) -> None:
        """No more strikes; those under way go on."""
        self._do("clear")

    def replies(self, path: str = "", since: int = 0) -> list[Reply]:
        """The log, from reply `since` on: of addresses that contain `path`."""
        found = self._do("replies", since=since)
        said = [{**each, "struck": each["struck"] and Kind(each["struck"])} for each in found]
        return [Reply(**each) for each in said if path in each["path"]]

    def cut(self) -> None:
        """Reset every connection."""
        self._do("cut")

    def cut_every(self, seconds: float) -> None:
        """Reset every connection again and again, from now on."""
        self._do("cut_every", seconds=seconds)

    def outage(self, seconds: float | None = None) -> None:
        """Reset every connection and refuse new ones for so long, or until `back`."""
        self._do("outage", seconds=seconds)

    def back(self) -> None:
        """The outage is over, or the move: listen at the first address again."""
        self._do("back")
        self.origin = self._home

    def move(self) -> None:
        """Leave this address and listen at the next one, until `back`."""
        self._do("move")
        self.origin = self.next_origin

    def _do(self, name: str, **said: Any) -> Any:
        if self._process.stdin is None:
            raise RuntimeError("the proxy was started without pipes")
        with self._turn:
            self._process.stdin.write(json.dumps([name, said]) + "\n")
            self._process.stdin.flush()
            return self._answer()

    def _answer(self) -> Any:
        if self._process.stdout is None:
            raise RuntimeError("the proxy was started without pipes")
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("the fault proxy ended")
        return json.loads(line)


@contextmanager
def fault_proxy(target_port: int) -> Iterator[FaultProxy]:
    """A proxy before 127.0.0.1:`target_port`."""
    command = [sys.executable, "-m", "tests.faults.proxy", "--to", str(target_port)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        yield FaultProxy(process)
    finally:
        process.communicate(timeout=10)
