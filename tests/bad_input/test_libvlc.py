"""Without a libVLC that serves: said with how to get one, and films play once it is there."""

from __future__ import annotations

import ctypes.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from player_app.reference_service.server import RunningService
from tests.bad_input.screened import FILM
from tests.bad_input.vlc_process import PLACE_MS

ROOT = Path(__file__).resolve().parents[2]
TOO_OLD = "3.0.4 Vetinari"
VERSION = 'const char *libvlc_get_version(void) {{ return "{version}"; }}\n'


class Viewing:
    """A player in a process of its own, at a film that does not play."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self.card = self._heard()

    def does(self, what: str) -> dict[str, Any]:
        """Press the card's action, which closes or retries; what came of it."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{what}\n")
        self._process.stdin.flush()
        return self._heard()

    def _heard(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        said: dict[str, Any] = json.loads(self._process.stdout.readline() or "{}")
        return said


@contextmanager
def viewing(service: RunningService, profile: Path, library: Path) -> Iterator[Viewing]:
    variables = {**os.environ, "PYTHON_VLC_LIB_PATH": str(library), "QT_QUICK_BACKEND": "software"}
    with subprocess.Popen(
        [sys.executable, "-m", "tests.bad_input.vlc_process", profile, service.address, FILM],
        cwd=ROOT,
        env=variables,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        yield Viewing(process)
        _, complaints = process.communicate(timeout=20)
        assert process.returncode == 0, complaints
        assert "Traceback" not in complaints


def of_version(folder: Path, version: str) -> Path:
    """A library that says it is libVLC of this version, and can do nothing else."""
    compiler = shutil.which("gcc")
    assert compiler is not None, "gcc is missing: with it the test makes a libVLC that is too old"
    (folder / "vlc.c").write_text(VERSION.format(version=version))
    command = [compiler, "-shared", "-fPIC", "-o", str(folder / "libvlc.so"), str(folder / "vlc.c")]
    subprocess.run(command, check=True)
    return folder / "libvlc.so"


def test_a_missing_libvlc_is_told_with_how_to_get_it_and_the_film_plays_once_it_is_there(
    subscribed: RunningService, tmp_path: Path
) -> None:
    library = tmp_path / "libvlc.so.5"
    with viewing(subscribed, tmp_path / "profile", library) as viewer:
        assert viewer.card["title"] == "VLC is needed"
        assert "VLC 3.0.18 or newer, and it is not on this computer." in viewer.card["text"]
        assert "sudo apt install vlc" in viewer.card["text"]
        assert viewer.card["offered"] == ["Try again", "Back to the film"]

        found = ctypes.util.find_library("vlc")
        assert found is not None, "libVLC is missing: install vlc"
        library.symlink_to(_path_of(found))
        said = viewer.does("retry")
    assert said["place_ms"] >= PLACE_MS


@pytest.mark.thorough
def test_a_libvlc_that_is_too_old_is_told_with_both_versions_and_the_player_closes_for_it(
    subscribed: RunningService, tmp_path: Path
) -> None:
    library = of_version(tmp_path, TOO_OLD)
    with viewing(subscribed, tmp_path / "profile", library) as viewer:
        assert viewer.card["title"] == "Another VLC is needed"
        assert f"VLC 3, from 3.0.18 on, and this computer has {TOO_OLD}." in viewer.card["text"]
        assert viewer.card["offered"] == ["Close Verité", "Back to the film"]

        said = viewer.does("close")
    assert said == {"code": 0, "place_ms": PLACE_MS, "behind": []}


def _path_of(library: str) -> Path:
    """Where the loader finds it."""
    listed = subprocess.run(["ldconfig", "-p"], capture_output=True, text=True, check=True).stdout
    return Path(next(line for line in listed.splitlines() if library in line).split("=> ")[1])
