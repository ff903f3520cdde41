"""The check of the npm lock sees a missing hash and an address."""

from __future__ import annotations

from typing import Any

import pytest

from installer.workshop import ROOT
from installer.workshop.checks.npm_lock import defects, npm_lock_defects

GOOD = {"version": "1.0.0", "integrity": "sha512-aa"}


def lock(**instead: Any) -> dict[str, Any]:
    package = {name: value for name, value in {**GOOD, **instead}.items() if value is not None}
    return {"packages": {"": {"name": "ours"}, "node_modules/@koa/cors": package}}


def test_a_lock_with_hashes_and_without_addresses_passes() -> None:
    assert list(defects(lock())) == []
    assert list(npm_lock_defects(ROOT)) == []


@pytest.mark.parametrize(
    ("instead", "said"),
    [
        ({"integrity": None}, "no hash for @koa/cors"),
        ({"integrity": "sha1-aa"}, "no hash for @koa/cors"),
        ({"resolved": "https://example.org/cors-1.0.0.tgz"}, "says where @koa/cors came from"),
    ],
    ids=str,
)
def test_a_lock_that_is_not_sound_is_named(instead: dict[str, Any], said: str) -> None:
    assert any(said in defect for defect in defects(lock(**instead)))


def test_a_lock_without_packages_is_named() -> None:
    assert list(defects({"packages": {"": {}}})) == ["pins nothing"]
