"""Every state of the system's store of secrets: no hang, nothing in clear, the viewer told.

The store is a real gnome-keyring on a bus of its own, and the player a process of its own.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from player_app.reference_service.demo import EMAIL, PASSWORD
from player_app.reference_service.hooks import TestHooks
from player_app.reference_service.server import RunningService
from tests.secrecy.player_process import DRAFT
from tests.secrecy.searching import files_below, found_in
from tests.storage.private_keyring import ROOT, PrivateKeyring, private_keyring
from tests.waiting import until

pytestmark = pytest.mark.promise(15)
DEADLINE_S = 1.0
"""What these processes wait for the store; the player's own 5 s are tested beside them."""
OWN_WAIT_S = 2.0
GRACE_IS_OVER_S = 61


@dataclass
class Running:
    process: subprocess.Popen[str]
    secrets: dict[str, bytes]

    def does(self, act: str) -> dict[str, Any]:
        """What came of it; a failure of the store is never one of the player's."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{act}\n")
        self.process.stdin.flush()
        said: dict[str, Any] = json.loads(self.process.stdout.readline())
        told = said.pop("secrets")
        for name, value in told.items():
            is_hex = name == "device bytes"
            self.secrets[f"{name} {value[:4]}"] = bytes.fromhex(value) if is_hex else value.encode()
        return said


@dataclass
class Computer:
    """One viewer's computer: a keyring, a profile, and every secret that was ever there."""

    keyring: PrivateKeyring
    profile: Path
    service: RunningService
    secrets: dict[str, bytes] = field(default_factory=lambda: {"password": PASSWORD.encode()})

    @contextmanager
    def player(self) -> Iterator[Running]:
        with subprocess.Popen(
            [
                *(sys.executable, "-m", "tests.secrecy.player_process"),
                *(str(self.profile), self.service.address, EMAIL, str(DEADLINE_S)),
            ],
            cwd=ROOT,
            env=self.keyring.variables,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stdin is not None
            process.stdin.write(f"{PASSWORD}\n")
            yield Running(process, self.secrets)
            assert process.stderr is not None
            process.stdin.close()
            said = process.stderr.read()
            assert process.wait(20) == 0, said
            assert "Traceback" not in said

    def signs_in_for_good(self) -> None:
        with self.player() as player:
            player.does("start")
            said = player.does("sign-in")
            assert (said["value"], said["passing"], said["error"]) == (EMAIL, False, None)
            assert player.does("device")["value"] is False
            player.does("draft")

    def write(self, name: str, value: str) -> None:
        self.keyring.write(f"Verité {self.profile}", name, value)


@pytest.fixture
def computer(home: Path, tmp_path: Path, service: RunningService) -> Iterator[Computer]:
    with private_keyring(home) as keyring:
        computer = Computer(keyring, tmp_path / "profile", service)
        yield computer
        shown = found_in(files_below([tmp_path]), computer.secrets)
        assert shown == []
        assert len(computer.secrets) >= 3


def unlocked(keyring: PrivateKeyring) -> None:
    keyring.kill()
    keyring.unlock("pw")


def without_a_bus(keyring: PrivateKeyring) -> None:
    keyring.variables["BUS"] = keyring.variables["DBUS_SESSION_BUS_ADDRESS"]
    keyring.variables["DBUS_SESSION_BUS_ADDRESS"] = "disabled:"


def with_a_bus(keyring: PrivateKeyring) -> None:
    keyring.variables["DBUS_SESSION_BUS_ADDRESS"] = keyring.variables["BUS"]


def backend(name: str) -> Callable[[PrivateKeyring], None]:
    return lambda keyring: keyring.variables.update(PYTHON_KEYRING_BACKEND=name)


def no_backend(keyring: PrivateKeyring) -> None:
    del keyring.variables["PYTHON_KEYRING_BACKEND"]


@dataclass(frozen=True)
class State:
    """`back` brings the store back; `same_process` is whether a running player can see that."""

    fail: Callable[[PrivateKeyring], None]
    back: Callable[[PrivateKeyring], None]
    reason: str
    prompt: str = ""
    same_process: bool = True


STATES = {
    "locked": State(PrivateKeyring.lock, unlocked, "KeyringLocked"),
    "prompt dismissed": State(PrivateKeyring.lock, unlocked, "KeyringLocked", "cancel"),
    "prompt let stand": State(PrivateKeyring.lock, unlocked, "KeyringSilent", "never"),
    "killed": State(PrivateKeyring.kill, unlocked, "KeyringMissing"),
    "hung": State(PrivateKeyring.hang, PrivateKeyring.go_on, "KeyringSilent"),
    "no bus": State(without_a_bus, with_a_bus, "KeyringMissing", same_process=False),
    "none": State(
        backend("keyring.backends.fail.Keyring"), no_backend, "KeyringMissing", same_process=False
    ),
    "one in clear": State(
        backend("tests.fakes.clear_keyring.Keyring"),
        no_backend,
        "KeyringMissing",
        same_process=False,
    ),
}


SMOKE = ("hung", "one in clear")
EVERY_STATE = [
    pytest.param(name, marks=() if name in SMOKE else pytest.mark.thorough) for name in STATES
]


@pytest.mark.parametrize("name", EVERY_STATE)
def test_a_store_that_fails_makes_a_passing_device_until_it_is_back(
    computer: Computer, name: str
) -> None:
    state = STATES[name]
    if state.prompt:
        computer.keyring.prompt(state.prompt)
    computer.keyring.unlock("pw")
    computer.signs_in_for_good()
    state.fail(computer.keyring)

    with computer.player() as player:
        for act in ("start", "sign-in", "device", "renew"):
            said = player.does(act)
            assert said["error"] is None
            assert said["took_s"] < DEADLINE_S + OWN_WAIT_S
            assert (said["passing"], said["reason"]) == (True, state.reason)
            assert "passing device" in said["told"]
            assert said["who"] == (None if act == "start" else EMAIL)
            assert said["resting"] is (act == "start")
            assert act != "device" or said["value"] is True
        if state.same_process:
            state.back(computer.keyring)
            said = player.does("sign-in")
            assert (said["passing"], said["told"]) == (False, "")
    if not state.same_process:
        state.back(computer.keyring)

    with computer.player() as player:
        said = player.does("start")
        assert not said["passing"]
        if not state.same_process:
            said = player.does("sign-in")
        assert said["who"] == EMAIL
        assert player.does("renew")["value"] == EMAIL
        assert player.does("device")["value"] is False
        assert player.does("read-draft")["value"] == DRAFT[1]


def test_a_healthy_store_keeps_the_sign_in_and_gives_it_up(computer: Computer) -> None:
    computer.keyring.unlock("pw")
    computer.signs_in_for_good()
    with computer.player() as player:
        said = player.does("start")
        assert (said["who"], said["told"]) == (EMAIL, "")
        assert player.does("renew")["value"] == EMAIL
        assert player.does("sign-out")["value"] is None
    with computer.player() as player:
        assert player.does("start")["who"] is None
        assert player.does("renew")["error"] == "SignedOut"


@pytest.mark.parametrize(
    "name",
    [
        "hung",
        pytest.param("killed", marks=pytest.mark.thorough),
        pytest.param("locked", marks=pytest.mark.thorough),
    ],
)
def test_a_store_that_fails_in_the_middle_signs_nobody_out(
    computer: Computer, hooks: TestHooks, name: str
) -> None:
    state = STATES[name]
    computer.keyring.unlock("pw")
    with computer.player() as player:
        player.does("start")
        player.does("sign-in")
        state.fail(computer.keyring)
        for _ in range(2):
            said = player.does("renew")
            assert (said["value"], said["who"]) == (EMAIL, EMAIL)
            assert said["took_s"] < DEADLINE_S + OWN_WAIT_S
        assert said["passing"]
        state.back(computer.keyring)
        # a question that D-Bus lost meanwhile is given up by it after 25 s only
        until(lambda: not player.does("renew")["passing"], "the store to be written", 40.0)
    hooks.ahead_s = GRACE_IS_OVER_S
    with computer.player() as player:
        assert player.does("start")["who"] == EMAIL
        assert player.does("renew")["value"] == EMAIL


def test_a_store_that_hangs_at_the_sign_out_is_told_and_cleared_later(computer: Computer) -> None:
    computer.keyring.unlock("pw")
    computer.signs_in_for_good()
    with computer.player() as player:
        player.does("start")
        computer.keyring.hang()
        said = player.does("sign-out")
        assert (said["value"], said["who"]) == ("KeyringSilent", None)
        assert said["took_s"] < DEADLINE_S + OWN_WAIT_S
    computer.keyring.go_on()
    for _ in range(2):
        with computer.player() as player:
            assert player.does("start")["who"] is None
            assert player.does("renew")["error"] == "SignedOut"


CUT_DEVICE = "QUJDREVGR0hJSktM"
"""Base64 of twelve bytes: whole in itself, but no device's secret."""


@pytest.mark.parametrize(
    ("sign_in", "device"),
    [
        pytest.param(
            *('{"service":"http://127.0.', CUT_DEVICE), id="cut", marks=pytest.mark.thorough
        ),
        pytest.param("\x7f\N{SNOWMAN} not JSON", "not base64", id="changed"),
        pytest.param("", "", id="taken away", marks=pytest.mark.thorough),
    ],
)
def test_a_store_whose_values_are_not_as_they_were_asks_for_a_sign_in_and_loses_nothing_else(
    computer: Computer, sign_in: str, device: str
) -> None:
    computer.keyring.unlock("pw")
    computer.signs_in_for_good()
    computer.write("sign-in", sign_in)
    computer.write("device", device)
    with computer.player() as player:
        said = player.does("start")
        assert (said["error"], said["passing"]) == (None, False)
        assert player.does("renew")["error"] == "SignedOut"
        assert player.does("sign-in")["value"] == EMAIL
        assert player.does("device")["value"] is False
        assert player.does("read-draft")["value"] == DRAFT[1]
    with computer.player() as player:
        assert player.does("start")["who"] == EMAIL
        assert player.does("renew")["value"] == EMAIL
