"""A home of its own for every test: nothing is read from or left in the user's folders."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

FOLDERS = {
    "XDG_CONFIG_HOME": ".config",
    "XDG_DATA_HOME": ".local/share",
    "XDG_STATE_HOME": ".local/state",
    "XDG_CACHE_HOME": ".cache",
}
COMPILED = {"QML_DISK_CACHE_PATH": "qml", "MESA_SHADER_CACHE_DIR": "shaders"}
"""Where Qt and Mesa keep what they compiled of the player's QML and of their own shaders."""
PROXIES = ("http_proxy", "https_proxy", "all_proxy", "ftp_proxy", "no_proxy")


@pytest.fixture(scope="session")
def runtime_folder() -> Iterator[Path]:
    """For sockets: their path may have 107 characters, so it is not below tmp_path."""
    folder = Path(tempfile.mkdtemp(prefix="verite"))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def compiled_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Compiled once in a run: it holds no word of a viewer's, and is known by its source's age."""
    return tmp_path_factory.mktemp("compiled")


@pytest.fixture(autouse=True)
def home(
    tmp_path: Path, runtime_folder: Path, compiled_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    home = tmp_path / "home"
    home.mkdir()
    for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))
    for name, folder in FOLDERS.items():
        monkeypatch.setenv(name, str(home / folder))
    for name, folder in COMPILED.items():
        monkeypatch.setenv(name, str(compiled_folder / folder))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime_folder))
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "disabled:")
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    for name in [each for each in os.environ if each.lower() in PROXIES]:
        monkeypatch.delenv(name)
    return home
