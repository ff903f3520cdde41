"""Processes without a network, and on another day, as the offline self-test starts its players."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Sequence

import pytest

from tests.journeys.elsewhere import ahead, what_is_missing, without_network

DAY = 86_400


@pytest.fixture(autouse=True)
def needed() -> None:
    assert what_is_missing() == ""


def said(command: Sequence[str]) -> str:
    run = subprocess.run(command, capture_output=True, text=True, check=True, timeout=30)
    return run.stdout.strip()


def test_a_process_without_a_network_has_its_own_loopback_and_reaches_nobody() -> None:
    asking = (
        "import socket, sys\n"
        "from tests.journeys.elsewhere import interfaces\n"
        "print(interfaces(), socket.socket().connect_ex(('127.0.0.1', int(sys.argv[1]))) == 0)\n"
        "with socket.create_server(('127.0.0.1', 0)) as own:\n"
        "    print(socket.socket().connect_ex(own.getsockname()))\n"
    )
    with socket.create_server(("127.0.0.1", 0)) as here:
        command = [sys.executable, "-c", asking, str(here.getsockname()[1])]
        assert said(command).splitlines()[0].endswith("True")
        assert said(without_network(command)).splitlines() == ["['lo'] False", "0"]


def test_a_process_on_another_day_has_the_same_monotonic_clock() -> None:
    command = [sys.executable, "-c", "import time; print(time.time(), time.monotonic())"]
    now_s, monotonic_s = (float(each) for each in said(ahead(command, 8 * DAY)).split())
    assert abs(now_s - time.time() - 8 * DAY) < 60
    assert abs(monotonic_s - time.monotonic()) < 60
    assert ahead(command, 0) == command
