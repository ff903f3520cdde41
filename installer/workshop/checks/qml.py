"""qmllint with the Python types known to it; without them it lets every misspelt property pass."""

from __future__ import annotations

import json
import shutil
import subprocess
import sysconfig
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from installer.workshop import virtualenv

MARK = "QML_IMPORT_NAME"
COMMAND = "' returned "  # PySide6 repeats the whole command line after a failure


class QmlWrong(Exception):
    """What qmllint, or a tool before it, had to say."""


def qml_defects(root: Path) -> Iterator[str]:
    """What is wrong with the QML of the player."""
    ui = root / "player_app" / "ui"
    try:
        lint(ui / "qml", sorted(ui.rglob("*.py")), root / "build" / "qml")
    except QmlWrong as wrong:
        yield str(wrong)


def lint(qml: Path, python_files: Iterable[Path], build: Path) -> int:
    """Check every QML file below `qml`, in a copy beside the types; returns how many there are."""
    if not any(qml.rglob("*.qml")):
        return 0
    shutil.rmtree(build, ignore_errors=True)
    shutil.copytree(qml, build)
    for dump in _python_types(python_files):
        _register(dump, build)
    files = sorted(build.rglob("*.qml"))
    try:
        _run("pyside6-qmllint", "-W", "0", "-I", str(build), *map(str, files))
    except QmlWrong as wrong:
        raise QmlWrong(str(wrong).replace(str(build), str(qml))) from None
    return len(files)


def _python_types(python_files: Iterable[Path]) -> list[list[dict[str, Any]]]:
    """The described types, one list per QML import name."""
    sources = [path for path in python_files if MARK in path.read_text(encoding="utf-8")]
    if not sources:
        return []
    described = json.loads(_run("pyside6-metaobjectdump", *map(str, sources)))
    names = sorted({each[MARK] for each in described})
    return [[each for each in described if each[MARK] == name] for name in names]


def _register(dump: list[dict[str, Any]], build: Path) -> None:
    """Put a typeinfo into the module's folder, beside the QML files of that module if any."""
    module, major = dump[0][MARK], dump[0]["QML_IMPORT_MAJOR_VERSION"]
    folder = build.joinpath(*module.split("."))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "python.json").write_text(json.dumps(dump), encoding="utf-8")
    _run(
        *("pyside6-qmltyperegistrar", "--generate-qmltypes", str(folder / "python.qmltypes")),
        *("-o", str(folder / "python.cpp"), "--import-name", module),
        *("--major-version", str(major), "--foreign-types", str(_qt_core_types())),
        str(folder / "python.json"),
    )
    qmldir = folder / "qmldir"
    said = qmldir.read_text(encoding="utf-8") if qmldir.exists() else f"module {module}\n"
    qmldir.write_text(said.rstrip("\n") + "\ntypeinfo python.qmltypes\n", encoding="utf-8")


def _qt_core_types() -> Path:
    packages = Path(sysconfig.get_path("purelib"))
    found = sorted((packages / "PySide6").rglob("qt6core_metatypes.json"))
    if not found:
        raise QmlWrong(f"PySide6 below {packages} has no qt6core_metatypes.json")
    return found[0]


def _run(program: str, *arguments: str) -> str:
    done = subprocess.run(
        [str(virtualenv.program(program)), *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=virtualenv.environment(),
    )
    if done.returncode != 0:
        said = [line for line in f"{done.stdout}{done.stderr}".splitlines() if COMMAND not in line]
        raise QmlWrong("\n".join(said).strip() or f"{program} failed without a word")
    return done.stdout
