"""npm packages are installed once for a lock; a machine without Node is told its name."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from installer.workshop import npm, system
from installer.workshop.steps import StepFailed

EMPTY = '{"name": "none", "lockfileVersion": 3, "packages": {"": {"name": "none"}}}'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A package without dependencies: npm asks no registry for it."""
    folder = tmp_path / "npm"
    folder.mkdir()
    (folder / "package.json").write_text('{"name": "none"}', encoding="utf-8")
    (folder / "package-lock.json").write_text(EMPTY, encoding="utf-8")
    return folder


def without_node(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(path))
    assert shutil.which("node") is None


def test_a_lock_is_installed_once_and_again_when_it_changes(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    npm.make_ready(folder)
    assert "installing the npm packages" in capsys.readouterr().out
    assert npm.is_ready(folder)

    with monkeypatch.context() as patched:
        without_node(folder, patched)
        npm.make_ready(folder)
    assert capsys.readouterr().out == ""

    (folder / "package-lock.json").write_text(EMPTY + "\n", encoding="utf-8")
    assert not npm.is_ready(folder)


def test_a_machine_without_node_is_told_its_name(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_node(folder, monkeypatch)
    with pytest.raises(StepFailed, match=r"missing: node, npm"):
        npm.make_ready(folder)


def test_debians_node_is_wanted_only_where_there_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not set(system.NODE) & set(system.packages(tests=True))
    without_node(tmp_path, monkeypatch)
    assert set(system.NODE) <= set(system.packages(tests=True))
    assert not set(system.NODE) & set(system.packages())
