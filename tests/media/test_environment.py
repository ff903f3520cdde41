"""Neither a proxy of the environment nor a program named `proxy` sees the film."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.media.host import Host, serving

ROOT = Path(__file__).resolve().parents[2]

PLAYS_A_FILM = """
import json, sys
from pathlib import Path
from player_app import environment
if sys.argv[3] == "protected":
    found = environment.protect()
from PySide6.QtGui import QGuiApplication
from tests.media.host import serving
from tests.media.player import TestPlayer
app = QGuiApplication([])
package = json.loads(Path(sys.argv[2]).read_text())
with serving(Path(sys.argv[1])) as host:
    player = TestPlayer(package, host)
    player.open()
    player.run(3.0)
    player.close()
    print("frames", len(player.shown))
    if sys.argv[3] == "protected":
        print("path", found.for_children()["PATH"] == sys.argv[4])
"""


def play(folder: Path, way: str, variables: dict[str, str]) -> str:
    command = [sys.executable, "-c", PLAYS_A_FILM, str(folder), str(folder / "package.json"), way]
    run = subprocess.run(
        [*command, variables["PATH"]],
        cwd=ROOT,
        env={**os.environ, **variables, "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=40,
    )
    return run.stdout


@pytest.fixture
def trap(tmp_path: Path, film_folder: Path, film: dict[str, Any]) -> tuple[Path, dict[str, str]]:
    """A program `proxy` on PATH that writes down what it was asked."""
    assert json.loads((film_folder / "package.json").read_text())["length_ms"] == film["length_ms"]
    caught = tmp_path / "caught"
    program = tmp_path / "proxy"
    program.write_text(f'#!/bin/sh\necho "$@" >> {caught}\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return caught, {"PATH": f"{tmp_path}:{os.environ['PATH']}"}


@pytest.mark.promise(26)
def test_a_program_named_proxy_is_never_asked(
    trap: tuple[Path, dict[str, str]], film_folder: Path
) -> None:
    caught, variables = trap
    said = play(film_folder, "protected", variables)
    assert int(said.split()[1]) > 20
    assert "path True" in said
    assert not caught.exists()


@pytest.mark.promise(26)
def test_a_proxy_of_the_environment_sees_no_request(
    trap: tuple[Path, dict[str, str]], film_folder: Path, tmp_path: Path
) -> None:
    _caught, variables = trap
    with serving(tmp_path) as proxy:
        variables |= {"http_proxy": proxy.origin, "HTTP_PROXY": proxy.origin}
        said = play(film_folder, "protected", variables)
        assert int(said.split()[1]) > 20
        assert asked_of(proxy) == []


def asked_of(proxy: Host) -> list[tuple[str, int]]:
    return proxy.asked
