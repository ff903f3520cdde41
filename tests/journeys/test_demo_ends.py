"""The demo from its command line: it ends quietly, at any moment and for any reason."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.waiting import until

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 30.0


@pytest.mark.thorough
def test_ctrl_c_before_the_window_is_there_leaves_no_traceback(
    tmp_path: Path, screen: dict[str, str]
) -> None:
    with player(tmp_path, screen) as process:
        until((tmp_path / "profile" / "service" / "service.log").exists, "its log", PATIENCE_S)
        os.killpg(process.pid, signal.SIGINT)
        _, said = process.communicate(timeout=PATIENCE_S)
    assert "Traceback" not in said


def test_ctrl_c_ends_the_player_and_its_service_quietly(
    tmp_path: Path, screen: dict[str, str]
) -> None:
    service = tmp_path / "profile" / "service"
    with player(tmp_path, screen) as process:
        until((service / "port").exists, "the service's port", PATIENCE_S)
        until((tmp_path / "profile" / "verite.sqlite3").exists, "the library", PATIENCE_S)
        os.killpg(process.pid, signal.SIGINT)
        _, said = process.communicate(timeout=PATIENCE_S)
    assert "Traceback" not in said
    assert "Traceback" not in (service / "service.log").read_text(encoding="utf-8")


@pytest.mark.thorough
def test_ctrl_c_leaves_the_pictures_of_a_virtual_screen_to_whoever_takes_them(
    tmp_path: Path, screen: dict[str, str]
) -> None:
    picture = tmp_path / "demo.png"
    with (
        player(tmp_path, screen),
        subprocess.Popen(
            [sys.executable, "-m", "installer.workshop.look", str(picture)],
            cwd=ROOT,
            env={**os.environ, **screen},
            stderr=subprocess.PIPE,
            text=True,
        ) as look,
    ):
        until(picture.exists, "a picture of the window", PATIENCE_S)
        look.send_signal(signal.SIGINT)
        with pytest.raises(subprocess.TimeoutExpired):
            look.wait(0.5)
        look.terminate()
        _, said = look.communicate(timeout=PATIENCE_S)
    assert "Traceback" not in said


@pytest.mark.thorough
def test_a_demo_without_its_service_ends_with_the_sentence(
    tmp_path: Path, screen: dict[str, str]
) -> None:
    (tmp_path / "profile" / "service" / "service.sqlite3").mkdir(parents=True)
    with player(tmp_path, screen) as process:
        _, said = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 1
    assert said.startswith("The bundled service did not start.")
    assert "Traceback" not in said


@contextmanager
def player(folder: Path, screen: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "player_app", "--demo", "--profile", str(folder / "profile")],
        env={**os.environ, **screen, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
            process.communicate()
